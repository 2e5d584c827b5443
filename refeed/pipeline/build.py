"""Build a feed: the order of the two passes, and what stands around the entries.

discover → read → formats → normalise → select     (first pass: every file that is new, no bodies)
         → bodies: clean → outputs                 (second pass: only what goes out)
"""

import io
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, BinaryIO

from refeed.cache.build_cache import BuildCache, CachedBuild
from refeed.cache.fingerprint import MAKING, digest
from refeed.cache.sqlite_store import CacheStore
from refeed.config.confinement import check_confinement
from refeed.input.discover import must_exist
from refeed.input.source_files import close_places
from refeed.input.walk import FileId, real_path
from refeed.options import Options
from refeed.outputs import format_of, load_output
from refeed.pipeline.build_context import (
    NO_DATE,
    ArchiveLinks,
    BuildContext,
    BuildRequest,
    BuiltFeed,
    Check,
    Sink,
    Use,
    paths_of,
)
from refeed.pipeline.first_pass.run import Decision, FirstPass, Progress, decide, first_pass, gather
from refeed.pipeline.sites import notes_on_sites, with_sites
from refeed.pipeline.work_trees import notes_on_undated, with_work_trees
from refeed.pipeline.workers.pool import pool_for
from refeed.pipeline.workers.worker import Worker
from refeed.problems import RefeedError
from refeed.report import Report

if TYPE_CHECKING:
    from refeed.feed_history import FeedLink
    from refeed.model import Feed
    from refeed.pipeline.build_report import Passes
    from refeed.pipeline.first_pass.article_table import ArticleTable
    from refeed.pipeline.first_pass.rows_file import Rows
    from refeed.pipeline.second_pass.run import SecondPass


def build(
    options: Options,
    now: datetime,
    *,
    sink: Sink | None = None,
    own: frozenset[FileId] = frozenset(),
    progress: Progress | None = None,
    check: Check | None = None,
) -> Report:
    """Build the feed of `options.paths` and hand it to the sink; without a sink the report holds it.

    `now` (aware) decides what is still held back, and which dates lie too far ahead to be believed. `own` are files
    that are no input: the output itself.
    Raises RefeedError when there is nothing to build or the output cannot be written; nothing has been written then.
    """
    return _build(options, now, BuildRequest(sink, check=check), own, progress).report


def build_with_entries(
    options: Options,
    now: datetime,
    *,
    own: frozenset[FileId] = frozenset(),
    progress: Progress | None = None,
    archive_links: ArchiveLinks | None = None,
) -> BuiltFeed:
    """Build as `build` does without a sink, and keep the entries beside the feed.

    With links to an archive it keeps a table of all articles, too.
    """
    return _build(options, now, BuildRequest(keeps_entries=True, archive_links=archive_links), own, progress)


def build_and_use(
    options: Options,
    now: datetime,
    use: Use,
    *,
    own: frozenset[FileId] = frozenset(),
    progress: Progress | None = None,
    check: Check | None = None,
) -> Report:
    """Build as `build` does, and hand over the entries, unless what they would be used for is there already."""
    return _build(options, now, BuildRequest(keeps_entries=True, use=use, check=check), own, progress).report


def _build(
    options: Options, now: datetime, request: BuildRequest, own: frozenset[FileId], progress: Progress | None
) -> BuiltFeed:
    check_confinement(options)
    rows = _open_rows(options)
    if rows:  # they are all that an index would know
        options = replace(options, paths=rows.paths, index=None)
    must_exist(options.paths)  # before an index is made for what is not there
    options, notes = with_work_trees(with_sites(replace(options, format=format_of(options))))
    with ExitStack() as stack:
        stack.callback(close_places)
        index = stack.enter_context(closing(CacheStore(options.index))) if options.index else None
        build_cache = BuildCache(index, options, now, kind=request.kind) if index else None
        owner = digest(options, MAKING, whole=False) if index else b""
        worker = Worker(options, now, owner=owner, keep_entries=request.keeps_entries)
        pool = stack.enter_context(closing(pool_for(worker, options)))
        context = BuildContext(options, now, pool, build_cache, request, _real_paths(options))
        first = _first_pass(rows, context, own, progress)
        stack.enter_context(closing(first))
        built = _from_cache(known, first, context) if (known := context.known) else _build_anew(first, context)
    undated = notes_on_undated(built.report, context)
    notes = (*notes_on_sites(options), *notes, *undated, *built.report.notes, *(index.notes if index else ()))
    report = replace(built.report, notes=notes)
    return built._replace(report=report, state=build_cache.state if build_cache else b"")


def _open_rows(options: Options) -> "Rows | None":
    """Return the rows that take the place of a first pass."""
    if not options.from_rows:
        return None
    from refeed.pipeline.first_pass.rows_file import open_rows

    return open_rows(options)


def _first_pass(
    rows: "Rows | None", context: BuildContext, own: frozenset[FileId], progress: Progress | None
) -> FirstPass:
    """Take the rows that were kept, else read every file."""
    if rows:
        return gather(rows.scanned(context.now), context.options, context.now, progress)
    store, cache = context.store, context.build_cache
    return first_pass(
        context.paths,
        context.options,
        context.now,
        pool=context.pool,
        own=own | (store.files() if store else frozenset()),
        known_files=cache.known_files if cache else None,
        progress=progress,
        meanwhile=_load_the_rest,
    )


