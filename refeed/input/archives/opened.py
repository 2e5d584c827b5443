"""Keep the last few archives open, because their members are read one after the other, in many places of a run.

What is open belongs to a thread: an archive that is read in its order has a state. Each time its file is asked whether
it is what it was.
"""

import os
import stat
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

from refeed.input.address import is_address
from refeed.input.archives.archive import Archive
from refeed.input.archives.byte_source import LocalBytes
from refeed.input.archives.errors import OverLimitError
from refeed.input.place import Place, stats_of
from refeed.limits import Limits
from refeed.paths import INTO

_MOST_OPEN: Final = 16
_MOST_BYTES: Final = 2**26  # in memory, of all but the last one


class _Opened(threading.local):
    def __init__(self) -> None:
        self.archives: OrderedDict[Hashable, Archive] = OrderedDict()


_opened: Final = _Opened()


def open_archive(path: str, handle: int, limits: Limits) -> Archive | None:
    """Return the archive in an open file, which it takes over; None if that is a folder or a device."""
    source, status = LocalBytes(handle), os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        return None
    stats = stats_of(status)
    key = (os.path.basename(path), status.st_dev, stats, limits)
    return _known(key, lambda: Archive(source, path, stats, limits))


def open_inner(path: str, name: str, place: Place, limits: Limits) -> Archive:
    """Return the archive that a file in another place is."""
    if path.count(INTO) >= limits.max_archive_depth:
        raise OverLimitError(limits.max_archive_depth, "archives in one another", "max_archive_depth")
    stats = place.stats(name)

    def new() -> Archive:
        source = place.byte_source(name, limits.max_file_bytes)
        if source is None:
            raise OverLimitError(limits.max_file_bytes, "bytes", "max_file_bytes")
        return Archive(source, path, stats, limits, sharing=place.sharing)

    within = path if is_address(path) else path.partition(INTO)[2]
    return _known((within, stats, limits), new)


def _known(key: Hashable, new: Callable[[], Archive]) -> Archive:
    """Return the archive with this key: its path, and all that must not have changed."""
    archives = _opened.archives
    found = archives.pop(key, None) or new()
    archives[key] = found
    while len(archives) > 1 and (len(archives) > _MOST_OPEN or _bytes_in_memory() > _MOST_BYTES):
        archives.popitem(last=False)
    return found


def _bytes_in_memory() -> int:
    return sum(archive.bytes_in_memory for archive in _opened.archives.values())


def close_archives() -> None:
    """Close all that this thread has open."""
    _opened.archives.clear()
