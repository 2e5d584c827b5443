"""Run the first pass alone: the records of the articles that a build would publish, newest first."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from functools import lru_cache, partial
from typing import Final

from refeed.cache.build_cache import BuildCache
from refeed.cache.sqlite_store import CacheStore
from refeed.config.confinement import check_confinement
from refeed.input.discover import must_exist, source_at
from refeed.input.source_files import close_places
from refeed.input.walk import FileId
from refeed.model import Document, RecordMeta, SourceFile
from refeed.options import Options
from refeed.pipeline.first_pass.file_table import Files
from refeed.pipeline.first_pass.run import Progress, decide, first_pass
from refeed.pipeline.guard import guarded, limit_time
from refeed.pipeline.sites import with_sites
from refeed.pipeline.work_trees import with_work_trees
from refeed.pipeline.workers.pool import pool_for
from refeed.pipeline.workers.worker import Worker
from refeed.problems import Problem
from refeed.records.context import Context, context_for
from refeed.records.reader import FileRecords, read_metadata, with_fallback_date
from refeed.records.selection.select import Selected
from refeed.startup.named_tuple import NamedTuple

_OPEN: Final = 8  # files whose records are remembered: those of one are often wanted one after the other


class ChosenRecord(NamedTuple):
    """The record that an article is made of."""

    meta: RecordMeta  # with a date
    document: Document


class ChosenRecords(NamedTuple):
    """The records of all articles, and what they are read with."""

    context: Context
    files: Files
    selected: Selected

    def newest_first(self) -> Iterator[ChosenRecord]:
        """Read one record after the other; what cannot be read any more is left out."""
        read = lru_cache(_OPEN)(self._read)
        for article in self.selected.newest_first():
            ref = article.winner.record
            found = read(self.files[ref.file])
            if isinstance(found, Problem) or found.document is None or ref.number >= len(found.records):
                continue
            meta, _ = found.records[ref.number]
            if meta.key.identity == article.identity:  # else the file was changed just now
                yield dated(meta, found.document)

    def first_in(self, path: str) -> ChosenRecord | None:
        """Read the first record of a file, also of one that is withheld."""
        options = self.context.options
        found = self._read(source_at(path, options.paths or (options.folder,)))
        if isinstance(found, Problem) or found.document is None or not found.records:
            return None
        return dated(found.records[0][0], found.document)

    def _read(self, source: SourceFile) -> "FileRecords[tuple[RecordMeta, tuple[Problem, ...]]] | Problem":
        options = self.context.options
        with limit_time(options.allow.max_seconds):
            return guarded(source, partial(read_metadata, source, self.context), debug=options.debug)


def dated(meta: RecordMeta, document: Document) -> ChosenRecord:
    """Return a record with its date, or with the one that stands in for it."""
    return ChosenRecord(meta if meta.key.date else with_fallback_date(meta), document)


@contextmanager
def chosen_records(
    options: Options,
    now: datetime,
    *,
    own: frozenset[FileId] = frozenset(),
    progress: Progress | None = None,
) -> Iterator[ChosenRecords]:
    """Find out which articles there are below `options.paths`; nothing that a build withholds is among them."""
    check_confinement(options)
    paths = options.paths or (options.folder,)
    must_exist(paths)
    options, _ = with_work_trees(with_sites(options))
    with ExitStack() as stack:
        stack.callback(close_places)
        index = stack.enter_context(closing(CacheStore(options.index))) if options.index else None
        known = BuildCache(index, options, now).known_files if index else None
        pool = stack.enter_context(closing(pool_for(Worker(options, now), options)))
        first = stack.enter_context(
            closing(
                first_pass(
                    options.paths or (options.folder,),
                    options,
                    now,
                    pool=pool,
                    own=own | (index.files() if index else frozenset()),
                    known_files=known,
                    progress=progress,
                )
            )
        )
        if known:
            known.finish()
        decision = decide(first, options, now, pool)
        yield ChosenRecords(context_for(options, now), first.files, decision.selected)
