"""The first pass: find all files, read those that are new, and fold their records into articles; no body is decoded."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from functools import partial
from itertools import chain, islice
from math import inf
from operator import itemgetter
from typing import Final

from refeed.cache.known_files import KnownFiles
from refeed.input.discover import Batch, batches
from refeed.input.walk import FileId, Walk
from refeed.options import Options
from refeed.pipeline.first_pass.file_table import Files
from refeed.pipeline.first_pass.left_out import why_left_out
from refeed.pipeline.problem_log import ProblemLog
from refeed.pipeline.rule_use import UnusedRules, rules_of
from refeed.pipeline.workers.pool import WorkerPool
from refeed.pipeline.workers.worker import Worker
from refeed.problems import Problem
from refeed.records.facet_filter import filtered
from refeed.records.rows import ROW_SIZE
from refeed.records.scan_result import OWN, READ, SKIPPED, UNREAD, ScanResult
from refeed.records.selection.far_bytes import FarBytes
from refeed.records.selection.fold import Dates
from refeed.records.selection.packed_copies import number_of_duplicates
from refeed.records.selection.select import Selected, Selection
from refeed.report import Totals
from refeed.sites.page_bundles import sections_with_bundles
from refeed.startup.named_tuple import NamedTuple

Progress = Callable[[int], None]
"""Told how many files have been found so far."""

_MANY: Final = 500  # files to read from which on several processes are quicker than one
_LOOKED_AT: Final = 4  # batches: with more files than that to read


class Decision(NamedTuple):
    """The articles, and what became of the records that are in none of them."""

    selected: Selected
    left_out: ProblemLog
    totals: Totals
    missed: Mapping[str, int]  # option → how many articles it left out

    @property
    def until(self) -> float:
        """Seconds since 1970: from then on the decision is another one."""
        return min([self.selected.outcome.next_change, *(held.seconds for held in self.selected.outcome.held_back)])


class Scanned(NamedTuple):
    """A batch, what the first pass made of it, and how many of its files were read for that."""

    batch: Batch
    result: ScanResult
    read: int
    far: FarBytes | None = None  # rows that a worker has kept: all of the batch, but for what the filters leave out

    @property
    def rows(self) -> int:
        """Count the records that selection looks at."""
        return (self.far.size if self.far else len(self.result.rows)) // ROW_SIZE


class _Read(NamedTuple):
    """What came of the files that were not known, and their rows, if a worker has kept them."""

    result: ScanResult
    far: FarBytes | None


_Waiting = tuple[Scanned, Callable[[], _Read] | None]
"""A batch, and what waits for those of its files that were not known."""


class FirstPass(NamedTuple):
    """Everything that is known after the first pass."""

    files: Files
    selection: Selection
    left_out: ProblemLog
    totals: Totals
    read: int  # files that were not known
    unused: UnusedRules
    missed: Mapping[str, int]  # option → how much it left out

    def close(self) -> None:
        """Let go of what lies in temporary files."""
        self.files.close()
        self.selection.close()


def first_pass(
    paths: Iterable[str],
    options: Options,
    now: datetime,
    *,
    pool: WorkerPool,
    own: frozenset[FileId] = frozenset(),
    known_files: KnownFiles | None = None,
    progress: Progress | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> FirstPass:
    """Find and read every file; what is left out is counted in the totals and named in the problems.

    `meanwhile` is called where workers read the last files, and nothing is left to do here but to wait for them.
    """
    sections = sections_with_bundles(options.sites)
    walk = Walk(tuple(paths), options.exclude, own, sections, unpack=options.unpack, limits=options.allow)
    scanned = scan_all(tuple(paths), walk, pool, known_files, rows_stay=known_files is None, meanwhile=meanwhile)
    # Without an index everything is read, mostly by others, and nobody knows the decision.
    first = gather(scanned, options, now, progress, fold_at_once=known_files is None)
    unused = tuple(pattern for pattern, number in walk.excluded.items() if not number)
    excluded = {"exclude": sum(walk.excluded.values())}
    return first._replace(unused=first.unused._replace(exclude=unused), missed={**first.missed, **excluded})


def gather(
    batches_scanned: Iterable[Scanned],
    options: Options,
    now: datetime,
    progress: Progress | None = None,
    *,
    fold_at_once: bool = False,
) -> FirstPass:
    """Add up what was made of all batches, in the order of discovery; `fold_at_once` leaves less to `decide`."""
    left_out, totals, read, unused, missed = ProblemLog(), Totals(), 0, rules_of(options), Counter[str]()
    with ExitStack() as stack:
        files = stack.enter_context(closing(Files()))
        selection = stack.enter_context(closing(Selection(_dates(options, now), at_once=fold_at_once)))
        for found in batches_scanned:
            scanned = found if found.far else found._replace(result=filtered(found.result, options))
            batch, result, new, far = scanned
            read += new
            unused = unused.without(batch, chain.from_iterable(note.matched for note in result.notes.values()))
            selection.add(far or result.rows, files.add(batch))
            totals += count(scanned)
            for note in result.notes.values():
                missed.update(dict(note.missed))
            left_out.extend(problems_of(scanned))
            if progress:
                progress(len(files))
        stack.pop_all()  # from here on the caller closes them
    return FirstPass(files, selection, left_out, totals, read, unused, missed)


def scan_all(
    paths: Sequence[str],
    walk: Walk,
    pool: WorkerPool,
    known_files: KnownFiles | None = None,
    *,
    rows_stay: bool = False,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[Scanned]:
    """Return what there is to know of each batch, in their order; rows may stay with workers that can keep them.

    `meanwhile` is called where workers read the last files.
    """
    waiting: deque[_Waiting] = deque()
    found = _found(paths, walk, pool, known_files)
    first = [*islice(found, _LOOKED_AT)]  # before any is read: where there are many, workers read these, too
    reading = sum(len(unread) for batch, _, unread in first if batch.sharing >= pool.needs)
    for number, (batch, of_index, unread) in enumerate(chain(first, found)):
        known, task = of_index, None
        if unread and batch.sharing < pool.needs:
            known = known.with_more(pool.do_here(Worker.scan, batch, unread))
        elif unread:
            reading += len(unread) if number >= len(first) else 0
            pool.start(pays=reading > _MANY)
            task = _submitted(batch, unread, pool, may_keep=rows_stay)
        waiting.append((Scanned(batch, known, len(unread)), task))
        while len(waiting) > pool.ahead:
            yield _waited_for(waiting, pool, known_files)
    if meanwhile and pool.ahead and waiting:
        meanwhile()
    while waiting:
        yield _waited_for(waiting, pool, known_files)


def _found(
    paths: Sequence[str], walk: Walk, pool: WorkerPool, known_files: KnownFiles | None
) -> Iterator[tuple[Batch, ScanResult, Sequence[int]]]:
    """Yield every batch, what is known of it, and the numbers of the files that must be read."""
    for batch in batches(paths, walk, with_stats=known_files is not None, size=pool.piece):
        known = known_files.known(batch) if known_files else ScanResult(bytes(len(batch.names)), b"", {})
        unread: Sequence[int] = range(len(known.kinds))
        if any(known.kinds):
            unread = [number for number in unread if known.kinds[number] == UNREAD] if UNREAD in known.kinds else []
        yield batch, known, unread


def _submitted(batch: Batch, unread: Sequence[int], pool: WorkerPool, *, may_keep: bool) -> Callable[[], _Read]:
    """Have files read. Workers keep the rows if they can and may."""
    if pool.keeper is None or not may_keep:
        task = pool.submit(Worker.scan, batch, unread)
        return lambda: _Read(task(), None)
    kept = pool.keeper.keep(Worker.scan_and_keep, batch, unread)
    return lambda: _Read(kept.told(), kept[0])


def _waited_for(waiting: deque[_Waiting], pool: WorkerPool, known_files: KnownFiles | None) -> Scanned:
    known, wait = waiting.popleft()
    if wait is None:
        found = known
    else:
        new, far = wait()
        found = known._replace(result=known.result.with_more(new), far=far)
        if UNREAD in found.result.kinds:
            found = found._replace(result=_with_large(found, waiting, pool))
    if known_files:
        known_files.keep(found.batch, found.result)
    return found


def _with_large(scanned: Scanned, waiting: deque[_Waiting], pool: WorkerPool) -> ScanResult:
    """Read here what is too large to be read beside other files, when the workers have done what they were given."""
    for number, (other, wait) in enumerate(waiting):
        if wait:
            done = wait()
            waiting[number] = other, partial(_Read, *done)
    left = [file_no for file_no, kind in enumerate(scanned.result.kinds) if kind == UNREAD]
    return scanned.result.with_more(pool.do_here(Worker.scan, scanned.batch, left))


def count(scanned: Scanned) -> Totals:
    """Return what a batch adds to the totals."""
    result, unreadable = scanned.result, len(scanned.batch.problems)
    kinds = result.kinds
    filtered = sum(note.filtered for note in result.notes.values())
    undated = sum(note.undated for note in result.notes.values())
    return Totals(
        files_found=len(kinds) - kinds.count(OWN) + unreadable,
        files_with_records=kinds.count(READ),
        files_skipped=kinds.count(SKIPPED) + unreadable,
        records_read=scanned.rows + filtered + undated,
        filtered=filtered,
        undated=undated,
    )


def problems_of(scanned: Scanned) -> list[Problem]:
    """Return the problems of a batch in the order of its files."""
    batch, result = scanned.batch, scanned.result
    found = [(file_no, problem) for file_no, problem in batch.problems]
    for file_no, note in result.notes.items():
        path = batch.prefix + batch.names[file_no]
        found.extend((file_no, problem.at(path)) for problem in note.problems)
    return [problem for _, problem in sorted(found, key=itemgetter(0))]


def decide(first: FirstPass, options: Options, now: datetime, pool: WorkerPool) -> Decision:
    """Fold the records into articles, and return which of them were held back or lost against another."""
    files, keeper, dates = first.files, pool.keeper, _dates(options, now)
    selected = first.selection.fold(
        lambda file: files[file].path,
        lambda rows: pool.submit(Worker.fold, rows, dates),
        (lambda batches, number: keeper.keep(Worker.divide, batches, number)) if keeper else None,
    )
    outcome = selected.outcome
    totals = Totals(
        records_read=-outcome.echoes,
        held_back=len(outcome.held_back),
        duplicates=number_of_duplicates(outcome.packed_duplicates) + len(selected.other_forms),
        withheld=outcome.withheld,
        filtered=outcome.filtered,
    )
    missed = {"since": outcome.too_early, "until": outcome.filtered - outcome.too_early}
    return Decision(selected, ProblemLog(why_left_out(selected, files)), totals, missed)


def _dates(options: Options, now: datetime) -> Dates:
    """Return which records count in a run."""
    held_after = now.timestamp() if options.future == "hold" else inf
    since = options.since.timestamp() if options.since else -inf
    until = options.until.timestamp() if options.until else inf
    expired = now.timestamp() if options.withheld == "skip" else -inf
    return Dates(since, until, held_after, expired)
