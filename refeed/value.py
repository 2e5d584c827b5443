"""What frozen dataclasses have in common, once for all of them.

What `dataclass` writes for each class is compiled anew in every run: for the large ones a twentieth of a small build.
"""

from dataclasses import fields
from typing import Any


class Value:
    """Equal, hashed and shown by its fields: for a frozen dataclass with `eq=False, repr=False`."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return _stated(self) == _stated(other) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(_stated(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in _stated(self).items())})"


def _stated(instance: Any) -> dict[str, object]:
    return {field.name: getattr(instance, field.name) for field in fields(instance)}
