"""Where the files of a walk are, by their number in its order: as bytes, because there may be a million of them."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate

from refeed.input.discover import Batch
from refeed.model import SourceFile
from refeed.spool import Spool
from refeed.startup.named_tuple import NamedTuple


class PackedFiles(NamedTuple):
    """The table as a value."""

    batches: tuple[bytes, ...]  # the names of the files of each
    beside: Mapping[int, tuple[str, ...]]  # the fields that lie beside a file


class Files:
    """The files of all batches, in the order of discovery."""

    def __init__(self) -> None:
        """Begin with none."""
        self._batches = Spool()
        self._bases = array("Q")
        self._count = 0
        self._beside: dict[int, tuple[str, ...]] = {}  # as in `PackedFiles`
        self._known: dict[int, tuple[str, array[int]]] = {}
        """Of batches that were asked for: the prefix, and behind which byte that and each name ends."""

    def add(self, batch: Batch) -> int:
        """Take in a batch and return the index of its first file."""
        self._beside.update((self._count + number, fields) for number, fields in batch.beside.items())
        return self._add("\0".join((batch.prefix, *batch.names)).encode("utf-8", "surrogateescape"))

    def packed(self) -> PackedFiles:
        """Return the table as a value, which `of` takes."""
        return PackedFiles(tuple(self._batches), dict(self._beside))

    @classmethod
    def of(cls, packed: PackedFiles) -> "Files":
        """Return the table that `packed` has returned."""
        files = cls()
        for names in packed.batches:
            files._add(names)
        files._beside.update(packed.beside)
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
        for base, batch in zip(self._bases, self._batches, strict=True):
            prefix, *names = batch.decode("utf-8", "surrogateescape").split("\0")
            for file_no, name in enumerate(names, base):
                yield SourceFile(prefix + name, name, self._beside.get(file_no, ()))

    def __getitem__(self, file_no: int) -> SourceFile:
        batch = bisect_right(self._bases, file_no) - 1
        if batch not in self._known:  # files are asked for in any order
            prefix, *names = self._batches[batch].split(b"\0")
            ends = array("L", accumulate((len(name) + 1 for name in names), initial=len(prefix) + 1))
            self._known[batch] = prefix.decode("utf-8", "surrogateescape"), ends
        known, ends = self._known[batch]
        name_no = file_no - self._bases[batch]
        name = self._batches.part(batch, ends[name_no], ends[name_no + 1] - 1).decode("utf-8", "surrogateescape")
        return SourceFile(known + name, name, self._beside.get(file_no, ()))
