"""One setting: what it is called, what it accepts, and how a raw value becomes its own."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from refeed.startup.named_tuple import NamedTuple


class Setting(NamedTuple):
    """One setting: its name on the command line and in refeed.toml, and how a text becomes its value."""

    name: str
    on: str  # the commands that know it
    help: str
    parse: Callable[[str], Any] = str
    choices: tuple[str, ...] = ()
    many: bool = False
    flag: bool = False
    metavar: str = "TEXT"
    short: str = ""
    alias: str = ""  # a second name, for what users know it by
    separator: str = ""  # what parts several values in one text
    variable: str = ""  # of the environment; it counts more than refeed.toml and less than the command line

    @property
    def key(self) -> str:
        """Its field in Options."""
        return self.name.replace("-", "_")

    @property
    def names(self) -> tuple[str, ...]:
        """Its long names, the one in messages first."""
        return (self.name, self.alias) if self.alias else (self.name,)


class Group(NamedTuple):
    """Settings that stand together in --help."""

    title: str
    settings: tuple[Setting, ...]


def parse_setting(setting: Setting, value: object) -> Any:
    """Turn a raw value, from the command line or from TOML, into the setting's own; ValueError says what is wrong."""
    if setting.flag:
        if not isinstance(value, bool):
            raise ValueError("expected true or false")
        return value
    if setting.many:
        items = value if isinstance(value, list | tuple) else [value]
        return tuple(_parse_one(setting, part) for item in items for part in _parts(setting, item))
    return _parse_one(setting, value)


def _parts(setting: Setting, value: object) -> Iterable[object]:
    if not setting.separator or not isinstance(value, str):
        return (value,)
    return [part.strip() for part in value.split(setting.separator)]


def _parse_one(setting: Setting, value: object) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        kind = {bool: "true or false", dict: "a table", float: "a fraction", list: "a list"}.get(type(value), "a time")
        cure = f'; write {setting.name} = "…"' if isinstance(value, dict) else ""
        raise ValueError(f"expected a single value, not {kind}{cure}")  # noqa: TRY004  the caller names the place
    text = value.isoformat() if isinstance(value, date) else str(value)
    if setting.choices and text not in setting.choices:
        raise ValueError("expected one of: " + ", ".join(setting.choices))
    return setting.parse(text)
