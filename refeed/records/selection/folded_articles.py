"""Articles while their records are folded, most of which have a single record.

Of an article with a single record only the row is kept. Ranks and articles are plain tuples, because there may be a
million of them.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, pairwise
from math import inf
from operator import itemgetter
from struct import Struct
from typing import Final

from refeed.records.rows import BY_FILE_TIME, DATE_AT, ROW_SIZE, Fields, unpack_at
from refeed.records.selection.packed_copies import PlainRank

Folded = tuple[float, PlainRank, PlainRank, int]
"""An article: earliest date, rank of the winner, rank of the oldest record, mark of the id that this one states."""

_DATE: Final = Struct(f"<{DATE_AT}xd{ROW_SIZE - DATE_AT - 8}x")  # of a row


class FoldedArticles:
    """The articles of some rows, by their identities."""

    def __init__(self, now: float) -> None:
        """Begin with none; an update later than now is none."""
        self._now = now
        self._rows = bytearray()
        self._dates = array("d")  # of the rows
        self._starts = array("Q")  # the number of each batch's first row
        self._bases = array("Q")  # and that of its first file
        self._articles: dict[bytes, int | Folded] = {}  # the number of the only row, or what several came to
        self._claims = array("Q")  # marks of stated ids
        self._claimants = array("I")  # the rows that state them

    def take(self, base: int, rows: bytes) -> int:
        """Keep the rows of a batch, whose first file has this number, and return the number of its first row."""
        first = len(self._rows) // ROW_SIZE
        self._starts.append(first)
        self._bases.append(base)
        self._rows += rows
        self._dates.extend(chain.from_iterable(_DATE.iter_unpack(rows)))
        return first

    def add(self, identity: bytes, row: int) -> PlainRank | None:
        """Add a row that is kept to its article; return the rank that lost, if it has others."""
        known = self._articles.setdefault(identity, row)
        if known == row:
            return None
        old, new = self._folded(known), self._folded(row)
        newest, oldest = max(old, new, key=itemgetter(1)), min(old, new, key=_age)
        self._articles[identity] = (min(old[0], new[0]), newest[1], oldest[2], oldest[3])
        return min(old[1], new[1])

    def claim(self, stated: int, row: int) -> None:
        """Remember that a row states the id with this mark."""
        self._claims.append(stated)
        self._claimants.append(row)

    def claimed(self) -> tuple[list[int], set[int]]:
        """Return the marks of stated ids that one article alone has, in order, and those that several have."""
        marks = sorted(self._claims)
        repeated = {one for one, other in pairwise(marks) if one == other}
        first, shared = dict[int, bytes](), set[int]()
        for mark, row in zip(self._claims, self._claimants, strict=True) if repeated else ():
            if mark in repeated and first.setdefault(mark, identity := self._row(row)[0]) != identity:
                shared.add(mark)
        return [mark for mark, _ in groupby(marks) if mark not in shared], shared

    def drop(self, unwanted: Iterable[bytes]) -> None:
        """Forget some articles."""
        for identity in unwanted:
            del self._articles[identity]

    def __len__(self) -> int:
        return len(self._articles)

    def __contains__(self, identity: bytes) -> bool:
        return identity in self._articles

    def __getitem__(self, identity: bytes) -> Folded:
        return self._folded(self._articles[identity])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._articles)

    def dates(self) -> Iterator[tuple[bytes, float]]:
        """Return every identity with the earliest date of its records: infinity where none has one."""
        return zip(self._articles, self.earliest(), strict=True)

    def earliest(self) -> "array[float]":
        """Return the earliest date of each article, in the order of `dates`."""
        if len(self) == len(self._dates):  # each row is an article
            return self._dates
        dates = self._dates
        return array("d", [dates[one] if isinstance(one, int) else one[0] for one in self._articles.values()])

    def _folded(self, known: int | Folded) -> Folded:
        if not isinstance(known, int):
            return known
        _, stated, seconds, size, number, file_no, _, updated, flags, _, _, marks, form, page = self._row(known)
        base = self._bases[bisect_right(self._starts, known) - 1]
        at = size, -base - file_no, -number
        rank = rank_of(seconds, updated, flags, self._now, at, (marks, form, page))
        return seconds, rank, rank, stated

    def _row(self, number: int) -> Fields:
        return unpack_at(self._rows, number)


def rank_of(
    seconds: float, updated: int, flags: int, now: float, at: tuple[int, int, int], told: tuple[int, int, int]
) -> PlainRank:
    """Return what decides between the records of one article: see Rank. An update later than now is none."""
    date = -inf if flags & BY_FILE_TIME or seconds == inf else seconds
    newest = updated if date < updated <= now and updated else date
    marks, form, page = told
    return newest, *at, date, marks, form | page << 8


def _age(folded: Folded) -> tuple[float, int, int, int]:
    _, size, file, number, date, *_ = folded[2]
    return date, size, file, number
