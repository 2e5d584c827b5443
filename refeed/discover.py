"""Find the files that may hold dumps, in sorted order. Names say nothing of what a file holds; nothing is opened."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import translate
from operator import attrgetter
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


def source_at(path: str, paths: Sequence[str]) -> Source:
    """Name a file that `discover` has found below the paths, as it does."""
    prefixes = (_prefix(root) for root in paths if root != path)
    prefix = next((prefix for prefix in prefixes if path.startswith(prefix)), path[: -len(os.path.basename(path))])  # noqa: PTH119
    return Source(path, path[len(prefix) :])


def _prefix(root: str) -> str:
    return "" if root == "." else root.rstrip("/") + "/"


def _roots(paths: Sequence[str]) -> tuple[str, ...]:
    """Check that the paths exist; what is there and cannot be read is a problem like any other."""
    for path in paths:
        try:
            os.lstat(path)  # paths stay text: names that are not UTF-8 included
        except PermissionError:
            continue
        except OSError as error:
            raise ConfigurationError(f"{path}: {error.strerror}; give a folder or a file that exists") from None
    return tuple(paths)


class _Walk:
    """What a walk needs to know at every step."""

    def __init__(self, roots: tuple[str, ...], exclude: Iterable[str], own: frozenset[FileId]) -> None:
        self.roots = roots
        self._real_roots = tuple(os.path.realpath(root) for root in roots)
        self._exclude = [re.compile(translate(pattern.removeprefix("./").rstrip("/"))).match for pattern in exclude]
        self._own, self._own_inodes = own, frozenset(inode for _, inode in own)
        # With several paths, what they have come past already; by real paths, since paths may overlap in any way.
        self._seen: set[str] | None = set() if len(roots) > 1 else None

    def below(self, root: str) -> Iterator[Source | Problem]:
        if not os.path.isdir(root):  # noqa: PTH112
            yield from self._given_file(root)
            return
        prefix = _prefix(root)
        folders = [""]
        while folders:
            name = folders.pop()
            found, deeper = self._folder(prefix, name)
            yield from found
            folders.extend(reversed(deeper))

    def _given_file(self, path: str) -> Iterator[Source | Problem]:
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError as error:
            code, what = ("symlink", "a link to nothing") if os.path.islink(path) else ("unreadable", error.strerror)  # noqa: PTH114
            yield Problem(code, path, 0, f"{what}; it is left out")
            return
        if self._again(os.path.realpath(path)):
            return
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
        real = os.path.realpath(prefix + name or ".") if self._seen is not None else ""
        for entry in entries:
            below = f"{name}{entry.name}"
            if entry.name.startswith(".") or (self._exclude and self._excluded(entry.name, below, prefix + below)):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in left_out:
                    deeper.append(below + "/")
            elif self._again(os.path.join(real, entry.name)):  # noqa: PTH118
                continue
            elif (place := self._place(entry, prefix + below, below)) is not None:
                found.append(place)
        return found, deeper

    def _again(self, real: str) -> bool:
        """Tell whether another of the paths given has led here before."""
        if self._seen is None:
            return False
        again = real in self._seen
        self._seen.add(real)
        return again

    def _excluded(self, *names: str) -> bool:
        return any(fits(name) for fits in self._exclude for name in names)

    def _place(self, entry: os.DirEntry[str], path: str, below: str) -> Source | Problem | None:
        try:
            return self._file(entry, path, below)
        except OSError as error:  # it vanished since the folder was listed, say
            return Problem("unreadable", path, 0, f"the file cannot be read: {error.strerror}")

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
        """Follow a link only to a regular file below a folder given that the walk does not come past itself."""
        real = os.path.realpath(path)
        try:
            status = os.stat(real)  # noqa: PTH116
        except OSError:
            return Problem("symlink", path, 0, "a link to nothing; it is left out")
        if stat.S_ISDIR(status.st_mode):
            return Problem("symlink", path, 0, "a link to a folder is not followed; give the folder itself")
        if not stat.S_ISREG(status.st_mode):
            return Problem("special-file", path, 0, _special(status.st_mode))
        names = [real[len(root) + 1 :] for root in self._real_roots if real.startswith(root + os.sep)]
        if not names:
            return Problem("symlink", path, 0, "a link to a file outside of the folders given is not followed")
        if (status.st_dev, status.st_ino) in self._own or any(map(self._is_walked, names)):
            return None
        return Source(path, below)

    def _is_walked(self, name: str) -> bool:
        """Tell whether a file is found under its own name, so that a link to it is not read once more."""
        parts = name.split(os.sep)  # noqa: PTH206  text, not a Path: names that are not UTF-8 included
        left_out = NEVER_ENTERED | GENERATOR_FOLDERS
        hidden = any(part.startswith(".") or part in left_out or self._excluded(part) for part in parts)
        return not hidden and not self._excluded(name)


def _special(mode: int) -> str:
    kinds = (
        (stat.S_ISFIFO, "a FIFO"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    kind = next((word for test, word in kinds if test(mode)), "no regular file")
    return f"{kind}, not a file; it is not opened"
