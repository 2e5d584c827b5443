"""Keep the code of what is written as a text, and would be compiled in every process: functions of classes of tuples.

dataclasses and `collections.namedtuple` write the functions of each class so.
"""

import marshal
import sys
from types import CodeType
from typing import Final
from zlib import crc32

from refeed.startup.kept_file import KeptFile


class CodeFile(KeptFile):
    """A file of code."""

    def compile(self, text: str, mode: str) -> CodeType:
        """Return what `compile` returns of a text by itself; `mode` is its own. Raises as it does."""
        key = crc32(f"{mode} {text}".encode())
        if packed := self.result(key):
            try:
                stated, code = marshal.loads(packed)  # noqa: S302  see KeptFile
            except (EOFError, TypeError, ValueError):  # it is damaged
                stated = code = None
            if stated == (mode, text) and isinstance(code, CodeType):
                return code
        made: CodeType = compile(text, "<string>", mode, dont_inherit=True)
        self.keep_result(key, marshal.dumps(((mode, text), made)))
        return made


KEPT_CODE: Final = CodeFile.of(__spec__, sys.version, 500)  # some 30 are written
