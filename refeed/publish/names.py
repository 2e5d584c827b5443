"""Hold a million sorted names, the paths and ids of a site, as one piece of bytes."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator


class Names(Collection[str]):
    """Different names, sorted."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Sort the names."""
        # As UTF-8 they have the order of their code points.
        pieces = sorted({name.encode("utf-8", "surrogatepass") for name in names})
        self._starts = array("Q", [0])  # of each name, and of the next one
        for piece in pieces:
            self._starts.append(self._starts[-1] + len(piece))
        self._bytes = b"".join(pieces)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return (_text(self._name(number)) for number in range(len(self)))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.position(name) is not None

    def position(self, name: str) -> int | None:
        """Return where a name stands in the order; None if it is not among them."""
        wanted = name.encode("utf-8", "surrogatepass")
        number = bisect_left(range(len(self)), wanted, key=self._name)
        return number if number < len(self) and self._name(number) == wanted else None

    def without(self, others: "Names") -> Iterator[str]:
        """Yield the names that are not among others, in one way through both."""
        theirs = iter(others)
        other = next(theirs, None)
        for name in self:
            while other is not None and other < name:
                other = next(theirs, None)
            if other != name:
                yield name

    def _name(self, number: int) -> bytes:
        return self._bytes[self._starts[number] : self._starts[number + 1]]


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogatepass")
