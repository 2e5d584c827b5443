"""Have files fetched from the disk before they are read, if a build would otherwise wait for each."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

if sys.platform == "linux":
    from resource import RUSAGE_THREAD, getrusage

_THREADS: Final = 8  # a cold solid-state disk is four times as fast with them; a warm one would only lose time
_SHARE: Final = 4  # where one of so many files had to be waited for, it is the disk that takes time
_BYTES: Final = 2**16


class Readahead:
    """Has files fetched ahead as long as reading them has to wait."""

    def __init__(self) -> None:
        """Begin without: usually the files are in memory."""
        self._waits = False

    @contextmanager
    def over(self, paths: Sequence[str]) -> Iterator[None]:
        """Look ahead over the files that the block reads."""
        if self._waits:
            from concurrent.futures import ThreadPoolExecutor  # few builds have to wait for the disk

            waited = 0
            with suppress(RuntimeError), ThreadPoolExecutor(_THREADS) as threads:  # the system may allow no threads
                waited = sum(threads.map(_fetch, paths))
            yield
        else:
            before = _waited()
            yield
            waited = _waited() - before
        self._waits = waited * _SHARE > len(paths)


def _fetch(path: str) -> bool:
    """Fetch the beginning of a file, and return whether that took a wait."""
    before = _waited()
    with suppress(OSError):  # whoever reads it will report it
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            os.posix_fadvise(handle, 0, _BYTES, os.POSIX_FADV_WILLNEED)
        finally:
            os.close(handle)
    return _waited() > before


def _waited() -> int:
    """Count how often this thread had to wait for something."""
    if sys.platform != "linux":  # no other system counts by thread
        return 0
    return getrusage(RUSAGE_THREAD).ru_nvcsw
