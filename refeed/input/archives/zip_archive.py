"""Read a zip in any order: its directory says where each member lies."""

import calendar
import stat
import zlib
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from struct import Struct
from typing import Final

from refeed.input.archives.byte_source import Cursor
from refeed.input.archives.compression import CHUNK, METHODS, check_ratio, unpacked
from refeed.input.archives.errors import ArchiveError, DamagedError, OverLimitError
from refeed.input.archives.members import DEVICE, ENCRYPTED, LINK, Member, Members, Refusal
from refeed.input.archives.zip_directory import ZipMember, find_directory, member_at, read_directory
from refeed.input.archives.zip_names import charset_of, unicode_name
from refeed.input.place import ByteSource
from refeed.limits import Limits
from refeed.problems import Problem

_HEADER: Final = Struct("<4s5H3L2H")  # 4.3.7; the last two are the lengths of what follows
_STORED: Final = 0
_USUAL_EXTRA: Final = 256  # bytes of a name and what stands behind it
_KINDS: Final = frozenset({0, stat.S_IFREG})


class ZipArchive:
    """A zip."""

    is_shared, kept_bytes = True, 0
    """Any process may read it by itself, in any order."""

    def __init__(self, source: ByteSource, limits: Limits) -> None:
        """Read the directory."""
        self._source, self._limits = source, limits
        self._directory = find_directory(source)
        self.members = Members(limits)
        self._bytes = 0
        self._extents = array("Q")  # of each member: where its bytes begin, where they end at least, its record
        self.problems = tuple(self._list())
        self._overlapping = _overlapping(self._extents)
        self._extents = array("Q")

    def _list(self) -> Iterator[Problem]:
        """Take in the members, and yield what ends that early."""
        foreign = list[ZipMember]()
        try:
            for number, found in enumerate(read_directory(self._source, self._directory), 1):
                if number > self._limits.max_members:
                    raise OverLimitError(self._limits.max_members, "members", "max_members")
                name = _stated_name(found)
                if name is None:  # its charset is told by all names together
                    foreign.append(found)
                else:
                    self._add(found, name)
            charset = charset_of(found.name for found in foreign)
            for found in foreign:
                self._add(found, found.name.decode(charset, "replace"))
        except ArchiveError as error:
            yield error.problem

    def _add(self, found: ZipMember, name: str) -> None:
        self._extents.extend((found.header, found.header + _HEADER.size + len(found.name) + found.packed, found.record))
        if name.endswith("/"):
            return
        self._bytes += found.size
        if self._bytes > self._limits.max_unpacked_bytes:
            raise OverLimitError(self._limits.max_unpacked_bytes, "bytes unpacked", "max_unpacked_bytes")
        self.members.add(name, Member(found.record, _moment(*found.moment), _refusal(found)))

    def chunks(self, member: Member) -> Iterator[bytes]:
        """Yield what a member holds, piece by piece."""
        found = member_at(self._source, member.place, self._directory.shift)
        if found.record in self._overlapping:
            raise DamagedError("its bytes are those of another member, too: not read")
        # In one piece with the header before them, as a rule.
        raw = Cursor(self._source, found.header, piece=min(CHUNK, _HEADER.size + _USUAL_EXTRA + found.packed))
        header = raw.read(_HEADER.size)
        if len(header) < _HEADER.size or header[:4] != b"PK\3\4":
            raise DamagedError("it is not where the archive says")
        start = found.header + _HEADER.size + sum(_HEADER.unpack(header)[-2:])
        raw.read(start - found.header - _HEADER.size)
        raw.stop_at(start + found.packed)
        if found.method == _STORED:
            pieces = iter(lambda: raw.read(CHUNK), b"")
        elif found.method in METHODS:
            pieces = unpacked(raw.read, METHODS[found.method], None)
        else:
            raise ArchiveError("unreadable", f"packed in a way that refeed does not read (method {found.method})")
        return _checked(pieces, found, self._limits)

    def keep(self, wanted: Iterable[Member]) -> None:
        """Do nothing: members can be read in any order."""

    def crawl(self, _: Member) -> None:
        """Return nothing: no robot's word stands in a zip."""


def _overlapping(extents: "array[int]") -> frozenset[int]:
    """Return the records of the members whose bytes reach into those of another one."""
    ordered = sorted(zip(extents[::3], extents[1::3], extents[2::3], strict=True))
    return frozenset(one[2] for one, after in pairwise(ordered) if one[1] > after[0])


def _stated_name(found: ZipMember) -> str | None:
    """Return the name of a member; None if its charset has to be told first."""
    if found.says_utf8 or found.name.isascii():
        return found.name.decode("utf-8", "replace")
    name = unicode_name(found.name, found.extra)
    return None if name is None else name.decode("utf-8", "replace")


def _refusal(found: ZipMember) -> Refusal | None:
    kind = stat.S_IFMT(found.mode)
    if kind not in _KINDS:
        return LINK if kind == stat.S_IFLNK else DEVICE
    return ENCRYPTED if found.is_encrypted else None


def _moment(date: int, time: int) -> float | None:
    """Return a DOS moment in seconds since 1970; None for one without a day, as programs write that know none.

    It is in the writer's zone, which nobody knows (APPNOTE 4.4.6).
    """
    year, month, day = 1980 + (date >> 9), date >> 5 & 15, date & 31
    if not 1 <= month <= 12 or not day:
        return None
    return float(calendar.timegm((year, month, day, time >> 11, time >> 5 & 63, (time & 31) * 2)))


def _checked(pieces: Iterator[bytes], found: ZipMember, limits: Limits) -> Iterator[bytes]:
    """Yield a member's bytes, and raise ArchiveError where they are not what the directory says."""
    size = crc = 0
    for piece in pieces:
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        check_ratio(size, found.packed, limits)
        if size > found.size:
            break
        yield piece
    if size != found.size:
        raise DamagedError("its size is not what the archive says")
    if crc != found.crc:
        raise DamagedError("its checksum is not what the archive says")
