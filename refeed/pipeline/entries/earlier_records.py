"""Read what the earlier records of an article, which lost against another, say of its entry.

Robots save a feed every hour: the records of each of its articles lie in thousands of files, and those of all articles
in the same ones. A file that has to be read again tells of all its records at once.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from refeed.digests import blake2b
from refeed.model import SourceFile
from refeed.pipeline.entries.record_files import ReadRecord, RecordFiles, changed
from refeed.pipeline.entries.task import EarlierRecord, EntryTask, RecordRef
from refeed.pipeline.guard import guarded
from refeed.problems import Problem
from refeed.records.context import Context
from refeed.startup.named_tuple import NamedTuple

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_KNOWN: Final = 100_000  # records that nobody has asked for yet: 40 MB


class _Said(NamedTuple):
    """What a record says, whatever became of the text."""

    identity: bytes
    text: bytes  # digest
    says: EarlierRecord


class EarlierRecords:
    """The earlier records that one process reads."""

    def __init__(self, files: RecordFiles, context: Context) -> None:
        """Take the files that all of the process share."""
        self._files, self._context = files, context
        self._known = dict[RecordRef, _Said]()

    def of(self, task: EntryTask, winner: ReadRecord) -> tuple[list[EarlierRecord], list[Problem]]:
        """Return what the earlier records of an entry say, as far as they can be read."""
        earlier, failed = list[EarlierRecord](), list[Problem]()
        if task.earliest is not None:
            earlier.append(EarlierRecord(_EPOCH + timedelta(seconds=task.earliest)))
        text = _digest(winner) if task.others else b""
        for ref in task.others:
            said = self._guarded(ref)
            if isinstance(said, _Said) and said.identity != task.identity:
                said = changed(ref.source)
            if isinstance(said, Problem):
                failed.append(said)
            else:
                earlier.append(said.says if said.text == text else said.says._replace(updated=None))
        return earlier, failed

    def _guarded(self, ref: RecordRef) -> _Said | Problem:
        if known := self._known.pop(ref, None):
            return known
        is_wanted_again = self._files.is_wanted_again(ref.source)
        said = self._read_guarded(ref)
        if is_wanted_again:
            self._read_all(ref.source)
        return said

    def _read_guarded(self, ref: RecordRef) -> _Said | Problem:
        return guarded(ref.source, partial(self._read, ref), debug=self._context.options.debug)

    def _read_all(self, source: SourceFile) -> None:
        for number in range(self._files.number_of_records(source)):
            if len(self._known) >= _MOST_KNOWN:
                return
            ref = RecordRef(source, number)
            if isinstance(said := self._read_guarded(ref), _Said):
                self._known[ref] = said

    def _read(self, ref: RecordRef) -> _Said | Problem:
        record = self._files.record(ref)
        if isinstance(record, Problem):
            return record
        from refeed.pipeline.entries.entry import earlier_record  # not where the index knows all entries

        meta, _ = self._files.normalised(record, ref)
        return _Said(meta.key.identity, _digest(record), earlier_record(meta, record.document, self._context))


def _digest(record: ReadRecord) -> bytes:
    title, body = record.text
    return blake2b(b"%d %b%b" % (len(title), title.encode("utf-8", "surrogatepass"), body), digest_size=16).digest()
