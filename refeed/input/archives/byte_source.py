"""The bytes of an archive, read at any place: of a file that is open, or in memory."""

import os
import weakref
from typing import Final

from refeed.input.place import ByteSource

_PIECE: Final = 2**16


class LocalBytes:
    """The bytes of an open file, which it closes; processes that share the handle do not disturb each other."""

    def __init__(self, handle: int) -> None:
        """Take over a file that is open for reading."""
        self._handle = handle
        self.size = os.fstat(handle).st_size
        weakref.finalize(self, os.close, handle)

    def read_at(self, offset: int, count: int) -> bytes:
        """Return `count` bytes from an offset on; fewer only at the end."""
        parts = []
        while count > 0 and (data := os.pread(self._handle, count, offset)):
            parts.append(data)
            offset, count = offset + len(data), count - len(data)
        return b"".join(parts)


class MemoryBytes:
    """Bytes in memory: an archive that lies in another one."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes."""
        self._data = data
        self.size = len(data)

    def read_at(self, offset: int, count: int) -> bytes:
        """Return `count` bytes from an offset on; fewer only at the end."""
        return self._data[offset : offset + count]


class Cursor:
    """Reads bytes one after the other, in pieces that are large enough."""

    def __init__(self, source: ByteSource, start: int = 0, end: int | None = None, piece: int = _PIECE) -> None:
        """Read from `start` to `end`, and fetch `piece` bytes at once."""
        self._source, self._end, self._piece = source, source.size if end is None else end, piece
        self._buffer, self._at, self._next = b"", 0, start

    def read(self, count: int) -> bytes:
        """Return the next bytes; fewer only at the end."""
        start, end = self._at, self._at + count
        if end > len(self._buffer):
            self._fill(count)
            start, end = 0, count
        self._at = end
        return self._buffer[start:end]

    def stop_at(self, end: int) -> None:
        """End at another place, which the reading has not come to."""
        left = end - self._next
        self._end = end
        if left < 0:
            self._buffer, self._next = self._buffer[:left], end

    def _fill(self, count: int) -> None:
        """Fill the buffer with `count` bytes, from its beginning."""
        parts = [self._buffer[self._at :]]
        missing = min(max(self._piece, count) - len(parts[0]), self._end - self._next)
        if missing > 0:
            parts.append(self._source.read_at(self._next, missing))
            self._next += len(parts[1])
        self._buffer = b"".join(parts)
