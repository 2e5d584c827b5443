"""Read files wherever they lie: those of this machine as they are, those in archives through the archive."""

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import TYPE_CHECKING

from refeed.input.address import is_address, is_elsewhere
from refeed.input.confined import ConfinedFiles, ConfinedFolders, open_given
from refeed.input.place import DirectoryEntry, FileStats, Place, PlaceError, joined, stats_of
from refeed.limits import DEFAULT_LIMITS, Limits
from refeed.model import SourceFile
from refeed.paths import INTO, without_secrets
from refeed.problems import Problem, RefeedError
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:  # loaded where there is an archive
    from refeed.input.archives.archive import Archive


class Inside(NamedTuple):
    """Where a file lies that is in a place: what of its path leads into the place, the place, the name in it."""

    top: str
    place: Place
    name: str


class SourceFiles:
    """Reads the files that were found below some paths."""

    def __init__(self, roots: Iterable[str] = (), limits: Limits = DEFAULT_LIMITS) -> None:
        """Name what was given: the folders that a link may lead into, and files."""
        self._limits = limits
        self.local = ConfinedFiles(roots)
        """Opens those of this machine."""
        self._places: dict[str, Archive | None] = {}  # by path; None: no archive
        self.folders = ConfinedFolders()
        """Opens the folders of this machine."""

    def inside(self, source: SourceFile) -> Inside | None:
        """Return where a file or folder lies that is in an archive; None if it is one of this machine."""
        path = source.path
        found = _at_address(path) if is_address(path) else None
        at = path.find(INTO)
        while at >= 0:
            try:
                archive = self._archive(path[:at], source, found)
            except PlaceError as error:
                raise PlaceError(error.problem.at(path[:at])) from None
            if archive:
                found = Inside(path[: at + len(INTO)], archive, path[at + len(INTO) :])
            at = path.find(INTO, at + len(INTO))
        return found

    def _archive(self, path: str, source: SourceFile, around: Inside | None) -> "Archive | None":
        """Return the archive with a path, if there is one; `around` is the one that it would lie in."""
        if path not in self._places:
            if around is None:
                self._places[path] = self._local_archive(path, source)
            else:
                self._places[path] = self._inner_archive(path, around)
        return self._places[path]

    def _local_archive(self, path: str, source: SourceFile) -> "Archive | None":
        from refeed.input.archives.opened import open_archive

        name = path[len(source.path) - len(source.name) :]
        try:
            # What was given is trusted, and may be a link; what was found below is opened as any file there.
            handle = self.local.open(SourceFile(path, name)) if name else open_given(path)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        return open_archive(path, handle, self._limits)

    def _inner_archive(self, path: str, around: Inside) -> "Archive | None":
        from refeed.input.archives.opened import open_inner

        name = path[len(around.top) :]
        return None if around.place.refusal(name) else open_inner(path, name, around.place, self._limits)

    def scan(self, prefix: str, folder: str) -> AbstractContextManager[Iterable[DirectoryEntry]]:
        """Return what a folder below the one that was given holds, while it is open."""
        found = self.inside(SourceFile(prefix + folder, folder)) if is_elsewhere(prefix + folder) else None
        if found is None:
            return self._scan_local(prefix, folder)
        if not found.place.has_folder(found.name):
            raise FileNotFoundError(errno.ENOENT, "no such folder in the archive", prefix + folder)
        return nullcontext(found.place.scan(found.name))

    @contextmanager
    def _scan_local(self, prefix: str, folder: str) -> Iterator[Iterable[DirectoryEntry]]:
        handle = self.folders.open(prefix, folder)
        try:
            with os.scandir(handle) as listing:
                yield listing
        finally:
            os.close(handle)

    def expect(self, sources: Iterable[SourceFile]) -> None:
        """Prepare to read files of one place next, in their order."""
        found = [one for one in map(self.inside, sources) if one]
        if found:
            found[0].place.expect([one.name for one in found])

    def is_folder(self, path: str) -> bool:
        """Return whether a path that was given leads to an archive, or to a folder in one."""
        if not is_elsewhere(path):
            return False
        try:
            found = self.inside(SourceFile(path, ""))
        except (OSError, PlaceError):  # whoever lists it will tell
            return path.endswith(INTO)
        return found is not None and found.place.has_folder(found.name and found.name.rstrip("/") + "/")

    def problems(self, folder: SourceFile) -> tuple[Problem, ...]:
        """Return what cannot be listed of an archive, if this is the top of one."""
        found = self.inside(folder)
        if found is None or found.name:
            return ()
        shown = found.place.problems
        return tuple(one.at(found.top + one.path if one.path else found.top.removesuffix(INTO)) for one in shown)

    def refusal(self, source: SourceFile) -> Problem | None:
        """Return why a file in an archive is not read; None if it can be read."""
        found = self.inside(source)
        problem = found.place.refusal(found.name) if found else None
        return problem.at(source.path) if problem else None

    def stats(self, source: SourceFile) -> FileStats | None:
        """Return what tells whether a file is what it was; None where there is none."""
        try:
            inside = self.inside(source) if is_elsewhere(source.path) else None
            if inside:
                return inside.place.stats(inside.name)
            handle = self.local.open(source)
        except (OSError, PlaceError):
            return None
        try:
            return stats_of(os.fstat(handle))
        finally:
            os.close(handle)

    def read_small(self, source: SourceFile, most: int) -> bytes | None:
        """Return what a file holds; None where there is none, or one of another kind, or a larger one."""
        try:
            inside = self.inside(source) if is_elsewhere(source.path) else None
            if inside:
                return joined(inside.place.chunks(inside.name), most)
            handle = self.local.open(source)
        except (OSError, PlaceError):
            return None
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            os.close(handle)
            return None
        with os.fdopen(handle, "rb") as file:
            return file.read(most)

    def exists(self, source: SourceFile) -> bool:
        """Return whether there is such a file."""
        try:
            found = self.inside(source) if is_elsewhere(source.path) else None
        except (OSError, PlaceError):
            return False
        return os.path.lexists(source.path) if found is None else not found.place.refusal(found.name)

    def head(self, source: SourceFile, count: int) -> bytes:
        """Return the first bytes of a file; none if it cannot be read, which its reader will report."""
        try:
            found = self.inside(source) if is_elsewhere(source.path) else None
            if found:
                return next(found.place.chunks(found.name), b"")[:count]
            handle = self.local.open(source) if source.name else open_given(source.path)
            try:
                return os.read(handle, count)
            finally:
                os.close(handle)
        except (OSError, PlaceError):
            return b""

    def is_packed(self, source: SourceFile) -> bool:
        """Return whether a file is an archive, by its first bytes, and no document of an office."""
        from refeed.input.archives.archive import HEAD, looks_packed
        from refeed.input.archives.names import is_document_name

        return not is_document_name(source.path) and looks_packed(self.head(source, HEAD))

    def close(self) -> None:
        """Close what stays open."""
        self.local.close()
        self.folders.close()