def _load_the_rest() -> None:
    """Load what comes after the first pass."""
    from refeed.pipeline import build_report  # noqa: F401
    from refeed.pipeline.second_pass import run  # noqa: F401


def _real_paths(options: Options) -> tuple[str, ...]:
    """Return where the paths given lead: whether they hold drafts depends on it, and whether they may be read."""
    return tuple(map(real_path, paths_of(options)))


def _from_cache(known: CachedBuild, first: FirstPass, context: BuildContext) -> BuiltFeed:
    """Hand over what the last build made."""
    if context.request.use:
        report = _deliver(known.report, lambda: False, context)
        return BuiltFeed(report, known.updated, (), context.options)
    report = _write(known.report, partial(_write_document, known.document), context)
    archive = _archive(_decide(first, context), first, context) if context.request.archive_links else ()
    return BuiltFeed(report, known.updated, known.entries, context.options, *archive)


def _decide(first: FirstPass, context: BuildContext) -> Decision:
    return decide(first, context.options, context.now, context.pool)


def _archive(
    decision: Decision, first: FirstPass, context: BuildContext
) -> "tuple[ArticleTable | None, tuple[FeedLink, ...]]":
    """Return the table of all articles, and the links to the documents that hold them."""
    if context.request.archive_links is None:
        return None, ()
    from refeed.pipeline.first_pass.article_table import table_of

    table = table_of(decision.selected, first.files)
    return table, context.request.archive_links(table, context.options)


def _build_anew(first: FirstPass, context: BuildContext) -> BuiltFeed:
    """Do what comes after the first pass."""
    options, cache = context.options, context.build_cache
    if cache:
        cache.known_files.finish()
    # What goes beyond the first pass is loaded when it comes to that.
    from refeed.pipeline.build_report import Passes, nothing_to_build, report_of

    if not first.totals.records_read:
        raise nothing_to_build(first, context)
    decision = _decide(first, context)
    archive = _, links = _archive(decision, first, context)
    with closing(_second_pass(first, decision, links, context)) as second:
        if second.made.far is None:  # else the workers have the entries
            context.pool.dismiss()
        passes = Passes(first, decision, second)
        feed = _feed(context, links, passes.updated, second.made.language())
        report = report_of(passes, feed, context)
        if context.request.use:
            return BuiltFeed(_use(context.request.use, report, passes, context), feed.updated, (), options)
        report = replace(report, origins=tuple(second.origins))
        write = partial(load_output(format_of(options)).write, feed, second.fragments)
        if cache and not second.has_failed:
            size = second.fragments.size + second.entries.size
            cache.keep_result(report, write, second.entries, size=size, updated=feed.updated, until=passes.until)
        entries = tuple(second.entries)
        return BuiltFeed(_write(report, write, context), feed.updated, entries, options, *archive)


def _second_pass(
    first: FirstPass, decision: Decision, links: "tuple[FeedLink, ...]", context: BuildContext
) -> "SecondPass":
    from refeed.pipeline.second_pass.run import second_pass

    output = load_output(format_of(context.options))

    @lru_cache
    def size_of_head(language: str | None) -> int:
        return output.size(_feed(context, links, NO_DATE, language))

    return second_pass(first, decision.selected, context, size_of_head)


def _feed(context: BuildContext, links: "tuple[FeedLink, ...]", updated: datetime, language: str | None) -> "Feed":
    """Return what the feed says of itself."""
    from refeed.pipeline.feed_metadata import feed_of

    suffix = load_output(format_of(context.options)).suffix
    return replace(feed_of(context.options, context.paths, updated, suffix, language), links=links)


def _use(use: Use, report: Report, passes: "Passes", context: BuildContext) -> Report:
    """Hand the entries to their use, and remember what that wrote."""
    second = passes.second
    report = _deliver(report, partial(use.run, second, context.options, report), context)
    cache = context.build_cache
    if cache and report.written and not second.has_failed:
        left = use.left()
        write = partial(_write_document, left)
        cache.keep_result(report, write, size=len(left), updated=passes.updated, until=passes.until)
    return report


def _write_document(document: bytes, out: BinaryIO) -> None:
    out.write(document)


def _write(report: Report, write: Callable[[BinaryIO], None], context: BuildContext) -> Report:
    """Have the feed written to the sink; without one the report holds it."""
    if context.request.sink is not None:
        return _deliver(report, partial(context.request.sink, write), context)
    document = io.BytesIO()

    def keep() -> bool:
        write(document)
        return False

    report = _deliver(report, keep, context)
    return replace(report, feed=document.getvalue())


def _deliver(report: Report, deliver: Callable[[], bool], context: BuildContext) -> Report:
    """Have the output written, unless errors forbid it, or what was read lies elsewhere than what was checked."""
    check_confinement(context.options)
    if _real_paths(context.options) != context.real_paths:
        raise RefeedError(f"{', '.join(context.paths)}: a link changed during the build; build again")
    if context.options.strict and report.errors:
        return report
    if context.request.check:
        context.request.check(report)
    return replace(report, written=True, changed=deliver())
