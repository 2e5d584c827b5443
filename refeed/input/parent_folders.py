"""Name the folders around a path that belong to the same archive: up to a home folder or the root of a repository."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from refeed.input.place import INTO

# A folder that holds one of these is the root of a repository: what lies above it is somebody else's.
REPOSITORY_MARKS: Final = (".bzr", ".git", ".hg", ".jj", ".svn")
_TOP_OF_ARCHIVE: Final = INTO.rstrip("/")


def folders_around(start: str) -> Iterator[Path]:
    """Return the real path of a folder, then of the folders above it."""
    real = Path(os.path.realpath(start))
    for folder in (real, *real.parents):
        yield folder
        if folder.name.endswith(_TOP_OF_ARCHIVE) and not folder.is_dir():
            return  # the files in an archive are those of another one than the folder where it was left
        if _is_home(folder) or any(os.path.lexists(folder / mark) for mark in REPOSITORY_MARKS):
            return


def _is_home(folder: Path) -> bool:
    """Return whether a folder is the user's home, or that of whoever owns it."""
    homes = {os.path.realpath(os.path.expanduser("~"))}  # noqa: PTH111
    try:
        from pwd import getpwuid

        homes.add(os.path.realpath(getpwuid(folder.stat().st_uid).pw_dir))
    except (ImportError, KeyError, OSError):  # no such table or user, or a folder that cannot be asked
        pass
    return str(folder) in homes
