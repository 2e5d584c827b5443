"""Digest whatever decides the result of a build besides the dumps: settings, refeed, its libraries, Python."""

import os
import re
import sys
import time
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Final, Protocol
from zlib import crc32

from refeed.digests import blake2b
from refeed.input.place import is_young, stats_of
from refeed.options import Options
from refeed.records.facets import FACETS, need_facets
from refeed.startup.kept_file import KeptFile
from refeed.startup.late_patterns import late_pattern
from refeed.startup.package_modules import entries_of
from refeed.version import VERSION

_LIBRARIES: Final = (
    "beautifulsoup4",
    "chardet",
    "feedgen",
    "idna",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "nh3",
    "python-dateutil",
    "pyyaml",
    "regex",
    "soupsieve",
    "trafilatura",
    "tzdata",
)

# The settings that decide what is read of a file, and what an entry is made into.
READING: Final = (
    *("allow", "author", "category", "future", "language", "match", "outlet", "sites", "sources", "undated"),
    *("withheld", "work_trees"),
)
MAKING: Final = (
    *("allow", "base_url", "content", "entry_pages", "feed", "format", "future", "sites", "sources", "stubs"),
    *("undated", "withheld", "work_trees"),
)
# Those that decide nothing about a feed.
_MANNERS: Final = frozenset(
    {
        "archive",
        "cluster",
        "config",
        "confined",
        "debug",
        "feeds",
        "host",
        "html",
        "if_changed",
        "index",
        "json",
        "min_articles",
        "named_feeds",
        "no_index",
        "now",
        "pages",
        "poll",
        "port",
        "quiet",
        "site",
        "strict",
        "verbose",
        "workers",
    }
)
# Where dateutil looks for the rules of time zones before it takes its own; the first line names their version.
_ZONES: Final = ("/usr/share/zoneinfo/tzdata.zi", "/usr/lib/zoneinfo/tzdata.zi", "/usr/share/lib/zoneinfo/tzdata.zi")

_PACKAGE: Final = str(Path(__file__).parents[1])
# Packages that ask for builds, or show what these make: no build depends on them.
ABOVE_BUILDS: Final = frozenset(
    {
        "commands",
        "comparison",
        "feeds",
        "inspection",
        "pages",
        "publish",
        "rules",
        "search",
        "serve",
        "validation",
        "watch",
    }
)
_SEPARATORS: Final = late_pattern(r"[-_.]+")  # which name a distribution alike: PEP 503
_KEPT: Final = KeptFile.of(__spec__, sys.version, 1)  # besides what is new, and two digests are current


class Memo(Protocol):
    """What keeps bytes under keys from one build to the next."""

    def result(self, key: bytes) -> bytes | None:
        """Return what was kept."""
        ...

    def keep_result(self, key: bytes, result: bytes) -> None:
        """Keep a result by its key."""
        ...


def names_of_reading(options: Options) -> Iterable[str]:
    """Return the settings that decide what is read from a file, without those that its facets are compared with."""
    return [name for name in READING if name not in FACETS] if need_facets(options) else READING


def digest(options: Options, names: Iterable[str] | None = None, *, whole: bool = True) -> bytes:
    """Digest some settings, by default all that decide about a feed, with the program that reads them.

    Of a program that is not meant as a whole, what no build depends on does not count.
    """
    return blake2b(_program(whole=whole) + stated(options, names), digest_size=16).digest()


def stated(options: Options, names: Iterable[str] | None = None) -> bytes:
    """Write settings, by default all that a feed depends on, so that different settings give different bytes."""
    names = names or [field.name for field in fields(options) if field.name not in _MANNERS]
    return repr([(name, _plain(getattr(options, name))) for name in sorted(names)]).encode("utf-8", "backslashreplace")


@cache
def _program(*, whole: bool) -> bytes:
    """Digest refeed's own sources, and the versions of everything below them."""
    if whole:
        recall_sources(_KEPT, time.time_ns())
    installed = _versions()
    versions = [*(installed.get(name, "") for name in _LIBRARIES), *map(_first_line, _ZONES)]
    return blake2b(repr((sys.version, versions)).encode() + sources(whole=whole)).digest()


