"""Find the files that may hold dumps, sorted and in batches; a name says nothing about what a file holds."""

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final
from zlib import crc32

from refeed.input.address import is_address, is_elsewhere
from refeed.input.odd_files import unreadable
from refeed.input.other_files import may_have_more, other_files
from refeed.input.place import MAX_INT64, FileStats, Sharing, stats_of
from refeed.input.source_files import Inside, SourceFiles, entered, is_folder_given, must_be_reached, neighbour
from refeed.input.walk import FileId, TextBeside, Walk, real_path
from refeed.limits import DEFAULT_LIMITS, Limits
from refeed.model import SourceFile
from refeed.paths import INTO
from refeed.problems import ConfigurationError, Problem
from refeed.startup.named_tuple import NamedTuple

_FACTS: Final = 4  # of a file, in a batch
_BATCH: Final = 1024  # files at most
_CUT: Final = 256  # by its name one file in so many ends its batch
_NO_FIELDS: Final = dict[int, tuple[str, ...]]()  # a proxy of it could not be sent to a worker


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
    sharing: Sharing = Sharing.ALL  # which processes may read it
    beside: Mapping[int, tuple[str, ...]] = _NO_FIELDS  # files, each with the fields beside it

    def source(self, number: int) -> SourceFile:
        """Return one of the files."""
        return SourceFile(self.prefix + self.names[number], self.names[number], self.beside.get(number, ()))

    def sources(self) -> Iterator[SourceFile]:
        """Return the files."""
        return map(self.source, range(len(self.names)))


class _Collected:
    """A batch that is not full yet."""

    def __init__(self, root: str, prefix: str, *, sharing: Sharing = Sharing.ALL) -> None:
        self.sharing = sharing
        self.names, self.stats, self.problems = list[str](), array("q"), list[tuple[int, Problem]]()
        self.beside = dict[int, tuple[str, ...]]()
        self._root, self.prefix = root, prefix

    def finished(self) -> Batch:
        """Return what has been collected."""
        problems = tuple(self.problems)
        return Batch(self._root, self.prefix, tuple(self.names), self.stats, problems, self.sharing, self.beside)

    def rest(self) -> Iterator[Batch]:
        """Yield what has been collected, if there is anything."""
        if self.names or self.problems:
            yield self.finished()


