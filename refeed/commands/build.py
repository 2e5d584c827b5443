"""refeed build: write the feed."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from refeed.problems import ConfigurationError

if TYPE_CHECKING:
    from refeed.report import Report


@click.command(
    "build",
    cls=GroupedCommand,
    short_help="Write the feed.",
    epilog=examples("refeed build archive > feed.xml", "refeed build archive --limit 200 -o feed.xml"),
)
@with_settings("build")
def build(paths: tuple[str, ...], **given: Any) -> int:
    """Build a feed from the dumps below PATH and write it to stdout, or to FILE with -o.

    Settings come from the nearest refeed.toml, and so do the paths if no PATH is given. It is looked for in the folder
    of the first PATH and above it, then in the working directory and above it. If there is neither a PATH nor a
    refeed.toml, the working directory is read.
    """
    from refeed.pipeline.build import build as run
    from refeed.pipeline.output.destination import sink
    from refeed.report import NothingToBuildError

    options, own, notes = gather(paths, given)
    if options.if_changed and not options.output:
        raise ConfigurationError("--if-changed needs a file to compare with; give -o FILE")
    try:
        with progress(options) as count:
            now = present(options)
            check = check_of(options, now, options.output)
            report = run(with_index(options), now, sink=sink(options.output), own=own, progress=count, check=check)
    except NothingToBuildError as error:
        return nothing_built(error, options, notes)
    tell_report(report, options, notes)
    if not options.json:
        say(*_outcome(report, options))
    return status_of(report, options) or (UNCHANGED if options.if_changed and not report.changed else OK)


COMMAND = build


def _outcome(report: "Report", options: Options) -> Iterable[str]:
    """Return the line about the file that -o names."""
    from refeed.quantities import amount, size

    if not report.written:
        yield "refeed: nothing was written, because there are errors and --strict was given"
    elif options.output and not options.quiet:
        target = Path(options.output)
        entries = amount(report.totals.out, "entry", "entries")
        bytes_ = f", {size(target.stat().st_size)}" if target.is_file() else ""
        yield f"{'wrote' if report.changed else 'unchanged:'} {options.output}: {entries}{bytes_}"
