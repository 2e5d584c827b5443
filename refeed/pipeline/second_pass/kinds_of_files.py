"""Guess which files need the same libraries, by what they look like from outside.

Of what a process loads for one kind of body another process has nothing. Where a few posts in Markdown are among many
in HTML, one that is given all of the few is the only one that loads what reads them. What a file is turns out when it
is read: nothing but time depends on the guess.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Final

from refeed.input.address import is_elsewhere
from refeed.input.confined import ConfinedFiles
from refeed.model import SourceFile

_END: Final = 16  # bytes; hardly ever are more blanks behind a text

Kind = tuple[str, bool]
"""What the name of a file ends with, and whether its text ends as HTML does."""

NO_KIND: Final[Kind] = "", False


def kinds_of(sources: Sequence[SourceFile], roots: Iterable[str]) -> list[Kind]:
    """Return the kind of each file found below some paths."""
    with closing(ConfinedFiles(roots)) as files:
        return [(os.path.splitext(one.path)[1], _end(one, files).rstrip().endswith(b">")) for one in sources]


def _end(source: SourceFile, files: ConfinedFiles) -> bytes:
    """Return the last bytes of a file; none of one in an archive, where they may be dear, or that cannot be read."""
    if is_elsewhere(source.path):
        return b""
    try:
        handle = files.open(source)
    except OSError:  # whoever reads it will tell
        return b""
    try:
        return os.pread(handle, _END, max(os.fstat(handle).st_size - _END, 0))
    except OSError:  # it is a pipe, say, or a folder
        return b""
    finally:
        os.close(handle)
