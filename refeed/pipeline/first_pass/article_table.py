"""All articles of an archive as a value: the records of each, newest first, and nothing of what they say.

It is small, so it can be kept and handed to another process, which makes the entry of any article from it later.
"""

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from math import inf
from struct import Struct
from typing import Final

from refeed.pipeline.entries.task import EntryTask, RecordOfArticle, RecordRef
from refeed.pipeline.first_pass.file_table import Files, PackedFiles
from refeed.records.date_evidence import DATELINE_REACH
from refeed.records.rows import key_mark
from refeed.records.selection.article import Article
from refeed.records.selection.fold import Rank, RecordId, order_date
from refeed.records.selection.select import Selected
from refeed.startup.named_tuple import NamedTuple
from refeed.uuids import shown

# identity, mark of the stated id (0: none), earliest date, bytes of the winner, its file and number, file and number of
# the record that states the id, whether other articles state it, too
_ROW: Final = Struct("<16sQdQIIII?")


class ArticleTable(NamedTuple):
    """The articles, each known by its position."""

    files: PackedFiles
    rows: bytes
    others: Mapping[int, tuple[RecordId, ...]]  # of articles with several records, those that may tell their dates
    addresses: Mapping[int, tuple[RecordId, bytes]]  # of articles whose addresses other forms state: record, identity
    withdrawn: frozenset[bytes]  # identities
    marks: "array[int]"  # of the keys that name the entries in addresses, by position
    by_mark: "array[int]"  # all positions, in the order of these marks

    @property
    def number(self) -> int:
        """How many articles there are."""
        return len(self.rows) // _ROW.size

    def is_withdrawn(self, identity: bytes) -> bool:
        """Return whether the newest record of an article says that it is not published."""
        return identity in self.withdrawn

    def dates(self) -> "array[float]":
        """Return the dates of the order, in seconds since 1970."""
        return array("d", (order_date(earliest) for _, _, earliest, *_ in _ROW.iter_unpack(self.rows)))

    def sizes(self) -> "array[int]":
        """Return the bytes of the records that the entries are made of."""
        return array("Q", (size for _, _, _, size, *_ in _ROW.iter_unpack(self.rows)))

    def find(self, key: str) -> int | None:
        """Return the position of the article whose entry has a key; it has to be compared with the entry's own."""
        mark = key_mark(key)
        at = bisect_left(self.by_mark, mark, key=self.marks.__getitem__)
        position = self.by_mark[at] if at < len(self.by_mark) else None
        return position if position is not None and self.marks[position] == mark else None

    def by_file(self) -> "array[int]":
        """Return all positions, those of one file together."""
        files = array("I", (file for _, _, _, _, file, *_ in _ROW.iter_unpack(self.rows)))
        return array("I", sorted(range(self.number), key=files.__getitem__))

    def task(self, position: int, files: Files) -> EntryTask:
        """Return what the entry of an article is made of."""
        row = _ROW.unpack_from(self.rows, position * _ROW.size)
        identity, stated, earliest, _, file, number, origin_file, origin_number, is_shared = row
        form = self.addresses.get(position)
        return EntryTask(
            identity=identity,
            winner=RecordRef(files[file], number),
            earliest=earliest if earliest < inf else None,
            others=tuple(RecordRef(files[other.file], other.number) for other in self.others.get(position, ())),
            origin=RecordRef(files[origin_file], origin_number) if stated else None,
            is_shared=is_shared,
            address=RecordOfArticle(RecordRef(files[form[0].file], form[0].number), form[1]) if form else None,
        )


def table_of(selected: Selected, files: Files) -> ArticleTable:
    """Return the table of all articles that are wanted."""
    rows, others, marks = bytearray(), dict[int, tuple[RecordId, ...]](), array("Q")
    addresses = dict[int, tuple[RecordId, bytes]]()
    for position, article in enumerate(selected.newest_first()):
        is_shared = selected.is_shared(article.stated)
        rows += _row(article, is_shared=is_shared)
        marks.append(_mark(article, is_shared=is_shared))
        if lost := tuple(rank.record for rank in that_tell_dates(article, selected)):
            others[position] = lost
        if form := selected.addresses.get(article.identity):
            addresses[position] = form.record, form.identity
    by_mark = array("I", sorted(range(len(marks)), key=marks.__getitem__))
    return ArticleTable(
        files.packed(), bytes(rows), others, addresses, frozenset(selected.outcome.withdrawn), marks, by_mark
    )


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


def _mark(article: Article, *, is_shared: bool) -> int:
    """Return the mark of the key of an entry, whose id is the stated one or else made from the identity."""
    return article.stated if article.stated and not is_shared else key_mark(shown(article.identity))
