"""Make the entry of any article of an archive when it is asked for, long after the build that found it."""

import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Final

from refeed.cache.fingerprint import MAKING, digest
from refeed.digests import blake2b
from refeed.model import RecordMeta, SourceFile
from refeed.options import Options
from refeed.pipeline.chosen_records import ChosenRecord, dated
from refeed.pipeline.entries.builder import is_published
from refeed.pipeline.entries.task import BuiltEntry, EntryResult
from refeed.pipeline.first_pass.article_table import ArticleTable
from refeed.pipeline.first_pass.file_table import Files
from refeed.pipeline.guard import guarded, limit_time
from refeed.pipeline.linked.posts import LinkedPosts
from refeed.pipeline.workers.worker import Worker
from refeed.problems import Problem
from refeed.records.context import context_for
from refeed.records.reader import FileRecords, read_metadata
from refeed.startup.named_tuple import NamedTuple

_TICK: Final = 2_000_000_000  # nanoseconds in which a file can change twice and have the same time


class Stamp(NamedTuple):
    """A record of a file as it is now."""

    path: str
    changed: int  # in nanoseconds since 1970
    size: int
    number: int  # of the record


class ArchiveOfBuild(NamedTuple):
    """All that the entries of a build are made of."""

    table: ArticleTable
    options: Options  # with the sites around the files
    now: datetime  # the present of the build


class EntryMaker:
    """Makes entries; files stay open, so one after the other costs least."""

    def __init__(self, archive: ArchiveOfBuild) -> None:
        """Take the archive; nothing is read yet."""
        self._table, options, now = archive
        owner = digest(options, MAKING, whole=False) if options.index else b""
        self._files = Files.of(self._table.files)
        self._worker = Worker(options, now, owner=owner, keep_entries=True)
        self._posts = LinkedPosts(self._files, self._table, options, now)
        self._options, self.context = options, context_for(options, now)
        self._metas = lru_cache(1)(self._read)

    def make(self, positions: Iterable[int]) -> Iterator[BuiltEntry | None]:
        """Return the entries at these positions; None for one that cannot be made: its file has changed, say."""
        return (self.result(position).built for position in positions)

    def result(self, position: int) -> EntryResult:
        """Return what comes of making the entry at a position, with its problems."""
        task = self._table.task(position, self._files)
        (result,) = self._worker.make([task])
        while result.asked:
            task = task._replace(posts=(*task.posts, *self._posts.answers(task.winner.source, result.asked)))
            (result,) = self._worker.make([task])
        return result

    def seal(self, position: int) -> bytes:
        """Return a digest of what an entry is made of, as its files are now; b"" if that takes reading them."""
        task = self._table.task(position, self._files)
        states = [_state_of(ref.source.path) for ref in task.references]
        if None in states:
            return b""
        return blake2b(repr((task, states)).encode("utf-8", "backslashreplace"), digest_size=16).digest()

    def metadata(self, positions: Iterable[int]) -> Iterator[RecordMeta | None]:
        """Return what the records that the entries are made of say of themselves; those of one file come together.

        None for one that is another by now, or is not published any more.
        """
        for position in positions:
            task = self._table.task(position, self._files)
            source, number = task.winner
            meta = next(iter(self._metas(source)[number : number + 1]), None)
            is_shown = meta and meta.key.identity == task.identity and is_published(meta, self.context)
            yield meta if is_shown else None

    def chosen(self, positions: Iterable[int]) -> Iterator[ChosenRecord | None]:
        """Return the records that the entries are made of, with their documents; None as in `metadata`."""
        read = lru_cache(1)(self._read_whole)
        for position in positions:
            task = self._table.task(position, self._files)
            source, number = task.winner
            found = read(source)
            document = None if isinstance(found, Problem) else found.document
            meta = None if isinstance(found, Problem) else next(iter(found.records[number : number + 1]), (None,))[0]
            is_shown = document and meta and meta.key.identity == task.identity and is_published(meta, self.context)
            yield dated(meta, document) if is_shown and meta and document else None

    def stamp(self, position: int) -> Stamp | None:
        """Return what identifies the state of the record that an entry is made of; None if only reading it would tell.

        That is so for a file that may change again within the same time stamp.
        """
        source, number = self._table.task(position, self._files).winner
        try:
            status = os.stat(source.path)
        except OSError:  # gone, or in a file of many
            return None
        is_settled = status.st_mtime_ns < time.time_ns() - _TICK
        return Stamp(source.path, status.st_mtime_ns, status.st_size, number) if is_settled else None

    def close(self) -> None:
        """Let go of what is open."""
        self._worker.close()
        self._files.close()

    def _read(self, source: SourceFile) -> Sequence[RecordMeta]:
        found = self._read_whole(source)
        return () if isinstance(found, Problem) else [meta for meta, _ in found.records]

    def _read_whole(self, source: SourceFile) -> "FileRecords[tuple[RecordMeta, tuple[Problem, ...]]] | Problem":
        with limit_time(self._options.allow.max_seconds):
            return guarded(source, lambda: read_metadata(source, self.context), debug=False)


def _state_of(path: str) -> tuple[int, int, int] | None:
    """Return times and size of a file, or of the archive that it is in; None where it may change again unseen."""
    while path:
        with suppress(OSError):
            status = os.stat(path)
            is_settled = stat.S_ISREG(status.st_mode) and status.st_mtime_ns < time.time_ns() - _TICK
            return (status.st_mtime_ns, status.st_ctime_ns, status.st_size) if is_settled else None
        path = path.rpartition("/")[0]
    return None
