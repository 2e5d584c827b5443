"""Find the files that may hold dumps, in sorted order. Names say nothing of what a file holds; nothing is opened."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import translate
from operator import attrgetter
from pathlib import Path
from typing import Final

from refeed.model import Source
from refeed.problems import ConfigurationError, Problem

# Folders that hold no articles wherever they stand: packages, built sites, caches.
NEVER_ENTERED: Final = frozenset({"__pycache__", "_site", "node_modules", "vendor"})

# Beside one of these, `public` is the built site and `themes` holds templates (Hexo, Hugo, Jekyll, Pelican).
GENERATOR_CONFIGURATIONS: Final = frozenset(
    {
        "_config.toml",
        "_config.yml",
        "config.toml",
        "config.yaml",
        "config.yml",
        "hugo.json",
        "hugo.toml",
        "hugo.yaml",
        "pelicanconf.py",
    }
)
GENERATOR_FOLDERS: Final = frozenset({"public", "themes"})

FileId = tuple[int, int]
"""Device and inode."""


def discover(
    paths: Sequence[str], *, exclude: Iterable[str] = (), own: frozenset[FileId] = frozenset()
) -> Iterator[Source | Problem]:
    """Yield every file below the paths once; a Problem stands for a thing that is there and cannot be read.

    `own` are refeed's files (the feed that is being written, the configuration): they are no input.
    """
    walk = _Walk(_roots(paths), exclude, own)
    for root in walk.roots:
        yield from walk.below(root)


def _roots(paths: Sequence[str]) -> tuple[str, ...]:
    """Check the paths, and drop one that lies below another: what overlaps is read once."""
    roots: dict[str, str] = {}
    for path in paths:
        try:
            os.stat(path)  # noqa: PTH116  paths stay text: names that are not UTF-8 included
        except OSError as error:
            raise ConfigurationError(f"{path}: {error.strerror}; give a folder or a file that exists") from None
        roots.setdefault(os.path.realpath(path), path)
    folders = [real for real in roots if os.path.isdir(real)]  # noqa: PTH112
    return tuple(path for real, path in roots.items() if not any(_hides_nothing(folder, real) for folder in folders))


def _hides_nothing(folder: str, real: str) -> bool:
    """Tell whether a walk through the folder comes past the other path anyway."""
    parts = Path(os.path.relpath(real, folder)).parts  # () for the folder itself, ("..", …) for what is elsewhere
    return bool(parts) and not any(part.startswith(".") or part in NEVER_ENTERED for part in parts)


class _Walk:
    """What a walk needs to know at every step."""

    def __init__(self, roots: tuple[str, ...], exclude: Iterable[str], own: frozenset[FileId]) -> None:
        self.roots = roots
        self._real_roots = tuple(os.path.realpath(root) for root in roots)
        self._exclude = [re.compile(translate(pattern)).match for pattern in exclude]
        self._own, self._own_inodes = own, frozenset(inode for _, inode in own)

    def below(self, root: str) -> Iterator[Source | Problem]:
        if not os.path.isdir(root):  # noqa: PTH112
            yield from self._given_file(root)
            return
        prefix = "" if root == "." else root.rstrip("/") + "/"
        folders = [""]
        while folders:
            name = folders.pop()
            found, deeper = self._folder(prefix, name)
            yield from found
            folders.extend(reversed(deeper))

    def _given_file(self, path: str) -> Iterator[Source | Problem]:
        status = os.stat(path)  # noqa: PTH116
        if not stat.S_ISREG(status.st_mode):
            yield Problem("special-file", path, 0, _special(status.st_mode))
        elif (status.st_dev, status.st_ino) not in self._own:
            yield Source(path, os.path.basename(path))  # noqa: PTH119

    def _folder(self, prefix: str, name: str) -> tuple[list[Source | Problem], list[str]]:
        """List one folder: its files in order, then its folders in order."""
        try:
            with os.scandir(prefix + name or ".") as listing:
                entries = sorted(listing, key=attrgetter("name"))
        except OSError as error:
            return [Problem("unreadable", prefix + name, 0, f"the folder cannot be listed: {error.strerror}")], []
        left_out = NEVER_ENTERED
        if any(entry.name in GENERATOR_CONFIGURATIONS for entry in entries):
            left_out = NEVER_ENTERED | GENERATOR_FOLDERS
        found: list[Source | Problem] = []
        deeper = []
        for entry in entries:
            below = f"{name}{entry.name}"
            if entry.name.startswith(".") or (self._exclude and self._excluded(entry.name, below)):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in left_out:
                    deeper.append(below + "/")
            elif (place := self._file(entry, prefix + below, below)) is not None:
                found.append(place)
        return found, deeper

    def _excluded(self, name: str, below: str) -> bool:
        return any(fits(name) or fits(below) for fits in self._exclude)

    def _file(self, entry: os.DirEntry[str], path: str, below: str) -> Source | Problem | None:
        if entry.is_symlink():
            return self._link(path, below)
        if not entry.is_file(follow_symlinks=False):
            return Problem("special-file", path, 0, _special(entry.stat(follow_symlinks=False).st_mode))
        if entry.inode() in self._own_inodes:
            status = entry.stat(follow_symlinks=False)
            if (status.st_dev, status.st_ino) in self._own:
                return None
        return Source(path, below)

    def _link(self, path: str, below: str) -> Source | Problem | None:
        """Follow a link only to a regular file that the user has given, by a path that lies below a root."""
        real = os.path.realpath(path)
        try:
            status = os.stat(real)  # noqa: PTH116
        except OSError:
            return Problem("symlink", path, 0, "a link to nothing; it is left out")
        if stat.S_ISDIR(status.st_mode):
            return Problem("symlink", path, 0, "a link to a folder is not followed; give the folder itself")
        if not stat.S_ISREG(status.st_mode):
            return Problem("special-file", path, 0, _special(status.st_mode))
        if not any(real == root or real.startswith(root + os.sep) for root in self._real_roots):
            return Problem("symlink", path, 0, "a link to a file outside of the folders given is not followed")
        return None if (status.st_dev, status.st_ino) in self._own else Source(path, below)


def _special(mode: int) -> str:
    kinds = (
        (stat.S_ISFIFO, "a FIFO"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    kind = next((word for test, word in kinds if test(mode)), "no regular file")
    return f"{kind}, not a file; it is not opened"
