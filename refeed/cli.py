"""The command line: arguments become Options, one library call follows, and its outcome becomes text and a number."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from refeed.arguments import read_options, with_settings
from refeed.console import say
from refeed.options import CONFIGURATION_NAME, Options
from refeed.problems import ConfigurationError, RefeedError
from refeed.version import VERSION

if TYPE_CHECKING:
    from refeed.collect import Progress
    from refeed.discover import FileId
    from refeed.report import Report

OK: Final = 0
NOTHING_WRITTEN: Final = 1
WRONG_USAGE: Final = 2
UNCHANGED: Final = 3
FAILED_INSIDE: Final = 4
INTERRUPTED: Final = 130  # what shells say of a program that Ctrl-C ended


def main(argv: Sequence[str] | None = None) -> int:
    """Run refeed and return its exit status."""
    return _flushed(_run(argv))


def _run(argv: Sequence[str] | None) -> int:
    try:
        outcome = cli.main(args=argv, prog_name="refeed", standalone_mode=False)
    except ConfigurationError as error:
        say(f"refeed: {error}")
        return WRONG_USAGE
    except RefeedError as error:
        say(f"refeed: {error}")
        return NOTHING_WRITTEN
    except click.UsageError as error:
        say(*_usage(error))
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        say("refeed: interrupted; a file that -o names is as it was")
        return INTERRUPTED
    except OSError as error:
        say(f"refeed: {error.strerror or error}")
        return NOTHING_WRITTEN
    return outcome if isinstance(outcome, int) else OK


def _usage(error: click.UsageError) -> Iterator[str]:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        yield from error.format_message().split("\n")
        return
    if error.ctx:
        yield from (*error.ctx.get_usage().split("\n"), f"Try '{error.ctx.command_path} --help' for help.", "")
    yield f"Error: {error.format_message()}"


def _flushed(status: int) -> int:
    """Get rid of what stdout still holds; where it cannot go it is dropped, or the interpreter complains at its end."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if status == OK:
            say(f"refeed: stdout: {error.strerror}; the output is not whole")
        return status or NOTHING_WRITTEN
    return status


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="refeed")
def cli() -> None:
    """Turn folders of mixed-format article dumps into one clean Atom feed: refeed build archive > feed.xml.

    Settings can stand in refeed.toml too; `refeed init` writes one.
    """


@cli.command(short_help="Write the feed.")
@with_settings("build")
def build(paths: tuple[str, ...], **given: Any) -> int:
    """Build the feed of the dumps below PATH and write it to stdout, or to FILE with -o.

    Without PATH, refeed.toml in the working directory says what to read and how; if there is none, the directory itself
    is read. With PATH, refeed.toml is not read.
    """
    from refeed.console import report_json, report_lines
    from refeed.deliver import sink
    from refeed.pipeline import build as run
    from refeed.report import NothingToBuildError

    options, own = _options(paths, given)
    if options.if_changed and not options.output:
        raise ConfigurationError("--if-changed compares with the file that -o names; give -o FILE")
    try:
        with _progress() as progress:
            report = run(_indexed(options), _now(options), sink=sink(options.output), own=own, progress=progress)
    except NothingToBuildError as error:
        if options.json:
            say(report_json(replace(error.report, notes=(str(error),))))
            return NOTHING_WRITTEN
        say(*report_lines(error.report, verbose=options.verbose))
        raise
    say(*([report_json(report)] if options.json else report_lines(report, verbose=options.verbose)))
    if not report.written and not options.json:
        say("refeed: there are errors, and --strict was given: nothing was written")
    return _status(report, options) or (UNCHANGED if options.if_changed and not report.changed else OK)


@cli.command(short_help="Name every problem in the archive.")
@with_settings("check")
def check(paths: tuple[str, ...], **given: Any) -> int:
    """Read everything below PATH as `build --limit 0` would, and name every problem; write no feed.

    Without PATH, refeed.toml in the working directory says what to read, as for `build`.
    """
    from refeed.console import problem_lines, report_json
    from refeed.pipeline import build as run
    from refeed.report import NothingToBuildError

    options, own = _options(paths, given)
    options = replace(options, limit=0, span=None, max_bytes=None, output=None)
    nothing = None
    try:
        with _progress() as progress:
            report = run(_indexed(options), _now(options), sink=lambda _: False, own=own, progress=progress)
    except NothingToBuildError as error:
        nothing, report = error, error.report
    report = replace(report, written=False, changed=False)
    _print([report_json(report)] if options.json else problem_lines(report.problems, verbose=True))
    if nothing:
        raise nothing
    say(*([] if options.json else [str(report.totals)]))
    return _status(report, options)


