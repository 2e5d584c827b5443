"""Fold the records of an article into one, and give the articles newest first. Pure: no file, no clock, no body.

A record is a row of 49 bytes. Rows of many workers, or of an earlier build, come in any order and are simply added; the
fold takes a part of the articles at a time, so that memory does not grow with objects.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from heapq import nsmallest
from math import inf
from operator import itemgetter
from struct import Struct
from typing import Final, NamedTuple

from refeed.model import RecordKey
from refeed.spool import Spool

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

# identity, mark of the stated id (0: none), seconds since 1970 (infinity: undated), bytes, number in the file, place of
# the file in its batch, line, flags
_ROW: Final = Struct("<16sQdIIIIB")
ROW_SIZE: Final = _ROW.size
_DRAFT, _BY_FILE_TIME = 1, 2

_PART: Final = 2**17  # rows that are folded at once: about 60 MB while it lasts
_FIRST_BLOCK: Final = 512  # articles that are put in order at once; the next blocks are larger


class RecordId(NamedTuple):
    """Where a record is: the file's place in the order of discovery, and its own place in the file."""

    file: int
    number: int


class Rank(NamedTuple):
    """What decides between the records of one article: newest date, then most bytes, then first path."""

    date: float
    size: int
    file: int  # negated, so that the first path is the greatest
    number: int  # negated

    @property
    def record(self) -> RecordId:
        """The record that holds this rank."""
        return RecordId(-self.file, -self.number)


class Article(NamedTuple):
    """All that selection keeps of an article, whatever the number of its records."""

    identity: bytes
    earliest: float  # seconds since 1970 of the earliest header date; infinity: no record has a date
    winner: Rank
    origin: Rank  # of the oldest record: the id that it states is the article's, a later dump must not move it
    stated: int  # the mark of that id; 0: it states none

    @property
    def date(self) -> datetime:
        """The earliest header date; without any, 1970-01-01. It decides order, date filters and the limit."""
        return _EPOCH + timedelta(seconds=_seconds(self.earliest))


class HeldBack(NamedTuple):
    """A record that is dated later than now."""

    file: int
    line: int
    seconds: float  # since 1970


class Dates(NamedTuple):
    """The dates of the articles that are wanted, in seconds since 1970, and up to when records count at all."""

    since: float = -inf
    until: float = inf  # the first instant after them
    now: float = inf  # records of a later date are held back


