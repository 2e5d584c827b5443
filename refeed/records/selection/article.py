"""An article as selection knows it, and the order of articles: newest first; of equal dates the later path first.

People number the parts of a series in their paths.
"""

from array import array
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from heapq import nsmallest
from math import inf
from typing import Final

from refeed.records.selection.fold import Rank, order_date
from refeed.records.selection.folded_articles import FoldedArticles
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_BLOCK: Final = 64  # articles that are put in order at once: a usual feed; the next blocks are larger
_LARGEST_BLOCK: Final = 2**17
_NUMBERS: Final = late_pattern(r"([0-9]+)")

NaturalKey = tuple[tuple[str | tuple[int, str], ...], str]


class Article(NamedTuple):
    """All that selection keeps of an article, whatever the number of its records."""

    identity: bytes
    earliest: float  # seconds since 1970 of the earliest header date; infinity: no record has a date
    winner: Rank
    origin: Rank  # of the oldest record: the id that it states is the article's, a later dump must not move it
    stated: int  # the mark of that id; 0: it states none

    @property
    def date(self) -> datetime:
        """The earliest header date; without any, that of UNDATED. It decides order, date filters and the limit."""
        return _EPOCH + timedelta(seconds=order_date(self.earliest))


def natural_key(path: str) -> NaturalKey:
    """Return what sorts paths as people count, `9` before `10`; zeros before a number decide last."""
    parts = _NUMBERS.split(path)
    for index in range(1, len(parts), 2):
        parts[index] = parts[index].lstrip("0")
    # Texts and numbers alternate; of two numbers without zeros before them the longer one is greater.
    keys = tuple((len(part), part) if index % 2 else part for index, part in enumerate(parts))
    return keys, path


class LaterPathFirst:
    """The position of a record, to be sorted by; its path is looked up only where dates are equal."""

    __slots__ = ("_key", "_path_of", "file", "number")

    def __init__(self, file: int, number: int, path_of: Callable[[int], str]) -> None:
        """Take the file's number in the order of discovery, and the record's in the file."""
        self.file, self.number = file, number
        self._path_of = path_of
        self._key: NaturalKey | None = None

    def __lt__(self, other: "LaterPathFirst") -> bool:
        """Return whether this one comes first."""
        if self.file == other.file:
            return self.number > other.number
        return self._natural() > other._natural()

    def _natural(self) -> NaturalKey:
        if self._key is None:
            self._key = natural_key(self._path_of(self.file))
        return self._key


def by_date(earliest: float) -> float:
    """Return what sorts articles by their earliest dates: the newest first, those without a date last."""
    return -earliest if earliest < inf else inf


def newest_first(articles: FoldedArticles, path_of: Callable[[int], str]) -> Iterator[Article]:
    """Yield articles in order; those that are never asked for are sorted by date only."""
    dates = array("d", map(by_date, articles.earliest()))
    in_order = array("d", sorted(dates))
    size, taken, last, newest = _FIRST_BLOCK, 0, None, -inf
    while taken < len(in_order):
        oldest = in_order[min(taken + size, len(in_order)) - 1]  # of the next block; beyond it no place is looked up
        left = (
            ((date, _place(identity, articles, path_of)), identity)
            for identity, date in zip(articles, dates, strict=True)
            if newest <= date <= oldest
        )
        block = nsmallest(size, (each for each in left if each[0] > last) if last else left)
        for _, identity in block:
            earliest, winner, origin, stated = articles[identity]
            yield Article(identity, earliest, Rank(*winner), Rank(*origin), stated)
        taken += len(block)
        size, last = min(8 * size, _LARGEST_BLOCK), block[-1][0]
        newest = last[0]


def _place(identity: bytes, articles: FoldedArticles, path_of: Callable[[int], str]) -> LaterPathFirst:
    """Return what sorts an article among others of its date: where its oldest record is."""
    _, _, (_, _, file, number, *_), _ = articles[identity]
    return LaterPathFirst(-file, -number, path_of)
