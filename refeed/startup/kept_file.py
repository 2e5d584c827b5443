"""Keep what would be made anew in every process in the user's cache folder.

Not beside compiled modules: pip leaves there what it does not know, and the folder that remains of a package is one for
Python, which then finds it instead of an installation from the sources.
"""

import atexit
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from importlib.machinery import ModuleSpec
from itertools import accumulate
from typing import Any, Final, Self
from zlib import crc32

from refeed.startup.package_modules import READING
from refeed.startup.user_folder import cache_folder

_INSTALLATIONS: Final = 16  # of which a user keeps files: those that are gone for good leave theirs behind
_WORD: Final = 4  # bytes of a checksum, or of a size


class _Content:
    """What a file holds. A start needs a tenth of it, so each piece is read when it is asked for.

    The file begins with checksum and size of an index, which says for which Python it was made, which number a key has,
    and where each piece begins. Each piece follows its checksum: some are run as they are.
    """

    _handle = -1  # of no file

    def __init__(self, path: str, python: Any) -> None:
        """Open a file and read its index. Raises EOFError, OSError, TypeError or ValueError where there is none."""
        # A pipe that somebody put there would wait for a writer.
        self._handle = os.open(path, READING | getattr(os, "O_NONBLOCK", 0))
        status = os.fstat(self._handle)
        if not _is_of_this_user(status):
            raise ValueError("somebody else may have written it")
        head = self._read(0, 2 * _WORD)
        self._begin = 2 * _WORD + int.from_bytes(head[_WORD:], "big")
        index = self._read(2 * _WORD, min(self._begin, status.st_size) - 2 * _WORD)
        if _checksum(index) != head[:_WORD]:
            raise ValueError("it is damaged")
        made_for, self._numbers, self._starts = marshal.loads(index)  # noqa: S302  its own
        if made_for != python:
            raise ValueError("it was made for another Python")

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            close(self._handle)

    def piece(self, key: int | bytes) -> bytes | None:
        """Return what stands under a key; None where nothing does, or it is damaged."""
        number = self._numbers.get(key)
        if number is None:
            return None
        start, end = self._starts[number : number + 2]
        read = self._read(self._begin + start, end - start)
        piece = read[_WORD:]
        return piece if len(read) == end - start and _checksum(piece) == read[:_WORD] else None

    def pieces(self) -> dict[int | bytes, bytes]:
        """Return all that is not damaged, by its key."""
        return {key: piece for key in self._numbers if (piece := self.piece(key)) is not None}

    def _read(self, start: int, size: int) -> bytes:
        if hasattr(os, "pread"):  # copies of this process share the place that a file was read to
            return os.pread(self._handle, size, start)
        os.lseek(self._handle, start, os.SEEK_SET)
        return os.read(self._handle, size)


class KeptFile:
    """A file of bytes, each under a key, which hold for one Python."""

    def __init__(self, path: str | None, python: Any = sys.version, most: int = 0) -> None:
        """Read and write the file at `path`, if there is one; where it has more than `most` only what is new stays."""
        self._path = path
        self._python = python
        self._most = most
        self._new: dict[int | bytes, bytes] = {}

    @classmethod
    def of(cls, module: ModuleSpec, *arguments: Any) -> Self:
        """Return the user's file of a module, which is written when the process ends."""
        kept = cls(_path_of(module), *arguments)
        atexit.register(kept.keep)
        return kept

    def result(self, key: int | bytes) -> bytes | None:
        """Return what was kept."""
        return self._kept.piece(key) if self._kept else None

    def keep_result(self, key: int | bytes, result: bytes) -> None:
        """Keep it when the file is written."""
        self._new[key] = result

    def keep(self) -> None:
        """Write what was made in this process, where it can be written."""
        if not self._new or self._path is None:
            return
        read = self._read()  # others may have written meanwhile; what one writes just now, a later build keeps
        kept = read.pieces() if read else {}
        content = _packed(self._python, self._new if len(kept) > self._most else kept | self._new)
        beside = f"{self._path}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            try:
                with open(beside, "wb", opener=_open_private) as file:
                    file.write(content)
                os.replace(beside, self._path)
            except OSError:
                os.unlink(beside)
            if not kept:
                _forget_oldest(self._path)
        self._new.clear()

    def leave_to_original(self) -> None:
        """Do not write what was made until now: the process that this one is a copy of does."""
        self._new.clear()

    @cached_property
    def _kept(self) -> _Content | None:
        return self._read()

    def _read(self) -> _Content | None:
        with suppress(EOFError, OSError, TypeError, ValueError):  # there is none, or it is of another kind
            return _Content(self._path or "", self._python)
        return None


def _packed(python: Any, kept: dict[int | bytes, bytes]) -> bytes:
    """Return the content of a file."""
    pieces = [_checksum(piece) + piece for piece in kept.values()]
    numbers = {key: number for number, key in enumerate(kept)}
    index = marshal.dumps((python, numbers, [0, *accumulate(map(len, pieces))]))
    return b"".join((_checksum(index), len(index).to_bytes(_WORD, "big"), index, *pieces))


def _checksum(data: bytes) -> bytes:
    return crc32(data).to_bytes(_WORD, "big")


def _path_of(module: ModuleSpec) -> str | None:
    """Name the file of a module; None for a user without a folder for it."""
    folder = cache_folder()
    if folder is None:
        return None
    # Each installation, and each Python, has one of its own.
    own = crc32(os.fsencode(f"{module.origin} {sys.version}"))
    return os.path.join(folder, f"{module.name.rpartition('.')[2]}-{own:08x}.marshal")


def _forget_oldest(path: str) -> None:
    """Remove the files like this one that were written longest ago, also what a killed process left; raises OSError."""
    folder, name = os.path.split(path)
    kind = f"{name.rpartition('-')[0]}-"
    with os.scandir(folder) as entries:
        alike = [entry for entry in entries if entry.name.startswith(kind) and ".marshal" in entry.name]
    for entry in sorted(alike, key=lambda entry: entry.stat().st_mtime)[:-_INSTALLATIONS]:
        os.unlink(entry.path)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_EXCL, 0o600)  # others may have put a link there, where the folder is theirs


def _is_of_this_user(status: os.stat_result) -> bool:
    """Return whether nobody else wrote a file, or may: what it holds is run."""
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)
