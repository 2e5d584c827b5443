"""Drop links that only lead to a place on the same page: anchors of headings, back links of notes."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import HEADINGS, attribute, holds, shown, stands_in, words
from refeed.startup.late_patterns import late_pattern

# What such links say, without white space: signs, characters without width, words for those who listen.
_SIGNS: Final = late_pattern(
    "[#§¶⚓∞🔗↩⏎↑⤴⮐^‡\ufe0e\ufe0f\u200b-\u200d\u2060\ufeff\\[\\]]{0,6}"
    "|(?:anchor|backtocontent|directlink(?:to.{1,200})?|linktothis(?:heading|section)|permalink|permanentlink"
    "|sectiontitled.{1,200})",
    re.IGNORECASE | re.DOTALL,
)
_WAYS_BACK: Final = late_pattern("[↩⏎↑⤴⮐^\ufe0e\ufe0f]{1,4}")
# Words for links that lead to a note, or stand before one.
_NOTES: Final = late_pattern(r"footnote|fnref|noteref|cite[-_]ref")
_NUMBER: Final = late_pattern(r"[0-9]{1,3}|[*†‡]{1,3}")


def drop_anchors(page: Page, body: Body) -> Iterator[Note]:
    """Drop anchors of headings and ways back; raise numbers of notes that would stick to the word before them."""
    for link in page.elements("a"):
        if not leads_within(link, body.url):
            continue
        said = shown(link)
        beside = page.neighbour(link, back=True)
        at_heading = stands_in(link, HEADINGS) or (isinstance(beside, Tag) and beside.name in HEADINGS)
        if (at_heading and _SIGNS.fullmatch(said)) or _WAYS_BACK.fullmatch(said):
            if not holds(link, {"img"}):
                yield page.drop(link)
        elif _NUMBER.fullmatch(said) and _is_note(link) and not stands_in(link, {"sup"}):
            page.become(link, "sup", f"[{said}]")
            yield len(said)


def leads_within(link: Tag, url: str | None) -> bool:
    """Return whether a link leads to a place on its own page."""
    address, found, fragment = attribute(link, "href").partition("#")
    return bool(found and fragment) and (
        not address or address.rstrip("/") == (url or "").partition("#")[0].rstrip("/")
    )


def _is_note(link: Tag) -> bool:
    named = " ".join([*words(link), attribute(link, "id"), attribute(link, "href"), attribute(link, "role")])
    return bool(_NOTES.search(named.lower()))
