"""Find what belongs to the innermost folder around a file."""

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def innermost(values: Mapping[str, T], folder: str) -> T | None:
    """Return the value of the longest key that a folder's path begins with; folders end with a slash.

    "" is the working directory.
    """
    end = len(folder)
    while (end := folder.rfind("/", 0, end)) >= 0:
        if found := values.get(folder[: end + 1]):
            return found
    return values.get("") if not folder.startswith(("/", "../")) else None
