"""Write to a temporary file beside the target first; one that a killed build left is removed by the next.

As long as a build writes its temporary file it holds a lock on it, which ends with the process however that ends: one
without a lock is a leftover.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = ".refeed."  # hidden, so it is no input
_SUFFIX: Final = ".tmp"
# As tempfile opens them, which is not loaded for it.
_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def temporary_in(folder: Path) -> Iterator[tuple[Path, int]]:
    """Make a temporary file, open as a handle that the caller closes; at the end it is gone unless it was renamed."""
    handle, path = _make(folder)
    lock = os.dup(handle)  # the lock is held until both are closed
    try:
        yield path, handle
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _make(folder: Path) -> tuple[int, Path]:
    while True:
        path = folder / f"{_PREFIX}{os.urandom(6).hex()}{_SUFFIX}"
        try:
            handle = os.open(path, _NEW, 0o600)
        except FileExistsError:
            continue
        if not _lock(handle) or path.exists():
            return handle, path
        os.close(handle)  # another build took it for a leftover before it was locked


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of programs that were killed."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for path in (folder / name for name in names if name.startswith(_PREFIX) and name.endswith(_SUFFIX)):
        with suppress(OSError):
            handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                if stat.S_ISREG(os.fstat(handle).st_mode) and _lock(handle):
                    path.unlink()
            finally:
                os.close(handle)


def _lock(handle: int) -> bool:
    """Lock an open file, and return whether that was possible; not where another process holds it."""
    try:
        import fcntl
    except ImportError:  # Windows: leftovers stay
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
