"""Read the article of a saved page: found by the page's own marks, with what it states in JSON-LD and <meta>.

A list, a search, an error or a log-in is a page without an article, and skipped (`saved-page`).
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from refeed.formats.pages import publication
from refeed.formats.pages.content import LEAST_LETTERS, find_content, weight
from refeed.formats.pages.extraction import CURE, extract
from refeed.formats.pages.fields import Sources, fields_of, read_sources
from refeed.formats.pages.json_ld import read_graph, text_values
from refeed.formats.pages.kind import is_home_page, says_article, why_no_article
from refeed.formats.pages.metadata import NAMES, read_metadata
from refeed.formats.pages.properties import take_properties, with_properties
from refeed.formats.pages.prose import is_running_text
from refeed.formats.pages.sections import element_around
from refeed.formats.pages.template import has_mark, is_template
from refeed.formats.pages.tree import Element, read_page
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple

_TAG: Final = re.compile(r"<[^<>]*>")
_YEAR: Final = re.compile(r"[0-9]{4}")


class _Text(NamedTuple):
    """The text of an article as HTML, and the element that it is from."""

    html: str
    element: Element


def read_article(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield the article of the page, or what the page is instead."""
    path = document.source.path
    document.require_utf8()
    page = read_page(document)
    if isinstance(page, Problem):
        yield page.at(path, 1)
        return
    metadata, properties = read_metadata(page), take_properties(page.root)
    sources = read_sources(page, metadata, read_graph(page))
    found = _find(document, sources)
    if isinstance(found, Problem):
        yield found.at(path, 1)
        return
    if off_the_lists := publication.hidden(sources):
        yield off_the_lists.at(path, 1)
    fields = with_properties(fields_of(sources, found.element), properties)
    fields["withheld"] = publication.withheld(sources, found.element) or properties.get("withheld")
    yield RawRecord(
        format="page",
        line=1,
        span=(0, len(found.html.encode())),  # which copy is longer is not decided by the page around it
        body=found.html,
        base="" if page.base.partition("#")[0] == sources.address.text else page.base,
        **fields,
    )


def _find(document: Document, sources: Sources) -> _Text | Problem:
    """Return the text of the article, or why there is none."""
    page, metadata, graph = sources.page, sources.metadata, sources.graph
    if not _has_its_own(sources) and is_template(document.source.name, document.data):
        return Problem("source-code", "the template of a page, not an article")
    if reason := why_no_article(page, metadata, graph, sources.title, sources.address.text):
        return _no_article(reason)
    is_article = says_article(metadata, graph)
    found = find_content(page.root, is_article=is_article)
    if found.content is not None:
        return _Text(_html_of(found.content), found.content)
    if found.is_list and not is_article:
        return _no_article("a list of articles")
    return _unmarked(sources)


def _unmarked(sources: Sources) -> _Text | Problem:
    """Return the text of an article that its page does not mark."""
    root = sources.page.root
    # Of the tree, not of the file: pictures in the page, and in a folder beside it, are marked there as such.
    extracted = extract(_html_of(root)) if weight(root) >= LEAST_LETTERS else ""
    if extracted and len(_TAG.sub("", extracted)) >= LEAST_LETTERS:
        if _says_anything(sources) or is_running_text(extracted):
            around = element_around(extracted, root)
            return _Text(extracted if around is None else _html_of(around), root)
        return _no_article("no sentences, and nothing in it says that it is one")
    if text := "\n".join(text_values(sources.article.get("articleBody"))):
        return _Text(_paragraphs(text), root)
    return _no_article(f"it does not mark its text; {CURE}" if extracted is None else "it has no text of one")


def _has_its_own(sources: Sources) -> bool:
    """Return whether a page states the day or the address of one article: a template leaves these to be filled in."""
    address = sources.address.text
    if address and not is_home_page(address) and not has_mark(address):
        return True
    days = [one.text for one in sources.metadata.said("dates")] + text_values(sources.article.get("datePublished"))
    return any(_YEAR.search(text) and not has_mark(text) for text in days)


def _says_anything(sources: Sources) -> bool:
    """Return whether the head of a page names a day, an author or a kind, as those of articles do."""
    metadata = sources.metadata
    return says_article(metadata, sources.graph) or bool(metadata.first(*NAMES["dates"], *NAMES["authors"], "og:type"))


def _no_article(reason: str) -> Problem:
    return Problem("saved-page", f"a saved web page without an article: {reason}")


def _html_of(content: Element) -> str:
    from refeed.startup.quick_lxml import etree

    html: str = etree.tostring(content, encoding="unicode", method="html", with_tail=False)
    return html


def _paragraphs(text: str) -> str:
    if "</p>" in text or "<br" in text:  # not what schema.org asks for
        return text
    return "".join(f"<p>{escape(line.strip(), quote=False)}</p>" for line in text.split("\n") if line.strip())
