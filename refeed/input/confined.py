"""Open files only below the folders given, and follow no link out of them, not even one that appears meanwhile.

A path that was checked may lead elsewhere by the time it is opened. So each folder on the way is opened relative to the
one above it, and none of them may be a link. What the user gave is trusted, and may be a link itself.
"""

import errno
import os
from collections.abc import Iterable
from typing import Final

from refeed.model import SourceFile

# To find something in a folder needs no permission to list it, where the system makes that difference.
_FOLDER: Final = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
# Non-blocking, so that a FIFO that took the file's place since it was found cannot stop the run.
_FILE: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
_FILE_ITSELF: Final = _FILE | os.O_NOFOLLOW
_LISTED: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def _descend(handle: int, folder: str) -> int:
    """Open a folder below one that is open, which is closed; it is to be closed itself."""
    for part in filter(None, folder.split("/")):
        above = handle
        try:
            handle = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=above)
        finally:
            os.close(above)
    return handle


def open_given(path: str) -> int:
    """Open a file that was given itself, which is trusted; it is to be closed."""
    return os.open(path, _FILE)


class ConfinedFolders:
    """Opens one folder after the other. Most lie beside the one before, so the folder above them stays open."""

    def __init__(self) -> None:
        """Begin with none."""
        self._above: tuple[str, str, int] | None = None  # prefix, name below it, handle

    def open(self, prefix: str, folder: str, flags: int = _LISTED) -> int:
        """Open a folder below the one that was given; it is to be closed."""
        above, _, name = folder.rstrip("/").rpartition("/")
        if not name:
            return os.open(prefix or ".", flags)
        if self._above is None or self._above[:2] != (prefix, above):
            self._above = (prefix, above, self._opened(prefix, above))
        return os.open(name, flags | os.O_NOFOLLOW, dir_fd=self._above[2])

    def _opened(self, prefix: str, folder: str) -> int:
        """Open a folder, from the one that stays open if it lies below: else a way down would take quadratic time."""
        above, self._above = self._above, None
        if above is not None and above[0] == prefix and f"{folder}/".startswith(f"{above[1]}/".lstrip("/")):
            return _descend(above[2], folder[len(above[1]) :])
        if above is not None:
            os.close(above[2])
        return _descend(os.open(prefix or ".", _FOLDER), folder)

    def close(self) -> None:
        """Close what stays open."""
        if self._above is not None:
            os.close(self._above[2])
            self._above = None


class ConfinedFiles:
    """Opens one file after the other. Most lie in the folder of the one before, which therefore stays open."""

    def __init__(self, roots: Iterable[str] = ()) -> None:
        """Name what was given: the folders that a link may lead into, and files."""
        self._roots = tuple(roots)
        self._folders = ConfinedFolders()
        self._folder: tuple[str, str, int] | None = None  # prefix, name below it, handle

    def is_given(self, source: SourceFile) -> bool:
        """Return whether the file itself was given, and not a folder that it lies in."""
        return source.path in self._roots

    def open(self, source: SourceFile) -> int:
        """Open a file that was found; it is to be closed."""
        path, name, _ = source
        if path in self._roots:
            return open_given(path)
        try:
            return self._open_below(path.removesuffix(name), name)
        except OSError as error:
            if error.errno != errno.ELOOP:  # what a link gives that may not be followed
                raise
        return self._open_linked(path)

    def _open_below(self, prefix: str, name: str) -> int:
        folder, _, file = name.rpartition("/")
        is_open = self._folder
        if is_open is None or is_open[1] != folder or is_open[0] != prefix:
            self._close_folder()
            is_open = self._folder = (prefix, folder, self._folders.open(prefix, folder, _FOLDER))
        return os.open(file, _FILE_ITSELF, dir_fd=is_open[2])

    def _open_linked(self, path: str) -> int:
        """Open the target of a link, if it is a file below one of the folders given."""
        real = os.path.realpath(path)
        for root in map(os.path.realpath, self._roots):
            prefix = root.rstrip(os.sep) + os.sep
            if real.startswith(prefix):
                return self._open_below(prefix, real[len(prefix) :])
        raise OSError(errno.ELOOP, "a link to a file outside the folders given took its place")

    def close(self) -> None:
        """Close what stays open."""
        self._folders.close()
        self._close_folder()

    def _close_folder(self) -> None:
        if self._folder is not None:
            os.close(self._folder[2])
            self._folder = None
