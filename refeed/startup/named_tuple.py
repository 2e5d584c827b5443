"""NamedTuple as typing has it, without the function that typing compiles for each class.

`collections.namedtuple` compiles a function for each class. Here classes of as many fields share one, with their own
names, and it is made when the first tuple is: most runs make tuples of a few classes only.
"""

from collections import _tuplegetter  # type: ignore[attr-defined]
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, Self

from refeed.startup.kept_code import KEPT_CODE

__all__ = ["NamedTuple"]


_new: Final = tuple.__new__
# What makes a tuple of no field, of one, and so on, compiled with this module; longer ones are rare, and kept.
_MAKERS: Final[tuple[Any, ...]] = (
    lambda cls: _new(cls, ()),
    lambda cls, a: _new(cls, (a,)),
    lambda cls, a, b: _new(cls, (a, b)),
    lambda cls, a, b, c: _new(cls, (a, b, c)),
    lambda cls, a, b, c, d: _new(cls, (a, b, c, d)),
    lambda cls, a, b, c, d, e: _new(cls, (a, b, c, d, e)),
    lambda cls, a, b, c, d, e, f: _new(cls, (a, b, c, d, e, f)),
    lambda cls, a, b, c, d, e, f, g: _new(cls, (a, b, c, d, e, f, g)),
    lambda cls, a, b, c, d, e, f, g, h: _new(cls, (a, b, c, d, e, f, g, h)),
    lambda cls, a, b, c, d, e, f, g, h, i: _new(cls, (a, b, c, d, e, f, g, h, i)),
    lambda cls, a, b, c, d, e, f, g, h, i, j: _new(cls, (a, b, c, d, e, f, g, h, i, j)),
    lambda cls, a, b, c, d, e, f, g, h, i, j, k: _new(cls, (a, b, c, d, e, f, g, h, i, j, k)),
    lambda cls, a, b, c, d, e, f, g, h, i, j, k, m: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
    lambda cls, a, b, c, d, e, f, g, h, i, j, k, m, n: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m, n)),
    lambda cls, a, b, c, d, e, f, g, h, i, j, k, m, n, p: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, p)),
    lambda cls, a, b, c, d, e, f, g, h, i, j, k, m, n, p, q: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, p, q)),
)


class _Values(tuple[Any, ...]):
    """What all of them have in common: the methods of a named tuple that somebody uses here."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()
    _field_defaults: dict[str, Any] = {}  # noqa: RUF012  as typing has it

    def __new__(cls, /, *given: Any, **named: Any) -> Self:
        """Make the first one of a class; the others are made by what is put in the place of this then."""
        owner = next(one for one in cls.__mro__ if "_fields" in vars(one))
        owner.__new__ = _maker(owner)  # type: ignore[method-assign]
        return owner.__new__(cls, *given, **named)

    _make: Any = classmethod(_new)  # of all its fields in one tuple, which is cheaper than a call with each of them

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)  # for pickle and copy

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map('{}={!r}'.format, self._fields, self))})"

    def _asdict(self) -> dict[str, Any]:
        """Return the fields by their names."""
        return dict(zip(self._fields, self, strict=True))

    def _replace(self, /, **changes: Any) -> Self:
        """Return one with other values of some fields. Raises TypeError for what is no field."""
        changed = _new(type(self), map(changes.pop, self._fields, self))
        if changes:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(map(repr, changes))}")
        return changed

    __replace__ = _replace  # for copy.replace, from Python 3.13 on


def _maker(kind: type[_Values]) -> Any:
    """Return the function that makes the tuples of a class."""
    count = len(kind._fields)
    like = _MAKERS[count] if count < len(_MAKERS) else _long_maker(", ".join(kind._fields))
    code = like.__code__.replace(
        co_varnames=("_cls", *kind._fields), co_filename="<named tuple>", co_qualname=f"{kind.__qualname__}.__new__"
    )
    return staticmethod(FunctionType(code, like.__globals__, "__new__", tuple(kind._field_defaults.values())))


def _long_maker(fields: str) -> Any:
    return eval(KEPT_CODE.compile(f"lambda cls, {fields}: _new(cls, ({fields}))", "eval"))  # noqa: S307  as namedtuple


class _Maker(type):
    """Turns the body of a class into one whose instances are tuples."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
        """Make the class: its annotations are the fields, its values their defaults."""
        made = type(name, (_Values, *bases[1:]), {**body, "__slots__": ()})
        fields = tuple(made.__annotations__)
        for place, field in enumerate(fields):
            setattr(made, field, _tuplegetter(place, None))
        made._fields = made.__match_args__ = fields  # type: ignore[attr-defined,misc]
        made._field_defaults = {field: body[field] for field in fields if field in body}  # type: ignore[attr-defined]
        return made


if TYPE_CHECKING:
    from typing import NamedTuple  # noqa: TID251  what type checkers know
else:
    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
