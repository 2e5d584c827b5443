"""Let only one run at a time write into the folder of a site."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from refeed.problems import OutputError


@contextmanager
def only_writer(root: Path, shown: str) -> Iterator[None]:
    """Hold the folder, which is made where there is none; if it is new and stays empty, it is gone at the end.

    The lock is on the folder itself: it ends with the process however that ends, so none is ever left behind.
    """
    is_new = not root.exists()
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{shown}: is not a folder, and one cannot be created there: {error.strerror}") from None
    handle = _locked(root, shown)
    try:
        yield
    finally:
        if is_new:
            with suppress(OSError):  # something is in it
                root.rmdir()
        if handle is not None:
            os.close(handle)


def _locked(root: Path, shown: str) -> int | None:
    """Return an open handle that holds the lock; None where the system or the file system has none for folders."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(f"{shown}: another run of `refeed publish` is writing there; wait for its end") from None
    except OSError:
        os.close(handle)
        return None
    return handle
