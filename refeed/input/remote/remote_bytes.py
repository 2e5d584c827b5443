"""The bytes of a file at an address, read at any place, so that an archive there is not fetched as a whole."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

_BLOCK: Final = 2**21  # bytes that are fetched at once
_KEPT: Final = 4  # blocks


class RemoteBytes:
    """Bytes at an address; the last few blocks stay in memory."""

    def __init__(self, fetch: Callable[[int, int], bytes], size: int) -> None:
        """Take what fetches the bytes from one place up to another, and how many there are."""
        self.size = size
        self._fetch = fetch
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    def read_at(self, offset: int, count: int) -> bytes:
        """Return `count` bytes from an offset on; fewer only at the end."""
        end = min(offset + count, self.size)
        if offset >= end:
            return b""
        first = offset - offset % _BLOCK
        joined = b"".join(map(self._block, range(first, end, _BLOCK)))
        return joined[offset - first : end - first]

    def _block(self, start: int) -> bytes:
        if start not in self._blocks:
            self._blocks[start] = self._fetch(start, min(start + _BLOCK, self.size))
            while len(self._blocks) > _KEPT:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(start)
        return self._blocks[start]
