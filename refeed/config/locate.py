"""Find the refeed.toml of a run: the nearest one around the first PATH, else around the working directory."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from refeed.input.address import is_address
from refeed.input.parent_folders import folders_around
from refeed.options import CONFIGURATION_NAME
from refeed.paths import INTO
from refeed.problems import ConfigurationError
from refeed.startup.named_tuple import NamedTuple


class Located(NamedTuple):
    """The file that was found, or none, and why one that is there is not read."""

    path: Path | None = None
    refusal: str | None = None


def locate(paths: Sequence[str]) -> Located:
    """Find the file that counts for these PATHs."""
    for start in (*map(_folder_of, paths[:1]), "."):
        if found := next(_candidates(start), None):
            return _examined(_short(found))
    return Located()


def _folder_of(path: str) -> str:
    if is_address(path):
        return "."
    if os.path.isdir(path):
        return path
    return os.path.dirname(path.partition(INTO)[0]) or "."


def _candidates(start: str) -> Iterator[Path]:
    """Return what is called refeed.toml in a folder and above it, up to a home folder or the root of a repository."""
    for folder in folders_around(start):
        path = folder / CONFIGURATION_NAME
        if os.path.lexists(path):  # a link to nothing is a mistake to report, not to pass over
            yield path


def _short(path: Path) -> Path:
    """Name a file below the working directory from there: paths in messages begin as the user's do."""
    here = os.path.realpath(".")
    return path.relative_to(here) if path.is_relative_to(here) else path


def _examined(path: Path) -> Located:
    """Refuse a file of another user: one who can write into a folder above must not decide what is published."""
    try:
        statuses = (path.lstat(), path.stat())
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from None
    if hasattr(os, "geteuid") and any(status.st_uid != os.geteuid() for status in statuses):
        return Located(refusal=f"{path} belongs to another user and was not read; --config {path} reads it")
    if not stat.S_ISREG(statuses[1].st_mode):
        raise ConfigurationError(f"{path}: cannot be read: it is not a file")
    return Located(path)
