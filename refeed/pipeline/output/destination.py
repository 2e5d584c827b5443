"""Where a feed or page is written: a file or stdout; and which files are therefore no input."""

import os
import stat
import sys
from collections.abc import Callable

from refeed.pipeline.output.atomic_write import Write, write_atomically
from refeed.problems import OutputError


def sink(target: str | None) -> Callable[[Write], bool]:
    """Return what takes a feed to a file or, without one, to stdout, and return whether anything changed."""
    return lambda write: to_stdout(write) if target is None else write_atomically(target, write)


def _file_id(path: str | int) -> tuple[int, int] | None:
    """Return a file's device and inode, by which a walk knows it under any name; None if there is no file."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def own_files(*paths: str | None) -> frozenset[tuple[int, int]]:
    """Name the files that are no input: these, and where stdout and stderr go (`refeed build > feed.xml 2> log`)."""
    found = [_file_id(1), _file_id(2), *(_file_id(path) for path in paths if path)]
    return frozenset(filter(None, found))


def to_stdout(write: Write) -> bool:
    """Write to stdout."""
    if sys.stdout is None:
        raise OutputError("stdout is closed: there is nowhere to write to")
    out = sys.stdout.buffer
    try:
        write(out)
        out.flush()
    except BrokenPipeError:
        raise OutputError("stdout: it was closed early; the output is incomplete") from None
    except OSError as error:
        raise OutputError(f"stdout: cannot be written: {error.strerror}; the output is incomplete") from None
    return True
