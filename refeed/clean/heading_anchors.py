"""Drop marks that lead to a place of the same page: anchors of headings, ways back from notes, tables of contents."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import HEADINGS, attribute, shown, squeeze, stands_in, words

# What such links say, without white space: signs, characters without width, words for those who listen.
_SIGNS: Final = re.compile(
    "[#§¶⚓∞🔗↩⏎↑⤴⮐^‡\ufe0e\ufe0f\u200b-\u200d\u2060\ufeff\\[\\]]{0,6}"
    "|(?:anchor|backtocontent|directlink(?:to.{1,200})?|linktothis(?:heading|section)|permalink|permanentlink"
    "|sectiontitled.{1,200})",
    re.IGNORECASE | re.DOTALL,
)
_WAYS_BACK: Final = re.compile("[↩⏎↑⤴⮐^\ufe0e\ufe0f]{1,4}")
# Words for links that lead to a note, or stand before one.
_NOTES: Final = re.compile(r"footnote|fnref|noteref|cite[-_]ref")
_NUMBER: Final = re.compile(r"[0-9]{1,3}|[*†‡]{1,3}")

_CONTENTS: Final = re.compile(r"(?:\A|[-_])(?:toc|tableofcontents|table-of-contents|ez-toc)(?:[-_]|\Z)")
_LABEL: Final = re.compile(
    r"(?:tableof)?contents|onthispage|inthis(?:article|post)|目录|目錄|文章目录|目次|本文目录", re.IGNORECASE
)
_LISTS: Final = frozenset({"details", "div", "nav", "ol", "section", "ul"})
_FEWEST: Final = 2  # links that make a list of them
_MOST: Final = 30  # links of a list that are looked at


def drop_anchors(page: Page, body: Body) -> Iterator[Note]:
    """Drop anchors of headings and ways back; raise numbers of notes that would stick to the word before them."""
    for link in page.elements("a"):
        if not _leads_within(link, body.url):
            continue
        said = shown(link)
        beside = page.neighbour(link, back=True)
        at_heading = stands_in(link, HEADINGS) or (isinstance(beside, Tag) and beside.name in HEADINGS)
        if (at_heading and _SIGNS.fullmatch(said)) or _WAYS_BACK.fullmatch(said):
            if not link.find("img"):
                yield page.drop(link)
        elif _NUMBER.fullmatch(said) and _is_note(link) and not stands_in(link, {"sup"}):
            page.become(link, "sup", f"[{said}]")
            yield len(said)


def drop_contents(page: Page, body: Body) -> Iterator[Note]:
    """Drop a list of nothing but links to headings of the page: outside of it they lead nowhere."""
    headings = {squeeze(heading.get_text()) for heading in page.elements(*HEADINGS)}
    for box in page.elements(*_LISTS) if headings else ():
        links = box.find_all("a")
        if len(links) < _FEWEST and not (links and _is_contents(box)):
            continue
        if not all(_leads_within(link, body.url) for link in links) or not _says_only(box, links):
            continue
        named = sum(any(shown(link).endswith(heading) for heading in headings if heading) for link in links[:_MOST])
        if named * 2 >= len(links[:_MOST]):
            yield page.drop(box)


def _leads_within(link: Tag, url: str | None) -> bool:
    """Return whether a link leads to a place of the page that it stands on."""
    address, found, fragment = attribute(link, "href").partition("#")
    return bool(found and fragment) and (
        not address or address.rstrip("/") == (url or "").partition("#")[0].rstrip("/")
    )


def _is_note(link: Tag) -> bool:
    named = " ".join([*words(link), attribute(link, "id"), attribute(link, "href"), attribute(link, "role")])
    return bool(_NOTES.search(named.lower()))


def _is_contents(box: Tag) -> bool:
    return any(_CONTENTS.search(word) for word in [*words(box), *words(box, "id")])


def _says_only(box: Tag, links: list[Tag]) -> bool:
    """Return whether a box says nothing besides its links but what it is called."""
    rest = len(shown(box)) - sum(len(shown(link)) for link in links)
    label = squeeze(next(box.stripped_strings, ""))
    return rest <= len(links) or (rest <= len(label) and bool(_LABEL.fullmatch(label)))  # a number before each link
