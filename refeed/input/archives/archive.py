"""An archive as a place: a tree of files, whatever it is packed in."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, Protocol

from refeed.input.archives import tar, warc
from refeed.input.archives.byte_source import MemoryBytes
from refeed.input.archives.compressed_file import CompressedFile
from refeed.input.archives.compression import compression_of
from refeed.input.archives.errors import DamagedError
from refeed.input.archives.members import Member, MemberEntry, Members
from refeed.input.archives.sequential import SequentialArchive
from refeed.input.archives.stream import Stream
from refeed.input.archives.zip_archive import ZipArchive
from refeed.input.place import ByteSource, FileFacts, FileStats, PlaceError, Sharing, joined
from refeed.limits import Limits
from refeed.model import Crawl
from refeed.problems import Problem

HEAD: Final = 1_024
"""Bytes at the beginning of a file that say whether it is an archive."""

_ZIP: Final = (b"PK\3\4", b"PK\5\6")  # APPNOTE 4.3.7, and 4.3.16 where it is empty
_MISSING: Final = Problem("changed-file", "it is not in the archive any more; build again")


class Reader(Protocol):
    """What reads the members of an archive of one kind."""

    @property
    def is_shared(self) -> bool:
        """Return whether every process may read it by itself, in any order."""
        ...

    @property
    def members(self) -> Members:
        """Return what is in it."""
        ...

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with it as a whole."""
        ...

    @property
    def kept_bytes(self) -> int:
        """Return how many bytes of members it keeps in memory."""
        ...

    def chunks(self, member: Member) -> Iterator[bytes]:
        """Yield what a member holds, piece by piece."""
        ...

    def keep(self, wanted: Iterable[Member]) -> None:
        """Prepare to read these members next, in any order."""
        ...

    def crawl(self, member: Member) -> Crawl | None:
        """Return where and when a robot fetched a member."""
        ...


def looks_packed(head: bytes) -> bool:
    """Return whether a file that begins so is an archive, or a compressed file."""
    return head.startswith((*_ZIP, warc.MAGIC)) or compression_of(head) is not None or tar.is_tar(head)


class Archive:
    """An archive that is open."""

    def __init__(
        self, source: ByteSource, name: str, stats: FileStats, limits: Limits, *, sharing: Sharing = Sharing.ALL
    ) -> None:
        """Open the archive in these bytes, which lie in a file of this name; ArchiveError if it cannot be read.

        `sharing` says which processes can read these bytes.
        """
        self._stats = stats
        self._reader = _reader(source, name, limits)
        self.sharing = sharing if self._reader.is_shared else Sharing.FINDER
        self.problems = (*self._reader.problems, *self._reader.members.problems)
        self._own_bytes = source.size if isinstance(source, MemoryBytes) else 0

    @property
    def bytes_in_memory(self) -> int:
        """Return how many bytes, of it and its members, are kept in memory."""
        return self._own_bytes + self._reader.kept_bytes

    def stats(self, _: str) -> FileStats:
        """Return what tells whether a member is what it was: whether the archive is."""
        return self._stats

    def has_folder(self, folder: str) -> bool:
        """Return whether there is such a folder."""
        return self._reader.members.has_folder(folder)

    def scan(self, folder: str) -> Iterator[MemberEntry]:
        """Return what a folder holds."""
        return self._reader.members.scan(folder)

    def refusal(self, name: str) -> Problem | None:
        """Return why a file is not read, or that there is none; None if it can be read."""
        member = self._reader.members.find(name)
        if member is None:
            return _MISSING
        return Problem(*member.refusal) if member.refusal else None

    def order(self, name: str) -> int:
        """Return where a file lies among the others that are read in order."""
        member = self._reader.members.find(name)
        return member.place if member else 0

    def facts(self, name: str) -> FileFacts:
        """Return what there is to know of a file beside its bytes."""
        member = self._reader.members.find(name)
        return FileFacts(member.saved, self._reader.crawl(member)) if member else FileFacts()

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield what a file holds, piece by piece."""
        member = self._reader.members.find(name)
        if member is None or member.refusal:
            raise PlaceError(self.refusal(name) or _MISSING)
        return self._reader.chunks(member)

    def keep(self, names: Iterable[str]) -> None:
        """Prepare to read these files next, in any order."""
        found = map(self._reader.members.find, names)
        self._reader.keep(member for member in found if member)

    def expect(self, names: Iterable[str]) -> None:
        """Do nothing: in their order they are read anyway."""

    def byte_source(self, name: str, most: int) -> ByteSource | None:
        """Return the bytes of a member, which is held in memory; None if they would take more than that."""
        data = joined(self.chunks(name), most)
        return None if data is None else MemoryBytes(data)


def _reader(source: ByteSource, name: str, limits: Limits) -> Reader:
    head = source.read_at(0, HEAD)
    if head.startswith(_ZIP):
        return ZipArchive(source, limits)
    compression = compression_of(head)

    def new_stream() -> Stream:
        return Stream(source, compression, limits)

    inside = new_stream().read(HEAD) if compression else head
    if tar.is_tar(inside):
        return SequentialArchive(new_stream, tar.items, limits)
    if inside.startswith(warc.MAGIC):
        return SequentialArchive(new_stream, partial(warc.items, limits=limits), limits)
    if compression is None:
        raise DamagedError("not an archive that refeed reads")
    return CompressedFile(new_stream, name.rpartition("/")[2], limits)