def discover(
    paths: Sequence[str],
    *,
    exclude: Iterable[str] = (),
    own: frozenset[FileId] = frozenset(),
    sections: tuple[str, ...] = (),
    unpack: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[SourceFile | Problem]:
    """Yield every file below the paths once, and a Problem for each thing that is left out."""
    roots = tuple(entered(path, limits) for path in paths)
    for batch in batches(roots, Walk(roots, exclude, own, sections, unpack=unpack, limits=limits)):
        problems = iter((*batch.problems, (len(batch.names), None)))
        before, problem = next(problems)
        for number, source in enumerate((*batch.sources(), None)):
            while problem and before == number:
                yield problem
                before, problem = next(problems)
            if source:
                yield source


def batches(
    paths: Sequence[str], walk: Walk, *, with_stats: bool = False, size: Callable[[int], int] = lambda _: _BATCH
) -> Iterator[Batch]:
    """Yield the files below the paths, each once, in batches; the walk knows which of them are no input.

    `size` tells the number of files in a batch without stats by how many were found before below its path: an index
    needs bounds that stay where they are.
    """
    must_exist(paths)
    for root in paths:
        yield from _below(root, walk, size, with_stats=with_stats)


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
    return path[: len(path) - len(os.path.basename(path))]


def place_of(path: str) -> tuple[str, bool]:
    """Return what the paths of the files of a given path begin with, and whether it is a folder."""
    is_folder = is_folder_given(path)
    return (prefix_of(path) if is_folder else folder_of(path)), is_folder


def must_exist(paths: Sequence[str]) -> None:
    """Check that the paths exist; what is there and cannot be read is a problem like any other."""
    for path in paths:
        if is_address(path):
            must_be_reached(path)
            continue
        try:
            os.lstat(path.partition(INTO)[0] if INTO in path and not os.path.lexists(path) else path)
        except PermissionError:
            continue
        except OSError as error:
            raise ConfigurationError(f"{path}: {error.strerror}; give a folder or a file that exists") from None


def _below(root: str, walk: Walk, size: Callable[[int], int], *, with_stats: bool) -> Iterator[Batch]:
    """Yield the files below one of the paths in batches, each of files that the same processes may read."""
    prefix, is_folder = place_of(root)
    is_packed = is_elsewhere(prefix)
    everybody = Sharing.ALL
    batches = _Batches(real_path(root if is_folder else prefix or "."), prefix, size)
    for found in walk.below(prefix) if is_folder else walk.given_file(root):
        if isinstance(found, Problem):
            batches.note(found)
            continue
        names, fields = ([found.name], found.fields) if isinstance(found, TextBeside) else (found, ())
        one = names[0]
        inside = walk.files.inside(SourceFile(prefix + one, one)) if is_packed or INTO in one else None
        yield from batches.shared_by(inside.place.sharing if inside else everybody)
        if with_stats:
            yield from batches.add_with_stats(names, walk.files, fields, is_inside=inside is not None)
        else:
            yield from batches.add(names, fields)
    yield from batches.rest()


class _Batches:
    """The batches of the files below one path, the last of which is not full yet."""

    def __init__(self, root: str, prefix: str, size: Callable[[int], int]) -> None:
        self._new = partial(_Collected, root, prefix)
        self._last = self._new()
        self._size = size
        self._found, self._most = 0, size(0)  # in batches that are full, and in the last one at most

    def note(self, problem: Problem) -> None:
        """Note a thing that cannot be read, before the files that follow."""
        self._last.problems.append((len(self._last.names), problem))

    def shared_by(self, sharing: Sharing) -> Iterator[Batch]:
        """End the last batch if other processes may read it than the files that follow."""
        if sharing is not self._last.sharing:
            yield from self._last.rest()
            self._last = self._new(sharing=sharing)

    def add(self, names: list[str], fields: tuple[str, ...] = ()) -> Iterator[Batch]:
        """Add files by their names, one alone with those of the fields beside it; yield the batches that are full."""
        taken = 0
        while taken < len(names):
            room = self._most - len(self._last.names)
            if fields:
                self._last.beside[len(self._last.names)] = fields
            self._last.names += names[taken : taken + room]
            taken += room
            if len(self._last.names) == self._most:
                yield from self._ended()
                self._found += self._most
                self._most = self._size(self._found)

    def add_with_stats(
        self, names: list[str], files: SourceFiles, fields: tuple[str, ...], *, is_inside: bool
    ) -> Iterator[Batch]:
        """Do the same with their stats; yield the batches that end with one of these, by its name if none is full."""
        for name in names:
            is_there = _add(name, self._last, files, fields, is_inside=is_inside)
            if is_there and (len(self._last.names) == _BATCH or _ends_batch(name)):
                yield from self._ended()

    def _ended(self) -> Iterator[Batch]:
        yield self._last.finished()
        self._last = self._new(sharing=self._last.sharing)

    def rest(self) -> Iterator[Batch]:
        """Yield the last batch, if there is anything in it."""
        yield from self._last.rest()


def _add(name: str, batch: _Collected, files: SourceFiles, fields: tuple[str, ...], *, is_inside: bool) -> bool:
    """Add a file to a batch with its stats; return whether it is there."""
    path = batch.prefix + name
    inside = files.inside(SourceFile(path, name)) if is_inside else None
    try:
        own = _stats_inside(inside) if inside else _stats(path)
        batch.stats.extend(_with_stats_of(fields, own, SourceFile(path, name), files) if fields else own)
    except (OSError, OverflowError) as error:
        if not _add_odd_stats(batch, SourceFile(path, name), files):  # it vanished since, say
            batch.problems.append((len(batch.names), unreadable(path, error)))
            return False
    if fields:
        batch.beside[len(batch.names)] = fields
    batch.names.append(name)
    return True


def _add_odd_stats(batch: _Collected, source: SourceFile, files: SourceFiles) -> bool:
    """Add those of a file whose path is too long for the system, or that says that it was changed in another age.

    Return whether there is such a file. Of another age the nearest time that a number holds is kept: ctime tells of
    changes, and nobody can set it.
    """
    found = files.stats(source)
    del batch.stats[_FACTS * len(batch.names) :]
    batch.stats.extend(max(-MAX_INT64, min(one, MAX_INT64)) for one in found or ())
    return found is not None


def _stats(path: str) -> FileStats:
    """Return what tells whether a file is the same as before; the other part of a post may change as well."""
    own = stats_of(os.stat(path))
    if may_have_more(path):
        for other in other_files(path, os.path.lexists):
            own = _both(own, stats_of(os.stat(other)))
    return own


def _stats_inside(inside: Inside) -> FileStats:
    """Return what tells whether a file in an archive or at an address is the same as before."""
    place, own = inside.place, inside.place.stats(inside.name)
    for other in other_files(inside.name, lambda name: not place.refusal(name)):
        own = _both(own, place.stats(other))
    return own


def _with_stats_of(fields: Iterable[str], own: FileStats, text: SourceFile, files: SourceFiles) -> FileStats:
    """Return the stats of a text together with those of the fields beside it."""
    for one in fields:
        if other := files.stats(neighbour(text, one)):
            own = _both(own, other)
    return own


def _both(one: FileStats, other: FileStats) -> FileStats:
    (size, mtime, ctime, inode), (other_size, other_mtime, other_ctime, other_inode) = one, other
    return size + other_size, max(mtime, other_mtime), max(ctime, other_ctime), inode ^ other_inode


def _ends_batch(last: str) -> bool:
    """Return whether a batch with stats ends here: where the last name says so, whatever came before it."""
    return not crc32(last.encode("utf-8", "surrogateescape")) % _CUT
