"""Keep compiled expressions beside compiled modules, where and when Python keeps these.

The engine runs a list of numbers. `re` makes it anew in every process, a tenth of a small build, though it depends on
nothing but the expression, its flags and the version of Python.
"""

import atexit
import marshal
import os
import re
import sys
from array import array
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from typing import Any, AnyStr, Final, TypeAlias

_Key: TypeAlias = "tuple[str | bytes, int]"
"""An expression and its flags."""
_Made: TypeAlias = "tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]"
"""What the engine takes: all flags, its numbers, how many groups there are, their numbers by name, names by number."""

# Their parts are private, and the same in Python 3.11 to 3.14; where they are not, nothing is kept.
_re: Final[Any] = re
_engine: Final[Any] = import_module("_sre")

_MADE_BY: Final = (sys.version, sys.byteorder)
_NUMBER: Final = "I"


class PatternFile:
    """A file of compiled expressions."""

    def __init__(self, path: str | None, most: int = 5000) -> None:
        """Read and write the file at `path`, if there is one, of `most` expressions: twice as many as refeed has."""
        self._path = path
        self._most = most
        self._new: dict[_Key, _Made] = {}

    def compile(self, source: AnyStr, flags: re.RegexFlag | int) -> re.Pattern[AnyStr]:
        """Return what `re.compile` returns. Raises as it does."""
        key = source, int(flags)
        try:
            made = self._kept.get(key)
            if made is None:
                made = self._new[key] = _make(*key)
            all_flags, numbers, *groups = made
            listed = memoryview(numbers).cast(_NUMBER).tolist()
            pattern: re.Pattern[AnyStr] = _engine.compile(source, all_flags, listed, *groups)
        except (AttributeError, RuntimeError, TypeError, ValueError):  # it is another engine, or the file is damaged
            pattern = re.compile(source, flags)
        return pattern

    def keep(self) -> None:
        """Write what was compiled in this process, unless Python was told to keep nothing, or may not write there."""
        if not self._new or self._path is None or sys.dont_write_bytecode:
            return
        kept = self._read()  # others may have written meanwhile
        beside = f"{self._path}.{os.getpid()}"
        with suppress(OSError):
            try:
                with open(beside, "wb") as file:  # noqa: PTH123  pathlib is not loaded for it
                    marshal.dump((_MADE_BY, self._new if len(kept) > self._most else kept | self._new), file)
                os.replace(beside, self._path)  # noqa: PTH105
            except OSError:
                os.unlink(beside)  # noqa: PTH108
        self._new.clear()

    @cached_property
    def _kept(self) -> dict[_Key, _Made]:
        return self._read()

    def _read(self) -> dict[_Key, _Made]:
        try:
            with open(self._path or "", "rb") as file:  # noqa: PTH123
                made_by, kept = marshal.load(file)  # noqa: S302  who may write there may change the modules as well
        except (EOFError, OSError, TypeError, ValueError):  # there is none, or it is damaged
            return {}
        return kept if made_by == _MADE_BY else {}


def _make(source: str | bytes, flags: int) -> _Made:
    """Compile an expression as `re` does, whose own result does not say what it is made of."""
    parsed = _re._parser.parse(source, flags)  # noqa: SLF001
    numbers = array(_NUMBER, _re._compiler._code(parsed, flags))  # noqa: SLF001
    by_name = dict(parsed.state.groupdict)
    names = {number: name for name, number in by_name.items()}
    by_number = tuple(map(names.get, range(parsed.state.groups)))
    return flags | parsed.state.flags, numbers.tobytes(), parsed.state.groups - 1, by_name, by_number


KEPT_PATTERNS: Final = PatternFile(__spec__.cached and __spec__.cached.removesuffix(".pyc") + ".marshal")
atexit.register(KEPT_PATTERNS.keep)
