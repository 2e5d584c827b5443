"""Write the man page from the commands and settings that --help is made from, as roff (man(7))."""

from collections.abc import Iterator

import click

from refeed.commands import command_names, load_command
from refeed.config.setting import Setting
from refeed.config.settings import GROUPS


def man_page() -> str:
    """Return the page."""
    return (
        "\n".join([*_HEAD, *(line for name in command_names() for line in _command(name)), *_options(), *_TAIL]) + "\n"
    )


_HEAD = (
    '.TH REFEED 1 "" "refeed" "User Commands"',
    ".SH NAME",
    r"refeed \- turn folders of mixed-format article dumps into one clean Atom feed",
    ".SH SYNOPSIS",
    r".B refeed",
    r"\fICOMMAND\fR [\fIOPTION\fR]... [\fIPATH\fR]...",
    ".SH COMMANDS",
)
_TAIL = (
    ".SH ENVIRONMENT",
    "REFEED_CONFIG, REFEED_INDEX and REFEED_WORKERS do what the options of those names do.",
    "NO_COLOR turns the colours of messages off, FORCE_COLOR turns them on.",
    ".SH EXIT STATUS",
    "0: the feed was written or is unchanged. 1: nothing was written. 2: wrong usage or unreadable configuration.",
    r"3: nothing changed (\-\-if\-changed). 4: written, but refeed itself failed on some file. 130: interrupted.",
)


def _command(name: str) -> Iterator[str]:
    command = load_command(name)
    usage = " ".join(command.collect_usage_pieces(click.Context(command)))
    yield from (".TP", rf"\fBrefeed {name}\fR {_escaped(usage)}", _escaped(" ".join((command.help or "").split())))


def _options() -> Iterator[str]:
    yield ".SH OPTIONS"
    for group in GROUPS:
        yield f".SS {group.title}"
        for setting in group.settings:
            yield from (".TP", rf"\fB{_escaped(_names(setting))}\fR", _escaped(_text(setting)))


def _names(setting: Setting) -> str:
    names = ", ".join(name for name in (setting.short, *(f"--{name}" for name in setting.names)) if name)
    value = "|".join(setting.choices if not setting.separator else ()) or ("" if setting.flag else setting.metavar)
    return f"{names} {value}".rstrip()


def _text(setting: Setting) -> str:
    return f"{setting.help} On: {', '.join(setting.on.split())}."


def _escaped(text: str) -> str:
    """Escape what roff reads as its own: backslashes, hyphens, and a dot or an apostrophe that begins a line."""
    plain = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{plain}" if plain[:1] in {".", "'"} else plain
