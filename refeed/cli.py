"""The command line: main() runs one command and returns its exit status; whatever ends a run becomes one message."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Final

import click

from refeed.commands import command_names, load_command
from refeed.commands._shared import (
    FAILED_INSIDE,
    INTERRUPTED,
    NOTHING_WRITTEN,
    OK,
    UNCHANGED,
    WRONG_USAGE,
)
from refeed.config.command_line import examples
from refeed.console import say
from refeed.problems import OUT_OF_MEMORY, ConfigurationError, RefeedError
from refeed.version import VERSION

__all__ = ["FAILED_INSIDE", "INTERRUPTED", "NOTHING_WRITTEN", "OK", "UNCHANGED", "WRONG_USAGE", "cli", "main"]


_INCOMPLETE: Final = "refeed: stdout: {}; the output is incomplete"


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
        say("refeed: interrupted; the -o file was not changed")
        return INTERRUPTED
    except (OSError, MemoryError) as error:
        say(_end_of(error))
        return NOTHING_WRITTEN
    return outcome if isinstance(outcome, int) else OK


def _usage(error: click.UsageError) -> Iterator[str]:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        yield from error.format_message().split("\n")
        return
    if error.ctx:
        yield from (*error.ctx.get_usage().split("\n"), f"Try '{error.ctx.command_path} --help' for help.", "")
    yield f"Error: {error.format_message()}"


def _end_of(error: OSError | MemoryError) -> str:
    """Return the message of an error that nobody expected where it came up; click alone writes to stdout itself."""
    if isinstance(error, MemoryError):
        return f"refeed: {OUT_OF_MEMORY}"
    frame = error.__traceback__
    while frame is not None and frame.tb_frame.f_code is not click.echo.__code__:
        frame = frame.tb_next
    return _INCOMPLETE.format(error.strerror) if frame else f"refeed: {error.strerror or error}"


def _flushed(status: int) -> int:
    """Write what stdout still holds. If that fails it is dropped, or the interpreter would complain when it exits."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if status == OK:
            say(_INCOMPLETE.format(error.strerror))
        return status or NOTHING_WRITTEN
    return status


class _Commands(click.Group):
    """The commands of the package; only the one that is called is loaded."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(command_names())

    def get_command(self, ctx: click.Context, name: str) -> click.Command:
        if name not in command_names():
            if os.path.exists(name):
                raise click.UsageError(f"'{name}' is a path, not a command; did you mean `refeed build {name}`?", ctx)
            raise click.exceptions.NoSuchCommand(name, possibilities=command_names(), ctx=ctx)
        return load_command(name)


@click.group(
    cls=_Commands,
    epilog=examples("refeed build archive > feed.xml"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(VERSION, prog_name="refeed")
def cli() -> None:
    """Turn folders of mixed-format article dumps into one clean Atom feed.

    A dump is any file that holds articles: a post in Markdown, a saved page or feed, an export. Settings can be kept in
    refeed.toml; `refeed init` writes one.
    """
