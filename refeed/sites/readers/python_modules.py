"""Read the settings of generators that keep them as literals in a Python module."""

import re
from collections.abc import Iterator
from typing import Final

from refeed.site import TRANSLATED, Naming, Site
from refeed.sites.facts import everywhere, folder_of, site_of
from refeed.sites.kept_back.patterns import pelican_keeps_back
from refeed.sites.notations.values import Table, text_at
from refeed.startup.late_patterns import late_pattern

# Pelican's pattern for names of files that hold a day and the slug.
_DAY_AND_SLUG: Final = late_pattern(r"\(\?P<date>[^()]*\)[_-]\(\?P<slug>\.[*+]\??\)")

_WHOLE_NAME: Final = late_pattern(r"\^?\(\?P<slug>\.[*+]\)\$?")


def read_pelican(table: Table) -> Site | None:
    """Read what Pelican says."""
    if not {"siteurl", "sitename"} & table.keys():
        return None
    site = site_of(
        "Pelican",
        table,
        text_at(table, "siteurl"),
        title=("sitename",),
        author=("author",),
        language=("default_lang",),
        timezone=("timezone",),
    )
    top = next(iter(folder_of(text_at(table, "path"))), "content/")
    pages = tuple(f"{top}{folder}" for folder in _folders(table, "page_paths") or ("pages/",))
    pattern = text_at(table, "article_url") or "{slug}.html"
    translated = text_at(table, "article_lang_url") or "{slug}-{lang}.html"
    page = text_at(table, "page_url") or "pages/{slug}.html"
    naming = Naming(
        letters="any" if text_at(table, "slugify_use_unicode") == "true" else "",
        slug_of=_source_of_slugs(table),
        category=text_at(table, "default_category"),
    )
    return site._replace(
        permalinks=(*everywhere(pattern), (TRANSLATED, translated), *((folder, page) for folder in pages)),
        content=(*pages, top),
        pages=pages,
        kept_back=pelican_keeps_back(table, top),
        left_out=tuple(_unread(table, top)),
        naming=naming,
    )


def _unread(table: Table, top: str) -> Iterator[str]:
    """Yield what the paths of files fit that Pelican does not read: all but those in the folder that it is told."""
    if folder_of(text_at(table, "path")) and not top.startswith("../"):
        yield f"(?!{re.escape(top)})"
    yield from (re.escape(folder) for folder in _folders(table, "plugin_paths") if not top.startswith(folder))


def _folders(table: Table, key: str) -> tuple[str, ...]:
    """Return the folders in a list."""
    found = table.get(key)
    texts = [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
    return tuple(folder for text in texts for folder in folder_of(text))


def _source_of_slugs(table: Table) -> str:
    """Return what Pelican makes slugs of; the expressions in its settings come from a stranger and are not run."""
    expressions = text_at(table, "filename_metadata") + text_at(table, "path_metadata")
    if "(?P<slug>" in expressions:
        if _DAY_AND_SLUG.search(expressions):
            return "name"
        return "stem" if _WHOLE_NAME.fullmatch(expressions) else "unknown"
    return "file" if text_at(table, "slugify_source") == "basename" else "title"


def read_nikola(table: Table) -> Site | None:
    """Read what Nikola says."""
    if "blog_title" not in table:  # Sphinx has a conf.py, too
        return None
    site = site_of(
        "Nikola",
        table,
        text_at(table, "site_url"),
        title=("blog_title",),
        author=("blog_author",),
        language=("default_lang",),
        timezone=("timezone",),
    )
    posts = _nikola_bases(table, "posts") or (("posts/", "/posts"),)
    pages = _nikola_bases(table, "pages") or (("pages/", "/pages"),)
    posts_within = {folder for folder, _ in posts}
    bases = sorted({**dict(pages), **dict(posts)}.items(), key=lambda base: -len(base[0]))
    return site._replace(
        content=tuple(folder for folder, _ in bases),
        bases=tuple(bases),
        pages=tuple(folder for folder, _ in pages if folder and folder not in posts_within),
        ending=".html" if text_at(table, "pretty_urls") == "false" else None,
        naming=Naming(letters="all" if text_at(table, "use_slugify") == "false" else ""),
    )


def _nikola_bases(table: Table, key: str) -> tuple[tuple[str, str], ...]:
    """Return where posts lie and where they are published: `POSTS = (("posts/*.md", "blog", "post.tmpl"),)`."""
    found = table.get(key)
    rows = [row for row in found if isinstance(row, list) and len(row) > 1] if isinstance(found, list) else []
    texts = [(row[0], row[1]) for row in rows if isinstance(row[0], str) and isinstance(row[1], str)]
    return tuple(
        (next(iter(folder_of(lies.partition("*")[0])), ""), f"/{base.strip('/')}" if base.strip("/") else "")
        for lies, base in texts
    )
