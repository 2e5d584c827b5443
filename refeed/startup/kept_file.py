"""Keep what would be made anew in every process in the user's cache folder.

Not beside compiled modules: pip leaves there what it does not know, and the folder that remains of a package is one for
Python, which then finds it instead of an installation from the sources.
"""

import atexit
import marshal
import os
import sys
from contextlib import suppress
from functools import cached_property
from importlib.machinery import ModuleSpec
from typing import Any, Final, Self
from zlib import crc32

from refeed.startup.user_folder import cache_folder

_INSTALLATIONS: Final = 16  # of which a user keeps files: those that are gone for good leave theirs behind
_CHECKSUM: Final = 4  # bytes of the file's beginning, of all that follows: some of it is run as it is


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
        return self._kept.get(key)

    def keep_result(self, key: int | bytes, result: bytes) -> None:
        """Keep it when the file is written."""
        self._new[key] = result

    def keep(self) -> None:
        """Write what was made in this process, where it can be written."""
        if not self._new or self._path is None:
            return
        kept = self._read()  # others may have written meanwhile; what one writes just now, a later build keeps
        content = marshal.dumps((self._python, self._new if len(kept) > self._most else kept | self._new))
        beside = f"{self._path}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
            try:
                with open(beside, "wb", opener=_open_private) as file:
                    file.write(crc32(content).to_bytes(_CHECKSUM, "big") + content)
                os.replace(beside, self._path)  # noqa: PTH105
            except OSError:
                os.unlink(beside)  # noqa: PTH108
            if not kept:
                _forget_oldest(self._path)
        self._new.clear()

    def leave_to_original(self) -> None:
        """Do not write what was made until now: the process that this one is a copy of does."""
        self._new.clear()

    @cached_property
    def _kept(self) -> dict[int | bytes, bytes]:
        return self._read()

    def _read(self) -> dict[int | bytes, bytes]:
        try:
            with open(self._path or "", "rb", opener=_open_at_once) as file:
                if not _is_of_this_user(os.fstat(file.fileno())):
                    return {}
                content = memoryview(file.read())
            if crc32(content[_CHECKSUM:]) != int.from_bytes(content[:_CHECKSUM], "big"):  # it is damaged
                return {}
            python, kept = marshal.loads(content[_CHECKSUM:])  # noqa: S302  its own
        except (EOFError, OSError, TypeError, ValueError):  # there is none, or it is of another kind
            return {}
        return kept if python == self._python else {}


def _path_of(module: ModuleSpec) -> str | None:
    """Name the file of a module; None for a user without a folder for it."""
    folder = cache_folder()
    if folder is None:
        return None
    # Each installation, and each Python, has one of its own.
    own = crc32(os.fsencode(f"{module.origin} {sys.version}"))
    return os.path.join(folder, f"{module.name.rpartition('.')[2]}-{own:08x}.marshal")  # noqa: PTH118


def _forget_oldest(path: str) -> None:
    """Remove the files like this one that were written longest ago, also what a killed process left; raises OSError."""
    folder, name = os.path.split(path)
    kind = f"{name.rpartition('-')[0]}-"
    with os.scandir(folder) as entries:
        alike = [entry for entry in entries if entry.name.startswith(kind) and ".marshal" in entry.name]
    for entry in sorted(alike, key=lambda entry: entry.stat().st_mtime)[:-_INSTALLATIONS]:
        os.unlink(entry.path)  # noqa: PTH108


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_EXCL, 0o600)  # others may have put a link there, where the folder is theirs


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # a pipe that somebody put there would wait for a writer


def _is_of_this_user(status: os.stat_result) -> bool:
    """Return whether nobody else wrote a file, or may: what it holds is run."""
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)
