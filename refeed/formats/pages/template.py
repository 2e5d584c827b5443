"""Recognise templates of pages, which a program fills in before anybody reads them."""

import re
from pathlib import PurePosixPath
from typing import Final

# Folders of templates: Hugo, Jekyll, Eleventy, Django, Pelican, Sphinx; themes hold them in folders of any name.
_FOLDERS: Final = frozenset(
    {
        "_includes",
        "_layouts",
        "_partials",
        "_templates",
        "_themes",
        "archetypes",
        "layouts",
        "node_modules",
        "partials",
        "templates",
        "themes",
    }
)
_SUFFIXES: Final = frozenset(
    {".ejs", ".erb", ".hbs", ".handlebars", ".j2", ".jinja", ".jinja2", ".liquid", ".mustache", ".njk", ".php", ".twig"}
)
# Go, Liquid, Jinja, Nunjucks, Vue; Liquid and others; EJS and ERB; PHP; FreeMarker.
_MARK: Final = re.compile(r"\{\{[^{}\w]{0,50}\w|\{%|<%|<\?(?:php\b|=)|\$\{")
# Where the head ends: at its own tag, or at the first element of the body where that has none.
_HEAD_ENDS: Final = re.compile(rb"<(?:/head|p|div|main|article|section|header|h[1-6])\b|<body\b[^<>]*>", re.IGNORECASE)
_LONGEST_HEAD: Final = 65_536
# Scripts, styles and comments of a page may hold any of the marks.
_OTHER_LANGUAGES: Final = re.compile(
    r"<script\b(?>(?:[^<]+|<(?!/script))*)|<style\b(?>(?:[^<]+|<(?!/style))*)|<!--(?>(?:[^-]+|-(?!->))*)", re.IGNORECASE
)


def is_template(name: str, data: bytes) -> bool:
    """Return whether a page is the source of others, by its folder, its name or the marks in its head.

    Marks in the body say nothing: articles about templates show them.
    """
    path = PurePosixPath(name.lower())
    if not _FOLDERS.isdisjoint(path.parts[:-1]) or not _SUFFIXES.isdisjoint(path.suffixes):
        return True
    head = data[:_LONGEST_HEAD]
    end = _HEAD_ENDS.search(head)
    text = (head[: end.end()] if end else head).decode("utf-8", "replace")
    return has_mark(_OTHER_LANGUAGES.sub(" ", text))


def has_mark(text: str) -> bool:
    """Return whether a text holds a place that a program fills in."""
    return _MARK.search(text) is not None
