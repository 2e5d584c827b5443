"""What one process of a build does: read batches for the first pass, make entries for the second one."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

from refeed.input.discover import Batch
from refeed.input.place import Sharing
from refeed.input.prefetch import Readahead
from refeed.input.source_files import SourceFiles
from refeed.options import Options
from refeed.pipeline.guard import limit_time
from refeed.records.selection.far_bytes import Made, here

# What the work needs is loaded when it comes: a build that finds nothing new does none.
if TYPE_CHECKING:
    from refeed.pipeline.entries.builder import EntryBuilder
    from refeed.pipeline.entries.task import EntryResult, EntryTask
    from refeed.pipeline.workers.far_entries import Describe
    from refeed.records.context import Context
    from refeed.records.scan_result import ScanResult
    from refeed.records.selection.fold import Dates
    from refeed.records.selection.folded_part import FoldedPart
    from refeed.records.selection.select import Rows


class Worker:
    """A worker: all that it needs to know is given to it at the beginning."""

    def __init__(
        self,
        options: Options,
        now: datetime,
        *,
        owner: bytes = b"",
        keep_entries: bool = False,
        has_index: bool = True,
    ) -> None:
        """Prepare. `owner` is the digest of all that decides how entries are made.

        `has_index`: the file of the index can be read here. Where it cannot, entries are made for it all the same.
        """
        self._options, self._now, self._owner, self._keep_entries = options, now, owner, keep_entries
        self._has_index = has_index
        self._context: Context | None = None
        self._share: int | None = None
        self._builder: EntryBuilder | None = None
        self._readahead = Readahead()

    @property
    def paths(self) -> tuple[str, ...]:
        """Where the files lie that it reads."""
        return self._options.paths or (self._options.folder,)

    def share_of(self, width: int) -> int:
        """Return the size up to which one of `width` processes on a machine may read a file.

        Together they hold no more than one file may have. The first process reads larger ones, one after the other.
        """
        return self._options.allow.max_file_bytes // width

    def share_with(self, width: int) -> None:
        """Become one of `width` processes on one machine."""
        self._share = self.share_of(width)

    def elsewhere(self) -> "Worker":
        """Return one for another machine: SQLite's files must not be shared over a network."""
        return Worker(self._options, self._now, owner=self._owner, keep_entries=self._keep_entries, has_index=False)

    def scan(self, batch: Batch, file_numbers: Sequence[int]) -> "ScanResult":
        """Read some files of a batch for the first pass."""
        from refeed.pipeline.workers.scan import scan

        if batch.sharing < Sharing.ALL:
            with closing(SourceFiles(self.paths, self._options.allow)) as files:
                files.expect(map(batch.source, file_numbers))
        ahead = self._readahead.over([batch.prefix + batch.names[file_no] for file_no in file_numbers])
        context = self._known() if self._share is None else self._known()._replace(share=self._share)
        with ahead, limit_time(self._options.allow.max_seconds):
            return scan(batch, file_numbers, context)

    def scan_and_keep(self, batch: Batch, file_numbers: Sequence[int]) -> "Made[ScanResult]":
        """Read some files as `scan` does, but keep the rows that the filters of the run let pass."""
        from refeed.records.facet_filter import filtered

        result = filtered(self.scan(batch, file_numbers), self._options)
        return Made(result._replace(rows=b"", facets=b""), (result.rows,))

    def divide(self, batches: "Sequence[tuple[int, Rows]]", number: int) -> Made[int]:
        """Divide the rows of some batches by their articles, and tell how many they are."""
        from refeed.records.rows import ROW_SIZE, divided

        parts = [bytes(part) for part in divided([(base, here(rows)) for base, rows in batches], number)]
        return Made(sum(map(len, parts)) // ROW_SIZE, tuple(parts))

    def fold(self, rows: "Iterable[Rows]", dates: "Dates") -> "FoldedPart":
        """Fold the rows of some articles between both passes."""
        from refeed.records.selection.folded_part import fold_part

        return fold_part(b"".join(map(here, rows)), dates)

    def make(self, tasks: Iterable["EntryTask"]) -> "list[EntryResult]":
        """Make entries."""
        if self._builder is None:
            self._builder = self._new_builder()
        with limit_time(self._options.allow.max_seconds):
            return self._builder.make(tasks)

    def make_and_keep(self, tasks: "Iterable[EntryTask]", describe: "Describe") -> "Made[list[EntryResult]]":
        """Make entries and keep them; only a description of each is returned."""
        from refeed.pipeline.workers.far_entries import kept_apart

        return kept_apart(self.make(tasks), self._options, describe)

    def load(self) -> None:
        """Load all that the work needs, before processes divide: modules, and the histories of work trees."""
        from refeed.formats import load_formats
        from refeed.outputs import format_of, load_output
        from refeed.pipeline.entries import builder, entry  # noqa: F401
        from refeed.pipeline.feed_metadata import feed_of
        from refeed.pipeline.workers import scan  # noqa: F401

        load_formats()
        if self._options.work_trees:  # hardly ever, and it takes modules that run a program
            from refeed.git.history import load_histories

            load_histories(self._options.work_trees)
        output = load_output(format_of(self._options))
        # An output loads the library that writes when it is used.
        output.size(feed_of(self._options, self.paths, self._now, output.suffix))

    def _known(self) -> "Context":
        from refeed.records.context import context_for

        if self._context is None:
            self._context = context_for(self._options, self._now)
        return self._context

    def close(self) -> None:
        """Let go of what is open."""
        if self._builder:
            self._builder.close()
        self._builder = None

    def _new_builder(self) -> "EntryBuilder":
        from refeed.cache.sqlite_store import CacheStore, NoEntries
        from refeed.outputs import format_of, load_output
        from refeed.pipeline.entries.builder import EntryBuilder

        index: CacheStore | NoEntries | None = None
        if self._options.index:
            # A connection of its own: SQLite's must not be carried into another process.
            index = CacheStore(self._options.index, only_read=True) if self._has_index else NoEntries()
        output = load_output(format_of(self._options))
        return EntryBuilder(self._known(), output, index, self._owner, keep_entries=self._keep_entries)
