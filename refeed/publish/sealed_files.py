"""Remember the files of a site, each with a seal, a digest of all that it is made of; with the same seal it is kept."""

from collections.abc import Iterable, Iterator
from typing import Final

from refeed.publish.names import Names

SEAL_SIZE: Final = 12  # bytes
_NONE: Final = bytes(SEAL_SIZE)


class SealedFiles:
    """The files of a site by their paths."""

    def __init__(self, paths: Iterable[str] = (), seals: bytes = b"") -> None:
        """Begin with the seals of all in the order of their paths, or with none."""
        self.paths = Names(paths)
        self._seals = bytearray(seals or SEAL_SIZE * len(self.paths))

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Return paths and seals; zeros where a file has none."""
        return ((path, self._seal(number)) for number, path in enumerate(self.paths))

    def __getitem__(self, path: str) -> bytes | None:
        """Return the seal of a file; None where it has none."""
        number = self.paths.position(path)
        return None if number is None or self._seal(number) == _NONE else self._seal(number)

    def __setitem__(self, path: str, seal: bytes) -> None:
        number = self.paths.position(path)
        if number is None:
            raise KeyError(path)
        self._seals[SEAL_SIZE * number : SEAL_SIZE * (number + 1)] = seal

    def _seal(self, number: int) -> bytes:
        return bytes(self._seals[SEAL_SIZE * number : SEAL_SIZE * (number + 1)])
