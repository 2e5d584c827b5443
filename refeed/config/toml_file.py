"""Read refeed.toml, checked key by key: a mistake names the file, the line and the nearest known key."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn

from refeed.config.limit_settings import LIMIT_SETTINGS
from refeed.config.parsers import is_path, parse_pairs, parse_pattern
from refeed.config.setting import Setting, parse_setting
from refeed.config.settings import COMMAND_LINE_ONLY, SETTINGS
from refeed.config.table_settings import FEED_SETTINGS, NAMED_FEED_SETTINGS, PUBLISH_SETTINGS, SITE_SETTINGS
from refeed.input.address import is_address, path_given
from refeed.limits import DEFAULT_LIMITS
from refeed.options import FeedOptions, NamedFeed, Options, SiteOptions
from refeed.problems import ConfigurationError
from refeed.startup.named_tuple import NamedTuple
from refeed.toml import load_toml

_LONGEST: Final = 1_000_000
_TOP_KEYS: Final = MappingProxyType(
    {
        name: setting
        for setting in SETTINGS
        if setting not in {*COMMAND_LINE_ONLY, *PUBLISH_SETTINGS}
        for name in setting.names
    }
)
_PUBLISH_KEYS: Final = MappingProxyType({name: setting for setting in PUBLISH_SETTINGS for name in setting.names})
_NAMED_FEED_KEYS: Final = MappingProxyType({name: setting for setting in NAMED_FEED_SETTINGS for name in setting.names})
_FEED_KEYS: Final = MappingProxyType({setting.name: setting for setting in FEED_SETTINGS})
_LIMIT_KEYS: Final = MappingProxyType({setting.name: setting for setting in LIMIT_SETTINGS})
_SITE_KEYS: Final = MappingProxyType({setting.name: setting for setting in SITE_SETTINGS})


def load_configuration(path: Path) -> Options:
    """Read a configuration; relative paths in it start at its own folder."""
    try:
        with path.open(encoding="utf-8-sig") as file:  # some editors begin a file with a mark
            text = file.read(_LONGEST + 1)
        if len(text) > _LONGEST:
            raise ConfigurationError(f"{path}: has more than {_LONGEST:,} characters; that is not a refeed.toml")
        table = load_toml(text)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except (ValueError, RecursionError) as error:  # tomllib says the line; too long numbers are plain ValueErrors
        raise ConfigurationError(f"{path}: is not TOML: {error}") from None
    return _options(_File(path, text), table)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return which known name was probably meant, or all of them, for a message."""
    from difflib import get_close_matches  # only when something is wrong

    names = sorted(known)
    close = get_close_matches(name.lower().replace("_", "-"), names, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else "; known keys: " + ", ".join(names)


class _File(NamedTuple):
    """The configuration's name and text, for messages."""

    path: Path
    text: str

    def fail(self, section: str, key: str, message: str) -> NoReturn:
        line = _line_of(self.text, section, key)
        raise ConfigurationError(f"{self.path}:{line}: {key}: {message}")


def _options(file: _File, table: Mapping[str, Any]) -> Options:
    values: dict[str, Any] = {"config": str(file.path), "folder": str(file.path.parent)}
    for key, value in table.items():
        if key in _READERS:
            values |= _READERS[key](file, value)
        elif key in _TOP_KEYS:
            _must_be_no_source(file, key, value)
            values[_TOP_KEYS[key].key] = _value(file, "", key, value, _TOP_KEYS[key])
        else:
            file.fail("", key, "unknown key" + nearest(key, {*_TOP_KEYS, *_READERS}))
    for name in {"html", "index", "output", "site"} & values.keys():
        values[name] = _beside(file, values[name])
    return Options(**values)


def _beside(file: _File, path: str) -> str:
    """Return a path that stands in a file, seen from where refeed was started."""
    return path if path == "-" or is_address(path) else str(file.path.parent / path)


def _feed(file: _File, value: object) -> dict[str, Any]:
    return {"feed": FeedOptions(**_values(file, "feed", _table(file, "feed", value), _FEED_KEYS))}


def _feeds(file: _File, value: object) -> dict[str, Any]:
    feeds = _table(file, "feeds", value)
    return {"named_feeds": {name: _named_feed(file, name, feed) for name, feed in feeds.items()}}


def _named_feed(file: _File, name: str, value: object) -> NamedFeed:
    section = f"feeds.{name}"
    if not isinstance(value, dict):
        file.fail("feeds", name, "expected a table [feeds.NAME]; what the feed says of itself stands in [feed]")
    return NamedFeed(**_values(file, section, _table(file, section, value), _NAMED_FEED_KEYS))


def _publish(file: _File, value: object) -> dict[str, Any]:
    return _values(file, "publish", _table(file, "publish", value), _PUBLISH_KEYS)


def _allow(file: _File, value: object) -> dict[str, Any]:
    return {"allow": DEFAULT_LIMITS._replace(**_values(file, "allow", _table(file, "allow", value), _LIMIT_KEYS))}


def _must_be_no_source(file: _File, key: str, value: object) -> None:
    """Refuse [source."news.example"], which is nearly the name of an option."""
    if key == "source" and isinstance(value, dict):
        pattern = next(iter(value), "news.example.org")
        file.fail("", key, f'expected the name of an outlet, not a table; did you mean [sources."{pattern}"]?')


def _paths(file: _File, value: object) -> dict[str, Any]:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and is_path(item) for item in value):
        file.fail("", "paths", 'expected a list of folders or files, such as ["."]')
    paths = (item if is_address(item) else str(file.path.parent / item) for item in map(path_given, value))
    return {"paths": tuple(paths)}


