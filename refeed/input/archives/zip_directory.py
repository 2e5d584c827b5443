"""Read the central directory of a zip: https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.10.TXT."""

from collections.abc import Iterator
from struct import Struct
from typing import Final

from refeed.input.archives.byte_source import Cursor
from refeed.input.archives.errors import DamagedError
from refeed.input.archives.zip_names import extras
from refeed.input.place import ByteSource
from refeed.startup.named_tuple import NamedTuple

_END: Final = Struct("<4s4H2LH")  # 4.3.16; the last is the length of the comment
_END_64: Final = Struct("<4sQ2H2L4Q")  # 4.3.14
_LOCATOR: Final = Struct("<4sLQL")  # 4.3.15
_UNIX: Final = 3  # 4.4.2: the system that the attributes are of
_MEMBER: Final = Struct("<4s6H3L5H2L")  # 4.3.12
_FULL: Final = 0xFFFFFFFF  # 4.4.8: the number stands in the extra field of Zip64
_ZIP64: Final = 1
_QUAD: Final = Struct("<Q")
_USUAL_RECORD: Final = 256  # bytes
_LONGEST_COMMENT: Final = 2**16


class ZipMember(NamedTuple):
    """What the directory says of a member."""

    record: int  # where that stands
    name: bytes
    extra: bytes
    flags: int
    method: int
    moment: tuple[int, int]  # DOS: date, time
    crc: int
    packed: int  # bytes
    size: int  # bytes, unpacked
    mode: int  # of Unix; 0 where another system made it
    header: int  # where its own header stands

    @property
    def is_encrypted(self) -> bool:
        """Whether it takes a password to read it."""
        return bool(self.flags & 0x41)

    @property
    def says_utf8(self) -> bool:
        """Whether its name is said to be UTF-8."""
        return bool(self.flags & 0x800)


class Directory(NamedTuple):
    """Where the directory lies, and how many bytes stand before the zip itself."""

    start: int
    end: int
    shift: int


def find_directory(source: ByteSource) -> Directory:
    """Find the directory by the record at the end of the file."""
    length = min(source.size, _END.size + _LONGEST_COMMENT)
    tail = source.read_at(source.size - length, length)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        raise DamagedError("its directory is missing: the file is cut short, or is not a zip")
    end = source.size - length + at
    _, _, _, _, _, size, start, _ = _END.unpack_from(tail, at)
    if _FULL in {size, start} or at >= _LOCATOR.size:
        locator = source.read_at(end - _LOCATOR.size, _LOCATOR.size)
        if locator[:4] == b"PK\6\7":
            end, size, start = _zip64(source, end, _LOCATOR.unpack(locator)[2])
    shift = end - size - start
    if shift < 0:
        raise DamagedError("its directory is not where the file says")
    return Directory(end - size, end, shift)


def _zip64(source: ByteSource, end: int, stated: int) -> tuple[int, int, int]:
    """Return where the directory ends, its size, and where it is said to begin."""
    for offset in (stated, end - _LOCATOR.size - _END_64.size):  # the second where something stands before the zip
        record = source.read_at(offset, _END_64.size) if offset >= 0 else b""
        if len(record) == _END_64.size and record[:4] == b"PK\6\6":
            *_, size, start = _END_64.unpack(record)
            return offset, size, start
    raise DamagedError("its directory is missing: the file is cut short, or is not a zip")


def read_directory(source: ByteSource, directory: Directory) -> Iterator[ZipMember]:
    """Yield what the directory says of each member; the counts that a zip states are not asked."""
    cursor, record = Cursor(source, directory.start, directory.end), directory.start
    while record < directory.end:
        member, length = _read(cursor, record, directory.shift)
        yield member
        record += length


def member_at(source: ByteSource, record: int, shift: int) -> ZipMember:
    """Return again what the directory says of a member."""
    return _read(Cursor(source, record, piece=_USUAL_RECORD), record, shift)[0]


def _read(cursor: Cursor, record: int, shift: int) -> tuple[ZipMember, int]:
    """Return what the directory says of a member, and in how many bytes."""
    head = cursor.read(_MEMBER.size)
    if len(head) < _MEMBER.size or head[:4] != b"PK\1\2":
        raise DamagedError("its directory is damaged")
    (_, made_by, _, flags, method, time, date, crc, packed, size, *lengths, _, _, attributes, header) = _MEMBER.unpack(
        head
    )
    name, extra, comment = map(cursor.read, lengths)
    size, packed, header = _full_numbers(extra, size, packed, header)
    mode = attributes >> 16 if made_by >> 8 == _UNIX else 0
    found = (record, name, extra, flags, method, (date, time), crc, packed, size, mode, header + shift)
    return ZipMember(*found), len(head) + len(name) + len(extra) + len(comment)


def _full_numbers(extra: bytes, *numbers: int) -> tuple[int, ...]:
    """Return sizes and places, those that need more than 32 bits from the extra field (4.5.3)."""
    if _FULL not in numbers:
        return numbers
    data = next((data for kind, data in extras(extra) if kind == _ZIP64), b"")
    quads = iter([_QUAD.unpack_from(data, at)[0] for at in range(0, len(data) - 7, 8)])
    return tuple(next(quads, number) if number == _FULL else number for number in numbers)
