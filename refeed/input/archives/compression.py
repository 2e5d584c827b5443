"""Unpack compressed bytes piece by piece, never more of them at once than are asked for."""

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from refeed.input.archives.errors import ArchiveError, DamagedError, OverLimitError
from refeed.limits import Limits
from refeed.startup.named_tuple import NamedTuple

CHUNK: Final = 2**16
GZIP_MAGIC: Final = b"\x1f\x8b"
ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_SMALL: Final = 1_000_000  # bytes that come out unquestioned, however few went in
_LZMA_MEMORY: Final = 2**27  # bytes that a decompressor may take; `xz -9` needs 65 MB
_ZSTD_WINDOW: Final = 27  # the base-2 logarithm of the largest window; `zstd --ultra -22` needs as much


class Decompressor(Protocol):
    """What the modules bz2, lzma and compression.zstd have in common."""

    @property
    def eof(self) -> bool:
        """Whether the end was reached."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out before something goes in."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What follows the end."""
        ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take data, and return what comes out, at most so much."""
        ...


class _Zlib:
    """The decompressor of zlib, to be used as the others are."""

    def __init__(self, window: int) -> None:
        self._inner = zlib.decompressobj(window)
        self._is_full = False  # more may come out although all has gone in

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail and not self._is_full

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        found = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self._is_full = len(found) == max_length
        return found


class Compression(NamedTuple):
    """A way to compress a file."""

    magic: bytes  # that it begins with
    new: Callable[[], Decompressor]


class _Zstd:
    """The decompressor of Zstandard, whose errors are none of the usual ones."""

    def __init__(self) -> None:
        try:
            if sys.version_info >= (3, 14):
                from compression import zstd
            else:
                from backports import zstd
        except ImportError:
            message = "packed with Zstandard; `pip install 'refeed[zstd]'` lets refeed read it"
            raise ArchiveError("unreadable", message) from None
        options = {int(zstd.DecompressionParameter.window_log_max): _ZSTD_WINDOW}
        self._error, self._inner = zstd.ZstdError, zstd.ZstdDecompressor(options=options)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return self._inner.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        try:
            return self._inner.decompress(data, max_length)
        except self._error as error:
            raise ValueError(str(error)) from None


def gzip() -> Decompressor:
    """Return what unpacks gzip (RFC 1952)."""
    return _Zlib(31)


def deflate() -> Decompressor:
    """Return what unpacks bare deflate (RFC 1951), as in a zip."""
    return _Zlib(-15)


def zlib_stream() -> Decompressor:
    """Return what unpacks zlib (RFC 1950)."""
    return _Zlib(15)


def zstd() -> Decompressor:
    """Return what unpacks Zstandard (RFC 8878)."""
    return _Zstd()


def _xz() -> Decompressor:
    return lzma.LZMADecompressor(memlimit=_LZMA_MEMORY)


_COMPRESSIONS: Final = (
    Compression(GZIP_MAGIC, gzip),
    Compression(b"BZh", bz2.BZ2Decompressor),
    Compression(b"\xfd7zXZ\0", _xz),
    Compression(ZSTD_MAGIC, zstd),
)

# The methods of a zip (APPNOTE 4.4.5).
METHODS: Final = {8: deflate, 12: bz2.BZ2Decompressor, 93: zstd}


def compression_of(head: bytes) -> Compression | None:
    """Return how a file is compressed, by its first bytes."""
    return next((one for one in _COMPRESSIONS if head.startswith(one.magic)), None)


def check_ratio(size: int, packed: int, limits: Limits) -> None:
    """Raise OverLimitError where bytes grow more when they are unpacked than those of texts do."""
    if size > _SMALL and size > packed * limits.max_ratio:
        raise OverLimitError(limits.max_ratio, "times as large as packed", "max_ratio")


def unpacked(read: Callable[[int], bytes], new: Callable[[], Decompressor], again: bytes | None) -> Iterator[bytes]:
    """Yield what `read` gives, unpacked.

    One stream may follow another if it begins with `again`; whatever else follows is ignored, as by gzip itself.
    """
    data = read(CHUNK)
    while data:
        decompressor = new()
        while not decompressor.eof:
            if decompressor.needs_input and not data:
                data = read(CHUNK)
                if not data:
                    raise DamagedError("it is cut short")
            piece, data = _piece(decompressor, data), b""
            if piece:
                yield piece
        if again is None:
            return
        data = (decompressor.unused_data or read(CHUNK)).lstrip(b"\0")
        if len(data) < len(again):
            data += read(CHUNK)
        if not data.startswith(again):
            return


def _piece(decompressor: Decompressor, data: bytes) -> bytes:
    try:
        return decompressor.decompress(data, CHUNK)
    except (EOFError, OSError, ValueError, lzma.LZMAError, zlib.error) as error:
        raise DamagedError(f"its compressed data are damaged ({error})") from None
    except MemoryError:
        raise DamagedError("its compressed data ask for more memory than refeed gives") from None