def _sources(file: _File, value: object) -> dict[str, Any]:
    sites = _table(file, "sources", value)
    return {"sources": {_pattern(file, name): _site_options(file, name, site) for name, site in sites.items()}}


def _site_options(file: _File, pattern: str, value: object) -> SiteOptions:
    section = f"sources.{pattern}"
    table = dict(_table(file, section, value))
    _must_be_quoted(file, pattern, table)
    values: dict[str, Any] = {}
    if "abbreviations" in table:
        zones = _table(file, f"{section}.abbreviations", table.pop("abbreviations"))
        values["abbreviations"] = {
            name.upper(): _value(file, f"{section}.abbreviations", name, text, _SITE_KEYS["abbreviations"])
            for name, text in zones.items()
        }
    if "replace" in table:
        values["replace"] = _pairs(file, section, table.pop("replace"))
    return SiteOptions(**values, **_values(file, section, table, _SITE_KEYS))


def _must_be_quoted(file: _File, pattern: str, table: Mapping[str, Any]) -> None:
    """Refuse [sources.news.example]: without quotation marks every dot begins a table in a table."""
    names = [pattern]
    while found := [key for key, value in table.items() if isinstance(value, dict) and key not in _SITE_KEYS]:
        names.append(found[0])
        table = table[found[0]]
    if len(names) > 1:
        full = ".".join(names)
        file.fail("sources", full, f'a name with dots needs quotation marks: [sources."{full}"]')


def _pairs(file: _File, section: str, value: object) -> tuple[tuple[str, str], ...]:
    try:
        return parse_pairs(value)
    except ValueError as error:
        file.fail(section, "replace", str(error))


def _pattern(file: _File, pattern: str) -> str:
    try:
        return parse_pattern(pattern)
    except ValueError as error:
        file.fail("sources", pattern, str(error))


def _values(file: _File, section: str, table: Mapping[str, object], known: Mapping[str, Setting]) -> dict[str, Any]:
    values = {}
    for key, value in table.items():
        if key not in known:
            file.fail(section, key, "unknown key" + nearest(key, known))
        values[known[key].key] = _value(file, section, key, value, known[key])
    return values


def _value(file: _File, section: str, key: str, value: object, setting: Setting) -> Any:
    try:
        return parse_setting(setting, value)
    except ValueError as error:
        file.fail(section, key, str(error))


def _table(file: _File, name: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        section, _, key = name.rpartition(".") if name.endswith(".abbreviations") else name.partition(".")
        file.fail(section if key else "", key or name, "expected a table, not a single value")
    return value


# What is no plain value; each returns the options that it fills.
_READERS: Final = MappingProxyType(
    {"allow": _allow, "feed": _feed, "feeds": _feeds, "paths": _paths, "publish": _publish, "sources": _sources}
)

_HEADER: Final = re.compile(r"\s*\[\[?(.*)\]")
_KEY: Final = re.compile(r"([^=#]*)=")


def _line_of(text: str, section: str, key: str) -> int:
    """Find the line of a key, which tomllib does not tell; else that of the smallest table around it."""
    wanted = _bare(f"{section}.{key}")
    header, around, found = "", "", 1
    for number, line in enumerate(text.split("\n"), 1):
        if start := _HEADER.match(line):
            path = header = _bare(start[1])
        elif start := _KEY.match(line):
            path = _bare(f"{header}.{start[1]}")
        else:
            continue
        if f"{path}.".startswith(f"{wanted}."):
            return number
        if wanted.startswith(f"{path}.") and len(path) > len(around):
            around, found = path, number
    return found


def _bare(path: str) -> str:
    return re.sub(r"""["'\s]""", "", path).strip(".")