@cli.command(short_help="Show what is read out of files, with the evidence.")
@with_settings("inspect")
def inspect(paths: tuple[str, ...], **given: Any) -> int:
    """Show what refeed reads out of PATH: every field with its evidence, the body before and after, problems.

    What each step of cleaning removed stands between the two; --html FILE shows them side by side in a browser. Without
    PATH, refeed.toml in the working directory says what to read, as for `build`.
    """
    from refeed.deliver import to_file
    from refeed.inspection import inspect as run
    from refeed.side_by_side import Page

    options, own = _options(paths, given)
    shown = _record_printer(options)
    records = 0
    seen: set[tuple[str, str]] = set()

    with closing(Page()) as page:

        def lines() -> Iterable[str]:
            nonlocal records
            for inspected in run(options, _now(options), own=own):
                records += 1
                seen.update((problem["severity"], problem["code"]) for problem in inspected.record["problems"])
                if options.html:
                    page.add(inspected)
                yield from shown(inspected.record)

        _print(lines())
        if not records:
            raise RefeedError(f"{', '.join(options.paths or (options.folder,))}: no files to inspect")
        if options.html:
            to_file(options.html, page.write)
            say(f"wrote {options.html}: before and after cleaning, {records} in all")
    if options.strict and any(severity == "error" for severity, _ in seen):
        return NOTHING_WRITTEN
    return FAILED_INSIDE if ("error", "internal-error") in seen else OK


@cli.command(short_help="Serve the feed and a page of it over HTTP.")
@with_settings("serve")
def serve(paths: tuple[str, ...], **given: Any) -> int:
    """Serve the feed of the dumps below PATH as /feed.xml, and a page of it as /, until stopped.

    The feed is built at the start and again whenever dumps change. Without PATH, refeed.toml in the working directory
    says what to read, as for `build`. Needs more packages: pip install 'refeed[serve]'.
    """
    from refeed.live import serve as run

    run(_indexed(_options(paths, given)[0]))
    return OK


@cli.command(short_help="Write the feed again whenever dumps change.")
@with_settings("watch")
def watch(paths: tuple[str, ...], **given: Any) -> int:
    """Write the feed of the dumps below PATH to FILE (-o), and again whenever they change, until stopped.

    Without PATH, refeed.toml in the working directory says what to read, as for `build`.
    """
    from refeed.live import watch as run

    run(_indexed(_options(paths, given)[0]))
    return OK


@cli.command(short_help="Write a commented refeed.toml.")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--title", help="The feed's title; by default the folder's name.")
@click.option("--author", help="The feed's author; by default its title.")
def init(folder: Path, title: str | None, author: str | None) -> int:
    """Write a commented refeed.toml with a fresh feed id into FOLDER; an existing one is never touched."""
    from refeed.starter import write_starter

    path = write_starter(folder, title, author)
    say(f"wrote {path}; `refeed build > feed.xml` in {folder} uses it")
    return OK


@cli.command(short_help="Show or clear what builds remember.")
@click.option("--clear", is_flag=True, help="Delete it; the next build reads every file again.")
@click.option("--index", "path", type=click.Path(), metavar="FILE", help="Only this index.")
def index(*, clear: bool, path: str | None) -> int:
    """Show the files in which builds remember what they read, so that the next one reads only what is new."""
    from refeed.cache import index_files

    for found in index_files(path):
        size = found.stat().st_size
        if clear:
            found.unlink(missing_ok=True)
        _print([f"{found}: {size / 1e6:.1f} MB{', deleted' if clear else ''}"])
    return OK


def _indexed(options: Options) -> Options:
    """Name the index that the command line uses by default."""
    from refeed.cache import index_path

    return replace(options, index=index_path(options))


def _options(paths: tuple[str, ...], given: dict[str, Any]) -> "tuple[Options, frozenset[FileId]]":
    """Read the options, and name the files that are no input."""
    from refeed.deliver import own_files

    options = read_options(paths, given)
    if paths and Path(CONFIGURATION_NAME).is_file() and not options.json:
        say(f"note: {CONFIGURATION_NAME} was not read, because PATH was given")
    return options, own_files(CONFIGURATION_NAME, options.output, options.html)


def _now(options: Options) -> datetime:
    return options.now or datetime.now(UTC)


def _status(report: "Report", options: Options) -> int:
    if options.strict and report.errors:
        return NOTHING_WRITTEN
    return FAILED_INSIDE if report.failed_inside else OK


def _progress() -> "AbstractContextManager[Progress | None]":
    if not (sys.stderr and sys.stderr.isatty()):
        return nullcontext()
    from refeed.progress import file_counter

    return file_counter()


def _record_printer(options: Options) -> Callable[[dict[str, Any]], Iterable[str]]:
    """Choose how a record is printed: as JSON, not at all beside a page, in a terminal's width, or as plain lines."""
    from refeed.console import dumps
    from refeed.record_table import plain_lines, terminal_lines

    if options.json:
        return lambda record: [dumps(record)]
    if options.html:
        return lambda _: ()
    if not (sys.stdout and sys.stdout.isatty()):
        return plain_lines
    from rich.console import Console

    console = Console(emoji=False, markup=False)
    return lambda record: terminal_lines(record, console)


def _print(lines: Iterable[str]) -> None:
    from refeed.deliver import to_stdout

    to_stdout(lambda out: out.writelines(line.encode("utf-8", "backslashreplace") + b"\n" for line in lines))
