"""Put margin notes that stand within a line of text in parentheses, as no style sheet will move them aside."""

from collections.abc import Iterator
from typing import Final

from bs4.element import NavigableString, Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import shown, words

_NAMES: Final = frozenset({"margin-note", "marginnote", "side-note", "sidenote", "sidenote-content", "sidenote-text"})
_OPENING: Final = ("(", "（", "[")


def set_off_notes(page: Page, _body: Body) -> Iterator[Note]:
    """Write parentheses around each such note."""
    for note in page.elements("span", "small"):
        text = "" if _NAMES.isdisjoint(words(note)) or not _follows_words(note) else shown(note).strip()
        if text and not text.startswith(_OPENING):
            page.prepend(note, NavigableString(" ("))
            page.append(note, NavigableString(")"))
            yield 0


def _follows_words(note: Tag) -> bool:
    before = note.previous_sibling
    return bool((shown(before) if isinstance(before, Tag) else str(before or "")).strip())