_sources: dict[bool, bytes] = {}
"""The digests of refeed's own sources, once they are known: of all, and of those that builds depend on."""


def sources(*, whole: bool = True) -> bytes:
    """Digest refeed's own sources, which tell a release from another one, or those that builds depend on."""
    if whole not in _sources:
        found = blake2b()
        for source in _files_of(_PACKAGE, whole=whole):
            with open(source.path, "rb", buffering=0) as file:
                text = file.readall()
            # A checksum is enough to tell one release from another.
            found.update(f"{source.path[len(_PACKAGE) :]}\0{len(text)} {crc32(text)}\0".encode())
        _sources[whole] = found.digest()
    return _sources[whole]


def recall_sources(memo: Memo, moment: int, *, whole: bool = True) -> None:
    """Take a digest of refeed's own sources from where it was kept if they are what they were, and else keep it.

    To look at their times takes much less than to read them all, which shows in a build of nothing new. The digest is
    kept for the user and, who may have no folder for it, in the memo. `moment` is now, in nanoseconds since 1970.
    """
    if whole in _sources:
        return
    files = _files_of(_PACKAGE, whole=whole)
    stats = [stats_of(file.stat()) for file in files]
    try:
        times = array("q", chain.from_iterable(stats)).tobytes()
    except OverflowError:  # a time after the year 2262: these sources are read in every run
        return
    stated = times + "\0".join([file.path for file in files]).encode("utf-8", "surrogatepass")
    key = blake2b(stated, person=b"sources").digest()
    if known := _KEPT.result(key) or memo.result(key):
        _sources[whole] = known
    elif not any(is_young(max(mtime, ctime), ctime, moment) for _, mtime, ctime, _ in stats):
        for place in (_KEPT, memo):
            place.keep_result(key, sources(whole=whole))


def _files_of(folder: str, *, whole: bool) -> list[os.DirEntry[str]]:
    """Return the sources below a package, sorted, or what was compiled of them; else the archive that it lies in."""
    found, folders = list[os.DirEntry[str]](), [folder]
    above = () if whole else {os.path.join(folder, name) for name in ABOVE_BUILDS}
    while folders:
        for entry in entries_of(folders.pop()):
            if entry.name.endswith((".py", ".pyc", ".tsv")):  # beside sources nothing is compiled: see PEP 3147
                found.append(entry)
            elif entry.name != "__pycache__" and entry.path not in above and entry.is_dir():
                folders.append(entry.path)
    return sorted(found, key=attrgetter("path")) or _archive_around(folder)


def _archive_around(folder: str) -> list[os.DirEntry[str]]:
    archives = (above for above in Path(folder).parents if above.is_file())
    return [entry for above in archives for entry in entries_of(str(above.parent)) if entry.name == above.name]


def release() -> str:
    """Return what two programs must agree in to exchange what they have made."""
    return f"{VERSION} ({sources().hex()[:12]})"


def _versions() -> Mapping[str, str]:
    """Return what is installed in which version, by the names of folders: importlib.metadata is slow to load."""
    found = dict[str, str]()
    for folder in sys.path:
        for name in os.listdir(folder or ".") if os.path.isdir(folder or ".") else ():
            if name.endswith((".dist-info", ".egg-info")):
                package, _, version = name[: -len(".dist-info")].partition("-")
                found.setdefault(_SEPARATORS.sub("-", package).lower(), version)
    return found


def _first_line(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.readline(200)
    except OSError:
        return b""


def _plain(value: object) -> object:
    """Write a setting with values that `repr` shows whole."""
    if isinstance(value, re.Pattern):
        return (value.pattern, value.flags)
    if isinstance(value, Mapping):
        return [(key, _plain(item)) for key, item in value.items()]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return [(field.name, _plain(getattr(value, field.name))) for field in fields(value)]
    return value
