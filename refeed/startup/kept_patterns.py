"""Keep compiled expressions for later processes.

The engine runs a list of numbers. `re` makes it anew in every process, though it depends on nothing but the expression,
its flags and the version of Python.

An expression that is written in another order in every process, as a set is, would be kept again by each of them.
"""

import marshal
import re
import sys
from importlib import import_module
from typing import Any, AnyStr, Final, TypeAlias, cast
from zlib import crc32

from refeed.startup.kept_file import KeptFile

_Key: TypeAlias = "tuple[str | bytes, int]"
"""An expression and its flags; in the file their checksum, and with what was made of them in the bytes below it."""
_Made: TypeAlias = "tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]"
"""What the engine takes: all flags, its numbers, how many groups there are, their numbers by name, names by number."""

# Their parts are private, and the same in Python 3.11 to 3.14; where they are not, nothing is kept.
_re: Final[Any] = re
_engine: Final[Any] = import_module("_sre")

# The numbers of a class of characters depend on the order of bytes, those of a repetition on how large numbers may be.
_PYTHON: Final = (sys.version, sys.byteorder, sys.maxsize)


class PatternFile(KeptFile):
    """A file of compiled expressions."""

    def __init__(self, path: str | None, most: int = 5000) -> None:
        """Read and write the file at `path`, if there is one, of `most` expressions: twice as many as refeed has."""
        super().__init__(path, _PYTHON, most)

    def compile(self, source: AnyStr, flags: re.RegexFlag | int = 0) -> re.Pattern[AnyStr]:
        """Return what `re.compile` returns. Raises as it does."""
        try:
            pattern: re.Pattern[AnyStr] = _engine.compile(source, *self._made((source, int(flags))))
        except (AttributeError, EOFError, OverflowError, RuntimeError, TypeError, ValueError):  # another engine
            pattern = re.compile(source, flags)
        return pattern

    def _made(self, key: _Key) -> _Made:
        checksum = crc32(marshal.dumps(key, 0))
        if packed := self.result(checksum):
            kept_key, made = marshal.loads(packed)  # noqa: S302  see KeptFile
            if kept_key == key:
                return cast("_Made", made)
        made = _make(*key)
        self.keep_result(checksum, marshal.dumps((key, made)))
        return made


def _make(source: str | bytes, flags: int) -> _Made:
    """Compile an expression as `re` does, whose own result does not say what it is made of."""
    parsed = _re._parser.parse(source, flags)  # noqa: SLF001
    numbers = list(map(int, _re._compiler._code(parsed, flags)))  # noqa: SLF001
    by_name = dict(parsed.state.groupdict)
    names = {number: name for name, number in by_name.items()}
    by_number = tuple(map(names.get, range(parsed.state.groups)))
    return flags | parsed.state.flags, numbers, parsed.state.groups - 1, by_name, by_number


KEPT_PATTERNS: Final = PatternFile.of(__spec__)
