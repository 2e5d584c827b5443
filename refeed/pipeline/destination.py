"""Put a finished feed or page where it belongs: whole or not at all, and not touched when nothing changed."""

import filecmp
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NoReturn

from refeed.model import Document, SourceFile
from refeed.pipeline.temporary_file import temporary_in
from refeed.problems import OutputError

Write = Callable[[BinaryIO], None]
"""Writes the whole output to a stream."""


def sink(target: str | None) -> Callable[[Write], bool]:
    """Return what takes a feed to a file or, without one, to stdout, and return whether anything changed."""
    return lambda write: to_stdout(write) if target is None else to_file(target, write)


def to_file(target: str, write: Write) -> bool:
    """Replace a file by the output in one step, and return whether its bytes changed; on failure the old file stays.

    What is no regular file (a device, a FIFO) is written to directly.
    """
    if os.path.isdir(target):  # noqa: PTH112  paths stay text: names that are not UTF-8 included
        raise OutputError(f"{target}: is a folder; name a file in it")
    path = Path(os.path.realpath(target))  # a link stays a link: what it points to is replaced
    try:
        # Not of the real path: that of /dev/stdout or /dev/fd/3 may be no path at all, such as "pipe:[4711]".
        if os.path.exists(target) and not os.path.isfile(target):  # noqa: PTH110, PTH113
            return _directly(target, write)
        return _replacing(path, write)
    except OSError as error:
        _refuse(target, path, error)


def _refuse(target: str, path: Path, error: OSError) -> NoReturn:
    if not path.parent.is_dir():
        raise OutputError(f"{target}: the folder {path.parent} does not exist; make it first") from None
    reason = error.strerror or str(error)
    raise OutputError(f"{target}: cannot be written: {reason}; the old file, if any, stays") from None


def _directly(target: str, write: Write) -> bool:
    with Path(target).open("wb") as out:
        write(out)
    return True


def _replacing(path: Path, write: Write) -> bool:
    with temporary_in(path.parent) as (temporary, handle):
        with os.fdopen(handle, "wb") as out:
            write(out)
            out.flush()
            if _same(temporary, path):
                return False
            os.fsync(out.fileno())
        _must_not_be_a_dump(path)
        temporary.chmod(_mode(path))
        temporary.replace(path)
    return True


def _must_not_be_a_dump(path: Path) -> None:
    """Refuse to replace an article of the archive that -o names by mistake."""
    from refeed.formats import detect
    from refeed.input.file_types import is_own_feed
    from refeed.input.read import read

    if not path.exists():
        return
    old = read(SourceFile(str(path), path.name))
    if isinstance(old, Document) and not is_own_feed(old) and detect(old)[0]:
        raise OutputError(f"{path}: is an article and was not touched; give another name")


def _same(new: Path, old: Path) -> bool:
    try:
        return filecmp.cmp(new, old, shallow=False)
    except (FileNotFoundError, PermissionError):  # one that nobody may read is replaced
        return False


def _mode(path: Path) -> int:
    """Keep the permissions of the old feed; a new one gets what the user's umask leaves."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def file_id(path: str | int) -> tuple[int, int] | None:
    """Return a file's device and inode, by which a walk knows it under any name; None if there is no file."""
    try:
        status = os.stat(path)  # noqa: PTH116  it takes open files too
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def own_files(*paths: str | None) -> frozenset[tuple[int, int]]:
    """Name the files that are no input: these, and where stdout and stderr go (`refeed build > feed.xml 2> log`)."""
    found = [file_id(1), file_id(2), *(file_id(path) for path in paths if path)]
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
