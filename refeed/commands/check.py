"""refeed check: name every problem in the archive."""

from dataclasses import replace
from typing import Any

import click

from refeed.commands._shared import gather, present, print_lines, progress, status_of, with_index
from refeed.config.command_line import with_settings
from refeed.console import say


@click.command("check", short_help="Name every problem in the archive.")
@with_settings("check")
def check(paths: tuple[str, ...], **given: Any) -> int:
    """Read everything below PATH as `build --limit 0` would, and name every problem; write no feed.

    Without PATH, refeed.toml in the working directory says what to read, as for `build`.
    """
    from refeed.console import problem_lines, report_json
    from refeed.pipeline.build import build as run
    from refeed.report import NothingToBuildError

    options, own = gather(paths, given)
    options = replace(options, limit=0, span=None, max_bytes=None, output=None)
    nothing = None
    try:
        with progress() as count:
            report = run(with_index(options), present(options), sink=lambda _: False, own=own, progress=count)
    except NothingToBuildError as error:
        nothing, report = error, error.report
    report = replace(report, written=False, changed=False)
    print_lines([report_json(report)] if options.json else problem_lines(report.problems, verbose=True))
    if nothing:
        raise nothing
    say(*([] if options.json else [str(report.totals)]))
    return status_of(report, options)


COMMAND = check
