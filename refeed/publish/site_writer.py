"""Write documents below the folder of a site, following no link and touching only what differs."""

import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from refeed.pipeline.output.atomic_write import Write, write_document
from refeed.problems import OutputError


class SiteWriter:
    """Writes for one process."""

    def __init__(self, root: Path, shown: str) -> None:
        """Take the folder, and how its name is shown."""
        self._root, self._shown = root, shown
        self._folders = {""}  # those that are known to be folders, and no links

    def has(self, path: str) -> bool:
        """Return whether there is such a file."""
        mode = mode_of(self._root / path)
        return mode is not None and stat.S_ISREG(mode)

    def write(self, path: str, write: Write, before: Callable[[], None]) -> bool:
        """Write a document if its bytes are others, and return whether they were; `before` is called in that case."""
        self._make_folders(path)
        return write_document(self._root / path, write, folder=self._root, before=before)

    def is_folder(self, folder: str) -> bool:
        """Return whether there is such a folder; a link or a file in its place is an error."""
        if folder in self._folders:
            return True
        mode = mode_of(self._root / folder.rstrip("/"))
        if mode is None:
            return False
        if not stat.S_ISDIR(mode):
            what = "a link, which is not followed" if stat.S_ISLNK(mode) else "a file, where a folder has to be"
            raise OutputError(f"{self._name(folder)}: is {what}; remove it, or name another folder")
        self._folders.add(folder)
        return True

    def forget(self, folder: str) -> None:
        """Forget which folders there are."""
        self._folders.discard(folder)

    def _make_folders(self, path: str) -> None:
        folder = ""
        for part in path.split("/")[:-1]:
            folder = f"{folder}{part}/"
            if not self.is_folder(folder):
                with suppress(FileExistsError):  # another process makes the same one
                    (self._root / folder).mkdir()
                self.is_folder(folder)

    def _name(self, path: str) -> str:
        return f"{self._shown.rstrip('/')}/{path}"


def mode_of(path: Path) -> int | None:
    """Return the mode of a file or folder, of a link its own; None where there is none."""
    stats = stats_of(path)
    return stats[0] if stats else None


def stats_of(path: Path) -> tuple[int, ...] | None:
    """Return the mode and what else changes with a file: size, times, inode."""
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
