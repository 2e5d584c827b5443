"""Make the options of a command out of the table of settings, and Options out of what was given."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from refeed.config.setting import Setting, parse_setting
from refeed.config.settings import GROUPS, SETTINGS, settings_for
from refeed.options import CONFIGURATION_NAME, Options

Command = Callable[..., int]


class GroupedCommand(click.Command):
    """A command whose help shows its options in the groups of the table of settings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one section for each group that has options here, all with columns of the same width."""
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        lines = {option.name: line for option in options if (line := option.get_help_record(ctx))}
        width = max(len(option) for option, _ in lines.values())
        for group in GROUPS:
            keys = {setting.key for setting in group.settings}
            shown = [lines.pop(key) for key in list(lines) if key in keys]
            shown += lines.values() if group is GROUPS[-1] else ()  # --help, which is no setting
            if shown:
                with formatter.section(group.title):
                    formatter.write_dl([(option.ljust(width), text) for option, text in shown])


def examples(*lines: str) -> str:
    """Return the end of a command's help: lines that show how it is used."""
    return "\n".join(("\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)))


def with_settings(command: str) -> Callable[[Command], Command]:
    """Return a command its PATH arguments and the options that the table of settings lists for it."""

    def decorate(function: Command) -> Command:
        for setting in reversed(list(settings_for(command))):
            function = _option(setting)(function)
        return click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(readable=False))(function)

    return decorate


def _option(setting: Setting) -> Callable[[Command], Command]:
    names = [name for name in (setting.short, *(f"--{name}" for name in setting.names)) if name]
    if setting.flag:
        return click.option(*names, setting.key, is_flag=True, default=None, help=setting.help)
    choices = _format_names() if setting.name == "format" else setting.choices
    kind = click.Choice(choices) if choices else click.Path() if setting.metavar == "FILE" else click.STRING
    metavar = None if choices else setting.metavar
    return click.option(*names, setting.key, multiple=setting.many, type=kind, metavar=metavar, help=setting.help)


def _format_names() -> tuple[str, ...]:
    from refeed.outputs import output_names

    return output_names()


def read_options(paths: tuple[str, ...], given: Mapping[str, Any]) -> Options:
    """Put the command line over refeed.toml, which is read only when no path is given."""
    if "" in paths:
        raise click.BadParameter("an empty name is neither a folder nor a file", param_hint="PATH")
    options, configuration = Options(), Path(CONFIGURATION_NAME)
    if not paths and os.path.lexists(configuration):  # a link to nothing is a mistake to report, not to pass over
        from refeed.config.toml_file import load_configuration

        options = load_configuration(configuration)
    values = {key: _value(key, value) for key, value in given.items() if value not in {None, ()}}
    if paths:
        values["paths"] = paths
    if "allow" in values:
        values["allow"] = options.allow._replace(**dict(values["allow"]))
    options = replace(options, **values)
    return replace(options, output=None) if options.output == "-" else options


def _value(key: str, value: object) -> Any:
    setting = next(setting for setting in SETTINGS if setting.key == key)
    try:
        return parse_setting(setting, value)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=f"--{setting.name}") from None
