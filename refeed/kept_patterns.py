"""Keep compiled expressions beside compiled modules, where and when Python keeps these.

The engine runs a list of numbers. `re` makes it anew in every process, a tenth of a small build, though it depends on
nothing but the expression, its flags and the version of Python.

An expression that is written in another order in every process, as a set is, would be kept again by each of them.
"""

import atexit
import marshal
import os
import re
import sys
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from typing import Any, AnyStr, Final, TypeAlias, cast
from zlib import crc32

_Key: TypeAlias = "tuple[str | bytes, int]"
"""An expression and its flags; in the file their checksum, and with what was made of them in the bytes below it."""
_Made: TypeAlias = "tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]"
"""What the engine takes: all flags, its numbers, how many groups there are, their numbers by name, names by number."""

# Their parts are private, and the same in Python 3.11 to 3.14; where they are not, nothing is kept.
_re: Final[Any] = re
_engine: Final[Any] = import_module("_sre")

# The numbers of a class of characters depend on the order of bytes, those of a repetition on how large numbers may be.
_PYTHON: Final = (sys.version, sys.byteorder, sys.maxsize)
_CHECKSUM: Final = 4  # bytes of the file's beginning, of all that follows: the engine runs whatever it is given


class PatternFile:
    """A file of compiled expressions."""

    def __init__(self, path: str | None, most: int = 5000) -> None:
        """Read and write the file at `path`, if there is one, of `most` expressions: twice as many as refeed has."""
        self._path = path
        self._most = most
        self._new: dict[int, bytes] = {}

    def compile(self, source: AnyStr, flags: re.RegexFlag | int = 0) -> re.Pattern[AnyStr]:
        """Return what `re.compile` returns. Raises as it does."""
        try:
            pattern: re.Pattern[AnyStr] = _engine.compile(source, *self._made((source, int(flags))))
        except (AttributeError, EOFError, OverflowError, RuntimeError, TypeError, ValueError):  # another engine
            pattern = re.compile(source, flags)
        return pattern

    def keep(self) -> None:
        """Write what was compiled in this process, unless Python was told to keep nothing, or may not write there."""
        if not self._new or self._path is None or sys.dont_write_bytecode:
            return
        kept = self._read()  # others may have written meanwhile; what one writes just now, a later build keeps
        content = marshal.dumps((_PYTHON, self._new if len(kept) > self._most else kept | self._new))
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
        """Do not write what was compiled until now: the process that this one is a copy of does."""
        self._new.clear()

    def _made(self, key: _Key) -> _Made:
        checksum = crc32(marshal.dumps(key, 0))
        if packed := self._kept.get(checksum):
            kept_key, made = marshal.loads(packed)  # noqa: S302  see _read
            if kept_key == key:
                return cast("_Made", made)
        made = _make(*key)
        self._new[checksum] = marshal.dumps((key, made))
        return made

    @cached_property
    def _kept(self) -> dict[int, bytes]:
        return self._read()

    def _read(self) -> dict[int, bytes]:
        try:
            with open(self._path or "", "rb") as file:  # noqa: PTH123
                content = memoryview(file.read())
            if crc32(content[_CHECKSUM:]) != int.from_bytes(content[:_CHECKSUM], "big"):  # it is damaged
                return {}
            python, kept = marshal.loads(content[_CHECKSUM:])  # noqa: S302  who may write there may change modules, too
        except (EOFError, OSError, TypeError, ValueError):  # there is none, or it is of another kind
            return {}
        return kept if python == _PYTHON else {}


def _make(source: str | bytes, flags: int) -> _Made:
    """Compile an expression as `re` does, whose own result does not say what it is made of."""
    parsed = _re._parser.parse(source, flags)  # noqa: SLF001
    numbers = list(map(int, _re._compiler._code(parsed, flags)))  # noqa: SLF001
    by_name = dict(parsed.state.groupdict)
    names = {number: name for name, number in by_name.items()}
    by_number = tuple(map(names.get, range(parsed.state.groups)))
    return flags | parsed.state.flags, numbers, parsed.state.groups - 1, by_name, by_number


KEPT_PATTERNS: Final = PatternFile(__spec__.cached and __spec__.cached.removesuffix(".pyc") + ".marshal")
atexit.register(KEPT_PATTERNS.keep)
