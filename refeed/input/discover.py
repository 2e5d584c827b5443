"""Find the files that may hold dumps, in sorted order. Names say nothing of what a file holds; nothing is opened."""

import os
import re
import stat
from array import array
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import translate
from typing import Final, NamedTuple
from zlib import crc32

from refeed.model import SourceFile
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

_BATCH: Final = 1024  # files at most
_CUT: Final = 256  # by its name one file in so many ends its batch
_PIECE: Final = 256  # files of a batch where names do not matter

_POSITIVE: Final = 2**63 - 1  # what a number in an array holds; some file systems use all 64 bits for inodes


class Batch(NamedTuple):
    """Some files of one tree in the order of discovery: what one worker reads, and one row of the index.

    With stats, which an index is asked about, where a batch ends is decided by the names alone: a new file moves the
    bounds of its own batch at most.
    """

    root: str  # real path of the folder that was given
    prefix: str  # what stands before a name to open it
    names: tuple[str, ...]  # below the folder that was given
    stats: "array[int]"  # of each file size, mtime_ns, ctime_ns and inode; empty unless they were asked for
    problems: tuple[tuple[int, Problem], ...]  # things that cannot be read, each with the place it has among the names

    def sources(self) -> Iterator[SourceFile]:
        """Return the files."""
        prefix = self.prefix
        return (SourceFile(prefix + name, name) for name in self.names)


def discover(
    paths: Sequence[str], *, exclude: Iterable[str] = (), own: frozenset[FileId] = frozenset()
) -> Iterator[SourceFile | Problem]:
    """Yield every file below the paths once; a Problem stands for a thing that is there and cannot be read."""
    for batch in batches(paths, exclude=exclude, own=own):
        problems = iter((*batch.problems, (len(batch.names), None)))
        place, problem = next(problems)
        for number, source in enumerate((*batch.sources(), None)):
            while problem and place == number:
                yield problem
                place, problem = next(problems)
            if source:
                yield source


def batches(
    paths: Sequence[str],
    *,
    exclude: Iterable[str] = (),
    own: frozenset[FileId] = frozenset(),
    with_stats: bool = False,
) -> Iterator[Batch]:
    """Yield the files below the paths, each once, in batches.

    `own` are refeed's files (the feed that is being written, the configuration, the index): they are no input.
    """
    walk = _Walk(_roots(paths), exclude, own, with_stats=with_stats)
    for root in walk.roots:
        yield from walk.below(root)


