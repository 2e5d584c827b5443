"""Find the sites of a run before its files are read: in the folders given, some way below, and around them.

What is found decides how dates without a zone are read, so it must be known before the first file. A stranger's tree
cannot make this long: a limited number of folders is looked at, no link is followed, nothing leaves the tree.
"""

import os
import posixpath
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Final

from refeed.input.address import is_address, is_elsewhere
from refeed.input.archives.names import is_archive_name
from refeed.input.discover import place_of
from refeed.input.ignored import NEVER_ENTERED
from refeed.input.parent_folders import folders_around
from refeed.input.place import PlaceError
from refeed.input.source_files import SourceFiles
from refeed.paths import INTO
from refeed.site import Site
from refeed.sites.settings import ENDINGS, FIRST_NAMES, OTHER_NAMES
from refeed.startup.named_tuple import NamedTuple

_MOST_FOLDERS: Final = 128  # without a site in them: an archive has as many folders as it likes
_MOST_SITES: Final = 1_000
_NAMES: Final = FIRST_NAMES | OTHER_NAMES
# In a folder that is looked through, with its sub-folders: sites have few, archives of days many. Where there are more,
# only names that are known whole are found: it is asked for each of them.
_MOST_NAMES: Final = 2_000
_BESIDE: Final = "../"


def find_sites(paths: Sequence[str], *, unpack: bool = False) -> tuple[Site, ...]:
    """Return the sites of files below the paths, the innermost first; with `unpack` those in archives, too."""
    places = dict.fromkeys(map(place_of, paths))  # files may be given by the thousand
    with closing(SourceFiles()) as files:
        sites = [site for place in places for site in _of(*place, files, unpack=unpack)]
    sites.sort(key=lambda site: not site.inside.startswith(_BESIDE))  # a folder's own settings count
    found = {site.below: site for site in sites}
    return tuple(sorted(found.values(), key=lambda site: -len(site.below)))


def only_site(sites: Sequence[Site]) -> Site | None:
    """Return the site, if there is but one; several folders of it may have been given."""
    is_one = len({os.path.realpath(site.configuration) for site in sites}) == 1
    return min(sites, key=lambda site: len(site.below)) if is_one else None


def site_of_all(sites: Sequence[Site], paths: Sequence[str]) -> Site | None:
    """Return the site that everything given lies in, if that is one."""
    is_all = all(any(place_of(path)[0].startswith(site.below) for site in sites) for path in paths)
    return only_site(sites) if is_all else None


def _of(prefix: str, is_folder: bool, files: SourceFiles, *, unpack: bool) -> Iterator[Site]:
    inside = list(_below(prefix, files, unpack=unpack)) if is_folder else []
    yield from inside
    if not any(site.below == prefix for site in inside) and (site := _around(prefix, files, above=is_folder)):
        yield site


def _below(prefix: str, files: SourceFiles, *, unpack: bool) -> Iterator[Site]:
    """Look at a folder and its folders, one level after the other; a site's own folders are its."""
    waiting, found, others = deque([""]), 0, 0
    while waiting and found < _MOST_SITES and others < _MOST_FOLDERS:
        folder = waiting.popleft()
        try:
            names, folders = _list(prefix, folder, files, unpack=unpack)
        except (OSError, PlaceError):
            continue
        site = _read(prefix, folder, names, files)
        if site:
            found += 1
            yield site._replace(below=prefix + folder)
            yield from _beside(site, prefix, folder)
            continue
        others += 1
        waiting.extend(f"{folder}{name}/" for name in sorted(folders))


def _beside(site: Site, prefix: str, folder: str) -> Iterator[Site]:
    """Yield a site for each folder of posts that it has beside its own, `../blog/`; none that was not given."""
    for content in site.content:
        place = posixpath.normpath(folder + content)
        if content.startswith(_BESIDE) and not place.startswith("."):
            yield site._replace(below=f"{prefix}{place}/", inside=content)


class _Folder(NamedTuple):
    """What a folder holds that tells whether a site is there, or below."""

    names: set[str]  # those that some generator knows
    folders: list[str]  # that may be looked at, too; none where there are too many names


def _list(prefix: str, folder: str, files: SourceFiles, *, unpack: bool = False, most: int = _MOST_NAMES) -> _Folder:
    names, folders, count = set[str](), list[str](), 0
    with files.scan(prefix, folder) as listing:
        for count, entry in enumerate(listing, 1):  # nothing else is kept: a folder may hold a million of them
            if count > _MOST_NAMES and not is_elsewhere(prefix + folder):
                names = {name for name in _NAMES if os.path.lexists(prefix + folder + name)}
                break
            name = entry.name
            if name in _NAMES or name.endswith(ENDINGS):
                names.add(name)
            is_asked = count <= most
            is_folder = is_asked and entry.is_dir(follow_symlinks=False)
            is_packed = unpack and is_asked and is_archive_name(name) and entry.is_file(follow_symlinks=False)
            if (is_folder or is_packed) and name[0] not in "._" and name not in NEVER_ENTERED:
                folders.append(name if is_folder else name + INTO[:-1])
    return _Folder(names, folders if count <= most else [])


def _around(prefix: str, files: SourceFiles, *, above: bool) -> Site | None:
    """Return the site that a folder given is part of, if it belongs to the same user; `above`: the folder is no site.

    Of the folders around it nothing counts but what lies in them.
    """
    if is_address(prefix):  # what lies above it was not given
        return None
    real, *others = folders_around(prefix or ".")
    for folder in others if above else (real, *others):
        top = str(folder).rstrip("/") + "/"
        try:
            is_own = not hasattr(os, "geteuid") or INTO in top or folder.stat().st_uid in {os.geteuid(), 0}
            site = _read(top, "", _list(top, "", files, most=0).names, files) if is_own else None
        except (OSError, PlaceError):
            return None
        if site:
            inside = real.relative_to(folder).as_posix()
            return site._replace(below=prefix, inside="" if inside == "." else inside + "/")
    return None


def _read(prefix: str, folder: str, names: set[str], files: SourceFiles) -> Site | None:
    """Return what the settings in a folder say of a site, if there are any."""
    if not FIRST_NAMES & names and not any(name.endswith(ENDINGS) for name in names):
        return None
    from refeed.sites.read import read_site  # most archives are no sites

    return read_site(prefix, folder, names, files)
