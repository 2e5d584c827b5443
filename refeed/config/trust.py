"""Restrict a refeed.toml that was found, not named: the archive around it may be a stranger's clone.

It may read and write only below its own folder, and serve only this machine. It neither publishes what is withheld nor
lets anything run without end.
"""

import ipaddress
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from refeed.input.address import is_address
from refeed.input.parent_folders import REPOSITORY_MARKS
from refeed.options import CONFIGURATION_NAME, NamedFeed, Options
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_DEFAULTS: Final = Options()
_ESCAPED: Final = late_pattern(r"\\.", re.DOTALL)
_REPEATED_GROUP: Final = late_pattern(r"\)[*+{]|\\[1-9]|\(\?P=")  # or what repeats one
_MOST_OPTIONAL: Final = 5


class Refusal(NamedTuple):
    """A setting of a found file that does not count, and why."""

    key: str
    value: str
    reason: str


def restrict(options: Options) -> tuple[Options, tuple[Refusal, ...]]:
    """Return the options of a found file without what it may not decide, and what that was."""
    refused = tuple(refusals(options))
    values = {key: getattr(_DEFAULTS, key) for key in {refusal.key for refusal in refused}}
    if "paths" in values:
        values["paths"] = tuple(path for path in options.paths if not _outside(path, options.folder))
    kept = replace(options, **values)
    named = frozenset(key for key in RULES if getattr(kept, key) != getattr(_DEFAULTS, key))
    return replace(kept, confined=named), refused


def refusals(options: Options) -> Iterator[Refusal]:
    """Yield each setting that a found file may not decide so."""
    for key, reason_against in RULES.items():
        value = getattr(options, key)
        for item in value if isinstance(value, tuple) else (value,):
            if item is not None and (reason := reason_against(item, options.folder)):
                yield Refusal(key, _shown(item), reason)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(value)
    return value.pattern if isinstance(value, re.Pattern) else str(value)


def _outside(path: str, folder: str) -> str:
    if is_address(path):
        return "is an address"
    return "" if _is_inside(path, folder) else "lies outside of its folder"


def _not_to_be_written(path: str, folder: str) -> str:
    settings = os.path.realpath(Path(folder, CONFIGURATION_NAME))
    return "is the settings file itself" if os.path.realpath(path) == settings else _outside(path, folder)


def _is_inside(path: str, folder: str) -> bool:
    """Return whether a path lies below a folder when links are followed, and not in a repository's own data."""
    if path == "-":  # stdout
        return True
    real, top = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    return real.is_relative_to(top) and not {*real.relative_to(top).parts} & {*REPOSITORY_MARKS}


def _elsewhere(host: str, _: str) -> str:
    with suppress(ValueError):
        if host == "localhost" or ipaddress.ip_address(host).is_loopback:
            return ""
    return "is not this machine"


def _publishes_drafts(withheld: str, _: str) -> str:
    return "publishes what its author withholds" if withheld == "include" else ""


def _may_never_end(pattern: re.Pattern[str], _: str) -> str:
    """Return what is wrong with a pattern that may take longer than anybody waits: Python's have no time limit.

    One part of it may be repeated without end, and that no group: `(a+)+`, `(a|aa)+`, `.*.*.*=`.
    """
    text = _ESCAPED.sub("x", pattern.pattern)
    repeats = sum(map(text.count, "*+{"))
    optional = text.count("?") - text.count("(?")
    is_fast = repeats <= 1 and optional <= _MOST_OPTIONAL and _REPEATED_GROUP.search(pattern.pattern) is None
    return "" if is_fast else "may be slow without end"


def _may_filter_without_end(feeds: Mapping[str, NamedFeed], folder: str) -> str:
    slow = (reason for feed in feeds.values() for one in feed.match if (reason := _may_never_end(one, folder)))
    return next(slow, "")


def _starts_workers(_cluster: str, _: str) -> str:
    return "hands the work to other programs"


def _runs_a_program(undated: str, _: str) -> str:
    return "runs a program" if undated == "git" else ""


# Every setting that says what is read, written, run or published, who may connect, or how long it takes: what is wrong
# with a value, if anything is.
RULES: Final[Mapping[str, Callable[[Any, str], str]]] = MappingProxyType(
    {
        "cluster": _starts_workers,
        "named_feeds": _may_filter_without_end,
        "host": _elsewhere,
        "html": _not_to_be_written,
        "index": _not_to_be_written,
        "match": _may_never_end,
        "output": _not_to_be_written,
        "paths": _outside,
        "site": _not_to_be_written,
        "undated": _runs_a_program,
        "withheld": _publishes_drafts,
    }
)
