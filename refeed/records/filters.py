"""Which records and entries the user wants, by their metadata. Pure: no file, no body."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from refeed.model import Entry, RecordMeta
from refeed.options import NamedFeed, Options

Filter = tuple[str, str]
"""The name of an option and one of its values, as text."""


def _in_language(stated: str | None, wanted: str) -> bool:
    """Return whether a language tag is the wanted one or begins with it (RFC 4647, 3.3.1: basic filtering)."""
    return stated is not None and f"{stated}-".lower().startswith(f"{wanted}-".lower())


# Option → whether a record has one of its values.
_MATCHES: Final[Mapping[str, Callable[[RecordMeta | Entry, Any], bool]]] = MappingProxyType(
    {
        "author": lambda meta, name: name in meta.authors,
        "category": lambda meta, name: name in meta.categories,
        "language": lambda meta, tag: _in_language(meta.language, tag),
        "match": lambda meta, pattern: pattern.search(meta.title) is not None,
        "outlet": lambda meta, name: name == meta.outlet,
    }
)


def need_metadata(options: Options) -> bool:
    """Return whether any filter needs more than a key."""
    return any(getattr(options, name) for name in _MATCHES)


def filters_of(options: Options) -> Iterator[Filter]:
    """Return the filters of a run."""
    return ((name, _text(value)) for name in _MATCHES for value in getattr(options, name))


def matching_filters(meta: RecordMeta | Entry, options: Options | NamedFeed) -> frozenset[Filter]:
    """Return the filters that a record or an entry matches."""
    return frozenset(
        (name, _text(value))
        for name, matches in _MATCHES.items()
        for value in getattr(options, name)
        if matches(meta, value)
    )


def passes(matched: frozenset[Filter], options: Options | NamedFeed) -> bool:
    """Return whether a record passes: every kind of filter must hold, and of one kind any value."""
    return not missed(matched, options)


def missed(matched: frozenset[Filter], options: Options | NamedFeed) -> list[str]:
    """Return the kinds of filters of which a record has no value."""
    stated = {name for name, _ in matched}
    return [name for name in _MATCHES if name not in stated and getattr(options, name)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value.pattern)
