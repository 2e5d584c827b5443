"""What commands share: exit statuses, options and their defaults, progress, and lines for stdout."""

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from refeed.config.precedence import read_options
from refeed.console import coloured, say, wants_colour
from refeed.options import Options
from refeed.problems import ConfigurationError
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.input.walk import FileId
    from refeed.pipeline.first_pass.run import Progress
    from refeed.report import NothingToBuildError, Report

OK: Final = 0
NOTHING_WRITTEN: Final = 1
NOT_RIGHT: Final = 1  # of commands that write nothing: what they looked at is not as it should be
WRONG_USAGE: Final = 2
UNCHANGED: Final = 3
FAILED_INSIDE: Final = 4
INTERRUPTED: Final = 130  # what shells say of a program that Ctrl-C ended


class Gathered(NamedTuple):
    """What a run begins with."""

    options: Options
    own: "frozenset[FileId]"  # files that are no input
    notes: tuple[str, ...]  # on the settings, for a report in JSON; elsewhere they have been said


def gather(paths: tuple[str, ...], given: dict[str, Any]) -> Gathered:
    """Read the settings of a run and say where they come from."""
    from refeed.pipeline.output.destination import own_files

    options, notes = read_options(paths, given)
    if options.quiet and options.verbose:
        raise ConfigurationError("--quiet and --verbose exclude each other")
    # A found file that says `quiet` does not silence what is said about the file itself.
    if not options.json and not given.get("quiet"):
        say(*(f"note: {note}" for note in notes))
    return Gathered(options, own_files(options.config, options.output, options.html), notes)


def tell(options: Options, *lines: str) -> None:
    """Write lines to stderr, unless only errors are wanted."""
    if not options.quiet:
        say(*lines)


def tell_report(
    report: "Report", options: Options, notes: tuple[str, ...], more: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """Write to stderr what there is to say about a report: everything, only the errors, or JSON."""
    from refeed.console import error_lines, report_json, report_lines

    if options.json:
        say(report_json(replace(report, notes=(*notes, *report.notes)), more), plain=True)
    elif options.quiet:
        say(*error_lines(report))
    else:
        say(*report_lines(report, verbose=options.verbose))


def nothing_built(error: "NothingToBuildError", options: Options, notes: tuple[str, ...]) -> int:
    """Say what was found instead of dumps, and return the exit status, or raise the error for the last line."""
    report = error.report
    tell_report(replace(report, notes=(*report.notes, str(error))) if options.json else report, options, notes)
    if options.json:
        return NOTHING_WRITTEN
    raise error


def with_index(options: Options) -> Options:
    """Name the index that the command line uses by default; say it where there can be none."""
    from refeed.cache.location import index_path
    from refeed.startup.user_folder import NO_FOLDER

    path = index_path(options)
    if path is None and not options.no_index and not options.json:
        tell(options, f"note: nothing is remembered for the next build; {NO_FOLDER}, or name a file with --index")
    return replace(options, index=path)


def status_of(report: "Report", options: Options) -> int:
    """Return the exit status that a report means."""
    if options.strict and report.errors:
        return NOTHING_WRITTEN
    return FAILED_INSIDE if report.failed_inside else OK


def progress(options: Options) -> "AbstractContextManager[Progress | None]":
    """Count files on a terminal; elsewhere do nothing."""
    if options.quiet or not (sys.stderr and sys.stderr.isatty()):
        return nullcontext()
    from refeed.commands._progress import file_counter

    return file_counter()


def print_lines(lines: Iterable[str]) -> None:
    """Write lines to stdout as UTF-8, whatever the terminal's encoding is."""
    from refeed.pipeline.output.destination import to_stdout

    to_stdout(lambda out: out.writelines(line.encode("utf-8", "backslashreplace") + b"\n" for line in lines))


def print_problems(lines: Iterable[str]) -> None:
    """Write lines about problems to stdout, in colour on a terminal."""
    print_lines(map(coloured, lines) if sys.stdout and wants_colour(sys.stdout, os.environ) else lines)
