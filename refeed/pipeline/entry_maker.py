"""Make the entry of any article of an archive when it is asked for, long after the build that found it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from refeed.cache.fingerprint import MAKING, digest
from refeed.model import RecordMeta, SourceFile
from refeed.options import Options
from refeed.pipeline.article_table import ArticleTable
from refeed.pipeline.entry_task import BuiltEntry, EntryTask
from refeed.pipeline.file_table import Files
from refeed.pipeline.guard import guarded, limit_time
from refeed.pipeline.linked_posts import LinkedPosts
from refeed.pipeline.worker import Worker
from refeed.problems import Problem
from refeed.records.context import context_for
from refeed.records.reader import read_metadata


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
        owner = digest(options, MAKING) if options.index else b""
        self._files = Files.of(self._table.files)
        self._worker = Worker(options, now, owner=owner, keep_entries=True)
        self._posts = LinkedPosts(self._files, self._table, options, now)
        self._options, self._context = options, context_for(options, now)
        self._metas = lru_cache(1)(self._read)

    def make(self, positions: Iterable[int]) -> Iterator[BuiltEntry | None]:
        """Return the entries at these positions; None for one that cannot be made, because its file has changed say."""
        return (self._make(self._table.task(position, self._files)) for position in positions)

    def metadata(self, positions: Iterable[int]) -> Iterator[RecordMeta | None]:
        """Return what the records that the entries are made of say of themselves; those of one file come together."""
        for position in positions:
            source, number = self._table.task(position, self._files).winner
            metas = self._metas(source)
            yield metas[number] if number < len(metas) else None

    def stamp(self, position: int) -> Stamp | None:
        """Return what the record is known by that an entry is made of; None where only reading it would tell."""
        source, number = self._table.task(position, self._files).winner
        try:
            status = os.stat(source.path)  # noqa: PTH116  paths stay text
        except OSError:  # gone, or in a file of many
            return None
        return Stamp(source.path, status.st_mtime_ns, status.st_size, number)

    def close(self) -> None:
        """Let go of what is open."""
        self._worker.close()
        self._files.close()

    def _read(self, source: SourceFile) -> Sequence[RecordMeta]:
        with limit_time(self._options.allow.max_seconds):
            found = guarded(source, lambda: read_metadata(source, self._context).records, debug=False)
        return () if isinstance(found, Problem) else [meta for meta, _ in found]

    def _make(self, task: EntryTask) -> BuiltEntry | None:
        (result,) = self._worker.make([task])
        while result.asked:
            task = task._replace(posts=(*task.posts, *self._posts.answers(task.winner.source, result.asked)))
            (result,) = self._worker.make([task])
        return result.built
