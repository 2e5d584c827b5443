"""What frozen dataclasses share, so that `dataclass` compiles no methods for each of them.

What `dataclass` writes for a class is compiled anew in every run.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["Value", "dataclass"]


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
        return dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)
