"""Name the folders around a path that belong to the same archive: up to a home folder or the root of a repository."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from refeed.paths import INTO

# A folder that holds one of these is the root of a repository: what lies above it is somebody else's.
REPOSITORY_MARKS: Final = (".bzr", ".git", ".hg", ".jj", ".svn")
_TOP_OF_ARCHIVE: Final = INTO.rstrip("/")


def folders_around(start: str) -> Iterator[Path]:
    """Return the real path of a folder, then of the folders above it."""
    real = Path(os.path.realpath(start))
    home = os.path.realpath(os.path.expanduser("~"))
    for folder in (real, *real.parents):
        yield folder
        if folder.name.endswith(_TOP_OF_ARCHIVE) and not folder.is_dir():
            return  # the files in an archive are those of another one than the folder where it was left
        path = str(folder)
        if path in {home, _home_of_owner(path)} or any(os.path.lexists(f"{path}/{mark}") for mark in REPOSITORY_MARKS):
            return


def _home_of_owner(folder: str) -> str:
    """Return the home of whoever owns a folder."""
    try:
        return _home_of(os.stat(folder).st_uid)  # it is asked of each folder above each archive
    except OSError:  # a folder that cannot be asked
        return ""


@cache
def _home_of(user: int) -> str:
    try:
        from pwd import getpwuid

        return os.path.realpath(getpwuid(user).pw_dir)
    except (ImportError, KeyError):  # no such table or user
        return ""
