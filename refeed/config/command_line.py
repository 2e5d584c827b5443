"""Make the options of a command, and its help, out of the table of settings."""

from collections.abc import Callable
from typing import Final

import click

from refeed.config.setting import Setting
from refeed.config.settings import GROUPS, settings_for

_WIDEST: Final = 30  # columns of an option beside its text; below a longer one, its text has lines of its own

Command = Callable[..., int]


class GroupedCommand(click.Command):
    """A command whose help shows its options in the groups of the table of settings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one section for each group that has options here, all with columns of the same width."""
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        lines = {option.name: line for option in options if (line := option.get_help_record(ctx))}
        width = min(max(len(option) for option, _ in lines.values()), _WIDEST)
        for group in GROUPS:
            keys = {setting.key for setting in group.settings}
            shown = [lines.pop(key) for key in list(lines) if key in keys]
            shown += lines.values() if group is GROUPS[-1] else ()  # --help, which is no setting
            if shown:
                with formatter.section(group.title):
                    formatter.write_dl([(option.ljust(width), text) for option, text in shown], col_max=_WIDEST)


def examples(*lines: str) -> str:
    """Return the end of a command's help: lines that show how it is used."""
    return "\n".join(("\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)))


def with_settings(command: str, paths: str = "[PATH]...") -> Callable[[Command], Command]:
    """Return a command its PATH arguments and the options that the table of settings lists for it."""

    def decorate(function: Command) -> Command:
        for setting in reversed(list(settings_for(command))):
            function = _option(setting)(function)
        return click.argument("paths", nargs=-1, metavar=paths, type=click.Path(readable=False))(function)

    return decorate


def _option(setting: Setting) -> Callable[[Command], Command]:
    names = [name for name in (setting.short, *(f"--{name}" for name in setting.names)) if name]
    if setting.flag:
        return click.option(*names, setting.key, is_flag=True, default=None, help=setting.help)
    choices = _format_names() if setting.name == "format" else setting.choices if not setting.separator else ()
    kind = click.Choice(choices) if choices else click.Path() if setting.metavar == "FILE" else click.STRING
    metavar = None if choices else setting.metavar
    return click.option(*names, setting.key, multiple=setting.many, type=kind, metavar=metavar, help=setting.help)


def _format_names() -> tuple[str, ...]:
    from refeed.outputs import output_names

    return output_names()
