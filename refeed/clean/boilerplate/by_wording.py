"""Drop paragraphs and links that mirrors, plug-ins and publishers put around an article, by their whole text."""

from collections.abc import Collection, Iterator
from functools import cache
from itertools import accumulate, chain, compress
from operator import itemgetter
from typing import Final

from bs4.element import NavigableString, Tag

from refeed.addresses.parts import listed
from refeed.addresses.snapshots import publisher
from refeed.clean.boilerplate.outlet_wordings import OUTLETS
from refeed.clean.boilerplate.wordings import (
    ADVERTS,
    JUMPS,
    PARAGRAPHS,
    PHRASES,
    SHARING,
    SIGNATURES,
    TAG_WORDS,
    TAGS,
    TEASER,
    TEASER_NEEDLES,
    Wording,
)
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.paragraphs import Paragraph, paragraphs
from refeed.html.tree import HEADINGS, SET_APART, attribute, shown, squeeze
from refeed.startup.late_patterns import has_any
from refeed.urls import host, host_of, resolve

_LONGEST: Final = 1_500
_LONGEST_PHRASE: Final = 30
_PHRASE_TAGS: Final = frozenset({"a", "button", "span"})
_LABELS: Final = ADVERTS | JUMPS | SHARING
# How labels, and rows of tags, begin.
_HEADS: Final = (*sorted(_LABELS), *TAG_WORDS)
_BEGINNINGS: Final = frozenset(head[:2] for head in _HEADS)
_FIRSTS: Final = frozenset(first for head in _HEADS for first in (head[0], head[0].upper()))
_LONGEST_HEAD: Final = max(map(len, _HEADS))
_ARROWS: Final = " .…»›→>[]()（）【】"
# More often than this a wording stands in no page by chance; nothing is dropped then.
_MOST: Final = 50


def drop_worded(page: Page, body: Body) -> Iterator[Note]:
    """Drop paragraphs and links whose whole text is a known wording."""
    whole, text = len(page.text), page.ascii
    entry = listed(publisher(body.url) if body.url else "", OUTLETS)
    outlet = OUTLETS[entry] if entry else ()
    wide = [] if page.text.isascii() else _wide_in(page.text)
    wordings = _found((*SIGNATURES, *PARAGRAPHS, *outlet), page, text, wide)
    teasers = [needle for needle in TEASER_NEEDLES if needle in text or needle in wide] != []
    labels = teasers or _may_have_label(page)
    if wordings or labels:
        parts = paragraphs(page.soup)
        found = [part for part in parts if _is_boilerplate(part, wordings, body, whole, teasers=teasers)]
        if found and len(found) <= _MOST:
            yield from map(page.drop_paragraph, found)
    phrases = _found(PHRASES, page, text, wide)
    for tag in page.elements(*_PHRASE_TAGS) if phrases else ():
        if _says(shown(tag), phrases):
            yield page.drop(tag)


def _found(wordings: tuple[Wording, ...], page: Page, text: str, wide: Collection[str]) -> list[Wording]:
    """List the wordings that may be in a page; `wide`: those needles in it that are not ASCII."""
    found = [one for one in wordings if one.needle in text or one.needle in wide]
    return [one for one in found if not one.parts or any(_may_have(page, part) for part in one.parts)]


def _may_have(page: Page, part: str) -> bool:
    """Return whether a page may have a part of a wording; to write all of a page in lower case takes long."""
    if part.isascii():
        return part in page.ascii
    return part in (page.lower if part.islower() else page.text)


def _may_have_label(page: Page) -> bool:
    """Return whether any paragraph may be a label or a row of tags; most bodies have none."""
    # A paragraph begins where a text of the tree does, but this need not be more than a letter.
    whole, said = page.text, page.said()
    may_be = map(_FIRSTS.__contains__, map(itemgetter(0), said))
    places = compress(accumulate(map(len, said), initial=0), may_be)
    heads = (whole[place : place + _LONGEST_HEAD].lower() for place in places)
    return any(head[:2] in _BEGINNINGS and head.startswith(_HEADS) for head in heads)


def _wide_in(text: str) -> list[str]:
    """List the needles in a text that are not ASCII; most begin with a character that it has not."""
    return [needle for needle in _wide_needles() if needle[0] in text and has_any(text, (needle,))]


@cache
def _wide_needles() -> tuple[str, ...]:
    """Return all needles that are not ASCII."""
    wordings = (*SIGNATURES, *PARAGRAPHS, *PHRASES, *chain.from_iterable(OUTLETS.values()))
    needles = {*TEASER_NEEDLES, *(one.needle for one in wordings)}
    return tuple(needle for needle in needles if not needle.isascii())


def _is_boilerplate(paragraph: Paragraph, wordings: list[Wording], body: Body, whole: int, *, teasers: bool) -> bool:
    said = paragraph.said
    if len(said) > _LONGEST:
        return False
    lower = said.lower()
    found = [one for one in wordings if one.needle in lower and is_worded(paragraph, lower, one, body.title)]
    if found and any(wording in SIGNATURES for wording in found):
        return True
    if 2 * len(said) > whole:
        return False
    if found or (lower[:2] in _BEGINNINGS and (_is_label(paragraph, lower) or _is_row_of_tags(paragraph))):
        return True
    return teasers and _is_teaser(paragraph, body.url)


def is_worded(paragraph: Paragraph, said: str, wording: Wording, title: str) -> bool:
    """Return whether a paragraph is of a wording; `said`: what it says in lower case."""
    if wording.needle not in said:
        return False
    if not wording.frame:
        return bool(wording.pattern.fullmatch(paragraph.said))
    rest = paragraph.outside("a")
    if rest == paragraph.said:
        rest = paragraph.said.replace(squeeze(title) or "\n", "", 1)
    return rest != paragraph.said and bool(wording.pattern.fullmatch(rest))


def _is_label(paragraph: Paragraph, said: str) -> bool:
    if said not in _LABELS:
        return False
    around = around_it(paragraph)
    return SET_APART.isdisjoint(around - HEADINGS if said in SHARING else around)


def around_it(paragraph: Paragraph) -> set[str]:
    """Return the names of the elements around a paragraph."""
    return {paragraph.holder.name, *(parent.name for parent in paragraph.holder.parents)}


def _is_row_of_tags(paragraph: Paragraph) -> bool:
    if not TAGS.match(paragraph.said):
        return False
    rest = paragraph.outside("a")
    return rest != paragraph.said and bool(TAGS.fullmatch(rest))


def _is_teaser(paragraph: Paragraph, url: str | None) -> bool:
    """Return whether a paragraph is a link from a teaser to its article, or to another one of the same site."""
    if url is None or not TEASER.fullmatch(paragraph.said.strip(_ARROWS)) or paragraph.outside("a").strip(_ARROWS):
        return False
    links = (link for text in paragraph.texts if (link := link_around(text)))
    return any(host(resolve(attribute(link, "href"), url)) == host_of(url) for link in links)


def link_around(text: NavigableString) -> Tag | None:
    """Return the link in which a text stands."""
    tag = text.parent
    while tag is not None and tag.name != "a":
        tag = tag.parent
    return tag


def _says(text: str, wordings: list[Wording]) -> bool:
    return len(text) <= _LONGEST_PHRASE and any(wording.pattern.fullmatch(text) for wording in wordings)
