"""The commands: every public module of this package is one, and is loaded when it is called or listed."""

import importlib
from functools import cache

import click

from refeed.startup.module_names import module_names


@cache
def command_names() -> tuple[str, ...]:
    """Return the names of all commands, sorted, without loading any."""
    return module_names(__path__)


def load_command(name: str) -> click.Command:
    """Load one command: the COMMAND of the module that is named like it."""
    command = importlib.import_module(f"{__name__}.{name}").COMMAND
    if not isinstance(command, click.Command) or command.name != name:
        raise TypeError(f"refeed.commands: the COMMAND of the module for {name!r} is {command!r}")
    return command
