"""Keep what would be made anew in every process beside compiled modules, where and when Python keeps these."""

import atexit
import marshal
import os
import sys
from contextlib import suppress
from functools import cached_property
from importlib.machinery import ModuleSpec
from typing import Any, Final, Self
from zlib import crc32

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
    def beside(cls, module: ModuleSpec, *arguments: Any) -> Self:
        """Return the one that lies beside a module and has its name; it is written when the process ends."""
        kept = cls(module.cached and module.cached.removesuffix(".pyc") + ".marshal", *arguments)
        atexit.register(kept.keep)
        return kept

    def result(self, key: int | bytes) -> bytes | None:
        """Return what was kept."""
        return self._kept.get(key)

    def keep_result(self, key: int | bytes, result: bytes) -> None:
        """Keep it when the file is written."""
        self._new[key] = result

    def keep(self) -> None:
        """Write what was made in this process, unless Python was told to keep nothing, or may not write there."""
        if not self._new or self._path is None or sys.dont_write_bytecode:
            return
        kept = self._read()  # others may have written meanwhile; what one writes just now, a later build keeps
        content = marshal.dumps((self._python, self._new if len(kept) > self._most else kept | self._new))
        beside = f"{self._path}.{os.getpid()}"
        with suppress(OSError):
            try:
                with open(beside, "wb") as file:  # noqa: PTH123  pathlib is not loaded for it
                    file.write(crc32(content).to_bytes(_CHECKSUM, "big") + content)
                os.replace(beside, self._path)  # noqa: PTH105
            except OSError:
                os.unlink(beside)  # noqa: PTH108
        self._new.clear()

    def leave_to_original(self) -> None:
        """Do not write what was made until now: the process that this one is a copy of does."""
        self._new.clear()

    @cached_property
    def _kept(self) -> dict[int | bytes, bytes]:
        return self._read()

    def _read(self) -> dict[int | bytes, bytes]:
        try:
            with open(self._path or "", "rb") as file:  # noqa: PTH123
                content = memoryview(file.read())
            if crc32(content[_CHECKSUM:]) != int.from_bytes(content[:_CHECKSUM], "big"):  # it is damaged
                return {}
            python, kept = marshal.loads(content[_CHECKSUM:])  # noqa: S302  who may write there may change modules, too
        except (EOFError, OSError, TypeError, ValueError):  # there is none, or it is of another kind
            return {}
        return kept if python == self._python else {}
