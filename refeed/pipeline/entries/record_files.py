"""Read the records again that entries are made of; the last few files stay open."""

from collections import OrderedDict
from typing import Final

from refeed.model import Document, RawRecord, RecordMeta, SourceFile
from refeed.pipeline.entries.task import RecordRef
from refeed.problems import Problem, Severity
from refeed.records.context import Context
from refeed.records.normalise import normalise
from refeed.records.reader import FileRecords, read_raw_records, with_fallback_date
from refeed.startup.named_tuple import NamedTuple

# Of files that stay open, because the records of one are often wanted one after the other.
_KEPT_BYTES: Final = 2**24
_KEPT_FILES: Final = 64


class ReadRecord(NamedTuple):
    """What a record says, its file, and the problems of the file."""

    raw: RawRecord
    document: Document
    problems: tuple[Problem, ...]

    @property
    def text(self) -> tuple[str, bytes]:
        """Its title and its body as they are written."""
        raw = self.raw
        return raw.titles[0].text if raw.titles else "", self.document.body_bytes(raw.body).strip()


class RecordFiles:
    """The files of one process."""

    def __init__(self, context: Context) -> None:
        """Take what every record is read with."""
        self._context = context
        self._open: OrderedDict[str, FileRecords[RawRecord]] = OrderedDict()
        self._closed = set[str]()  # paths of files with several records that others took the place of
        self._open_bytes = 0
        self.taken = 0  # bytes of all files that were read

    def is_wanted_again(self, source: SourceFile) -> bool:
        """Return whether a file with several records was read and has to be read again."""
        return source.path in self._closed and source.path not in self._open

    def number_of_records(self, source: SourceFile) -> int:
        """Count the records of a file."""
        return len(self._file(source).records)

    def record(self, ref: RecordRef) -> ReadRecord | Problem:
        """Return what a record says; the problems of its file come with its first record."""
        outcome = self._file(ref.source)
        if outcome.left_out:
            return outcome.left_out
        if outcome.document is None or ref.number >= len(outcome.records):
            return changed(ref.source)
        problems = outcome.problems if ref.number == 0 else ()
        # The first pass has reported the errors.
        new = tuple(problem for problem in problems if problem.severity is not Severity.ERROR)
        return ReadRecord(outcome.records[ref.number], outcome.document, new)

    def normalised(
        self, record: ReadRecord, ref: RecordRef, address: str | None = None
    ) -> tuple[RecordMeta, tuple[Problem, ...]]:
        """Return what a record means, with a date in any case, and the problems."""
        meta, findings = normalise(record.raw, record.document, ref.number, self._context, address)
        return meta if meta.key.date else with_fallback_date(meta), (*record.problems, *findings)

    def metadata(self, ref: RecordRef, identity: bytes) -> RecordMeta | Problem:
        """Read a record again; a file that is not what it was is a problem."""
        record = self.record(ref)
        if isinstance(record, Problem):
            return record
        meta, _ = self.normalised(record, ref)
        return meta if meta.key.identity == identity else changed(ref.source)

    def _file(self, source: SourceFile) -> FileRecords[RawRecord]:
        if source.path not in self._open:
            self._open[source.path] = read_raw_records(source, self._context)
            size = _bytes(self._open[source.path])
            self._open_bytes += size
            self.taken += size
            while len(self._open) > 1 and (self._open_bytes > _KEPT_BYTES or len(self._open) > _KEPT_FILES):
                path, closed = self._open.popitem(last=False)
                if len(closed.records) > 1:
                    self._closed.add(path)
                self._open_bytes -= _bytes(closed)
        self._open.move_to_end(source.path)
        return self._open[source.path]


def changed(source: SourceFile) -> Problem:
    """Return the problem of a file that is not what the first pass has read."""
    return Problem("changed-file", "the file changed while refeed was at work; build again", source.path)


def _bytes(outcome: FileRecords[RawRecord]) -> int:
    return len(outcome.document.data) if outcome.document else 0