def stated_id_mark(stated_id: str) -> int:
    """Return the 64 bits by which stated ids are compared; never 0."""
    return int.from_bytes(blake2b(stated_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") or 1


def row(key: RecordKey, place: int) -> bytes:
    """Pack what selection needs of a record; `place` is that of its file in its batch."""
    seconds = key.date.value.timestamp() if key.date else inf
    flags = key.is_draft * _DRAFT | key.by_file_time * _BY_FILE_TIME
    stated = stated_id_mark(key.stated_id) if key.stated_id else 0
    return _ROW.pack(key.identity, stated, seconds, key.size, key.number, place, key.line, flags)


def moved(rows: bytes, places: Mapping[int, int]) -> bytes:
    """Keep the rows of some files of a batch only, and give the files new places: old → new."""
    kept = (fields for fields in _ROW.iter_unpack(rows) if fields[5] in places)
    return b"".join([_ROW.pack(*fields[:5], places[fields[5]], *fields[6:]) for fields in kept])


def latest_of(rows: bytes) -> float:
    """Return the latest date in some rows, in seconds since 1970; minus infinity if none has a date."""
    return max((fields[2] for fields in _ROW.iter_unpack(rows) if fields[2] < inf), default=-inf)


def _seconds(earliest: float) -> float:
    return earliest if earliest < inf else 0.0


# While articles are folded they are plain tuples: earliest date, rank of the winner, whether it says draft, rank of the
# oldest record, and the mark of the id that this one states.
_Folded = tuple[float, tuple[float, int, int, int], bool, tuple[float, int, int, int], int]


class Selection:
    """The rows of all records; `settle` decides on them."""

    def __init__(self) -> None:
        """Begin empty."""
        self._rows = Spool()
        self._bases = array("Q")
        self._parts: list[Spool] = []

    def __len__(self) -> int:
        """Count the records."""
        return self._rows.size // ROW_SIZE

    def add(self, rows: bytes, base: int) -> None:
        """Take in the rows of a batch, whose first file has this place in the order of discovery."""
        self._rows.append(rows)
        self._bases.append(base)

    def close(self) -> None:
        """Let go of what lies in temporary files."""
        for spool in (self._rows, *self._parts):
            spool.close()

    def fold(self, dates: Dates) -> "Selected":
        """Fold all rows into articles."""
        return Selected(self._divided(), dates)

    def _divided(self) -> Sequence[Callable[[], Iterator[tuple[int, bytes]]]]:
        """Divide the rows so that all of one article are in the same part; each part can be read again and again."""
        number = len(self) // _PART + 1
        if number == 1:
            return (self._whole,)
        self._parts = [Spool() for _ in range(number)]
        for base, rows in self._whole():
            divided = [bytearray() for _ in self._parts]
            for fields in _ROW.iter_unpack(rows):
                divided[int.from_bytes(fields[0][:4], "big") % number] += _ROW.pack(
                    *fields[:5], base + fields[5], *fields[6:]
                )
            for part, own in zip(self._parts, divided, strict=True):
                part.append(bytes(own))
        return [partial(_without_base, part) for part in self._parts]

    def _whole(self) -> Iterator[tuple[int, bytes]]:
        return zip(self._bases, self._rows, strict=True)


def _without_base(part: Spool) -> Iterator[tuple[int, bytes]]:
    return ((0, rows) for rows in part)


class Selected:
    """The articles of a Selection, newest first, and what became of the other records."""

    def __init__(self, parts: Sequence[Callable[[], Iterator[tuple[int, bytes]]]], dates: Dates) -> None:
        """Fold every part once; one that is the whole stays folded."""
        self._parts, self._dates = parts, dates
        self._folded: dict[bytes, _Folded] | None = None
        self._lost: dict[bytes, list[Rank]] = {}  # of the articles with several records, all but the winner
        self._claims: dict[int, bytes | None] = {}  # mark of a stated id → the one article with it; None: several
        self.held_back: list[HeldBack] = []
        self.filtered = self.count = 0
        """Articles that are withdrawn or of other dates, and those that remain."""
        self._pairs: list[tuple[RecordId, RecordId]] = []
        for part in parts:
            articles = self._fold(part(), first=True)
            wanted = self._wanted(articles)
            self.count += len(wanted)
            self.filtered += len(articles) - len(wanted)
            if len(parts) == 1:
                self._folded = wanted
        self.held_back.sort()
        self._pairs.sort()

    @property
    def duplicates(self) -> Sequence[tuple[RecordId, RecordId]]:
        """Every record that lost, with the one that won, in the order of discovery."""
        return self._pairs

    def is_shared(self, stated: int) -> bool:
        """Return whether several articles state the id with this mark, so that it identifies none (RFC 4287, 4.2.6)."""
        return self._claims.get(stated, b"") is None

    def others(self, article: Article) -> list[Rank]:
        """Return the records of an article that lost, the best of them first."""
        return sorted(self._lost.get(article.identity, ()), reverse=True)

    def newest_first(self) -> Iterator[Article]:
        """Return the wanted articles by the earliest header date of their records; equal dates by identity."""
        size, last = _FIRST_BLOCK, None
        while True:
            left = self._in_order_of_parts()
            block = nsmallest(size, (each for each in left if each[:2] > last) if last else left)
            for _, identity, (earliest, winner, _, origin, stated) in block:
                yield Article(identity, earliest, Rank(*winner), Rank(*origin), stated)
            if len(block) < size:
                return
            size, last = min(8 * size, _PART), block[-1][:2]

    def _in_order_of_parts(self) -> Iterator[tuple[float, bytes, _Folded]]:
        """Return the articles that are wanted, each behind what decides on its place."""
        for part in self._parts:
            wanted = self._folded if self._folded is not None else self._wanted(self._fold(part(), first=False))
            for identity, folded in wanted.items():
                earliest = folded[0]
                yield -earliest if earliest < inf else inf, identity, folded

    def _wanted(self, articles: dict[bytes, _Folded]) -> dict[bytes, _Folded]:
        """Leave out the articles that are withdrawn or of other dates."""
        since, until, _ = self._dates
        return {
            identity: folded
            for identity, folded in articles.items()
            if not folded[2] and since <= (folded[0] if folded[0] < inf else 0.0) < until
        }

    def _fold(self, part: Iterator[tuple[int, bytes]], *, first: bool) -> dict[bytes, _Folded]:
        """Make one row an article; only the first time the records that are none are noted."""
        articles: dict[bytes, _Folded] = {}
        lost: dict[bytes, list[Rank]] = {}
        now = self._dates.now
        for base, rows in part:
            for identity, stated, seconds, size, number, place, line, flags in _ROW.iter_unpack(rows):
                file = base + place
                if now < seconds < inf:
                    if first:
                        self.held_back.append(HeldBack(file, line, seconds))
                    continue
                date = -inf if flags & _BY_FILE_TIME or seconds == inf else seconds
                rank = (date, size, -file, -number)
                old = articles.get(identity)
                if old is None:
                    articles[identity] = (seconds, rank, bool(flags & _DRAFT), rank, stated)
                else:
                    worse = min(old[1], rank)
                    lost.setdefault(identity, []).append(Rank(*worse))
                    articles[identity] = _folded_into(old, (seconds, rank, bool(flags & _DRAFT), rank, stated))
                if stated and first and self._claims.setdefault(stated, identity) != identity:
                    self._claims[stated] = None
        if first:
            self._lost |= lost
            winners = {identity: Rank(*articles[identity][1]).record for identity in lost}
            self._pairs.extend((rank.record, winners[identity]) for identity, ranks in lost.items() for rank in ranks)
        return articles


def _folded_into(old: _Folded, new: _Folded) -> _Folded:
    newest, oldest = max(old, new, key=itemgetter(1)), min(old, new, key=itemgetter(3))
    return (min(old[0], new[0]), newest[1], newest[2], oldest[3], oldest[4])
