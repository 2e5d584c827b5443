"""Check the fields of a frozen dataclass against their annotations; ValueError says what is allowed."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    TypeAlias,
    Union,
    get_args,
    get_origin,
)

from refeed.startup.named_tuple import NamedTuple

Check: TypeAlias = Callable[[Any, str], Any]
"""Takes a value and its name in messages, and returns the value, or what it becomes."""

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
    for field, name, check in _checks(kind):
        value = getattr(instance, field)
        fitted = check(value, name)
        if fitted is not value:
            object.__setattr__(instance, field, fitted)


@cache
def _checks(kind: Any) -> tuple[tuple[str, str, Check], ...]:
    """Return the fields of a class with their names in messages and their checks; every build makes some instances.

    No annotation of these is written as a text, which would have to be evaluated first.
    """
    every: tuple[Any, ...] = fields(kind)
    return tuple((one.name, f"{kind.__name__}.{one.name}", _check_of(one.type)) for one in every)


@cache
def _check_of(hint: Any) -> Check:
    """Return what makes a value fit an annotation, or raises ValueError; many fields have the same one."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _or_none(*(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        return _tuple_of(arguments)
    if origin is Mapping:
        return _mapping_of(arguments[1])
    fits = _test_of(hint)

    def check(value: Any, name: str) -> Any:
        if hint is str and isinstance(value, os.PathLike):
            value = os.fspath(value)
        if not fits(value):
            raise ValueError(f"{name}: expected {_expected(hint)}, not {_shown(value)}")
        return value

    return check


def _or_none(hint: Any) -> Check:
    check = _check_of(hint)
    return lambda value, name: None if value is None else check(value, name)


def _tuple_of(items: tuple[Any, ...]) -> Check:
    is_list = items[1:] == (...,)
    checks = tuple(_check_of(item) for item in items if item is not ...)

    def check(value: Any, name: str) -> Any:
        if not isinstance(value, list | tuple) or not (is_list or len(value) == len(items)):
            expected = f"a list, such as [{_shown(value)}]" if is_list else f"a list of {len(items)}"
            raise ValueError(f"{name}: expected {expected}, not {_shown(value)}")
        each = checks * len(value) if is_list else checks
        return tuple(one(item, f"{name}[{n}]") for n, (item, one) in enumerate(zip(value, each, strict=True)))

    return check


def _mapping_of(hint: Any) -> Check:
    check_key, check_item = _check_of(str), _check_of(hint)

    def check(value: Any, name: str) -> Any:
        if not isinstance(value, Mapping):
            raise ValueError(f"{name}: expected a mapping, not {_shown(value)}")  # noqa: TRY004
        for key, one in value.items():
            check_key(key, f"{name}, key")
            check_item(one, f"{name}[{key!r}]")
        return value

    return check


def _test_of(hint: Any) -> Callable[[Any], bool]:
    """Return what says whether a value fits an annotation that has no parts."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return lambda value: value in arguments and isinstance(value, str)
    if origin is Annotated:
        return lambda value: bool(arguments[1].fits(value))
    if hint is datetime:
        return lambda value: isinstance(value, datetime) and value.tzinfo is not None
    if origin is re.Pattern:
        return lambda value: isinstance(value, re.Pattern) and isinstance(value.pattern, *arguments)
    return lambda value: isinstance(value, origin or hint)


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
