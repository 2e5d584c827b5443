"""Decode the names in a zip: UTF-8 where it says so, else UTF-8 if they are, else the charset of their writer."""

from collections.abc import Iterable, Iterator
from struct import Struct
from typing import Final
from zlib import crc32

from refeed.input.charsets import detect_charset

_IBM_PC: Final = "cp437"  # APPNOTE, appendix D: what names are in that nobody says anything of
_EXTRA: Final = Struct("<HH")
_UNICODE_PATH: Final = 0x7075  # APPNOTE 4.6.9: version, CRC-32 of the name, the name in UTF-8
_PATH_HEAD: Final = Struct("<BI")


def charset_of(names: Iterable[bytes]) -> str:
    """Return the charset of names that no flag calls UTF-8; together they tell more than one alone."""
    foreign = [name for name in names if not name.isascii()]
    try:
        b"\n".join(foreign).decode("utf-8")
    except UnicodeDecodeError:
        guess = detect_charset(b"\n".join(foreign))
        return guess.charset if guess and guess.is_clear else _IBM_PC
    return "utf-8"


def unicode_name(name: bytes, extra: bytes) -> bytes | None:
    """Return the name in UTF-8 that stands beside another one, if it is that of this name."""
    for kind, data in extras(extra):
        if kind == _UNICODE_PATH and len(data) > _PATH_HEAD.size:
            _, checksum = _PATH_HEAD.unpack_from(data)
            return data[_PATH_HEAD.size :] if checksum == crc32(name) else None
    return None


def extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the extra fields of a member: their kinds and data."""
    start = 0
    while start + _EXTRA.size <= len(extra):
        kind, size = _EXTRA.unpack_from(extra, start)
        start += _EXTRA.size
        yield kind, extra[start : start + size]
        start += size
