"""Put a finished feed where it belongs: whole or not at all, and not touched when nothing changed."""

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from refeed.problems import OutputError

Write = Callable[[BinaryIO], None]
"""Writes the whole feed to a stream."""


def to_file(target: str, write: Write) -> bool:
    """Replace a file by the feed in one step, and tell whether its bytes changed; on failure the old file stays.

    What is no regular file (a device, a FIFO) is written to directly.
    """
    path = Path(os.path.realpath(target))  # a link stays a link: what it points to is replaced
    try:
        if path.exists() and not path.is_file():
            return _directly(path, write)
        return _replacing(path, write)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{target}: the feed cannot be written: {reason}; the old feed, if any, stays") from None


def _directly(path: Path, write: Write) -> bool:
    with path.open("wb") as out:
        write(out)
    return True


def _replacing(path: Path, write: Write) -> bool:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        if _same(temporary, path):
            return False
        temporary.chmod(_mode(path))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _same(new: Path, old: Path) -> bool:
    try:
        if new.stat().st_size != old.stat().st_size:
            return False
        return new.read_bytes() == old.read_bytes()
    except FileNotFoundError:
        return False


def _mode(path: Path) -> int:
    """Keep the permissions of the old feed; a new one gets what the user's umask leaves."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def file_id(path: str) -> tuple[int, int] | None:
    """Give a file's device and inode, by which a walk knows it under any name; None if there is no file."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def to_stream(out: BinaryIO | None, write: Write) -> bool:
    """Write the feed to an open stream such as stdout. A reader that goes away early raises BrokenPipeError."""
    if out is None:
        raise OutputError("stdout is closed; use -o FILE")
    try:
        write(out)
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"stdout: the feed cannot be written: {error.strerror}; it is not whole") from None
    return True
