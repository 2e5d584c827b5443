"""Walk the folders given: the files below them, in order, and what is left alone there."""

import os
import stat
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from itertools import pairwise
from typing import Final

from refeed.input.address import is_address, is_elsewhere
from refeed.input.archives.names import is_archive_name
from refeed.input.ignored import BUILT, NEVER_ENTERED, PUBLISHED, Exclusions, is_walked
from refeed.input.leftovers import leftovers
from refeed.input.odd_files import broken_link, special_file, unreadable
from refeed.input.page_bundles import PageBundles
from refeed.input.place import PlaceError, Sharing
from refeed.input.source_files import SourceFiles
from refeed.input.two_files import SideBySide, fields_in, side_by_side
from refeed.limits import DEFAULT_LIMITS, Limits
from refeed.model import SourceFile
from refeed.paths import INTO
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple

FileId = tuple[int, int]
"""Device and inode."""


class TextBeside(NamedTuple):
    """A text beside which fields lie that may keep it back."""

    name: str
    fields: tuple[str, ...]  # their names in its folder


Found = list[str] | TextBeside | Problem
"""Names of files that lie side by side, in a folder or in one archive; one of them; or a thing that is left out."""


class Listing(NamedTuple):
    """What lies in a folder."""

    files: list[str]  # names, sorted
    folders: list[str]  # names below the root, each with a slash at its end, sorted
    leftovers: frozenset[str]  # which of the files are no articles, by their names
    together: SideBySide  # what they are to each other
    special: frozenset[str]  # which of them are links, or no files at all
    problems: tuple[Problem, ...] = ()  # what cannot be listed


# What of a folder says more than that it is there.
_SIGNS: Final = frozenset({PUBLISHED, *BUILT})
_TOGETHER: Final = 1024  # names at most: a folder may hold a million files
_NOTHING: Final = Listing([], [], frozenset(), SideBySide({}, {}), frozenset())


