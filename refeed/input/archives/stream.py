"""Read bytes once, from the beginning on, as they are unpacked."""

from collections.abc import Iterator
from typing import Final

from refeed.input.archives.byte_source import Cursor
from refeed.input.archives.compression import CHUNK, Compression, check_ratio, unpacked
from refeed.input.archives.errors import DamagedError, OverLimitError
from refeed.input.place import ByteSource
from refeed.limits import Limits

_SKIPPED_AT_ONCE: Final = 2**20


class Stream:
    """Bytes that can be read forwards only. Reading beyond a limit of the archive raises an error."""

    def __init__(self, source: ByteSource, compression: Compression | None, limits: Limits) -> None:
        """Begin at the beginning."""
        self.position = 0
        self._limits = limits
        self._packed = 0 if compression else None
        self._buffer, self._at = b"", 0
        cursor = Cursor(source)
        self._pieces = (
            unpacked(lambda count: self._count(cursor.read(count)), compression.new, compression.magic)
            if compression
            else iter(lambda: cursor.read(CHUNK), b"")
        )

    def _count(self, data: bytes) -> bytes:
        self._packed = (self._packed or 0) + len(data)
        return data

    def read(self, count: int) -> bytes:
        """Return the next bytes; fewer only at the end."""
        if self._at + count > len(self._buffer):
            self._fill(count)
        found = self._buffer[self._at : self._at + count]
        self._at += len(found)
        self.position += len(found)
        return found

    def _fill(self, count: int) -> None:
        parts = [self._buffer[self._at :]]
        size = len(parts[0])
        try:
            while size < count and (piece := next(self._pieces, b"")):
                parts.append(piece)
                size += len(piece)
        except DamagedError as error:
            self._pieces = _broken(error)  # what came before is still given out
            if not size:
                raise
        self._buffer, self._at = b"".join(parts), 0
        total = self.position + size
        if total > self._limits.max_unpacked_bytes:
            raise OverLimitError(self._limits.max_unpacked_bytes, "bytes unpacked", "max_unpacked_bytes")
        if self._packed is not None:
            check_ratio(total, self._packed, self._limits)

    def read_line(self, most: int) -> bytes:
        """Return the next line with its end; without one where it is longer than that, or the last."""
        if self._at + most > len(self._buffer):
            self._fill(most)
        end = self._buffer.find(b"\n", self._at, self._at + most)
        return self.read(most if end < 0 else end + 1 - self._at)

    def skip_to(self, position: int) -> bool:
        """Read on to a position, and return whether there is so much."""
        while self.position < position:
            if not self.read(min(position - self.position, _SKIPPED_AT_ONCE)):
                return False
        return True

    def chunks(self, end: int | None = None) -> Iterator[bytes]:
        """Yield what comes up to a position, or up to the end, piece by piece."""
        while data := self.read(CHUNK if end is None else min(CHUNK, end - self.position)):
            yield data

    def read_to_end(self) -> None:
        """Read all that is left: only then is it known whether the whole is what it should be."""
        while self.read(_SKIPPED_AT_ONCE):
            pass


def _broken(error: DamagedError) -> Iterator[bytes]:
    yield from ()
    raise error
