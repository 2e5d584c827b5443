"""Find the files that may hold dumps, in sorted order and in batches; a name says nothing about what a file holds."""

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from zlib import crc32

from refeed.input.two_files import HEADER, text_beside
from refeed.input.walk import FileId, Walk, real_path, unreadable
from refeed.model import SourceFile
from refeed.problems import ConfigurationError, Problem

_BATCH: Final = 1024  # files at most
_CUT: Final = 256  # by its name one file in so many ends its batch
_PIECE: Final = 256  # files of a batch where names do not matter

_MAX_INT64: Final = 2**63 - 1  # what a number in an array holds; some file systems use all 64 bits for inodes


class Batch(NamedTuple):
    """Some files of one tree in the order of discovery: what one worker reads, and one row of the index.

    With stats, which an index is asked about, where a batch ends is decided by the names alone: a new file moves the
    bounds of its own batch at most.
    """

    root: str  # real path of the folder that was given
    prefix: str  # what stands before a name to open it
    names: tuple[str, ...]  # below the folder that was given
    stats: "array[int]"  # of each file size, mtime_ns, ctime_ns and inode; empty unless they were asked for
    problems: tuple[tuple[int, Problem], ...]  # things that cannot be read, each before the name with that index

    def sources(self) -> Iterator[SourceFile]:
        """Return the files."""
        prefix = self.prefix
        return (SourceFile(prefix + name, name) for name in self.names)


def discover(
    paths: Sequence[str],
    *,
    exclude: Iterable[str] = (),
    own: frozenset[FileId] = frozenset(),
    sections: tuple[str, ...] = (),
) -> Iterator[SourceFile | Problem]:
    """Yield every file below the paths once, and a Problem for each thing that is left out."""
    for batch in batches(paths, Walk(paths, exclude, own, sections)):
        problems = iter((*batch.problems, (len(batch.names), None)))
        before, problem = next(problems)
        for number, source in enumerate((*batch.sources(), None)):
            while problem and before == number:
                yield problem
                before, problem = next(problems)
            if source:
                yield source


def batches(paths: Sequence[str], walk: Walk, *, with_stats: bool = False) -> Iterator[Batch]:
    """Yield the files below the paths, each once, in batches; the walk knows which of them are no input."""
    must_exist(paths)
    for root in paths:
        yield from _below(root, walk, with_stats=with_stats)


def source_at(path: str, paths: Sequence[str]) -> SourceFile:
    """Return a file that `discover` has found below the paths, named as it names it."""
    prefixes = (prefix_of(root) for root in paths if root != path)
    prefix = next((prefix for prefix in prefixes if path.startswith(prefix)), folder_of(path))
    return SourceFile(path, path[len(prefix) :])


def prefix_of(root: str) -> str:
    """Return what the paths of the files below a folder begin with."""
    return "" if root == "." else root.rstrip("/") + "/"


def folder_of(path: str) -> str:
    """Return what stands before the name of a file."""
    return path[: len(path) - len(os.path.basename(path))]  # noqa: PTH119  paths stay text: names that are not UTF-8


def place_of(path: str) -> tuple[str, bool]:
    """Return what the paths of the files of a given path begin with, and whether it is a folder."""
    is_folder = os.path.isdir(path)  # noqa: PTH112  paths stay text
    return (prefix_of(path) if is_folder else folder_of(path)), is_folder


def must_exist(paths: Sequence[str]) -> None:
    """Check that the paths exist; what is there and cannot be read is a problem like any other."""
    for path in paths:
        try:
            os.lstat(path)
        except PermissionError:
            continue
        except OSError as error:
            if "://" in path:
                raise ConfigurationError(f"{path}: is an address; refeed reads folders and files") from None
            raise ConfigurationError(f"{path}: {error.strerror}; give a folder or a file that exists") from None


def _below(root: str, walk: Walk, *, with_stats: bool) -> Iterator[Batch]:
    """Yield what is found below one of the paths in batches."""
    prefix, is_folder = place_of(root)
    real = real_path(root if is_folder else prefix or ".")
    names, stats, problems = list[str](), array("q"), list[tuple[int, Problem]]()
    for name in walk.below(root, prefix) if is_folder else walk.given_file(root):
        if isinstance(name, Problem):
            problems.append((len(names), name))
            continue
        if with_stats:
            try:
                stats.extend(_stats(prefix + name))
            except OSError as error:  # it vanished since the folder was listed, say
                problems.append((len(names), unreadable(prefix + name, error)))
                continue
        names.append(name)
        if _is_full(names, with_stats=with_stats):
            yield Batch(real, prefix, tuple(names), stats, tuple(problems))
            names, stats, problems = [], array("q"), []
    if names or problems:
        yield Batch(real, prefix, tuple(names), stats, tuple(problems))


def _stats(path: str) -> tuple[int, int, int, int]:
    """Return what tells whether a file is the same as before; with a header its text may change as well."""
    own = _own_stats(path)
    if path.endswith(HEADER) and (text := text_beside(path)):
        size, mtime, ctime, inode = _own_stats(text)
        return own[0] + size, max(own[1], mtime), max(own[2], ctime), own[3] ^ inode
    return own


def _own_stats(path: str) -> tuple[int, int, int, int]:
    status = os.stat(path)  # noqa: PTH116
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino & _MAX_INT64


def _is_full(names: Sequence[str], *, with_stats: bool) -> bool:
    """Return whether a batch ends here: with stats, where the last name says so, whatever came before it."""
    if not with_stats:
        return len(names) == _PIECE
    return len(names) == _BATCH or not crc32(names[-1].encode("utf-8", "surrogateescape")) % _CUT