class Walk:
    """A walk through everything that was given; where the paths overlap, each file is found once."""

    def __init__(
        self,
        roots: Sequence[str],
        exclude: Iterable[str] = (),
        own: frozenset[FileId] = frozenset(),
        sections: tuple[str, ...] = (),
        *,
        unpack: bool = False,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        """Prepare. `own` are refeed's files and folders (the feed that is being written, the configuration, the index).

        In `sections`, paths of folders, a folder with `index.md` is one page. With `unpack` archives are folders, too.
        """
        self.files = SourceFiles(roots, limits)
        self._unpack = unpack
        self._given_beside: tuple[str, Mapping[str, Sequence[str]]] | None = None  # the last folder that one lies in
        self._bundles = PageBundles(sections)
        self._real_roots = tuple(map(real_path, roots))
        self._exclusions = Exclusions(exclude)
        self._own, self._own_inodes = own, frozenset(inode for _, inode in own)
        # By real paths, since the paths given may overlap in any way.
        self._seen: set[str] | None = set() if overlap(self._real_roots) else None

    @property
    def excluded(self) -> Mapping[str, int]:
        """How many files and folders each pattern of `exclude` has left out so far."""
        return self._exclusions.fitted

    def below(self, prefix: str) -> Iterator[Found]:
        """Yield the names of the files below a folder: its own in order, then those of its folders in order.

        What is in an archive that can only be read from its beginning on comes in the order of that archive.
        """
        found = self._tree(prefix, "")
        return self._as_they_lie(prefix, "", found) if self._is_read_in_order(prefix, "") else found

    def _tree(self, prefix: str, top: str) -> Iterator[Found]:
        folders = [top]
        with closing(self.files.folders):
            while folders:
                folder = folders.pop()
                if folder != top and self._is_read_in_order(prefix, folder):
                    yield from self._as_they_lie(prefix, folder, self._tree(prefix, folder))
                    continue
                listing = self._listed(prefix, folder)
                yield from listing.problems
                folders.extend(reversed(listing.folders))
                of_bundle = self._bundles.resources(prefix + folder, listing.files)
                odd = listing.leftovers or of_bundle or any(listing.together) or listing.special
                if self._seen is None and not odd:
                    for start in range(0, len(listing.files), _TOGETHER):  # nearly always
                        yield [folder + name for name in listing.files[start : start + _TOGETHER]]
                else:
                    yield from self._told(listing, of_bundle, prefix, folder)

    def _told(self, listing: Listing, of_bundle: Container[str], prefix: str, folder: str) -> Iterator[Found]:
        """Yield the files of a folder that may hold dumps, and why others do not."""
        real = real_path(prefix + folder or ".") if self._seen is not None else ""
        parts, fields = listing.together
        for name in listing.files:
            if self._seen is not None and self._was_seen(os.path.join(real, name)):
                continue
            below = folder + name
            if name in listing.leftovers:
                yield Problem("leftover", "a backup, a copy or a temporary file, by its name", prefix + below)
            elif name in of_bundle:
                yield Problem("site-page", "it belongs to the page of its folder, index.*", prefix + below)
            elif name in parts:
                yield parts[name].at(prefix + below)
            elif (found := self._special(prefix + below, below) if name in listing.special else below) is not None:
                yield _found(found, tuple(fields.get(name, ())))

    def _is_read_in_order(self, prefix: str, folder: str) -> bool:
        """Return whether a folder is an archive that can only be read from its beginning on."""
        if not (prefix + folder).endswith(INTO):
            return False
        with suppress(OSError, PlaceError):  # whoever lists it will tell
            inside = self.files.inside(SourceFile(prefix + folder, folder))
            return inside is not None and inside.place.sharing < Sharing.ALL
        return False

    def _as_they_lie(self, prefix: str, top: str, found: Iterable[Found]) -> Iterator[Found]:
        """Yield the files of an archive in its order, behind the problems."""
        listed = [*found]
        yield from (one for one in listed if isinstance(one, Problem))
        inside = self.files.inside(SourceFile(prefix + top, top))
        each = [one for found in listed if not isinstance(found, Problem) for one in _divided(found)]
        if inside is not None:
            place = inside.place
            each.sort(key=lambda one: place.order(one.name[len(top) :].partition(INTO)[0]))
        yield from (_found(*one) for one in each)  # other archives may lie in it

    def given_file(self, path: str) -> Iterator[Found]:
        """Yield the name of a file that was given itself."""
        for found in self._given_file(path):
            yield _found(found, () if isinstance(found, Problem) else self._fields_beside(path))

    def _fields_beside(self, path: str) -> tuple[str, ...]:
        """Return the fields beside a file that was given itself; many may lie in one folder, which is listed once."""
        folder, slash, name = path.rpartition("/")
        if self._given_beside is None or self._given_beside[0] != folder:
            self._given_beside = folder, fields_in(folder + slash, self.files)
        return tuple(self._given_beside[1].get(name, ()))

    def _given_file(self, path: str) -> Iterator[str | Problem]:
        try:
            if is_elsewhere(path) and self.files.inside(SourceFile(path, "")):
                yield self.files.refusal(SourceFile(path, "")) or os.path.basename(path)
                return
            status = os.stat(path)
        except OSError as error:
            yield broken_link(path) if os.path.islink(path) else unreadable(path, error)
            return
        except PlaceError as error:
            yield error.problem
            return
        if self._was_seen(real_path(path)):
            return
        if not stat.S_ISREG(status.st_mode):
            yield special_file(path, status.st_mode)
        elif (status.st_dev, status.st_ino) not in self._own:
            yield os.path.basename(path)

    def _listed(self, prefix: str, folder: str) -> Listing:
        """Return what lies in a folder; of one that cannot be listed only why."""
        try:
            return self._list(prefix, folder)
        except OSError as error:
            problem = Problem("unreadable", f"the folder cannot be listed: {error.strerror}", prefix + folder)
        except PlaceError as error:
            problem = error.problem
        return _NOTHING._replace(problems=(problem,))

    def _list(self, prefix: str, folder: str) -> Listing:
        files: list[str] = []  # `list[str]()` is slow
        folders: list[str] = []
        special: set[str] = set()
        left_out = NEVER_ENTERED
        is_excluded, own = (self._exclusions.match if self._exclusions else None), self._own_inodes
        with self.files.scan(prefix, folder) as listing:
            for entry in listing:  # no entry is kept: a folder may hold a million of them
                name = entry.name
                if name in _SIGNS:
                    if name == PUBLISHED:
                        return _NOTHING
                    if not entry.is_dir(follow_symlinks=False):
                        left_out |= BUILT[name]
                if name[0] == "." or (is_excluded and is_excluded(name, folder + name, prefix + folder + name)):
                    continue
                if own and entry.inode() in own and self._is_own(prefix + folder + name):
                    continue
                if entry.is_file(follow_symlinks=False):
                    files.append(name)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                else:
                    files.append(name)
                    special.add(name)
        packed = self._packed(prefix, folder, files, special) if self._unpack else frozenset()
        files = sorted(name for name in files if name not in packed) if packed else sorted(files)
        inner = [*(f"{name}/" for name in folders if name not in left_out), *(name + INTO for name in packed)]
        inner = [folder + name for name in sorted(inner)]
        problems = self.files.problems(SourceFile(prefix + folder, folder)) if (prefix + folder).endswith(INTO) else ()
        together = side_by_side(files, prefix, folder, self.files)
        return Listing(files, inner, leftovers(files), together, frozenset(special), problems)

    def _packed(self, prefix: str, folder: str, files: Iterable[str], special: Container[str]) -> frozenset[str]:
        """Return which of the files are archives, and so folders."""
        likely = (name for name in files if is_archive_name(name) and name not in special)
        sources = ((name, SourceFile(prefix + folder + name, folder + name)) for name in likely)
        return frozenset(name for name, source in sources if self.files.is_packed(source))

    def _was_seen(self, real: str) -> bool:
        """Return whether another of the paths given has led here before."""
        if self._seen is None:
            return False
        seen = real in self._seen
        self._seen.add(real)
        return seen

    def _is_own(self, path: str) -> bool:
        try:
            status = os.lstat(path)
        except OSError:
            return False
        return (status.st_dev, status.st_ino) in self._own

    def _special(self, path: str, below: str) -> str | Problem | None:
        """Return what becomes of a thing that is neither an ordinary file nor a folder."""
        if is_elsewhere(path) and (refusal := self.files.refusal(SourceFile(path, below))):
            return refusal
        try:
            mode = os.lstat(path).st_mode
        except OSError as error:
            return unreadable(path, error)
        return self._link(path, below) if stat.S_ISLNK(mode) else special_file(path, mode)

    def _link(self, path: str, below: str) -> str | Problem | None:
        """Follow a link only to a regular file below a folder given that the walk does not come past itself."""
        real = real_path(path)
        try:
            status = os.stat(real)
        except OSError:
            return broken_link(path)
        if stat.S_ISDIR(status.st_mode):
            return Problem("symlink", "a link to a folder is not followed; give the folder itself", path)
        if not stat.S_ISREG(status.st_mode):
            return special_file(path, status.st_mode)
        names = [(root, real[len(root) + 1 :]) for root in self._real_roots if real.startswith(root + os.sep)]
        if not names:
            return Problem("symlink", "a link to a file outside the folders given is not followed", path)
        is_own = (status.st_dev, status.st_ino) in self._own
        return None if is_own or any(is_walked(*name, self._exclusions) for name in names) else below


def _found(one: str | Problem, fields: tuple[str, ...] = ()) -> Found:
    if isinstance(one, Problem):
        return one
    return TextBeside(one, fields) if fields else [one]


def _divided(found: list[str] | TextBeside) -> list[TextBeside]:
    return [found] if isinstance(found, TextBeside) else [TextBeside(name, ()) for name in found]


def real_path(path: str) -> str:
    """Return a path without links, or the path itself if one of them changes at this moment."""
    if is_address(path):
        return path
    try:
        return os.path.realpath(path)
    except OSError:  # it was a link when realpath asked, and none when it read where that leads
        return os.path.abspath(path)


def overlap(real_roots: Sequence[str]) -> bool:
    """Return whether a walk from one of the roots could come past another; links between them included."""
    # In order, a folder stands right before those below it.
    in_order = sorted(root.rstrip(os.sep) + os.sep for root in real_roots)
    return any(below.startswith(root) for root, below in pairwise(in_order))
