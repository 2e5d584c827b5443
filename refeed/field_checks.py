"""Check the fields of a frozen dataclass against their annotations; ValueError says what is allowed."""

import os
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

_WORDS: Final[dict[type[object], str]] = {
    NoneType: "None",
    bool: "True or False",
    datetime: "a time with a time zone",
    re.Pattern: "a compiled regular expression",
    str: "a text",
    timedelta: "a timedelta",
}


class Between(NamedTuple):
    """For Annotated: a whole number within bounds."""

    least: int
    most: int | None = None

    def fits(self, value: Any) -> bool:
        """Return whether a value is such a number."""
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return is_number and self.least <= value and (self.most is None or value <= self.most)

    def __str__(self) -> str:
        return (
            f"a number of at least {self.least}" if self.most is None else f"a number from {self.least} to {self.most}"
        )


class NotNegative(NamedTuple):
    """For Annotated: a span of time that is not negative."""

    def fits(self, value: Any) -> bool:
        """Return whether a value is such a span."""
        return isinstance(value, timedelta) and value >= timedelta(0)

    def __str__(self) -> str:
        return "a timedelta that is not negative"


def check_fields(instance: Any) -> None:
    """Check every field; lists become tuples, and paths texts, because the instance never changes again."""
    kind: Any = type(instance)
    hints = _hints(kind)
    for name in (field.name for field in fields(instance)):
        value = getattr(instance, name)
        object.__setattr__(instance, name, _fitted(value, hints[name], f"{kind.__name__}.{name}"))


@cache
def _hints(kind: type[object]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _fitted(value: Any, hint: Any, name: str) -> Any:
    """Return a value that fits the annotation, or raise ValueError."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        if value is None and NoneType in arguments:
            return None
        (hint,) = (argument for argument in arguments if argument is not NoneType)
        return _fitted(value, hint, name)
    if origin is tuple:
        return _fitted_tuple(value, arguments, name)
    if origin is Mapping:
        return _fitted_mapping(value, arguments[1], name)
    if hint is str and isinstance(value, os.PathLike):
        value = os.fspath(value)
    if not _fits(value, hint):
        raise ValueError(f"{name}: expected {_expected(hint)}, not {_shown(value)}")
    return value


def _fitted_tuple(value: Any, items: tuple[Any, ...], name: str) -> Any:
    is_list = items[1:] == (...,)
    if not isinstance(value, list | tuple) or not (is_list or len(value) == len(items)):
        expected = f"a list, such as [{_shown(value)}]" if is_list else f"a list of {len(items)}"
        raise ValueError(f"{name}: expected {expected}, not {_shown(value)}")
    hints = items[:1] * len(value) if is_list else items
    return tuple(_fitted(one, hint, f"{name}[{n}]") for n, (one, hint) in enumerate(zip(value, hints, strict=True)))


def _fitted_mapping(value: Any, item: Any, name: str) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name}: expected a mapping, not {_shown(value)}")  # noqa: TRY004
    for key, one in value.items():
        _fitted(key, str, f"{name}, key")
        _fitted(one, item, f"{name}[{key!r}]")
    return value


def _fits(value: Any, hint: Any) -> bool:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return value in arguments and isinstance(value, str)
    if origin is Annotated:
        return bool(arguments[1].fits(value))
    if hint is datetime:
        return isinstance(value, datetime) and value.tzinfo is not None
    if origin is re.Pattern:
        return isinstance(value, re.Pattern) and isinstance(value.pattern, *arguments)
    return isinstance(value, origin or hint)


def _expected(hint: Any) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return "one of: " + ", ".join(arguments)
    if origin is Annotated:
        return str(arguments[1])
    kind: type[object] = origin or hint
    return _WORDS.get(kind, kind.__name__)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
