"""Show the places of an article where the words stand that somebody searched for."""

import re
from html import unescape
from typing import Final

from refeed.html.tree import BLOCKS
from refeed.model import SafeHtml
from refeed.search.query import Query
from refeed.search.words import composed, fold
from refeed.startup.named_tuple import NamedTuple

# In sanitised HTML neither `<` nor `>` stands in an attribute. Readings beside characters would come between the words.
_READING: Final = re.compile(r"<(r[pt])>[^<]*</\1>")
_TAG: Final = re.compile(r"</?((?>[a-z][a-z0-9]*))[^<>]*>")
_BEFORE: Final = 60  # characters of an excerpt before the first word that was looked for
_LONGEST: Final = 240  # of a whole one
_PART: Final = 1_500  # characters that are looked through at once: most words stand near the beginning
_AROUND: Final = 600  # of its neighbours, so that no phrase and no excerpt ends with it


class Piece(NamedTuple):
    """A piece of a text, and whether it was searched for."""

    text: str
    is_found: bool


_MORE: Final = Piece("…", False)


def text_of(content: SafeHtml) -> str:
    """Return the text of an article, a line for each block."""
    text = _READING.sub("", content) if "<r" in content else content
    return unescape(_TAG.sub(_break, text))


def marked(text: str, query: Query) -> tuple[Piece, ...]:
    """Divide a whole text, a title say."""
    text = composed(text)
    return _pieces(text, fold(text), query, 0, len(text))


def excerpt(text: str, query: Query) -> tuple[Piece, ...]:
    """Return the place of a text where the first of the words stands; nothing where none does."""
    for start in range(0, len(text), _PART):
        around = slice(max(0, start - _AROUND), start + _PART + _AROUND)
        if found := _excerpt(text[around], query, begins=around.start == 0, ends=around.stop >= len(text)):
            return found
    return ()


def _excerpt(text: str, query: Query, *, begins: bool, ends: bool) -> tuple[Piece, ...]:
    """Return the excerpt of a part, with which a text begins or ends, or not."""
    text = composed(" ".join(text.split()))
    folded = fold(text)
    first = next(query.spans(folded, 0 if begins else 1), None)  # the first word of a part may be the end of one
    if first is None:
        return ()
    start = _word_start(text, max(0, first[0] - _BEFORE), first[0])
    end = _word_end(text, max(start + _LONGEST, first[1]), first[1])
    before, after = not begins or start > 0, not ends or end < len(text)
    return (*[_MORE][:before], *_pieces(text, folded, query, start, end), *[_MORE][:after])


def _break(tag: re.Match[str]) -> str:
    return "\n" if tag[1] in BLOCKS or tag[1] == "br" else ""


def _pieces(text: str, folded: str, query: Query, start: int, end: int) -> tuple[Piece, ...]:
    pieces, at = list[Piece](), start
    for first, last in query.spans(folded, start, end) if query else ():
        if at < first:
            pieces.append(Piece(text[at:first], False))
        pieces.append(Piece(text[first:last], True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end], False))
    return tuple(pieces)


def _word_start(text: str, start: int, latest: int) -> int:
    """Begin behind a blank, if there is one before what was found; Chinese has none."""
    return start if start == 0 else text.find(" ", start, latest) + 1 or start


def _word_end(text: str, end: int, earliest: int) -> int:
    if end >= len(text):
        return len(text)
    blank = text.rfind(" ", max(earliest, end - _BEFORE // 2), end)
    return end if blank < 0 else blank
