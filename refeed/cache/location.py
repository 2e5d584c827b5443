"""Where the indexes are: one file for each archive, in the user's cache folder."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from refeed.cache.index_file import family, is_index
from refeed.digests import blake2b
from refeed.input.address import without_secrets
from refeed.options import Options
from refeed.problems import ConfigurationError

_SUFFIX = ".index"


def index_path(options: Options) -> str | None:
    """Name the index of a run: the one that the user gave, or by default that of the folders to be read."""
    if options.no_index:
        return None
    if options.index:
        return options.index
    roots = sorted(os.path.realpath(path) for path in options.paths or (options.folder,))
    named = min(options.paths or (options.folder,), key=os.path.realpath)
    digest = blake2b("\0".join(roots).encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()
    title = re.sub(r"[^A-Za-z0-9.-]+", "-", os.path.basename(os.path.realpath(without_secrets(named))))[:40].strip(".-")  # noqa: PTH119
    return str(_folder() / f"{title or 'archive'}-{digest}{_SUFFIX}")


def index_files(path: str | None) -> Iterator[Path]:
    """Return the files of one index, or of all in the cache folder; those that were set aside as damaged, too."""
    if path:
        if os.path.lexists(path) and not is_index(path):
            raise ConfigurationError(f"{path}: not an index; it was not touched")
        yield from (found for name in family(path) if (found := Path(name)).is_file())
    elif _folder().is_dir():
        yield from sorted(found for found in _folder().iterdir() if _SUFFIX in found.name and found.is_file())


def _folder() -> Path:
    from platformdirs import user_cache_path  # only where nobody names a file

    return user_cache_path("refeed", appauthor=False)
