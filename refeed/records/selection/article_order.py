"""The order of articles with equal dates: the later path first, as people number the parts of a series."""

from collections.abc import Callable
from typing import Final

from refeed.startup.late_patterns import late_pattern

_NUMBERS: Final = late_pattern(r"([0-9]+)")

NaturalKey = tuple[tuple[str | tuple[int, str], ...], str]


def natural_key(path: str) -> NaturalKey:
    """Return what sorts paths as people count, `9` before `10`; zeros before a number decide last."""
    parts = _NUMBERS.split(path)
    for index in range(1, len(parts), 2):
        parts[index] = parts[index].lstrip("0")
    # Texts and numbers alternate; of two numbers without zeros before them the longer one is greater.
    keys = tuple((len(part), part) if index % 2 else part for index, part in enumerate(parts))
    return keys, path


class LaterPathFirst:
    """The position of a record, to be sorted by; its path is looked up only where dates are equal."""

    __slots__ = ("_key", "_path_of", "file", "number")

    def __init__(self, file: int, number: int, path_of: Callable[[int], str]) -> None:
        """Take the file's number in the order of discovery, and the record's in the file."""
        self.file, self.number = file, number
        self._path_of = path_of
        self._key: NaturalKey | None = None

    def __lt__(self, other: "LaterPathFirst") -> bool:
        """Return whether this one comes first."""
        if self.file == other.file:
            return self.number > other.number
        return self._natural() > other._natural()

    def _natural(self) -> NaturalKey:
        if self._key is None:
            self._key = natural_key(self._path_of(self.file))
        return self._key
