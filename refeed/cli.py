"""The command line: arguments become Options, one library call follows, and its outcome becomes text and a number."""

import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from refeed.options import CONFIGURATION_NAME, Options
from refeed.problems import ConfigurationError, RefeedError
from refeed.settings import SETTINGS, Setting, read_setting, settings_for
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


def main(argv: Sequence[str] | None = None) -> int:
    """Run refeed and return its exit status."""
    try:
        outcome = cli.main(args=argv, prog_name="refeed", standalone_mode=False)
        if sys.stdout:
            sys.stdout.flush()
    except ConfigurationError as error:
        _say(f"refeed: {error}")
        return WRONG_USAGE
    except RefeedError as error:
        _say(f"refeed: {error}")
        return NOTHING_WRITTEN
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        _say("refeed: interrupted; nothing was written")
        return 130
    except BrokenPipeError:
        # What is still buffered has nowhere to go; without this the interpreter complains when it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        _say("refeed: the reader closed stdout early; what it has is not the whole output")
        return NOTHING_WRITTEN
    return outcome if isinstance(outcome, int) else OK


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="refeed")
def cli() -> None:
    """Turn folders of mixed-format article dumps into one clean Atom feed: refeed build archive > feed.xml.

    Settings can stand in refeed.toml too; `refeed init` writes one.
    """


def _with_settings(command: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a command its PATH arguments and the options that the table of settings lists for it."""

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        for setting in reversed(list(settings_for(command))):
            function = _option(setting)(function)
        return click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())(function)

    return decorate


def _option(setting: Setting) -> Callable[[Callable[..., int]], Callable[..., int]]:
    names = [name for name in (setting.short, f"--{setting.name}") if name]
    if setting.flag:
        return click.option(*names, setting.key, is_flag=True, default=None, help=setting.help)
    choices = _format_names() if setting.name == "format" else setting.choices
    return click.option(
        *names,
        setting.key,
        multiple=setting.many,
        type=click.Choice(choices) if choices else None,
        metavar=None if choices else setting.metavar,
        help=setting.help,
    )


def _format_names() -> tuple[str, ...]:
    from refeed.outputs import output_names

    return output_names()


@cli.command(short_help="Write the feed.")
@_with_settings("build")
def build(paths: tuple[str, ...], **given: Any) -> int:
    """Build the feed of the dumps below PATH and write it to stdout, or to FILE with -o.

    Without PATH, refeed.toml in the working directory says what to read, and without that the directory itself is read.
    """
    from refeed.console import report_json, report_lines
    from refeed.pipeline import build as run

    options, own = _options(paths, given)
    if options.if_changed and not options.output:
        raise ConfigurationError("--if-changed compares with the file that -o names; give -o FILE")
    with _progress() as progress:
        report = run(options, _now(options), sink=_sink(options), own=own, progress=progress)
    if options.json:
        _say(report_json(report))
    else:
        _say(*report_lines(report, verbose=options.verbose))
    return _status(report, options)


@cli.command(short_help="Name every problem in the archive.")
@_with_settings("check")
def check(paths: tuple[str, ...], **given: Any) -> int:
    """Read everything below PATH as `build --limit 0` would, and name every problem; write no feed."""
    from refeed.console import problem_lines, report_json
    from refeed.pipeline import build as run

    options, own = _options(paths, given)
    options = replace(options, limit=0, output=None)
    with _progress() as progress:
        report = run(options, _now(options), sink=lambda _: True, own=own, progress=progress)
    if options.json:
        _print(report_json(report))
    else:
        for line in problem_lines(report.problems, verbose=True):
            _print(line)
        _say(str(report.totals))
    return _status(report, options)


@cli.command(short_help="Show what is read out of files, with the evidence.")
@_with_settings("inspect")
def inspect(paths: tuple[str, ...], **given: Any) -> int:
    """Show what refeed reads out of PATH: every field with its evidence, what changed the body, problems."""
    from refeed.console import dumps, record_lines
    from refeed.inspection import inspect as run

    options, own = _options(paths, given)
    codes = set()
    errors = False
    for record in run(options, _now(options), own=own):
        for problem in record["problems"]:
            codes.add(problem["code"])
            errors = errors or problem["severity"] == "error"
        for line in [dumps(record)] if options.json else record_lines(record):
            _print(line)
    if options.strict and errors:
        return NOTHING_WRITTEN
    return FAILED_INSIDE if "internal-error" in codes else OK


@cli.command(short_help="Write a commented refeed.toml.")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--title", help="The feed's title; by default the folder's name.")
@click.option("--author", help="The feed's author; by default its title.")
def init(folder: Path, title: str | None, author: str | None) -> int:
    """Write a commented refeed.toml with a fresh feed id into FOLDER; an existing one is never touched."""
    from refeed.starter import write_starter

    path = write_starter(folder, title, author)
    _say(f"wrote {path}; `refeed build > feed.xml` in {folder} uses it")
    return OK


def _options(paths: tuple[str, ...], given: dict[str, Any]) -> "tuple[Options, frozenset[FileId]]":
    """Put the command line over refeed.toml, and name the files that are no input."""
    from refeed.deliver import file_id

    options, configuration = Options(), Path(CONFIGURATION_NAME)
    if not paths and configuration.is_file():
        from refeed.configuration import load_configuration

        options = load_configuration(configuration)
    values = {key: _value(key, value) for key, value in given.items() if value not in {None, ()}}
    if paths:
        values["paths"] = paths
    options = replace(options, **values)
    files = [file_id(str(configuration)), file_id(options.output) if options.output else _stdout_id()]
    return options, frozenset(filter(None, files))


def _value(key: str, value: object) -> Any:
    setting = next(setting for setting in SETTINGS if setting.key == key)
    try:
        return read_setting(setting, value)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=f"--{setting.name}") from None


def _stdout_id() -> "FileId | None":
    """Tell which file stdout goes to, so that `refeed build > feed.xml` does not read what it writes."""
    try:
        status = os.fstat(1)
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _sink(options: Options) -> Any:
    from refeed.deliver import to_file, to_stream

    target = options.output
    if target:
        return lambda write: to_file(target, write)
    return lambda write: to_stream(sys.stdout.buffer if sys.stdout else None, write)


def _now(options: Options) -> datetime:
    return options.now or datetime.now(UTC)


def _status(report: "Report", options: Options) -> int:
    if options.strict and report.errors:
        _say("refeed: there were errors, and --strict was given: nothing was written")
        return NOTHING_WRITTEN
    if report.failed_inside:
        return FAILED_INSIDE
    return UNCHANGED if options.if_changed and not report.changed else OK


def _progress() -> "AbstractContextManager[Progress | None]":
    if not sys.stderr.isatty():
        return nullcontext()
    from refeed.progress import file_counter

    return file_counter()


def _print(line: str) -> None:
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(line.encode("utf-8", "backslashreplace").decode("utf-8"), err=True)
