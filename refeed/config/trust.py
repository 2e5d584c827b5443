"""What a refeed.toml may decide that was found and not named: the archive around it may be a stranger's clone.

It may read and write below its own folder only, and serve this machine only. The same is checked again at every build,
because a folder can become a link while `serve` or `watch` run.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from refeed.input.around import REPOSITORY_MARKS
from refeed.options import Options
from refeed.problems import ConfigurationError

_DEFAULTS: Final = Options()


class Refusal(NamedTuple):
    """A setting of a found file that does not count, and why."""

    key: str
    value: str
    reason: str


def restrict(options: Options) -> tuple[Options, tuple[Refusal, ...]]:
    """Return the options of a found file without what it may not decide, and what that was."""
    refused = tuple(_refused(options))
    values = {key: getattr(_DEFAULTS, key) for key in {refusal.key for refusal in refused}}
    if "paths" in values:
        values["paths"] = tuple(path for path in options.paths if _is_inside(path, options.folder))
    kept = replace(options, **values)
    named = frozenset(key for key in RULES if getattr(kept, key) != getattr(_DEFAULTS, key))
    return replace(kept, confined=named), refused


def check_confinement(options: Options) -> None:
    """Raise ConfigurationError if what a found file named leads out of its folder by now."""
    for refusal in _refused(options):
        if refusal.key in options.confined:
            message = f"{refusal.value} {refusal.reason} now, and {options.config} was found, not named"
            raise ConfigurationError(f"{message}; --config {options.config} allows it")


def _refused(options: Options) -> Iterator[Refusal]:
    for key, (is_allowed, reason) in RULES.items():
        value = getattr(options, key)
        for item in value if isinstance(value, tuple) else (value,):
            if item is not None and not is_allowed(item, options.folder):
                yield Refusal(key, item, reason)


def _is_inside(path: str, folder: str) -> bool:
    """Return whether a path lies below a folder when links are followed, and not in a repository's own data."""
    if path == "-":  # stdout
        return True
    real, top = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    return real.is_relative_to(top) and not {*real.relative_to(top).parts} & {*REPOSITORY_MARKS}


def _is_loopback(host: str, _: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


_OUTSIDE: Final = "lies outside of its folder"
# Every setting that says what is read or written, or who may connect: what it may be, and what is wrong otherwise.
RULES: Final[Mapping[str, tuple[Callable[[str, str], bool], str]]] = MappingProxyType(
    {
        "host": (_is_loopback, "is not this machine"),
        "html": (_is_inside, _OUTSIDE),
        "index": (_is_inside, _OUTSIDE),
        "output": (_is_inside, _OUTSIDE),
        "paths": (_is_inside, _OUTSIDE),
    }
)
