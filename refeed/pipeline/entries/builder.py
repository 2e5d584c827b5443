"""Make the entry of an article: read its records again, finish the body of the one that won, and serialise it."""

import os
from collections.abc import Iterable
from dataclasses import replace
from math import inf

from refeed.cache.sqlite_store import CacheStore, NoEntries
from refeed.digests import blake2b
from refeed.model import Entry, RecordMeta
from refeed.outputs import Output
from refeed.pipeline.entries.earlier_records import EarlierRecords
from refeed.pipeline.entries.link import with_link
from refeed.pipeline.entries.packed_entry import pack_entry
from refeed.pipeline.entries.packed_result import pack, pack_asked, unpack
from refeed.pipeline.entries.record_files import ReadRecord, RecordFiles, changed
from refeed.pipeline.entries.site_defaults import lead_references
from refeed.pipeline.entries.stage_by_stage import StageByStage
from refeed.pipeline.entries.task import (
    BuiltEntry,
    EarlierRecord,
    EntryFacts,
    EntryResult,
    EntryTask,
    StatedElsewhere,
)
from refeed.problems import Problem
from refeed.records.context import Context
from refeed.records.date_evidence import is_for_good
from refeed.report import Origin
from refeed.stages import Staged
from refeed.uuids import urn


class EntryBuilder:
    """Does the tasks of one process."""

    def __init__(
        self,
        context: Context,
        output: Output,
        index: CacheStore | NoEntries | None,
        owner: bytes,
        *,
        keep_entries: bool = False,
    ) -> None:
        """Take what all tasks have in common; `owner` is the digest of everything that entries depend on."""
        self._context, self._output, self._index, self._owner = context, output, index, owner
        self._keep_entries = keep_entries
        self._files = RecordFiles(context)
        self._earlier = EarlierRecords(self._files, context)
        self._taken = 0  # bytes of all bodies that were read
        self._together = StageByStage(
            self._making, lambda: self._taken + self._files.taken, debug=context.options.debug
        )

    def make(self, tasks: Iterable[EntryTask]) -> list[EntryResult]:
        """Make the entries of articles; the results are in the same order."""
        return self._together.make(tasks)

    def _making(self, task: EntryTask) -> Staged[EntryResult]:
        """Make an article's entry in stages: read its record, make the entry (see `finishing`), write it."""
        record = self._files.record(task.winner)
        if isinstance(record, Problem):
            return EntryResult(None, (record,))
        self._taken += _size(record.raw.body)
        yield
        earlier, failed = self._earlier.of(task, record)
        elsewhere = self._stated_elsewhere(task)
        if isinstance(elsewhere, Problem):
            return EntryResult(None, (elsewhere,))
        if self._index is None or failed:
            return (yield from self._finishing(task, record, earlier, failed, elsewhere))
        key = self._key(task, record, earlier, elsewhere)
        known = self._index.entry(key)
        result = unpack(known, task.winner.source.path, self._now) if known else None
        if result and (result.asked or (result.built and (result.built.entry or not self._keep_entries))):
            return result._replace(key=key)
        result = yield from self._finishing(task, record, earlier, failed, elsewhere)
        packed = self._packed(result)
        return result._replace(key=key, packed=packed) if packed else result

    def _packed(self, result: EntryResult) -> bytes | None:
        """Return what the index should keep of a result; None if another build might get another result."""
        if result.asked:
            return pack_asked(result.asked)
        built = result.built
        return pack(result, built, self._now) if built and built.until > self._now else None

    def close(self) -> None:
        """Let go of the index."""
        if self._index:
            self._index.close()

    @property
    def _now(self) -> float:
        return self._context.now.timestamp()

    def _finishing(
        self,
        task: EntryTask,
        record: ReadRecord,
        earlier: list[EarlierRecord],
        failed: list[Problem],
        elsewhere: StatedElsewhere,
    ) -> Staged[EntryResult]:
        # Of the record that the key in the index is made of.
        meta, findings = self._files.normalised(record, task.winner, elsewhere.address)
        # It was published, when the file was read for the first time.
        if meta.key.identity != task.identity or not is_published(meta, self._context):
            return EntryResult(None, (changed(meta.source),))
        known = dict(task.posts)
        if asked := tuple(one for one in lead_references(meta) if one not in known):
            return EntryResult(None, (), asked=asked)
        from refeed.pipeline.entries.entry import finishing  # not where the index knows all entries

        finished = yield from finishing(meta, record.document, self._context, earlier=earlier, posts=known)
        if asked := tuple(dict.fromkeys(one for one in finished.references if one not in known)):
            return EntryResult(None, (), asked=asked)
        problems = tuple(problem.of(meta.outlet) for problem in (*findings, *failed, *finished.problems))
        if finished.is_stub and self._context.options.stubs == "skip":
            return EntryResult(None, problems)
        stated = meta.key.stated_id if task.origin == task.winner else elsewhere.id
        if stated and task.is_shared:
            message = f"several articles state {stated}"
            problems += (Problem("id-clash", message, meta.source.path, meta.key.line, meta.outlet or ""),)
            stated = None
        entry = replace(finished.entry, id=stated or urn(task.identity))
        return EntryResult(self._built(entry, meta, problems), problems, rules=finished.rules)

    def _built(self, entry: Entry, meta: RecordMeta, problems: tuple[Problem, ...]) -> BuiltEntry:
        """Serialise an entry, and pack it if the run keeps entries."""
        if self._context.options.content == "summary":
            from refeed.pipeline.entries.entry import summarised  # as `finishing`

            entry = summarised(entry)
        packed = pack_entry(entry) if self._keep_entries else b""
        linked = with_link(entry, self._context.options)
        return BuiltEntry(
            entry.updated,
            self._output.entry(linked),
            Origin(entry.id, meta.source.path, meta.key.line),
            self._until(meta, problems),
            EntryFacts(entry.language, linked.url is not None),
            packed,
        )

    def _until(self, meta: RecordMeta, problems: tuple[Problem, ...]) -> float:
        """Return when the same record may give another entry: when what it announces has come, or at any time."""
        if not (meta.key.is_lasting and all(map(is_for_good, problems))):
            return -inf
        updated = meta.key.updated.value if meta.key.updated else None
        return updated.timestamp() if updated and updated > self._context.now else inf

    def _stated_elsewhere(self, task: EntryTask) -> StatedElsewhere | Problem:
        stated = StatedElsewhere(None, None)
        if task.origin is not None and task.origin != task.winner:
            of_origin = self._files.metadata(task.origin, task.identity)
            if isinstance(of_origin, Problem):
                return of_origin
            stated = stated._replace(id=of_origin.key.stated_id)
        of_form = self._files.metadata(*task.address) if task.address else None
        if isinstance(of_form, Problem):
            return of_form
        return stated._replace(address=of_form.url) if of_form else stated

    def _key(
        self,
        task: EntryTask,
        record: ReadRecord,
        earlier: list[EarlierRecord],
        elsewhere: StatedElsewhere,
    ) -> bytes:
        """Digest everything that an entry is made of."""
        raw, document, problems = record
        name, number = task.winner.source.name, task.winner.number
        findings = [tuple(problem.at("")) for problem in problems]
        by_itself = task.origin == task.winner
        facts = (task.identity, name, number, raw, findings, earlier, by_itself, elsewhere, task.is_shared, task.posts)
        digest = blake2b(self._owner, digest_size=20)
        digest.update(repr(facts).encode("utf-8", "backslashreplace"))
        # A large body is not copied for that.
        is_part = not isinstance(raw.body, str)
        digest.update(memoryview(document.data)[slice(*raw.body)] if is_part else document.body_bytes(raw.body))
        if self._context.options.undated == "mtime":
            digest.update(repr((task.earliest, _mtime(task.winner.source.path))).encode())
        return digest.digest()


def _size(body: tuple[int, int] | str) -> int:
    return len(body) if isinstance(body, str) else body[1] - body[0]


def _mtime(path: str) -> int | None:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:  # it has vanished, and making the entry will tell
        return None


def is_published(meta: RecordMeta, context: Context) -> bool:
    """Return whether a record may go out now; selection, which knows whole seconds, said so before."""
    key, now, options = meta.key, context.now, context.options
    if key.withheld or (key.expiry and key.expiry <= now and options.withheld == "skip"):
        return False
    released = max(filter(None, [key.release, key.date and key.date.value]), default=now)
    return options.future == "include" or released.replace(microsecond=0) <= now
