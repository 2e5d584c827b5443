"""refeed check: name every problem in the archive."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from refeed.clock import present
from refeed.commands._shared import gather, print_lines, print_problems, progress, status_of, tell, with_index
from refeed.config.command_line import GroupedCommand, examples, with_settings
from refeed.options import Options

if TYPE_CHECKING:
    from refeed.report import Report


@click.command(
    "check",
    cls=GroupedCommand,
    short_help="Name every problem in the archive.",
    epilog=examples("refeed check archive", "refeed check archive --quiet --strict"),
)
@with_settings("check")
def check(paths: tuple[str, ...], **given: Any) -> int:
    """Read everything below PATH as `build --limit 0` would, and name every problem. No feed is written.

    refeed.toml is used as in `build`.
    """
    from refeed.pipeline.build import build as run
    from refeed.report import NothingToBuildError

    options, own, notes = gather(paths, given)
    options = replace(options, limit=0, span=None, max_bytes=None, output=None)
    nothing = None
    try:
        with progress(options) as count:
            report = run(with_index(options), present(options), sink=lambda _: False, own=own, progress=count)
    except NothingToBuildError as error:
        nothing, report = error, error.report
    report = replace(report, written=False, changed=False)
    _print(report, options, notes)
    if nothing:
        raise nothing
    if not options.json:
        tell(options, str(report.totals))
    return status_of(report, options)


COMMAND = check


def _print(report: "Report", options: Options, notes: tuple[str, ...]) -> None:
    """Write to stdout every problem, only the errors, or JSON."""
    from refeed.console import only_errors, problem_lines, report_json

    if options.json:
        print_lines([report_json(replace(report, notes=(*notes, *report.notes)))])
    else:
        problems = only_errors(report.problems) if options.quiet else report.problems
        print_problems(problem_lines(problems, verbose=True))
