"""Frozen dataclasses without what `dataclass` does for each class in every run.

It compiles their methods, which are the same for all, and asks of each field what none of these has.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self

__all__ = ["Value", "dataclass"]

_FIELDS: Final = "__dataclass_fields__"
_KIND: Final[Any] = vars(dataclasses)["_FIELD"]  # neither of the class nor for its making alone
_OF_NO_SLOTS: Final = frozenset({"__dict__", "__weakref__"})


class Value:
    """Made of, equal, hashed and shown by its fields, which do not change: for a class that `dataclass` below makes."""

    __slots__ = ()

    def __init__(self, **given: Any) -> None:
        """Set every field. Raises TypeError for one that is missing or unknown."""
        kind: Any = type(self)
        for name, put, default, make in _plan(kind):
            value = given.pop(name, default)
            if value is MISSING:
                if make is MISSING:
                    raise TypeError(f"{type(self).__qualname__} needs {name!r}")
                value = make()
            put(self, value)
        if given:
            raise TypeError(f"{type(self).__qualname__} has no field {', '.join(map(repr, given))}")
        self.__post_init__()

    def __post_init__(self) -> None:
        """Look at the fields; what checks nothing has nothing to do."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self) -> dict[str, object]:
        return _stated(self)

    def __setstate__(self, state: dict[str, object]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def __replace__(self, **changes: Any) -> Self:
        return type(self)(**{**_stated(self), **changes})

    def __eq__(self, other: object) -> bool:
        return _stated(self) == _stated(other) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(_stated(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in _stated(self).items())})"


@cache
def _plan(kind: Any) -> "tuple[tuple[str, Callable[[object, object], None], object, Any], ...]":
    """Return of each field its name, what sets it, its default, and what makes that."""
    return tuple(
        (field.name, getattr(kind, field.name).__set__, field.default, field.default_factory) for field in fields(kind)
    )


def _stated(instance: Any) -> dict[str, object]:
    return {field.name: getattr(instance, field.name) for field in fields(instance)}


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(**asked: bool) -> Callable[[type], type]:
        """Return what makes a frozen dataclass with slots, all of it by name, of a class that is a Value.

        Raises TypeError where anything else is asked for: dataclasses has the rest.
        """
        if asked != {"frozen": True, "kw_only": True}:
            raise TypeError("a Value is frozen, and made by the names of its fields")
        return _with_slots


def _with_slots(kind: Any) -> type:
    """Return a class with a slot for each field, and with what dataclasses asks of one: the fields."""
    own = {name: _field(name, hint, vars(kind).get(name, MISSING)) for name, hint in kind.__annotations__.items()}
    rest = {name: value for name, value in vars(kind).items() if name not in own and name not in _OF_NO_SLOTS}
    inherited = getattr(kind, _FIELDS, {})
    slots = tuple(name for name in own if name not in inherited)
    made = {"__qualname__": kind.__qualname__, "__slots__": slots, _FIELDS: inherited | own}
    return type(kind.__name__, kind.__bases__, rest | made)


def _field(name: str, hint: object, default: Any) -> Any:
    one: Any = default if isinstance(default, Field) else field(default=default)
    one.name, one.type, one.kw_only = name, hint, True
    one._field_type = _KIND  # noqa: SLF001  as dataclasses sets it, which has nothing public for that
    return one
