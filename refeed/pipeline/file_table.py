"""Where the files of a walk are, by their number in its order: as bytes, because there may be a million of them."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from refeed.input.discover import Batch
from refeed.model import SourceFile
from refeed.spool import Spool


class Files:
    """The files of all batches, in the order of discovery."""

    def __init__(self) -> None:
        """Begin with none."""
        self._batches = Spool()
        self._bases = array("Q")
        self._count = 0
        self._last: tuple[int, list[bytes]] = (-1, [])

    def add(self, batch: Batch) -> int:
        """Take in a batch and return the index of its first file."""
        return self._add("\0".join((batch.prefix, *batch.names)).encode("utf-8", "surrogateescape"))

    def packed(self) -> tuple[bytes, ...]:
        """Return all of them as a value."""
        return tuple(self._batches)

    @classmethod
    def of(cls, packed: Iterable[bytes]) -> "Files":
        """Return the files that `packed` returned."""
        files = cls()
        for names in packed:
            files._add(names)
        return files

    def _add(self, names: bytes) -> int:
        base = self._count
        self._batches.append(names)
        self._bases.append(base)
        self._count += names.count(b"\0")  # the prefix stands before the first
        return base

    def close(self) -> None:
        """Let go of what lies in a temporary file."""
        self._batches.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[SourceFile]:
        return (self[file_no] for file_no in range(len(self)))

    def __getitem__(self, file_no: int) -> SourceFile:
        batch = bisect_right(self._bases, file_no) - 1
        if self._last[0] != batch:  # files are often asked for one after the other
            self._last = (batch, self._batches[batch].split(b"\0"))
        found = (self._last[1][0], self._last[1][file_no - self._bases[batch] + 1])
        prefix, name = (part.decode("utf-8", "surrogateescape") for part in found)
        return SourceFile(prefix + name, name)
