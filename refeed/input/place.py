"""What a place is: a tree of files that lies elsewhere than in a folder, such as an archive.

A path leads into an archive where `!/` follows its name: `blog.zip!/posts/a.md`, as in addresses of Java and Apache.
"""

import os
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Final, Protocol

from refeed.model import Crawl
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple

_SECOND: Final = 1_000_000_000  # nanoseconds
# How far apart two changes of a file must lie to have different times. Most file systems take theirs from a clock that
# ticks at least every 10 ms; where a ctime has no fraction of a second it may be one with FAT's clock of two seconds.
_TICK: Final = _SECOND // 10
COARSE_TICK: Final = 2 * _SECOND
"""How far apart two changes of a file must lie at least to have different times, wherever it lies, in nanoseconds."""

MAX_INT64: Final = 2**63 - 1
"""What a number in an array holds; some file systems use all 64 bits for inodes, and let times be any."""

FileStats = tuple[int, int, int, int]
"""What tells whether a file is what it was: its size, mtime and ctime in nanoseconds, and its inode."""


class DirectoryEntry(Protocol):
    """What a folder holds, as `os.DirEntry` tells it."""

    @property
    def name(self) -> str:
        """Return its name in the folder."""
        ...

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Return whether it is a folder."""
        ...

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Return whether it is a regular file."""
        ...

    def inode(self) -> int:
        """Return its number in the file system."""
        ...


class ByteSource(Protocol):
    """Bytes that can be read at any place."""

    @property
    def size(self) -> int:
        """Return how many there are."""
        ...

    def read_at(self, offset: int, count: int) -> bytes:
        """Return `count` bytes from an offset on; fewer only at the end."""
        ...


class FileFacts(NamedTuple):
    """What a place knows of a file besides its bytes."""

    saved: float | None = None  # when it was changed, in seconds since 1970
    crawl: Crawl | None = None


class Sharing(IntEnum):
    """Which processes of a build may read a place by themselves, in any order."""

    FINDER = 0  # the one that has found it: it is read from its beginning to its end
    PROGRAMS = 1  # programs of their own: a copy of this process must not use its connections
    ALL = 2


class Place(Protocol):
    """A tree of files. Names are those in the tree; those of folders end with a slash, but for the top, which is ""."""

    @property
    def sharing(self) -> Sharing:
        """Return which processes of a build may read it."""
        ...

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what of it cannot be listed; their paths are names in the tree."""
        ...

    def stats(self, name: str) -> FileStats:
        """Return what tells whether a file is what it was."""
        ...

    def has_folder(self, folder: str) -> bool:
        """Return whether there is such a folder."""
        ...

    def scan(self, folder: str) -> Iterable[DirectoryEntry]:
        """Return what a folder holds."""
        ...

    def refusal(self, name: str) -> Problem | None:
        """Return why a file is not read, or that there is none; None if it can be read."""
        ...

    def order(self, name: str) -> int:
        """Return where a file lies among the others that are read in order."""
        ...

    def facts(self, name: str) -> FileFacts:
        """Return what there is to know of a file beside its bytes."""
        ...

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield what a file holds, piece by piece; PlaceError where it cannot be read."""
        ...

    def keep(self, names: Iterable[str]) -> None:
        """Prepare to read these files next, in any order."""
        ...

    def expect(self, names: Iterable[str]) -> None:
        """Prepare to read these files next, in the order of a walk."""
        ...

    def byte_source(self, name: str, most: int) -> ByteSource | None:
        """Return the bytes of a file, to be read at any place; None if they would take more memory than that."""
        ...


class PlaceError(Exception):
    """A place or a file in it cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Take the problem, with or without its path."""
        super().__init__(problem.message)
        self.problem = problem


def stats_of(status: os.stat_result) -> FileStats:
    """Return what tells whether a file of this machine is what it was."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino & MAX_INT64


def is_young(changed: int, ctime: int, moment: int) -> bool:
    """Return whether a file that was read at some moment could change after it, and have the same times."""
    return changed >= moment - (_TICK if ctime % _SECOND else COARSE_TICK)


def joined(chunks: Iterable[bytes], most: int) -> bytes | None:
    """Return the pieces of a file as one; None where they are more bytes than that."""
    parts, size = list[bytes](), 0
    for piece in chunks:
        parts.append(piece)
        size += len(piece)
        if size > most:
            return None
    return b"".join(parts)
