"""Build a feed: the order of the two passes, and what stands around the entries.

discover → read → formats → normalise → select     (collect: every file that is new, heads only)
         → bodies: clean → outputs                 (compose: only what goes out)
"""

import io
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from refeed.cache.build_cache import BuildCache
from refeed.cache.fingerprint import MAKING, digest
from refeed.cache.store import SUFFIXES, CacheStore
from refeed.input.walk import FileId
from refeed.options import Options
from refeed.pipeline.first_pass import FirstPass, Progress, decide, first_pass
from refeed.pipeline.pool import WorkerPool
from refeed.pipeline.worker import Worker
from refeed.problems import Problem, Severity
from refeed.quantities import amount
from refeed.report import NothingToBuildError, Report, Tally, Totals
from refeed.spool import Spool

if TYPE_CHECKING:
    from refeed.model import Feed
    from refeed.outputs import Output

Sink = Callable[[Callable[[BinaryIO], None]], bool]
"""Is handed what writes the feed to a stream, uses it, and return whether the output changed."""

_NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)


def build(
    options: Options,
    now: datetime,
    *,
    sink: Sink | None = None,
    own: frozenset[FileId] = frozenset(),
    progress: Progress | None = None,
) -> Report:
    """Build the feed of `options.paths` and hand it to the sink; without a sink the report holds it.

    `now` (aware) decides what is still held back, and which dates lie too far ahead to be believed. `own` are files
    that are no input: the output itself.
    Raises RefeedError when there is nothing to build or the output cannot be written; nothing has been written then.
    """
    with ExitStack() as stack:
        index = stack.enter_context(closing(CacheStore(options.index))) if options.index else None
        build_cache = BuildCache(index, options, now) if index else None
        worker = Worker(options, now, owner=digest(options, MAKING) if index else b"")
        pool = stack.enter_context(closing(WorkerPool(worker, options.workers)))
        run = BuildContext(options, now, Tally(), pool, build_cache)
        collected = first_pass(
            options.paths or (options.folder,),
            options,
            run.tally,
            pool=pool,
            own=own | _files_of(index),
            known_files=build_cache.known_files if build_cache else None,
            progress=progress,
        )
        stack.enter_context(closing(collected))
        known = build_cache.result() if build_cache else None
        if known:
            report = _hand_over(known.report, lambda out: out.writelines([known.feed]), sink, strict=options.strict)
        else:
            report = _compose(collected, run, sink)
    return replace(report, notes=(*report.notes, *index.notes)) if index and index.notes else report


class BuildContext(NamedTuple):
    """What both passes of a build share."""

    options: Options
    now: datetime
    tally: Tally
    pool: WorkerPool
    build_cache: BuildCache | None


def _files_of(index: CacheStore | None) -> frozenset[FileId]:
    """Name the index's own files, which are no input where they lie among the dumps."""
    found = set[FileId]()
    if index is None or not index.is_open:  # what was named by mistake is still a dump
        return frozenset()
    for suffix in SUFFIXES:
        try:
            status = os.stat(index.path + suffix)  # noqa: PTH116  paths stay text
        except OSError:
            continue
        found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def _compose(collected: FirstPass, run: BuildContext, sink: Sink | None) -> Report:
    """Do what comes after the first pass."""
    # What goes beyond the first pass is loaded when it comes to that.
    from refeed.outputs import load_outputs
    from refeed.pipeline.feed_metadata import feed_of, notes_on
    from refeed.pipeline.second_pass import second_pass

    options, now, tally, pool, build_cache = run
    if build_cache:
        build_cache.known_files.finish()
    paths = options.paths or (options.folder,)
    if not tally.totals().records_read:
        report = Report(totals=tally.totals(), left_out=tuple(collected.left_out), entry_problems=())
        raise NothingToBuildError(_nothing(paths, report.totals), report)
    output = load_outputs()[options.format]
    selected, told = decide(collected, options, now, tally)
    with closing(Spool()) as fragments:
        head_size = _size(output, feed_of(options, paths, _NO_DATE, output.suffix))
        index = build_cache.index if build_cache else None
        composed = second_pass(
            selected,
            collected.files,
            options,
            tally,
            fragments,
            pool=pool,
            index=index,
            new=collected.read,
            size_of_head=head_size,
        )
        feed = feed_of(options, paths, composed.updated or _NO_DATE, output.suffix)
        until = min([composed.until, *(held.seconds for held in selected.held_back)])
        report = Report(
            totals=tally.totals(),
            left_out=(*collected.left_out, *told, *composed.left_out),
            entry_problems=composed.findings,
            notes=tuple(notes_on(feed, options, composed, fragments.size)),
            origins=composed.origins,
            due=datetime.fromtimestamp(until, UTC) if isfinite(until) else None,
        )
        write = partial(output.write, feed, fragments)
        if build_cache and not _failed((*composed.left_out, *composed.findings)):
            build_cache.keep_result(report, write, size=fragments.size, until=until)
        return _hand_over(report, write, sink, strict=options.strict)


def _failed(problems: Iterable[Problem]) -> bool:
    """Return whether something went wrong that may go right in the next build."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def _size(output: "Output", feed: "Feed") -> int:
    """Count the bytes of a feed without entries."""
    empty = io.BytesIO()
    output.write(feed, (), empty)
    return len(empty.getvalue())


def _hand_over(report: Report, write: Callable[[BinaryIO], None], sink: Sink | None, *, strict: bool) -> Report:
    """Have the feed written, unless errors forbid it."""
    if strict and report.errors:
        return report
    if sink is not None:
        return replace(report, written=True, changed=sink(write))
    document = io.BytesIO()
    write(document)
    return replace(report, written=True, feed=document.getvalue())


def _nothing(paths: Sequence[str], totals: Totals) -> str:
    from refeed.formats import load_formats

    files = amount(totals.files_found, "file")
    found = f"{files}, no dump among them" if totals.files_found else "no files"
    return f"{', '.join(paths)}: {found}; looked for {', '.join(load_formats())}; nothing was written"
