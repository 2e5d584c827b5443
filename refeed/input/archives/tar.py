"""Read the members of a tar: ustar, pax and GNU (POSIX.1-2024, pax; tar(5))."""

import re
import tarfile
from collections.abc import Iterator, Mapping
from functools import partial
from math import isfinite
from types import MappingProxyType
from typing import Final

from refeed.input.archives.errors import DamagedError
from refeed.input.archives.members import DEVICE, LINK, SPARSE, Refusal
from refeed.input.archives.sequential import Item
from refeed.input.archives.stream import Stream

_BLOCK: Final = 512
_LONGEST_HEADER: Final = 2**20  # bytes of a long name or of a pax header
_NOTHING: Final = bytes(_BLOCK)
_RECORD: Final = re.compile(rb"([0-9]{1,7}) ([^=]{1,100})=")  # of a pax header: its length, its key
_REFUSALS: Final[Mapping[bytes, Refusal | None]] = MappingProxyType(
    {
        **dict.fromkeys((tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)),
        tarfile.LNKTYPE: LINK,
        tarfile.SYMTYPE: LINK,
        tarfile.GNUTYPE_SPARSE: SPARSE,
    }
)
# Whatever their headers say, nothing follows them.
_EMPTY: Final = frozenset(
    {tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE}
)
_LONG_NAME, _LONG_LINK = tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK
_PAX: Final = frozenset({tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.XGLTYPE})
_SPARSE_KEY: Final = "GNU.sparse."


def is_tar(head: bytes) -> bool:
    """Return whether a file begins with the header of a tar, by its checksum, or is one without members."""
    try:
        _header(head[:_BLOCK])
    except tarfile.HeaderError:
        return len(head) == 2 * _BLOCK and not any(head)
    return True


def items(stream: Stream) -> Iterator[Item]:
    """Yield the members in their order, folders apart."""
    said, shared = dict[str, str](), dict[str, str]()  # by the headers before one; by global ones
    while block := stream.read(_BLOCK):
        if block == _NOTHING:
            stream.read_to_end()
            return
        try:
            info = _header(block)
        except tarfile.HeaderError:
            raise DamagedError("it is cut short" if len(block) < _BLOCK else "a header is damaged") from None
        start = stream.position
        if info.type in {_LONG_NAME, _LONG_LINK} or info.type in _PAX:
            data = _read_whole(stream, info.size)
            values = _pax(data) if info.type in _PAX else _long(info.type, data)
            (shared if info.type == tarfile.XGLTYPE else said).update(values)
            end = start + info.size
        else:
            values, said = {**shared, **said}, {}
            size = _size(values, info)
            end = start + size
            name = values.get("path", info.name)
            if info.type != tarfile.DIRTYPE and not name.endswith("/"):
                is_sparse = any(key.startswith(_SPARSE_KEY) for key in values)
                refusal = SPARSE if is_sparse else _REFUSALS.get(info.type, DEVICE)
                yield Item(name, _moment(values, info), refusal, partial(_chunks, stream, end))
        if not stream.skip_to(start + -(-(end - start) // _BLOCK) * _BLOCK):
            raise DamagedError("it is cut short")


def _header(block: bytes) -> tarfile.TarInfo:
    return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")


def _read_whole(stream: Stream, size: int) -> bytes:
    if not 0 <= size <= _LONGEST_HEADER:
        raise DamagedError("a header is longer than refeed reads")
    data = stream.read(size)
    if len(data) < size:
        raise DamagedError("it is cut short")
    return data


def _long(kind: bytes, data: bytes) -> dict[str, str]:
    return {"path" if kind == _LONG_NAME else "linkpath": _text(data.partition(b"\0")[0])}


def _pax(data: bytes) -> dict[str, str]:
    """Return what a pax header says: records of a length, a key and a value."""
    found, start = dict[str, str](), 0
    while match := _RECORD.match(data, start):
        end = start + int(match[1])
        if end <= match.end():
            break
        found[_text(match[2])] = _text(data[match.end() : end - 1])
        start = end
    return found


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _size(values: Mapping[str, str], info: tarfile.TarInfo) -> int:
    text = values.get("size", "")
    size = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else info.size
    if info.type in _EMPTY:
        return 0
    if size < 0:
        raise DamagedError("a header is damaged")
    return size


def _moment(values: Mapping[str, str], info: tarfile.TarInfo) -> float:
    try:
        moment = float(values.get("mtime", info.mtime))
    except ValueError:
        return float(info.mtime)
    return moment if isfinite(moment) else float(info.mtime)


def _chunks(stream: Stream, end: int) -> Iterator[bytes]:
    yield from stream.chunks(end)
    if stream.position < end:
        raise DamagedError("it is cut short")
