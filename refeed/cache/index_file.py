"""The index as a file: whether it is one, who may read it, and where a damaged one is moved."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

SUFFIXES: Final = ("", "-journal", "-shm", "-wal")
"""What SQLite adds to the name of a file for those that it keeps beside it."""

SEARCH_SUFFIX: Final = "-search"
"""Stands in the names of the files that belong to an index and hold words of articles (see refeed.search.store)."""

APPLICATION: Final = 0x52464958  # "RFIX": tells the file from those of other programs

# https://sqlite.org/fileformat.html#the_database_header
_MAGIC: Final = b"SQLite format 3\0"
_APPLICATION_AT: Final = slice(68, 72)
_BEGINNING: Final = 1024
_OWNER_ONLY: Final = 0o600  # texts of articles are in it, also of those that are not published
_DAMAGED: Final = ".damaged-"


def is_index(path: str) -> bool:
    """Return whether a file is an index, without opening it as a database."""
    beginning = _beginning_of(path)
    return beginning.startswith(_MAGIC) and beginning[_APPLICATION_AT] == APPLICATION.to_bytes(4, "big")


def is_begun(path: str) -> bool:
    """Return whether there is nothing in a file yet: a build that ends before its first write leaves its index so."""
    return not _is_special(path) and os.path.exists(path) and not os.path.getsize(path)


def is_stump(path: str) -> bool:
    """Return whether a file is too short to be an index, but not empty; SQLite would write over a single byte."""
    return 0 < len(_beginning_of(path)) < len(_MAGIC)


def what_else(path: str) -> str | None:
    """Return what a file is if it is named by mistake; None if it may be an index, damaged or not."""
    if _is_special(path):
        return "a folder" if os.path.isdir(path) else "a device or a pipe"
    beginning = _beginning_of(path)
    if beginning.startswith(_MAGIC) and not is_index(path):
        return "another program's database"
    # An index has NULs near its beginning; one that was cut short may end before them.
    return "a text" if b"\0" not in beginning and not _MAGIC.startswith(beginning) else None


def make_private(path: str) -> None:
    """Make the file if there is none; only its owner may read it, and the files that SQLite keeps beside it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
    for suffix in SUFFIXES:
        with suppress(FileNotFoundError, PermissionError):  # the latter: another user's, who decides
            mode = os.stat(path + suffix).st_mode
            if stat.S_ISREG(mode) and mode & 0o077:
                os.chmod(path + suffix, _OWNER_ONLY)


def family(path: str) -> Iterator[str]:
    """Yield the names of an index, and of the files that belong to it and are there."""
    yield from (path + suffix for suffix in SUFFIXES)
    yield from _beginning_with(path + SEARCH_SUFFIX)


def belongs_to(path: str, index: str) -> bool:
    """Return whether a file is an index or belongs to it, by its name."""
    rest = path.removeprefix(index)
    return path.startswith(index) and (rest in SUFFIXES or rest.startswith(SEARCH_SUFFIX))


def file_ids(path: str) -> Iterator[tuple[int, int]]:
    """Yield device and inode of an index and of what belongs to it."""
    for name in family(path):
        with suppress(OSError):
            status = os.stat(name)
            yield status.st_dev, status.st_ino


def set_aside(path: str) -> str:
    """Rename a damaged index and return its new name; one that was set aside before is deleted.

    What may not be an index at all, because its beginning is damaged, is never deleted.
    """
    for old in _beginning_with(path + _DAMAGED):
        if is_index(old):
            for suffix in SUFFIXES:
                with suppress(FileNotFoundError):
                    os.unlink(old + suffix)
    numbered = (f"{path}{_DAMAGED}{number}" for number in range(1, 10_000))
    aside = next(name for name in numbered if not os.path.lexists(name))
    for suffix in SUFFIXES:
        with suppress(FileNotFoundError):
            os.rename(path + suffix, aside + suffix)
    return aside


def _beginning_with(path: str) -> list[str]:
    """Return the paths of the files in a folder that begin so."""
    folder, name = os.path.split(path)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return []
    return sorted(os.path.join(folder, found) for found in names if found.startswith(name))


def _is_special(path: str) -> bool:
    """Return whether something is there that is no regular file: opening a pipe would wait for a writer."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _beginning_of(path: str) -> bytes:
    if _is_special(path):
        return b""
    try:
        with open(path, "rb") as file:
            return file.read(_BEGINNING)
    except OSError:
        return b""
