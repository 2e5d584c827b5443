"""Check the options of the library as strictly as the command line and refeed.toml are checked."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from refeed.config.limit_settings import LIMIT_SETTINGS
from refeed.config.parsers import parse_pairs, parse_path, parse_pattern, parse_zone
from refeed.config.setting import Setting
from refeed.config.settings import SETTINGS
from refeed.config.table_settings import FEED_SETTINGS, SITE_SETTINGS
from refeed.input.address import path_given
from refeed.limits import Limits
from refeed.options import FeedOptions, Options, SiteOptions

T = TypeVar("T", FeedOptions, Options, SiteOptions)


def checked(options: Options) -> Options:
    """Return the options with every text read as that of refeed.toml is; ValueError says what is allowed.

    Values of the wrong kind do not get here: Options refuses them when it is made.
    """
    sources = {
        _parsed(parse_pattern, pattern, "Options.sources"): _site(site, f"Options.sources[{pattern!r}]")
        for pattern, site in options.sources.items()
    }
    return replace(
        _with_texts(options, SETTINGS, "Options"),
        paths=tuple(path_given(_parsed(parse_path, path, "Options.paths")) for path in options.paths),
        allow=_limits(options.allow),
        feed=_with_texts(options.feed, FEED_SETTINGS, "Options.feed"),
        sources=sources,
    )


def _site(site: SiteOptions, name: str) -> SiteOptions:
    zones = site.abbreviations or {}
    abbreviations = {key.upper(): _parsed(parse_zone, zones[key], f"{name}.abbreviations") for key in zones}
    pairs = _parsed(parse_pairs, site.replace or (), f"{name}.replace")
    read = _with_texts(site, SITE_SETTINGS, name)
    return replace(read, abbreviations=abbreviations or site.abbreviations, replace=pairs or site.replace)


def _limits(limits: Limits) -> Limits:
    read = {
        setting.key: _parsed(setting.parse, str(getattr(limits, setting.key)), f"Options.allow.{setting.key}")
        for setting in LIMIT_SETTINGS
    }
    return Limits(**read)


def _with_texts(values: T, settings: Iterable[Setting], name: str) -> T:
    """Read every text among some values; everything else is what it should be already."""
    read: dict[str, Any] = {}
    for setting in settings:
        value, place = getattr(values, setting.key, None), f"{name}.{setting.key}"
        if isinstance(value, str):
            read[setting.key] = _parsed(setting.parse, value, place)
        elif setting.many and isinstance(value, tuple) and all(isinstance(item, str) for item in value):
            read[setting.key] = tuple(_parsed(setting.parse, item, place) for item in value)
    return replace(values, **read)


def _parsed(parse: Callable[[Any], Any], value: object, place: str) -> Any:
    try:
        return parse(value)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None
