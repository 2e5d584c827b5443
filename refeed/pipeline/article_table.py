"""All articles of an archive as a value: which records each is made of, newest first, and nothing of what they say.

It is small, so it can be kept and handed to another process, which makes the entry of any article from it later.
"""

from array import array
from collections.abc import Mapping
from math import inf
from struct import Struct
from typing import Final, NamedTuple
from uuid import UUID

from refeed.pipeline.entry_task import EntryTask, RecordRef
from refeed.pipeline.file_table import Files
from refeed.records.date_evidence import DATELINE_REACH
from refeed.records.fold import Rank, RecordId, order_date
from refeed.records.rows import key_mark
from refeed.records.select import Article, Selected

# identity, mark of the stated id (0: none), earliest date, bytes of the winner, its file and number, file and number of
# the record that states the id, whether other articles state it, too
_ROW: Final = Struct("<16sQdQIIII?")


class ArticleTable(NamedTuple):
    """The articles, each known by its position."""

    files: tuple[bytes, ...]  # see Files.packed
    rows: bytes
    others: Mapping[int, tuple[RecordId, ...]]  # of articles with several records, those that may tell their dates
    withdrawn: frozenset[bytes]  # identities

    @property
    def number(self) -> int:
        """How many articles there are."""
        return len(self.rows) // _ROW.size

    def is_withdrawn(self, identity: bytes) -> bool:
        """Return whether the newest record of an article says that it is not published."""
        return identity in self.withdrawn

    def dates(self) -> "array[float]":
        """Return the dates of the order, in seconds since 1970."""
        return array("d", (order_date(row[2]) for row in _ROW.iter_unpack(self.rows)))

    def sizes(self) -> "array[int]":
        """Return the bytes of the records that the entries are made of."""
        return array("Q", (row[3] for row in _ROW.iter_unpack(self.rows)))

    def key_marks(self) -> "array[int]":
        """Return the marks of the keys that name the entries in addresses."""
        return array("Q", (_key_mark(row[0], row[1], is_shared=row[8]) for row in _ROW.iter_unpack(self.rows)))

    def task(self, position: int, files: Files) -> EntryTask:
        """Return what the entry of an article is made of."""
        row = _ROW.unpack_from(self.rows, position * _ROW.size)
        identity, stated, earliest, _, file, number, origin_file, origin_number, is_shared = row
        return EntryTask(
            identity=identity,
            winner=RecordRef(files[file], number),
            earliest=earliest if earliest < inf else None,
            others=tuple(RecordRef(files[other.file], other.number) for other in self.others.get(position, ())),
            origin=RecordRef(files[origin_file], origin_number) if stated else None,
            is_shared=is_shared,
        )


def table_of(selected: Selected, files: Files) -> ArticleTable:
    """Return the table of all articles that are wanted."""
    rows, others = bytearray(), dict[int, tuple[RecordId, ...]]()
    for position, article in enumerate(selected.newest_first()):
        rows += _row(article, is_shared=selected.is_shared(article.stated))
        if lost := tuple(rank.record for rank in that_tell_dates(article, selected)):
            others[position] = lost
    return ArticleTable(files.packed(), bytes(rows), others, frozenset(selected.outcome.withdrawn))


def that_tell_dates(article: Article, selected: Selected) -> list[Rank]:
    """Return the records of an article that lost and whose datelines may tell when it was published.

    The dateline of a later record cannot lie before the earliest header date, nor that of one without a date.
    """
    latest = article.earliest + DATELINE_REACH.total_seconds()
    return [rank for rank in selected.others(article) if article.earliest <= rank.date <= latest]


def _row(article: Article, *, is_shared: bool) -> bytes:
    winner, origin = article.winner.record, article.origin.record
    about = article.identity, article.stated, article.earliest, article.winner.size
    return _ROW.pack(*about, winner.file, winner.number, origin.file, origin.number, is_shared)


def _key_mark(identity: bytes, stated: int, *, is_shared: bool) -> int:
    return stated if stated and not is_shared else key_mark(str(UUID(bytes=identity)))
