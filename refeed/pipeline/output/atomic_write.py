"""Write a file whole or not at all: beside its target, then renamed over it; not touched if its bytes are the same."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from refeed.model import Document, SourceFile
from refeed.pipeline.output.temporary_file import remove_leftovers, temporary_in
from refeed.problems import OutputError

_PIECE: Final = 2**16  # bytes that are compared at once: eight times as many as filecmp does

Write = Callable[[BinaryIO], None]
"""Writes the whole output to a stream."""


def write_atomically(target: str, write: Write) -> bool:
    """Replace a file by the output in one step, and return whether its bytes changed; on failure the old file stays.

    A target that is not a regular file (a device, a FIFO) is written to directly.
    """
    if os.path.isdir(target):
        raise OutputError(f"{target}: is a folder; name a file in it")
    path = Path(os.path.realpath(target))  # a link stays a link: what it points to is replaced
    try:
        # Not of the real path: that of /dev/stdout or /dev/fd/3 may be no path at all, such as "pipe:[4711]".
        if os.path.exists(target) and not os.path.isfile(target):
            return _write_directly(target, write)
        return _replace(path, write)
    except OSError as error:
        _refuse(target, path, error)


def write_document(path: Path, write: Write, *, folder: Path, before: Callable[[], None] | None = None) -> bool:
    """Replace a document of a site in one step, if its bytes change; it is known not to be a link, and to be refeed's.

    `before` is called when its bytes are others and nothing is changed yet. Thousands are written at once, so nobody
    waits for the disk: after a power cut another run writes them again.
    """
    try:
        with temporary_in(folder) as (temporary, handle):
            with os.fdopen(handle, "wb") as out:
                write(out)
            if _same(temporary, path):
                return False
            if before:
                before()
            temporary.chmod(_mode(path))
            temporary.replace(path)
    except OSError as error:
        _refuse(str(path), path, error)
    return True


def _refuse(target: str, path: Path, error: OSError) -> NoReturn:
    if not path.parent.is_dir():
        raise OutputError(f"{target}: the folder {path.parent} does not exist; make it first") from None
    reason = error.strerror or str(error)
    raise OutputError(f"{target}: cannot be written: {reason}; the old file, if any, stays") from None


def _write_directly(target: str, write: Write) -> bool:
    with Path(target).open("wb") as out:
        write(out)
    return True


def _replace(path: Path, write: Write) -> bool:
    remove_leftovers(path.parent)
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
    """Return whether a regular file has the bytes of the new one; one that nobody may read is replaced."""
    try:
        status = old.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size != new.stat().st_size:
            return False
        with new.open("rb", buffering=0) as one, old.open("rb", buffering=0) as other:
            while piece := one.read(_PIECE):
                if other.read(_PIECE) != piece:
                    return False
    except (FileNotFoundError, PermissionError):
        return False
    return True


def _mode(path: Path) -> int:
    """Keep the permissions of the old feed; a new one gets what the user's umask leaves."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
