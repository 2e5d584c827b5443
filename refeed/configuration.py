"""Read refeed.toml, checked key by key: a mistake names the file, the line and the nearest known key."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, NoReturn

from refeed.options import FeedOptions, Options, SourceOptions
from refeed.problems import ConfigurationError
from refeed.settings import (
    SETTINGS,
    Setting,
    read_duration,
    read_encoding,
    read_iri,
    read_language,
    read_setting,
    read_url,
    read_zone,
)

_TOP_KEYS: Final = MappingProxyType({setting.name: setting for setting in SETTINGS})

_FEED_KEYS: Final = MappingProxyType(
    {field.name: Setting(field.name, "", "") for field in fields(FeedOptions)}
    | {name: Setting(name, "", "", read_url) for name in ("icon", "link", "logo")}
    | {"id": Setting("id", "", "", read_iri), "language": Setting("language", "", "", read_language)}
)

_SOURCE_KEYS: Final = MappingProxyType(
    {
        "day-first": Setting("day-first", "", "", flag=True),
        "encoding": Setting("encoding", "", "", read_encoding),
        "language": Setting("language", "", "", read_language),
        "offset": Setting("offset", "", "", read_duration),
        "timezone": Setting("timezone", "", "", read_zone),
        "title": Setting("title", "", ""),
    }
)


def load_configuration(path: Path) -> Options:
    """Read a configuration; relative paths in it start at its own folder."""
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: is not TOML: {error}") from None
    return _options(_File(path, text), table)


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or which there are."""
    from difflib import get_close_matches  # only when something is wrong

    names = sorted(known)
    close = get_close_matches(name.lower().replace("_", "-"), names, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else "; known are " + ", ".join(names)


class _File(NamedTuple):
    """The configuration's name and text, for messages."""

    path: Path
    text: str

    def fail(self, section: str, key: str, message: str) -> NoReturn:
        line = _line_of(self.text, section, key)
        raise ConfigurationError(f"{self.path}:{line}: {key}: {message}")


def _options(file: _File, table: Mapping[str, Any]) -> Options:
    values: dict[str, Any] = {"folder": str(file.path.parent)}
    known = {*_TOP_KEYS, "paths", "feed", "sources"}
    for key, value in table.items():
        if key == "paths":
            values["paths"] = _paths(file, value)
        elif key == "feed":
            values["feed"] = FeedOptions(**_values(file, "feed", _table(file, "feed", value), _FEED_KEYS))
        elif key == "sources":
            rules = _table(file, "sources", value)
            values["sources"] = {pattern: _source(file, pattern, rule) for pattern, rule in rules.items()}
        elif key in _TOP_KEYS:
            values[_TOP_KEYS[key].key] = _value(file, "", key, value, _TOP_KEYS[key])
        else:
            file.fail("", key, "unknown key" + nearest(key, known))
    if "output" in values:
        values["output"] = str(file.path.parent / values["output"])
    return Options(**values)


def _paths(file: _File, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
        file.fail("", "paths", 'a list of folders or files is needed, such as ["."]')
    return tuple(str(file.path.parent / item) for item in value)


def _source(file: _File, pattern: str, rule: object) -> SourceOptions:
    section = f"sources.{pattern}"
    table = dict(_table(file, section, rule))
    zones = _table(file, f"{section}.abbreviations", table.pop("abbreviations", {}))
    values = _values(file, section, table, _SOURCE_KEYS)
    zone = Setting("abbreviations", "", "", read_zone)
    values["abbreviations"] = {
        name.upper(): _value(file, f"{section}.abbreviations", name, text, zone) for name, text in zones.items()
    }
    return SourceOptions(**values)


def _values(file: _File, section: str, table: Mapping[str, object], known: Mapping[str, Setting]) -> dict[str, Any]:
    values = {}
    for key, value in table.items():
        if key not in known:
            file.fail(section, key, "unknown key" + nearest(key, known))
        values[known[key].key] = _value(file, section, key, value, known[key])
    return values


def _value(file: _File, section: str, key: str, value: object, setting: Setting) -> Any:
    try:
        return read_setting(setting, value)
    except ValueError as error:
        file.fail(section, key, str(error))


def _table(file: _File, name: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        file.fail("", name.partition(".")[0], f"a table [{name}] is needed")
    return value


def _line_of(text: str, section: str, key: str) -> int:
    """Find the line of a key; tomllib does not tell. Falls back to the section's line, then to 1."""
    current, section_line = "", 1
    plain_key = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""")
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[\[?([^\]]*)\]", line)
        if header:
            current = re.sub(r"""["'\s]""", "", header[1])
            if current == section.replace(" ", "") or current.startswith(key):
                section_line = number
        elif current == section.replace(" ", "") and plain_key.match(line):
            return number
    return section_line