def source_at(path: str, paths: Sequence[str]) -> SourceFile:
    """Name a file that `discover` has found below the paths, as it does."""
    prefixes = (_prefix(root) for root in paths if root != path)
    prefix = next((prefix for prefix in prefixes if path.startswith(prefix)), path[: -len(os.path.basename(path))])  # noqa: PTH119
    return SourceFile(path, path[len(prefix) :])


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

    def __init__(
        self, roots: tuple[str, ...], exclude: Iterable[str], own: frozenset[FileId], *, with_stats: bool
    ) -> None:
        self.roots = roots
        self._real_roots = tuple(os.path.realpath(root) for root in roots)
        self._exclude = [re.compile(translate(pattern.removeprefix("./").rstrip("/"))).match for pattern in exclude]
        self._own, self._own_inodes = own, frozenset(inode for _, inode in own)
        self._with_stats = with_stats
        # Where paths overlap, what they have come past already; by real paths, since they may overlap in any way.
        self._seen: set[str] | None = set() if _overlap(self._real_roots) else None

    def below(self, root: str) -> Iterator[Batch]:
        """Cut what is found below one of the roots into batches."""
        is_folder = os.path.isdir(root)  # noqa: PTH112
        if is_folder:
            prefix, found = _prefix(root), self._tree(root)
        else:
            prefix, found = root[: len(root) - len(os.path.basename(root))], self._given_file(root)  # noqa: PTH119
        real = os.path.realpath(root if is_folder else prefix or ".")
        names, stats, problems = list[str](), array("q"), list[tuple[int, Problem]]()
        most = _BATCH if self._with_stats else _PIECE
        for name in found:
            if isinstance(name, Problem):
                problems.append((len(names), name))
                continue
            if self._with_stats:
                try:
                    status = os.stat(prefix + name)  # noqa: PTH116
                except OSError as error:  # it vanished since the folder was listed, say
                    problems.append((len(names), _unreadable(prefix + name, error)))
                    continue
                inode = status.st_ino & _POSITIVE
                stats.extend((status.st_size, status.st_mtime_ns, status.st_ctime_ns, inode))
            names.append(name)
            if len(names) == most or (self._with_stats and not crc32(name.encode("utf-8", "surrogateescape")) % _CUT):
                yield Batch(real, prefix, tuple(names), stats, tuple(problems))
                names, stats, problems = [], array("q"), []
        if names or problems:
            yield Batch(real, prefix, tuple(names), stats, tuple(problems))

    def _tree(self, root: str) -> Iterator[str | Problem]:
        """Return the names of the files below a folder: its own in order, then those of its folders in order."""
        prefix = _prefix(root)
        folders = [""]
        while folders:
            folder = folders.pop()
            try:
                files, deeper, odd = self._list(prefix, folder)
            except OSError as error:
                message = f"the folder cannot be listed: {error.strerror}"
                yield Problem("unreadable", message, prefix + folder)
                continue
            folders.extend(reversed(deeper))
            real = os.path.realpath(prefix + folder or ".") if self._seen is not None else ""
            for name in files:
                if self._seen is not None and self._again(os.path.join(real, name)):  # noqa: PTH118
                    continue
                below = folder + name if folder else name
                if name not in odd:
                    yield below
                elif (place := self._odd(prefix + below, below)) is not None:
                    yield place

    def _list(self, prefix: str, folder: str) -> tuple[list[str], list[str], frozenset[str]]:
        """List a folder: its files, its folders (both sorted), and which of the files are links or no files at all."""
        files, folders, odd, left_out = list[str](), list[str](), set[str](), NEVER_ENTERED
        with os.scandir(prefix + folder or ".") as listing:
            for entry in listing:  # no entry is kept: a folder may hold a million of them
                name = entry.name
                below = folder + name
                if name in GENERATOR_CONFIGURATIONS:
                    left_out = NEVER_ENTERED | GENERATOR_FOLDERS
                if name[0] == "." or (self._exclude and self._excluded(name, below, prefix + below)):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                elif not self._own_inodes or entry.inode() not in self._own_inodes or not self._is_own(prefix + below):
                    files.append(name)
                    if not entry.is_file(follow_symlinks=False):
                        odd.add(name)
        files.sort()
        return files, [f"{folder}{name}/" for name in sorted(folders) if name not in left_out], frozenset(odd)

    def _given_file(self, path: str) -> Iterator[str | Problem]:
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError as error:
            code, what = ("symlink", "a link to nothing") if os.path.islink(path) else ("unreadable", error.strerror)  # noqa: PTH114
            yield Problem(code, f"{what}; it is left out", path)
            return
        if self._again(os.path.realpath(path)):
            return
        if not stat.S_ISREG(status.st_mode):
            yield Problem("special-file", _special(status.st_mode), path)
        elif (status.st_dev, status.st_ino) not in self._own:
            yield os.path.basename(path)  # noqa: PTH119

    def _again(self, real: str) -> bool:
        """Return whether another of the paths given has led here before."""
        if self._seen is None:
            return False
        again = real in self._seen
        self._seen.add(real)
        return again

    def _is_own(self, path: str) -> bool:
        try:
            status = os.lstat(path)
        except OSError:
            return False
        return (status.st_dev, status.st_ino) in self._own

    def _excluded(self, *names: str) -> bool:
        return any(fits(name) for fits in self._exclude for name in names)

    def _odd(self, path: str, below: str) -> str | Problem | None:
        """Say what becomes of a thing that is neither a plain file nor a folder."""
        try:
            mode = os.lstat(path).st_mode
        except OSError as error:
            return _unreadable(path, error)
        return self._link(path, below) if stat.S_ISLNK(mode) else Problem("special-file", _special(mode), path)

    def _link(self, path: str, below: str) -> str | Problem | None:
        """Follow a link only to a regular file below a folder given that the walk does not come past itself."""
        real = os.path.realpath(path)
        try:
            status = os.stat(real)  # noqa: PTH116
        except OSError:
            return Problem("symlink", "a link to nothing; it is left out", path)
        if stat.S_ISDIR(status.st_mode):
            return Problem("symlink", "a link to a folder is not followed; give the folder itself", path)
        if not stat.S_ISREG(status.st_mode):
            return Problem("special-file", _special(status.st_mode), path)
        names = [(root, real[len(root) + 1 :]) for root in self._real_roots if real.startswith(root + os.sep)]
        if not names:
            return Problem("symlink", "a link to a file outside of the folders given is not followed", path)
        if (status.st_dev, status.st_ino) in self._own or any(self._is_walked(*name) for name in names):
            return None
        return below

    def _is_walked(self, root: str, name: str) -> bool:
        """Return whether a file is found under its own name, so that a link to it is not read once more."""
        parts = name.split(os.sep)  # noqa: PTH206  text, not a Path: names that are not UTF-8 included
        hidden = any(part.startswith(".") or part in NEVER_ENTERED or self._excluded(part) for part in parts)
        built = any(
            part in GENERATOR_FOLDERS and _is_site(os.path.join(root, *parts[:place]))  # noqa: PTH118
            for place, part in enumerate(parts)
        )
        return not hidden and not built and not self._excluded(name)


def _is_site(folder: str) -> bool:
    return any(os.path.lexists(os.path.join(folder, name)) for name in GENERATOR_CONFIGURATIONS)  # noqa: PTH118


def _overlap(real_roots: Sequence[str]) -> bool:
    """Return whether a walk from one of the roots could come past another; links between them included."""
    return len(real_roots) > 1 and any(
        (one + os.sep).startswith(other.rstrip(os.sep) + os.sep)
        for place, one in enumerate(real_roots)
        for other in (*real_roots[:place], *real_roots[place + 1 :])
    )


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem("unreadable", f"the file cannot be read: {error.strerror}", path)


def _special(mode: int) -> str:
    kinds = (
        (stat.S_ISFIFO, "a FIFO"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    kind = next((word for test, word in kinds if test(mode)), "no regular file")
    return f"{kind}, not a file; it is not opened"
