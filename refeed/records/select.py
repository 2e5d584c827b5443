"""Fold the records of an article into one, and give the articles newest first. Pure: no file, no clock, no body.

Rows of many workers, or of an earlier build, come in any order and are simply added; the fold takes a part of the
articles at a time, so that memory does not grow with objects.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import nsmallest
from math import inf
from operator import itemgetter
from typing import Final, NamedTuple

from refeed.model import UNDATED
from refeed.records.article_order import LaterPathFirst
from refeed.records.rows import BY_FILE_TIME, PACKED_NEVER, ROW_SIZE, WITHHELD, divided, unpack
from refeed.records.shared_addresses import look_like_articles
from refeed.spool import Spool

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PART: Final = 2**17  # rows that are folded at once: about 60 MB while it lasts
_FIRST_BLOCK: Final = 512  # articles that are put in order at once; the next blocks are larger


class RecordId(NamedTuple):
    """Where a record is: the number of its file in the order of discovery, and its own in the file."""

    file: int
    number: int


class Rank(NamedTuple):
    """What decides between the records of one article: newest date or update, then most bytes, then first path."""

    newest: float  # of date and stated update
    size: int
    file: int  # negated, so that the first path is the greatest
    number: int  # negated
    date: float

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
        """The earliest header date; without any, that of UNDATED. It decides order, date filters and the limit."""
        return _EPOCH + timedelta(seconds=_seconds(self.earliest))


class SharedAddress(NamedTuple):
    """An article whose records look like articles of their own: each has another day, over more than a month."""

    winner: RecordId
    records: int


class Timed(NamedTuple):
    """A record that is held back until an instant, or expired at one."""

    file: int
    line: int
    seconds: float  # since 1970


class Dates(NamedTuple):
    """The dates of the articles that are wanted, in seconds since 1970, and up to when records count at all."""

    since: float = -inf
    until: float = inf  # the first instant after them
    now: float = inf  # records of a later date are held back
    expired: float = -inf  # records whose time is over by then are withheld


def _seconds(earliest: float) -> float:
    return earliest if earliest < inf else UNDATED.value.timestamp()


# While articles are folded, ranks and articles are plain tuples. An article: earliest date, rank of the winner, rank of
# the oldest record, and the mark of the id that this one states.
_PlainRank = tuple[float, int, int, int, float]
_Folded = tuple[float, _PlainRank, _PlainRank, int]


class Selection:
    """The rows of all records; `fold` decides on them."""

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
        return Selected(self._divided(), dates, path_of)

    def _divided(self) -> Sequence[Callable[[], Iterator[tuple[int, bytes]]]]:
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


class Selected:
    """The articles of a Selection, newest first, and what became of the other records."""

    def __init__(
        self, parts: Sequence[Callable[[], Iterator[tuple[int, bytes]]]], dates: Dates, path_of: Callable[[int], str]
    ) -> None:
        """Fold every part once; one that is the whole stays folded."""
        self._parts, self._dates, self._path_of = parts, dates, path_of
        self._folded: dict[bytes, _Folded] | None = None
        self._lost: dict[bytes, list[Rank]] = {}  # of the articles with several records, all but the winner
        self._withdrawn: set[bytes] = set()  # articles whose newest record their authors have not published
        self._claims: dict[int, bytes | None] = {}  # mark of a stated id → the one article with it; None: several
        self.held_back: list[Timed] = []
        self.expired: list[Timed] = []
        self.shared: list[SharedAddress] = []
        self.next_change = inf  # seconds since 1970: from then on another record may win, or one expires
        self.withheld = self.filtered = self.count = 0
        """Records that their authors have not published, articles of other dates, and those that remain."""
        self._pairs: list[tuple[RecordId, RecordId]] = []
        for part in parts:
            articles = self._fold(part(), first=True)
            wanted = self._wanted(articles)
            self.count += len(wanted)
            self.filtered += len(articles) - len(wanted)
            if len(parts) == 1:
                self._folded = wanted
        for noted in (self.held_back, self.expired, self.shared, self._pairs):
            noted.sort()

    @property
    def duplicates(self) -> Sequence[tuple[RecordId, RecordId]]:
        """Every record that lost, with the one that won, in the order of discovery."""
        return self._pairs

    def is_withdrawn(self, identity: bytes) -> bool:
        """Return whether the newest record of an article says that it is not published."""
        return identity in self._withdrawn

    def is_shared(self, stated: int) -> bool:
        """Return whether several articles state the id with this mark, so that it identifies none (RFC 4287, 4.2.6)."""
        return self._claims.get(stated, b"") is None

    def others(self, article: Article) -> list[Rank]:
        """Return the records of an article that lost, the best of them first."""
        return sorted(self._lost.get(article.identity, ()), reverse=True)

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

    def _in_order_of_parts(self) -> Iterator[tuple[float, LaterPathFirst, bytes, _Folded]]:
        """Return the articles that are wanted, each behind what decides on its position."""
        for part in self._parts:
            wanted = self._folded if self._folded is not None else self._wanted(self._fold(part(), first=False))
            for identity, folded in wanted.items():
                earliest = folded[0]
                order = LaterPathFirst(-folded[2][2], -folded[2][3], self._path_of)
                yield -earliest if earliest < inf else inf, order, identity, folded

    def _wanted(self, articles: dict[bytes, _Folded]) -> dict[bytes, _Folded]:
        """Leave out the articles of other dates."""
        since, until, *_ = self._dates
        return {identity: folded for identity, folded in articles.items() if since <= _seconds(folded[0]) < until}

    def _fold(self, part: Iterator[tuple[int, bytes]], *, first: bool) -> dict[bytes, _Folded]:
        """Make one row an article; only the first time the records that are none are noted."""
        articles: dict[bytes, _Folded] = {}
        withheld: dict[bytes, _PlainRank] = {}  # the best record of each article that its author did not publish
        lost: dict[bytes, list[Rank]] = {}
        now = self._dates.now
        for base, rows in part:
            for identity, stated, seconds, size, number, file_no, line, updated, flags, release, expiry in unpack(rows):
                file = base + file_no
                date = -inf if flags & BY_FILE_TIME or seconds == inf else seconds
                newest = updated if date < updated <= now and updated else date
                rank = (newest, size, -file, -number, date)
                if flags & WITHHELD or self._is_over(expiry):
                    rank = (inf, *rank[1:]) if date == -inf else rank  # it may be the newest: privacy goes first
                    withheld[identity] = max(rank, withheld.get(identity, rank))
                    if first:
                        self._withhold(Timed(file, line, expiry), flags)
                    continue
                if now < (hold := _held_until(seconds, release)):
                    if first:
                        self.held_back.append(Timed(file, line, hold))
                    continue
                self.next_change = min(self.next_change, updated) if updated > now else self.next_change
                old = articles.get(identity)
                if old is None:
                    articles[identity] = (seconds, rank, rank, stated)
                else:
                    lost.setdefault(identity, []).append(Rank(*min(old[1], rank)))
                    articles[identity] = _folded_into(old, (seconds, rank, rank, stated))
                if stated and first and self._claims.setdefault(stated, identity) != identity:
                    self._claims[stated] = None
        if first:
            self._note(lost, articles)
        return self._published(articles, withheld, first=first)

    def _withhold(self, record: Timed, flags: int) -> None:
        self.withheld += 1
        if not flags & WITHHELD:  # what its header says was told when it was read
            self.expired.append(record)

    def _is_over(self, expiry: int) -> bool:
        """Return whether a record's time is over; if not yet, remember when."""
        if expiry and expiry > self._dates.expired:
            self.next_change = min(self.next_change, expiry)
        return 0 < expiry <= self._dates.expired

    def _published(
        self, articles: dict[bytes, _Folded], withheld: dict[bytes, _PlainRank], *, first: bool
    ) -> dict[bytes, _Folded]:
        """Leave out the articles that a record withdraws: none is newer, whichever would win."""
        for identity, rank in withheld.items():
            winner = Rank(*articles[identity][1]) if identity in articles else None
            if winner and rank[0] < winner.newest:
                continue
            if first:
                self._withdrawn.add(identity)
                self._pairs += [(winner.record, Rank(*rank).record)] if winner else []
            articles.pop(identity, None)
        return articles

    def _note(self, lost: dict[bytes, list[Rank]], articles: dict[bytes, _Folded]) -> None:
        """Keep which records lost, against which one, and whether they look like articles of their own."""
        self._lost |= lost
        for identity, ranks in lost.items():
            winner = Rank(*articles[identity][1])
            self._pairs.extend((rank.record, winner.record) for rank in ranks)
            if look_like_articles([winner.date, *(rank.date for rank in ranks)]):
                self.shared.append(SharedAddress(winner.record, len(ranks) + 1))


def _held_until(date: float, release: int) -> float:
    """Return from when on a record may go out: PACKED_NEVER stands for a day that is too far ahead to be believed."""
    until = inf if release == PACKED_NEVER else float(release)
    return max(date, until) if date < inf else until


def _folded_into(old: _Folded, new: _Folded) -> _Folded:
    newest, oldest = max(old, new, key=itemgetter(1)), min(old, new, key=_age)
    return (min(old[0], new[0]), newest[1], oldest[2], oldest[3])


def _age(folded: _Folded) -> tuple[float, int, int, int]:
    _, size, file, number, date = folded[2]
    return date, size, file, number
