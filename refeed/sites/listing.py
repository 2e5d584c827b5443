"""List the folders of a site, whose names say how it is built; a stranger's folder cannot make this long."""

import os
from collections.abc import Iterator
from typing import Final

from refeed.input.confined import open_folder

_MOST: Final = 500  # names in a folder


def names_in(prefix: str, folder: str, *, only_folders: bool) -> Iterator[str]:
    """Yield the names in a folder, in order."""
    try:
        handle = open_folder(prefix, folder)
    except OSError:
        return
    try:
        with os.scandir(handle) as listing:
            found = [entry for _, entry in zip(range(_MOST), listing, strict=False)]
            names = [entry.name for entry in found if not only_folders or entry.is_dir(follow_symlinks=False)]
    finally:
        os.close(handle)
    yield from sorted(names)
