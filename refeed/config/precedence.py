"""Read the settings of a run: the command line counts more than the environment, and that more than refeed.toml."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refeed.config.locate import Located, locate
from refeed.config.setting import Setting, parse_setting
from refeed.config.settings import SETTINGS
from refeed.input.address import path_given
from refeed.options import Options
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.config.trust import Refusal


class Given(NamedTuple):
    """The options of a run, and what the user should know about where they come from."""

    options: Options
    notes: tuple[str, ...]


def read_options(paths: tuple[str, ...], given: Mapping[str, Any]) -> Given:
    """Return the options that a command line means; PATHs replace the `paths` of refeed.toml."""
    paths = tuple(map(path_given, paths))
    if "" in paths:
        raise click.BadParameter("an empty name is neither a folder nor a file", param_hint="PATH")
    if given.get("config") and given.get("no_config"):
        raise click.UsageError("--config and --no-config exclude each other")
    values = {**_environment_values(os.environ), **_given_values(given)}
    named, ignored = values.pop("config", None), values.pop("no_config", False)
    if paths:
        values["paths"] = paths
    located = Located() if ignored else Located(Path(named)) if named else locate(paths)
    options, notes = _from_file(located, values, is_found=not named)
    if "allow" in values:
        values["allow"] = options.allow._replace(**dict(values["allow"]))
    options = replace(options, **values, confined=options.confined.difference(values))
    return Given(replace(options, output=None) if options.output == "-" else options, notes)


def _given_values(given: Mapping[str, Any]) -> dict[str, Any]:
    stated = {key: value for key, value in given.items() if value not in {None, ()}}
    settings = {setting.key: setting for setting in SETTINGS}
    return {key: _value(settings[key], value, f"--{settings[key].name}") for key, value in stated.items()}


def _environment_values(environment: Mapping[str, str]) -> dict[str, Any]:
    stated = [setting for setting in SETTINGS if setting.variable and environment.get(setting.variable)]
    return {setting.key: _value(setting, environment[setting.variable], setting.variable) for setting in stated}


def _value(setting: Setting, value: object, name: str) -> Any:
    try:
        return parse_setting(setting, value)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=name) from None


def _from_file(located: Located, overriding: Mapping[str, Any], *, is_found: bool) -> Given:
    """Return what refeed.toml says, and as much as may be trusted of one that was found."""
    if located.path is None:
        return Given(Options(), (located.refusal,) if located.refusal else ())
    from refeed.config.toml_file import load_configuration
    from refeed.config.trust import restrict

    stated = load_configuration(located.path)
    options, refused = restrict(stated) if is_found else (stated, ())
    missed = [refusal for refusal in refused if refusal.key not in overriding]
    return Given(options, (f"settings from {located.path}", *_told(located.path, missed)))


def _told(path: Path, refused: "Iterable[Refusal]") -> Iterator[str]:
    for key, value, reason in refused:
        yield f"{path}: {key} was not used: {value} {reason}; --config {path} uses it"
