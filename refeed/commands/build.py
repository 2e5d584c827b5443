"""refeed build: write the feed."""

from dataclasses import replace
from typing import Any

import click

from refeed.commands._shared import NOTHING_WRITTEN, OK, UNCHANGED, gather, present, progress, status_of, with_index
from refeed.config.command_line import with_settings
from refeed.console import say
from refeed.problems import ConfigurationError


@click.command("build", short_help="Write the feed.")
@with_settings("build")
def build(paths: tuple[str, ...], **given: Any) -> int:
    """Build the feed of the dumps below PATH and write it to stdout, or to FILE with -o.

    Without PATH, refeed.toml in the working directory says what to read and how; if there is none, the directory itself
    is read. With PATH, refeed.toml is not read.
    """
    from refeed.console import report_json, report_lines
    from refeed.pipeline.build import build as run
    from refeed.pipeline.destination import sink
    from refeed.report import NothingToBuildError

    options, own = gather(paths, given)
    if options.if_changed and not options.output:
        raise ConfigurationError("--if-changed compares with the file that -o names; give -o FILE")
    try:
        with progress() as count:
            report = run(with_index(options), present(options), sink=sink(options.output), own=own, progress=count)
    except NothingToBuildError as error:
        if options.json:
            say(report_json(replace(error.report, notes=(str(error),))))
            return NOTHING_WRITTEN
        say(*report_lines(error.report, verbose=options.verbose))
        raise
    say(*([report_json(report)] if options.json else report_lines(report, verbose=options.verbose)))
    if not report.written and not options.json:
        say("refeed: there are errors, and --strict was given: nothing was written")
    return status_of(report, options) or (UNCHANGED if options.if_changed and not report.changed else OK)


COMMAND = build
