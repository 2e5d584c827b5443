"""refeed publish: write a site of feeds."""

import os
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import click

from refeed.clock import check_of, present
from refeed.commands._shared import (
    OK,
    UNCHANGED,
    gather,
    nothing_built,
    progress,
    status_of,
    tell_report,
    with_index,
)
from refeed.config.command_line import GroupedCommand, examples, with_settings
from refeed.console import say
from refeed.options import Options

if TYPE_CHECKING:
    from refeed.publish.run import PublishedSite

_MOST_NAMED: Final = 20  # documents; --verbose names all


@click.command(
    "publish",
    cls=GroupedCommand,
    short_help="Write a site of feeds and pages for any static host.",
    epilog=examples(
        "refeed publish archive -o site --base-url https://example.org/feeds/",
        "refeed publish archive -o site --feeds outlet,author --min-articles 20",
    ),
)
@with_settings("publish")
def publish(paths: tuple[str, ...], **given: Any) -> int:
    """Write feeds and pages of the dumps below PATH into FOLDER, for any static host.

    There is one of the newest articles, and one of every outlet and category with enough articles, each as Atom, RSS
    and JSON Feed. Documents of every month hold the whole archive, and readers can follow them back (RFC 5005).
    Pages show the articles in a browser.

    Run it again whenever there are new articles: only documents that change are touched. What it wrote and would not
    write any more is removed; nothing else in FOLDER is. refeed.toml is used as in `build`.
    """
    from refeed.publish.run import manifest_of
    from refeed.publish.run import publish as run
    from refeed.report import NothingToBuildError

    options, own, notes = gather(paths, given)
    try:
        with progress(options) as count:
            now = present(options)
            check = check_of(options, now, manifest_of(options))
            site = run(with_index(options), now, own=own, progress=count, check=check)
    except NothingToBuildError as error:
        return nothing_built(error, options, notes)
    changes = {"written_files": site.written, "removed_files": site.removed}
    tell_report(site.report, options, notes, changes)
    if not options.json:
        say(*_outcome(site, options))
    return status_of(site.report, options) or (UNCHANGED if options.if_changed and not site.report.changed else OK)


COMMAND = publish


def _outcome(site: "PublishedSite", options: Options) -> Iterator[str]:
    """Return the lines about the documents."""
    from refeed.quantities import amount

    if not site.report.written:
        yield "refeed: nothing was written, because there are errors and --strict was given"
    if options.quiet or not site.report.written:
        return
    folder = options.site or ""
    changes = [*(("wrote", path) for path in site.written), *(("removed", path) for path in site.removed)]
    for verb, path in islice(changes, None if options.verbose else _MOST_NAMED):
        yield f"{verb} {os.path.join(folder, path)}"
    if not options.verbose and len(changes) > _MOST_NAMED:
        yield f"… and {len(changes) - _MOST_NAMED:,} more: --verbose names all"
    written, removed = len(site.written), len(site.removed)
    counts = f"{written:,} written, {removed:,} removed" if changes else "unchanged"
    yield f"{folder}: {amount(site.report.totals.out, 'article')} in {amount(site.files, 'document')}; {counts}"
