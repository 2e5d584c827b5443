"""An article as selection knows it, and the order of articles: newest first. Pure: no file, no clock, no body."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from heapq import nsmallest
from math import inf
from typing import Final, NamedTuple

from refeed.records.article_order import LaterPathFirst
from refeed.records.fold import Folded, Rank, order_date

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_BLOCK: Final = 512  # articles that are put in order at once; the next blocks are larger
_LARGEST_BLOCK: Final = 2**17


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


def by_date(earliest: float) -> float:
    """Return what sorts articles by their earliest dates: the newest first, those without a date last."""
    return -earliest if earliest < inf else inf


def newest_first(articles: Mapping[bytes, Folded], path_of: Callable[[int], str]) -> Iterator[Article]:
    """Yield articles in order; those that nobody asks for are not sorted."""
    size, last = _FIRST_BLOCK, None
    while True:
        left = (
            (by_date(folded[0]), LaterPathFirst(-folded[2][2], -folded[2][3], path_of), identity, folded)
            for identity, folded in articles.items()
        )
        block = nsmallest(size, (each for each in left if each[:2] > last) if last else left)
        for _, _, identity, (earliest, winner, origin, stated) in block:
            yield Article(identity, earliest, Rank(*winner), Rank(*origin), stated)
        if len(block) < size:
            return
        size, last = min(8 * size, _LARGEST_BLOCK), block[-1][:2]
