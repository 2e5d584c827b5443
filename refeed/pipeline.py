"""Build a feed: the order of the two passes, and what stands around the entries.

discover → read → formats → normalise → select     (collect: every file, heads only)
         → bodies: clean → outputs                 (compose: only what goes out)
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID, uuid5

from refeed.collect import Progress, collect
from refeed.compose import Composed, Fragments, compose
from refeed.discover import FileId
from refeed.formats import load_formats
from refeed.model import Feed
from refeed.normalise import context_for
from refeed.options import CONFIGURATION_NAME, DEFAULT_MAX_BYTES, Options
from refeed.outputs import Output, load_outputs
from refeed.report import NothingToBuildError, Report, Tally, Totals
from refeed.urls import resolve

Sink = Callable[[Callable[[BinaryIO], None]], bool]
"""Is handed what writes the feed to a stream, uses it, and tells whether the output changed."""

# Feeds without an id of their own get one from their title in this namespace (RFC 9562, version 5). Never changed.
_FEED_NAMESPACE: Final = UUID("8b6a0d58-24d3-5f8c-9d5e-0c6f5a3b7e41")
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
    context, tally = context_for(options, now), Tally()
    output = load_outputs()[options.format]
    paths = options.paths or (options.folder,)
    collected = collect(paths, context, tally, own=own, progress=progress)
    if not tally.totals().records_read:
        report = Report(totals=tally.totals(), left_out=collected.left_out, doubts=())
        raise NothingToBuildError(_nothing(paths, report.totals), report)
    with closing(Fragments()) as fragments:
        head_size = _size(output, _feed(options, paths, _NO_DATE, output.suffix))
        composed = compose(collected, context, tally, fragments, serialise=output.entry, size_of_head=head_size)
        feed = _feed(options, paths, composed.updated or _NO_DATE, output.suffix)
        report = Report(
            totals=tally.totals(),
            left_out=(*collected.left_out, *composed.left_out),
            doubts=composed.doubts,
            notes=tuple(_notes(feed, options, composed, fragments.size)),
            origins=composed.origins,
        )
        if options.strict and report.errors:
            return report
        return _hand_over(report, lambda out: output.write(feed, fragments, out), sink)


def _size(output: Output, feed: Feed) -> int:
    """Count the bytes of a feed without entries."""
    empty = io.BytesIO()
    output.write(feed, (), empty)
    return len(empty.getvalue())


def _hand_over(report: Report, write: Callable[[BinaryIO], None], sink: Sink | None) -> Report:
    if sink is not None:
        return replace(report, written=True, changed=sink(write))
    document = io.BytesIO()
    write(document)
    return replace(report, written=True, feed=document.getvalue())


def _nothing(paths: Sequence[str], totals: Totals) -> str:
    found = f"{totals.files_found} files, no dump among them" if totals.files_found else "no files"
    return f"{', '.join(paths)}: {found}; looked for {', '.join(load_formats())}; nothing was written"


def _feed(options: Options, paths: Sequence[str], updated: datetime, suffix: str) -> Feed:
    stated = options.feed
    title = stated.title or ", ".join(dict.fromkeys(map(_folder_name, paths)))
    return Feed(
        id=stated.id or uuid5(_FEED_NAMESPACE, title).urn,
        title=title,
        updated=updated,
        author=stated.author or title,
        subtitle=stated.subtitle,
        rights=stated.rights,
        language=stated.language,
        icon=stated.icon,
        logo=stated.logo,
        self_url=_self_url(options, suffix),
        site_url=stated.link,
    )


def _folder_name(path: str) -> str:
    real = Path(path).resolve()
    name = real.name if real.is_dir() else real.parent.name
    return name.encode("utf-8", "replace").decode() or "refeed"


def _self_url(options: Options, suffix: str) -> str | None:
    """Say where the feed is served: the base URL is a folder's address, or already the feed's own."""
    base = options.base_url
    if base is None or base.endswith(suffix):
        return base
    name = Path(options.output).name if options.output else f"feed{suffix}"
    return resolve(name, base if base.endswith("/") else base + "/")


def _notes(feed: Feed, options: Options, composed: Composed, size: int) -> Iterator[str]:
    if options.feed.id is None:
        yield (
            f'the feed has no id of its own, and its title made one; keep it: add id = "{feed.id}" '
            f"under [feed] in {CONFIGURATION_NAME}"
        )
    if options.max_bytes is None and options.limit is not None and size > DEFAULT_MAX_BYTES:
        yield f"the feed has {size / 1e6:.1f} MB; some readers refuse more than 5 MB: --max-bytes 4M makes it smaller"
    if composed.cut_short and composed.newest and composed.oldest:
        hours = (composed.newest - composed.oldest).total_seconds() / 3600
        yield (
            f"the feed covers only {hours:.1f} h: who polls less often misses articles; "
            "raise --limit, --span or --max-bytes, or use --content summary"
        )