def neighbour(source: SourceFile, name: str) -> SourceFile:
    """Return the file of another name in the folder of a file."""
    folder, slash, _ = source.path.rpartition("/")
    path = folder + slash + name
    return SourceFile(path, path[len(source.path) - len(source.name) :])


def entered(path: str, limits: Limits = DEFAULT_LIMITS) -> str:
    """Return a path that was given; if it is an archive, then as the folder that it is for refeed."""
    if path.endswith(INTO) or not (is_elsewhere(path) or os.path.isfile(path)):
        return path
    with closing(SourceFiles((), limits)) as files:
        return path + INTO if files.is_packed(SourceFile(path, "")) else path


def is_folder_given(path: str) -> bool:
    """Return whether a path that was given is a folder, or leads to an archive or a folder in one."""
    if os.path.isdir(path) or not is_elsewhere(path):
        return os.path.isdir(path)
    with closing(SourceFiles()) as files:
        return files.is_folder(path)


def must_be_reached(address: str) -> None:
    """Raise RefeedError if there is nothing at an address, or nothing answers there."""
    path = address.partition(INTO)[0]
    with closing(SourceFiles()) as files:
        if not files.is_folder(path) and not files.exists(SourceFile(path, "")):
            raise RefeedError(f"{without_secrets(path)}: does not exist, or cannot be reached; nothing was written")


def close_places() -> None:
    """Close the archives and addresses that are open, if there are any."""
    if opened := sys.modules.get("refeed.input.archives.opened"):
        opened.close_archives()
    if remote := sys.modules.get("refeed.input.remote.remote_place"):
        remote.close_remote_places()


def _at_address(address: str) -> Inside:
    from refeed.input.remote.remote_place import remote_place

    place = remote_place(address)
    return Inside(place.address, place, address[len(place.address) :])
