"""Say why something in a folder cannot be read: it is no regular file, leads nowhere, or does not open."""

import stat

from refeed.problems import Problem


def unreadable(path: str, error: OSError | OverflowError) -> Problem:
    """Return the problem of a file that cannot be opened."""
    reason = error.strerror if isinstance(error, OSError) else "it vanished"
    return Problem("unreadable", f"cannot be read: {reason}", path)


def broken_link(path: str) -> Problem:
    """Return the problem of a link that leads nowhere."""
    return Problem("symlink", "a broken link: skipped", path)


def special_file(path: str, mode: int) -> Problem:
    """Return the problem of what is no regular file."""
    kinds = (
        (stat.S_ISFIFO, "a FIFO"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    kind = next((word for test, word in kinds if test(mode)), "a special file")
    return Problem("special-file", f"{kind}, not a regular file: not opened", path)
