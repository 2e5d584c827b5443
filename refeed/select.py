"""Fold the records of an article into one, and give the articles newest first. Pure: no file, no clock, no body."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import inf
from operator import itemgetter
from typing import Final, NamedTuple

from refeed.model import Key

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Record(NamedTuple):
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
    def record(self) -> Record:
        """The record that holds this rank."""
        return Record(-self.file, -self.number)


class Article(NamedTuple):
    """All that selection keeps of an article, whatever the number of its records."""

    identity: bytes
    earliest: float  # seconds since 1970 of the earliest header date; infinity: no record has a date
    winner: Rank
    withdrawn: bool  # the newest record says draft
    origin: tuple[Rank, str | None]  # the oldest record, and the id that it states: a later dump must not move it

    @property
    def date(self) -> datetime:
        """The earliest header date; without any, 1970-01-01. It decides order, date filters and the limit."""
        return _EPOCH + timedelta(seconds=self.earliest) if self.earliest < inf else _EPOCH

    @property
    def order(self) -> tuple[float, bytes]:
        """The place among the articles, newest first; equal dates by identity, which no renaming changes."""
        return (-self.earliest if self.earliest < inf else inf, self.identity)


class Selection:
    """A table of articles, one compact row each; tables of several workers merge into one."""

    def __init__(self) -> None:
        """Begin empty."""
        self._articles: dict[bytes, Article] = {}
        self._lost: dict[bytes, list[Rank]] = {}  # of the articles with several records, all but the winner
        self._claims: dict[str, bytes | None] = {}  # stated id → the one article that states it; None: several do

    def __len__(self) -> int:
        """Count the articles."""
        return len(self._articles)

    def add(self, key: Key, file: int) -> None:
        """Take a record in; one without a date is older than any other."""
        seconds = key.date.value.timestamp() if key.date else -inf
        rank = Rank(-inf if key.by_file_time else seconds, key.size, -file, -key.number)
        self._take(Article(key.identity, seconds if key.date else inf, rank, key.draft, (rank, key.stated_id)))
        if key.stated_id:
            self._claim(key.stated_id, key.identity)

    def merge(self, other: "Selection") -> None:
        """Take in everything that another table holds; the order of merging does not matter."""
        for article in other._articles.values():  # noqa: SLF001  its own kind
            self._take(article)
        for identity, lost in other._lost.items():  # noqa: SLF001
            self._lost.setdefault(identity, []).extend(lost)
        for stated, claimant in other._claims.items():  # noqa: SLF001
            self._claim(stated, claimant)

    def _take(self, new: Article) -> None:
        old = self._articles.get(new.identity)
        if old is None:
            self._articles[new.identity] = new
            return
        best, rest = (new, old) if new.winner > old.winner else (old, new)
        self._lost.setdefault(new.identity, []).append(rest.winner)
        origin = min(new.origin, old.origin, key=itemgetter(0))
        self._articles[new.identity] = best._replace(earliest=min(new.earliest, old.earliest), origin=origin)

    def _claim(self, stated: str, identity: bytes | None) -> None:
        if self._claims.setdefault(stated, identity) != identity:
            self._claims[stated] = None

    def is_shared(self, stated: str) -> bool:
        """Tell whether several articles state the same id, so that it identifies none of them (RFC 4287, 4.2.6)."""
        return stated in self._claims and self._claims[stated] is None

    def others(self, article: Article) -> list[Rank]:
        """Give the records of an article that lost, the best of them first."""
        return sorted(self._lost.get(article.identity, ()), reverse=True)

    def newest_first(self) -> Iterator[Article]:
        """Give every article, by the earliest header date of its records."""
        return iter(sorted(self._articles.values(), key=lambda article: article.order))

    def duplicates(self) -> Iterator[tuple[Record, Record]]:
        """Give every record that lost, with the one that won, in the order of discovery."""
        pairs = (
            (rank.record, self._articles[identity].winner.record)
            for identity, lost in self._lost.items()
            for rank in lost
        )
        return iter(sorted(pairs))
