"""List the folders of a site, whose names say how it is built, up to a limit."""

from collections import deque
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import islice
from typing import Final

from refeed.input.ignored import NEVER_ENTERED
from refeed.input.place import PlaceError
from refeed.input.source_files import SourceFiles

_MOST: Final = 500  # names in a folder
_MOST_LOOKED_AT: Final = 20_000  # to find those among them: an archive may have all of its posts in one folder
_MOST_FOLDERS: Final = 10_000  # that are entered: each post may have its own
_DEEPEST: Final = 8


def names_in(prefix: str, folder: str, *, only_folders: bool, beginning: str = "") -> Iterator[str]:
    """Yield the names in a folder, in order, or those that begin so."""
    names = list[str]()
    with closing(SourceFiles()) as files, suppress(OSError, PlaceError), files.scan(prefix, folder) as listing:
        found = (entry for entry in islice(listing, _MOST_LOOKED_AT) if entry.name.startswith(beginning))
        kept = (entry.name for entry in found if not only_folders or entry.is_dir(follow_symlinks=False))
        names += islice(kept, _MOST_FOLDERS if only_folders else _MOST)
    yield from sorted(names)


def folders_below(prefix: str, top: str, folder: str) -> Iterator[str]:
    """Yield a folder of the site at `top` and those some way below it, one level after the other."""
    return islice(_below(prefix, top, folder), _MOST_FOLDERS)


def _below(prefix: str, top: str, folder: str) -> Iterator[str]:
    waiting = deque([(folder, 0)])
    while waiting:
        folder, depth = waiting.popleft()
        yield folder
        for name in names_in(prefix, top + folder, only_folders=True) if depth < _DEEPEST else ():
            if name[0] != "." and name not in NEVER_ENTERED:
                waiting.append((f"{folder}{name}/", depth + 1))
