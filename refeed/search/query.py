"""Parse a search: words and quoted phrases, which must all occur; the last word may be unfinished.

There is no syntax to get wrong. Every term goes into FTS5 as a string, in which nothing has a meaning but its quotes,
and no term holds one (https://sqlite.org/fts5.html#full_text_query_syntax).
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final

from refeed.search.words import PAIRED, bare, ends_with_single, phrase
from refeed.startup.named_tuple import NamedTuple

LONGEST: Final = 500
"""Characters of a query that are read."""

_MOST_TERMS: Final = 16
_UNFINISHED: Final = 2  # characters from which on the last word may go on: one would fit a third of all words

# A phrase, which ends with its quotes or the query; else a word. Quotes of all kinds are written for one another.
_TERM: Final = re.compile(r'["“”„‟«»「」『』]([^"“”„‟«»「」『』]*)(["“”„‟«»「」『』]?)|([^\s"“”„‟«»「」『』]+)')
_LETTERS: Final = re.compile(r"[^\W_]+")
_PIECES: Final = re.compile(f"[{PAIRED}]+|[^\\W_{PAIRED}]+")
_GAP: Final = r"[\W_]"
_PAIRED: Final = re.compile(f"[{PAIRED}]")


class Term(NamedTuple):
    """A word, or words in this order."""

    folded: str
    is_unfinished: bool  # its last word may go on

    @property
    def match(self) -> str:
        """Return it as FTS5 reads it."""
        begins = self.is_unfinished or ends_with_single(self.folded)
        return f'"{phrase(self.folded)}"{" *" if begins else ""}'

    @property
    def pattern(self) -> str:
        """Return the pattern of its letters in a folded text."""
        pieces = [*_PIECES.finditer(self.folded)]
        # At most so much between two words: what is more is hardly one phrase, and would take time.
        gaps = ("{0,9}" if before.end() == after.start() else "{1,9}" for before, after in pairwise(pieces))
        written = "".join(re.escape(piece[0]) + f"{_GAP}{gap}" for piece, gap in zip(pieces, gaps, strict=False))
        return written + re.escape(pieces[-1][0])

    def fits(self, folded: str, start: int, end: int) -> bool:
        """Return whether its letters are whole words where they stand."""
        begins = start == 0 or not (_is_letter(folded[start]) and _is_letter(folded[start - 1]))
        return begins and (
            self.is_unfinished or end == len(folded) or not (_is_letter(folded[end - 1]) and _is_letter(folded[end]))
        )


class Query:
    """What somebody looks for."""

    def __init__(self, text: str) -> None:
        """Read what was typed."""
        self.text = " ".join(text.split())
        self.is_cut = len(self.text) > LONGEST
        self.terms = tuple(dict.fromkeys(_terms(self.text[:LONGEST])))[:_MOST_TERMS]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def match(self) -> str:
        """Return the expression for FTS5: every term must occur."""
        return " AND ".join(term.match for term in self.terms)

    def spans(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield where the terms stand in a folded text, the longest of those that begin at one place."""
        for found in self._pattern.finditer(folded, start, len(folded) if end is None else end):
            if self._longest_first[(found.lastindex or 1) - 1].fits(folded, *found.span()):
                yield found.span()

    @cached_property
    def _longest_first(self) -> list[Term]:
        return sorted(self.terms, key=lambda term: len(term.folded), reverse=True)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"({term.pattern})" for term in self._longest_first))


def _terms(text: str) -> Iterator[Term]:
    text = bare(text).rstrip()
    for found in _TERM.finditer(text):
        phrase_, closing, word = found.groups()
        folded = " ".join(_LETTERS.findall(word if word is not None else phrase_))
        if not folded:
            continue
        is_last = found.end() == len(text) and not closing
        last_word = folded.rpartition(" ")[2]
        yield Term(folded, is_last and len(last_word) >= _UNFINISHED)


def _is_letter(character: str) -> bool:
    """Return whether a character belongs to a word in a script that has blanks."""
    return character.isalnum() and not _PAIRED.match(character)
