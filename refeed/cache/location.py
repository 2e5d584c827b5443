"""Where the indexes are: one file for each archive, in the user's cache folder."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from refeed.cache.index_file import family, is_begun, is_index
from refeed.digests import blake2b
from refeed.options import Options
from refeed.paths import without_secrets
from refeed.problems import ConfigurationError
from refeed.startup.user_folder import cache_folder

_SUFFIX = ".index"


def index_path(options: Options) -> str | None:
    """Name the index of a run: the one that the user gave, or by default that of the folders to be read.

    None where there is none: the user wants none, or has no folder for it.
    """
    if options.no_index:
        return None
    folder = None if options.index else cache_folder()
    if folder is None:
        return options.index or None
    roots = sorted(os.path.realpath(path) for path in options.paths or (options.folder,))
    named = min(options.paths or (options.folder,), key=os.path.realpath)
    digest = blake2b("\0".join(roots).encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()
    title = re.sub(r"[^A-Za-z0-9.-]+", "-", os.path.basename(os.path.realpath(without_secrets(named))))[:40].strip(".-")
    return f"{folder}{os.sep}{title or 'archive'}-{digest}{_SUFFIX}"


def index_files(path: str | None) -> Iterator[Path]:
    """Return the files of one index, or of all in the cache folder; those that were set aside as damaged, too."""
    if path:
        if os.path.lexists(path) and not (is_index(path) or is_begun(path)):
            raise ConfigurationError(f"{path}: not an index; it was not touched")
        yield from (found for name in family(path) if (found := Path(name)).is_file())
    elif folder := cache_folder():
        yield from sorted(found for found in Path(folder).glob(f"*{_SUFFIX}*") if found.is_file())
