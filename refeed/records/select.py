"""Put articles in order, newest first. Pure: no file, no clock, no body.

Rows of many workers, or of an earlier build, come in any order and are simply added; they are folded into articles a
part at a time, so that memory does not grow with objects.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import nsmallest
from math import inf
from typing import Final, NamedTuple

from refeed.records.article_order import LaterPathFirst
from refeed.records.fold import Dates, Fold, Folded, Outcome, Rank, merged, order_date
from refeed.records.rows import ROW_SIZE, divided
from refeed.spool import Spool

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PART: Final = 2**17  # rows that are folded at once: about 60 MB while it lasts
_FIRST_BLOCK: Final = 512  # articles that are put in order at once; the next blocks are larger

_Part = Callable[[], Iterator[tuple[int, bytes]]]
"""Returns the rows of some articles, again and again: batches, each with the number of its first file."""


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


class Selection:
    """The rows of all records; `fold` decides between them."""

    def __init__(self) -> None:
        """Begin empty."""
        self._rows = Spool()
        self._bases = array("Q")
        self._parts: list[Spool] = []

    def __len__(self) -> int:
        """Count the records."""
        return self._rows.size // ROW_SIZE

    def add(self, rows: bytes, base: int) -> None:
        """Take in the rows of a batch, whose first file has this number in the order of discovery."""
        self._rows.append(rows)
        self._bases.append(base)

    def close(self) -> None:
        """Let go of what lies in temporary files."""
        for spool in (self._rows, *self._parts):
            spool.close()

    def fold(self, dates: Dates, path_of: Callable[[int], str]) -> "Selected":
        """Fold all rows into articles; `path_of` names a file by its number in the order of discovery."""
        parts = self._divided()
        whole, outcomes = None, list[Outcome]()
        for part in parts:
            articles, outcome = _folded(part, dates)
            whole = articles if len(parts) == 1 else None
            outcomes.append(outcome)
        return Selected(merged(outcomes), parts, dates, path_of, whole)

    def _divided(self) -> Sequence[_Part]:
        """Divide the rows so that all of one article are in the same part; each part can be read again and again."""
        number = len(self) // _PART + 1
        if number == 1:
            return (self._whole,)
        self._parts = [Spool() for _ in range(number)]
        for base, rows in self._whole():
            for part, own in zip(self._parts, divided(rows, base, number), strict=True):
                part.append(bytes(own))
        return [partial(_without_base, part) for part in self._parts]

    def _whole(self) -> Iterator[tuple[int, bytes]]:
        return zip(self._bases, self._rows, strict=True)


def _without_base(part: Spool) -> Iterator[tuple[int, bytes]]:
    return ((0, rows) for rows in part)


def _folded(part: _Part, dates: Dates) -> tuple[dict[bytes, Folded], Outcome]:
    fold = Fold(dates)
    for base, rows in part():
        fold.add(base, rows)
    return fold.result()


class Selected(NamedTuple):
    """The articles of a Selection, newest first, and what became of the other records."""

    outcome: Outcome
    parts: Sequence[_Part]
    dates: Dates
    path_of: Callable[[int], str]
    whole: dict[bytes, Folded] | None  # the articles, where all are in one part

    def is_withdrawn(self, identity: bytes) -> bool:
        """Return whether the newest record of an article says that it is not published."""
        return identity in self.outcome.withdrawn

    def is_shared(self, stated: int) -> bool:
        """Return whether several articles state the id with this mark, so that it identifies none (RFC 4287, 4.2.6)."""
        return self.outcome.claims.get(stated, b"") is None

    def others(self, article: Article) -> list[Rank]:
        """Return the records of an article that lost, the best of them first."""
        return sorted(self.outcome.lost.get(article.identity, ()), reverse=True)

    def newest_first(self) -> Iterator[Article]:
        """Return the wanted articles by the earliest header date of their records; equal dates by the later path."""
        size, last = _FIRST_BLOCK, None
        while True:
            left = self._in_order_of_parts()
            block = nsmallest(size, (each for each in left if each[:2] > last) if last else left)
            for _, _, identity, (earliest, winner, origin, stated) in block:
                yield Article(identity, earliest, Rank(*winner), Rank(*origin), stated)
            if len(block) < size:
                return
            size, last = min(8 * size, _PART), block[-1][:2]

    def _in_order_of_parts(self) -> Iterator[tuple[float, LaterPathFirst, bytes, Folded]]:
        """Return the articles that are wanted, each behind what decides on its position."""
        for part in self.parts:
            wanted = self.whole if self.whole is not None else _folded(part, self.dates)[0]
            for identity, folded in wanted.items():
                earliest = folded[0]
                order = LaterPathFirst(-folded[2][2], -folded[2][3], self.path_of)
                yield -earliest if earliest < inf else inf, order, identity, folded
