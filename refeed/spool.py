"""Keep pieces of bytes in order: in memory as long as they are small, then in a temporary file."""

from array import array
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import IO, Final

from refeed.problems import OutputError

_MEMORY: Final = 2**22  # bytes beyond this wait in the file; a run has half a dozen of them


class Spool:
    """Pieces of bytes, by the order in which they came."""

    def __init__(self) -> None:
        """Begin with none."""
        self._file: IO[bytes] = BytesIO()
        self._starts = array("Q", [0])  # of each piece, and of the next one

    @property
    def size(self) -> int:
        """The bytes of all pieces."""
        return self._starts[-1]

    def append(self, piece: bytes) -> None:
        """Keep one more."""
        if self.size + len(piece) > _MEMORY:
            self._append_on_disk(piece)
        else:
            self._write(piece)
        self._starts.append(self.size + len(piece))

    def _write(self, piece: bytes) -> None:
        self._file.seek(self.size)
        self._file.write(piece)

    def _append_on_disk(self, piece: bytes) -> None:
        from tempfile import TemporaryFile, gettempdir  # slow to import, and small archives need none

        try:
            if isinstance(self._file, BytesIO):
                in_memory, self._file = self._file, TemporaryFile()  # noqa: SIM115  closed by close()
                self._file.write(in_memory.getbuffer())
            self._write(piece)
            self._file.flush()  # else the next one fails, whatever it is for
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"{gettempdir()}: no temporary file can be written: {reason}; set TMPDIR") from None

    def close(self) -> None:
        """Let go of the temporary file."""
        with suppress(OSError):  # what could not be written was told, and is tried once more
            self._file.close()

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> bytes:
        start, end = self._starts[index], self._starts[index + 1]
        self._file.seek(start)
        return self._file.read(end - start)

    def part(self, index: int, start: int, end: int) -> bytes:
        """Return a part of one piece."""
        self._file.seek(self._starts[index] + start)
        return self._file.read(end - start)

    def __iter__(self) -> Iterator[bytes]:
        return (self[index] for index in range(len(self)))
