"""Show what refeed reads out of single files: votes, every field with its evidence, what changed the body, problems."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from functools import partial
from sys import maxsize
from types import MappingProxyType

from refeed.formats import forget, votes
from refeed.input.discover import discover, source_at
from refeed.input.source_files import SourceFiles
from refeed.input.two_files import fields_in
from refeed.input.walk import FileId
from refeed.inspection.inspected import Inspected, StepRemovals
from refeed.inspection.removed_text import RemovalRecorder
from refeed.inspection.standing import standing
from refeed.model import Document, LinkedPost, RecordMeta, SourceFile
from refeed.options import Options
from refeed.paths import without_secrets
from refeed.pipeline.entries.entry import FinishedEntry, finishing
from refeed.pipeline.entries.site_defaults import author_of_site
from refeed.pipeline.guard import guarded, limit_time
from refeed.pipeline.sites import with_sites
from refeed.pipeline.work_trees import with_work_trees
from refeed.problems import Problem
from refeed.records.addresses.post_address import origin_of
from refeed.records.context import Context, context_for
from refeed.records.normalise import normalise
from refeed.records.reader import read_metadata, read_raw_records, with_fallback_date
from refeed.sites.page_bundles import sections_with_bundles
from refeed.stages import at_once
from refeed.uuids import urn


def inspect(
    options: Options,
    now: datetime,
    *,
    own: frozenset[FileId] = frozenset(),
    names: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Inspected]:
    """Return every record of every file below `options.paths`, in the order of discovery.

    A file among these paths is read by what `names` has as its name in its archive, which its folders are part of.
    """
    options, _ = with_work_trees(with_sites(options))
    context, sections = context_for(options, now), sections_with_bundles(options.sites)
    paths = options.paths or (options.folder,)
    for found in discover(
        paths, own=own, sections=sections, unpack=options.unpack, exclude=options.exclude, limits=options.allow
    ):
        if isinstance(found, Problem):
            yield _skipped(found.path, found)
            continue
        yield from _of(found._replace(name=names.get(found.path, found.name)), context)


def inspect_record(
    path: str, line: int, options: Options, now: datetime, *, most: int, entry_id: str | None = None
) -> Inspected | None:
    """Return the record that begins at a line of a file below `options.paths`, as it is now; None if none does.

    The options are those of a build, with the sites around the files. Of the raw body about so many bytes at most are
    shown. A file that gives no record at all is returned as such.
    Of several records in one line, as feeds and JSON have them, it is the one whose entry has this id.
    """
    source, context = source_at(path, options.paths or (options.folder,)), context_for(options, now)
    with closing(SourceFiles((), options.allow)) as files:
        folder, slash, name = source.path.rpartition("/")
        source = source._replace(beside=tuple(fields_in(folder + slash, files).get(name, ())))
    with limit_time(options.allow.max_seconds):
        found = guarded(source, partial(_record_at, line, entry_id, source, context, most), debug=options.debug)
    return _skipped(source.path, found) if isinstance(found, Problem) else found


def _record_at(
    line: int, entry_id: str | None, source: SourceFile, context: Context, most: int
) -> Inspected | Problem | None:
    outcome = read_raw_records(source, context)
    document = outcome.document
    if outcome.left_out or document is None:
        return outcome.left_out
    first = None
    for number, raw in enumerate(outcome.records):
        if raw.line == line:
            found = normalise(raw, document, number, context)
            first = first or found
            if entry_id in (found[0].id, urn(found[0].key.identity)):
                first = found
                break
    if first is None:
        return None
    meta, findings = first
    told = (*outcome.problems, *findings)
    if not isinstance(meta.body, str):  # of a large file nobody needs the rest while the beginning is cleaned
        document = document._replace(data=document.data[: meta.body[0] + most + 4])
        del outcome
        forget()
    return _record(meta, document, told, context, most)


def _of(source: SourceFile, context: Context) -> list[Inspected]:
    with limit_time(context.options.allow.max_seconds):
        records = guarded(source, partial(_records, source, context), debug=context.options.debug)
    return [_skipped(source.path, records)] if isinstance(records, Problem) else records


def _records(source: SourceFile, context: Context) -> list[Inspected]:
    outcome = read_metadata(source, context)
    if outcome.left_out:
        return [_skipped(source.path, outcome.left_out, _votes(outcome.document))]
    document = outcome.document
    if document is None:
        return []
    return [_record(meta, document, (*outcome.problems, *findings), context) for meta, findings in outcome.records]


def _skipped(path: str, problem: Problem, votes: Mapping[str, str] = MappingProxyType({})) -> Inspected:
    return Inspected(
        without_secrets(path), problem.line or 1, "skipped", problem.code, problems=(problem,), votes=votes
    )


def _record(
    meta: RecordMeta, document: Document, findings: tuple[Problem, ...], context: Context, most: int = maxsize
) -> Inspected:
    date, trace = meta.key.date, RemovalRecorder()
    dated = meta if date else with_fallback_date(meta)
    finished = at_once(finishing(dated, document, context, observer=trace))
    if finished.references:
        # Only this file is looked at: only a build knows whether the archive has the posts that it refers to.
        posts, trace = dict.fromkeys(finished.references, LinkedPost("", "")), RemovalRecorder()
        finished = at_once(finishing(dated, document, context, posts=posts, observer=trace))
    entry, found = finished.entry, standing(meta, findings, context)
    return Inspected(
        path=without_secrets(meta.source.path),
        line=meta.key.line,
        status=found.status,
        reason=found.reason,
        format=meta.format,
        id=entry.id,
        title=entry.title,
        url=entry.url,
        summary=entry.summary or None,
        language=entry.language,
        image=entry.image,
        source=entry.outlet,
        published=_moment(entry.published) if date else None,
        updated=_moment(entry.updated) if date else None,
        header_date=_moment(date.value) if date else None,
        date_precision=date.precision if date else None,
        authors=entry.authors,
        categories=entry.categories,
        enclosures=entry.enclosures,
        content=entry.content,
        problems=(*found.problems, *finished.problems),
        evidence=_evidence(meta, finished),
        body=finished.markup,
        changes=tuple(
            StepRemovals(step=one.step, count=one.count, removed=one.removed, texts=trace.removed[one.step])
            for one in finished.changes
        ),
        votes=_votes(document),
        raw=document.body_within(meta.body, most),
        gone=trace.gone,
        is_source=meta.markdown,
    )


def _evidence(meta: RecordMeta, finished: FinishedEntry) -> dict[str, str]:
    """Return where each field's value comes from."""
    entry = finished.entry
    found = dict(meta.evidence)
    is_own_link = meta.url is not None and not meta.has_derived_url
    found.setdefault("title", "body")
    found.setdefault("summary", "body")
    if entry.language != meta.language:
        found.pop("language", None)  # its text is in another script
    found["published"] = finished.published_from if meta.key.date else "none"
    if entry.authors and "authors" not in found:
        is_of_site = meta.site is not None and entry.authors == author_of_site(meta)
        found["authors"] = origin_of(meta.site) if meta.site and is_of_site else "byline"
    for name in ("image", "enclosures"):
        if getattr(entry, name):
            found.setdefault(name, "body")
    found["id"] = found["id"] if meta.key.stated_id else "link" if is_own_link else "outlet, author, title and day"
    return found


def _votes(document: Document | None) -> dict[str, str]:
    return {name: match.name for name, match in votes(document)} if document else {}


def _moment(when: datetime | None) -> str | None:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}" if when else None
