"""NamedTuple, as typing has it, without what it costs to make each class: a tenth of a small build.

`collections.namedtuple` compiles a function for each class. Here it does so once for each number of fields; the other
classes of as many fields take over that function, with the names of their own.
"""

from collections import namedtuple
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any, Self

__all__ = ["NamedTuple"]


class _Values(tuple[Any, ...]):
    """What all of them have in common: the methods of a named tuple that somebody uses here."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)  # for pickle and copy

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map('{}={!r}'.format, self._fields, self))})"

    def _asdict(self) -> dict[str, Any]:
        """Return the fields by their names."""
        return dict(zip(self._fields, self, strict=True))

    def _replace(self, /, **changes: Any) -> Self:
        """Return one with other values of some fields. Raises TypeError for what is no field."""
        changed = tuple.__new__(type(self), map(changes.pop, self._fields, self))
        if changes:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(map(repr, changes))}")
        return changed


@cache
def _like(count: int) -> Any:
    """Return a named tuple with so many fields, of which no name matters."""
    return namedtuple("Like", [f"field_{number}" for number in range(count)])  # noqa: PYI024


class _Maker(type):
    """Turns the body of a class into one whose instances are tuples."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
        """Make the class: its annotations are the fields, its values their defaults."""
        made = type(name, (_Values, *bases[1:]), {**body, "__slots__": ()})
        fields = tuple(made.__annotations__)
        like = _like(len(fields))
        new = like.__new__
        code = new.__code__.replace(co_varnames=(new.__code__.co_varnames[0], *fields))
        defaults = tuple(body[field] for field in fields if field in body)
        for field, of_like in zip(fields, like._fields, strict=True):
            setattr(made, field, vars(like)[of_like])
        made.__new__ = staticmethod(FunctionType(code, new.__globals__, "__new__", defaults))  # type: ignore[method-assign]
        made._fields = made.__match_args__ = fields  # type: ignore[attr-defined,misc]
        return made


if TYPE_CHECKING:
    from typing import NamedTuple  # noqa: TID251  what type checkers know
else:
    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
