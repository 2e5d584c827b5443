"""refeed check: name every problem in the archive."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from refeed.clock import present
from refeed.commands._shared import (
    NOT_RIGHT,
    OK,
    gather,
    print_lines,
    print_problems,
    progress,
    status_of,
    tell,
    with_index,
)
from refeed.config.command_line import GroupedCommand, examples, with_settings
from refeed.console import filter_lines, say
from refeed.options import Options

if TYPE_CHECKING:
    from refeed.comparison.places import FeedChanges
    from refeed.input.walk import FileId
    from refeed.report import Report


@click.command(
    "check",
    cls=GroupedCommand,
    short_help="Name every problem in the archive.",
    epilog=examples("refeed check archive", "refeed check archive --most 3", "refeed check archive --quiet --strict"),
)
@with_settings("check")
@click.option(
    "--against",
    type=click.Path(),
    metavar="FEED",
    help="Say also what subscribers of FEED would see if `build` replaced it now, as `refeed diff` does.",
)
@click.option(
    "--most", type=click.IntRange(min=0), metavar="N", help="Name at most N problems of each code; the end counts all."
)
def check(paths: tuple[str, ...], *, against: str | None, most: int | None, **given: Any) -> int:
    """Read everything below PATH as `build --limit 0` would, and name every problem. No feed is written.

    The end lists, for each code, how many problems there are and of which sources, what it means, and what to do.

    refeed.toml is used as in `build`. With --against its limits count (`limit`, `span`, `max-bytes`), and the exit
    status is 1 if an article would show twice, or an old one as news.
    """
    from refeed.inspection.problem_groups import group_lines
    from refeed.pipeline.build import build as run
    from refeed.report import NothingToBuildError

    options, own, notes = gather(paths, given)
    whole = replace(options, limit=0, span=None, max_bytes=None, output=None)
    nothing = None
    try:
        with progress(options) as count:
            report = run(with_index(whole), present(options), sink=lambda _: False, own=own, progress=count)
    except NothingToBuildError as error:
        nothing, report = error, error.report
    report = replace(report, written=False, changed=False, notes=(*notes, *report.notes))
    seen = None if nothing or against is None else _compared(against, options, own)
    _print(report, seen, options, most)
    if not (options.quiet or options.json):
        say(*group_lines(report.problems, options.paths or (options.folder,)))
    if nothing:
        raise nothing
    if not options.json:
        tell(options, *filter_lines(report), str(report.totals))
    return status_of(report, options) or (NOT_RIGHT if seen and seen.is_harmful else OK)


COMMAND = check


def _compared(feed: str, options: Options, own: "frozenset[FileId]") -> "FeedChanges":
    """Return what subscribers of a feed would see after a build with these options."""
    from refeed.comparison.build import compare_with_build

    return compare_with_build(feed, with_index(replace(options, strict=False)), present(options), own)


def _print(report: "Report", seen: "FeedChanges | None", options: Options, most: int | None) -> None:
    """Write to stdout every problem, only the errors, or JSON; then what subscribers would see."""
    from refeed.comparison.lines import change_lines, facts, summary_line
    from refeed.console import only_errors, problem_lines, report_json, visible

    if options.json:
        print_lines([report_json(report, {"against": facts([seen])} if seen else {})])
        return
    print_problems(problem_lines(only_errors(report.problems) if options.quiet else report.problems, most=most))
    if seen and not options.quiet:
        print_lines(map(visible, change_lines([seen])))
        say(summary_line([seen]))
