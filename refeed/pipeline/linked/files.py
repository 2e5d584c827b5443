"""Find the pictures that posts show by name alone: `![[steps.png]]` is a file anywhere in the tree of the site.

Obsidian takes the one whose path is written, else the one beside the note, else the one with the shortest path. What is
found by is a table of the pictures of a site, made for the first body that asks.
"""

import posixpath
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import lru_cache, partial
from typing import Final

from refeed.input.ignored import NEVER_ENTERED
from refeed.input.place import PlaceError
from refeed.input.source_files import SourceFiles
from refeed.model import LinkedPost
from refeed.records.publication.unpublished_places import code_of_folders
from refeed.site import Site, Sites
from refeed.sites.files import address_of_found, assets_called, may_be_asset, static_folders
from refeed.sites.references import file_called
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.pictures import PICTURE_ENDINGS

_MOST_FILES: Final = 200_000  # of a tree; what lies beyond is not found
_MOST_FOLDERS: Final = 20_000
_MOST_SITES: Final = 16  # whose tables are remembered
_MOST_NAMESAKES: Final = 64  # that are compared


class _Pictures(NamedTuple):
    """The pictures of a site: their paths, and those of each name, all as names of embedded files are compared."""

    paths: Mapping[str, str]  # to the paths as they are
    names: Mapping[str, list[str]]


class LinkedFiles:
    """Finds pictures for one build."""

    def __init__(self, sites: Sites) -> None:
        """Take the sites of the run; nothing is listed until a body asks."""
        self._sites = sites
        self._pictures = lru_cache(_MOST_SITES)(self._listed)

    def find(self, name: str, post: str, site: Site | None) -> LinkedPost | None:
        """Return the address of the picture that a post at a path of its site calls so; None where there is none.

        With a slash before it a name is a path, from the top of the site or from the post. Where a theme may look for
        it elsewhere, the address is "" if nobody can tell whether it is there.
        """
        if site is None or not site.address:
            return None
        pictures = self._pictures(site.below)
        is_path = name.startswith("/")
        called = file_called(posixpath.normpath(name.lstrip("/")))
        beside = file_called(posixpath.normpath(posixpath.join(posixpath.dirname(post), name.lstrip("/"))))
        at_top = (file_called(folder) + called for folder in static_folders(site))
        namesakes = sorted(pictures.names.get(posixpath.basename(called), ()), key=lambda path: (len(path), path))
        in_assets = assets_called(called, namesakes, site) if is_path else ()
        anywhere = (path for path in namesakes if path.endswith(f"/{called}") and not is_path)
        for path in dict.fromkeys([called, beside, *at_top, *in_assets, *anywhere]):
            if path in pictures.paths and (address := address_of_found(pictures.paths[path], post, site)):
                return LinkedPost(address, "")
        is_unsure = is_path and may_be_asset(called, site) and (namesakes or not pictures.paths)
        return LinkedPost("", "") if is_unsure else None

    def _listed(self, below: str) -> _Pictures:
        paths, names = dict[str, str](), dict[str, list[str]]()
        for path in filter(None, map(partial(self._published, below), _pictures_below(below))):
            paths.setdefault(called := file_called(path), path)
            namesakes = names.setdefault(posixpath.basename(called), [])
            if len(namesakes) < _MOST_NAMESAKES:
                namesakes.append(called)
        return _Pictures(paths, names)

    def _published(self, below: str, path: str) -> str | None:
        """Return the path in its site of a picture below a folder; None for one of another site, or kept back."""
        site = self._sites.around(below + path)
        if site is None or site.below != below or self._sites.why_kept_back(below + path):
            return None
        within = site.path_of(below + path)
        return None if code_of_folders(posixpath.dirname(within)) else within


def _pictures_below(top: str) -> Iterator[str]:
    """Yield the paths of pictures below a folder, one level after the other and each folder in order."""
    waiting, folders, files = deque([""]), 0, 0
    with closing(SourceFiles()) as source_files:
        while waiting and folders < _MOST_FOLDERS and files < _MOST_FILES:
            folder, folders = waiting.popleft(), folders + 1
            try:
                with source_files.scan(top, folder) as listing:
                    entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in listing)
            except (OSError, PlaceError):
                continue
            files += len(entries)
            waiting.extend(
                f"{folder}{name}/"
                for name, is_folder in entries
                if is_folder and name[0] != "." and name not in NEVER_ENTERED
            )
            yield from (
                folder + name for name, is_folder in entries if not is_folder and name.lower().endswith(PICTURE_ENDINGS)
            )
