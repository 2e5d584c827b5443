"""Name a folder after a title, so that any host and file system accepts it and no two titles share one."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from refeed.digests import blake2b

_LONGEST: Final = 96  # bytes of UTF-8; file systems hold 255, but paths on Windows end at 260 characters
# What Windows takes for a device, with any ending (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)


def folder_names(titles: Iterable[str]) -> dict[str, str]:
    """Return the name of each title's folder; where two would share one, the first title keeps it.

    Names are in lower case and NFC: some file systems tell neither cases nor ways to write a letter apart.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for title in dict.fromkeys(titles):
        name = _plain_name(title)
        if not name or name in taken:
            name = f"{name}-{_mark(title)}" if name else _mark(title)
        names[title] = name
        taken.add(name)
    return names


def _plain_name(title: str) -> str:
    """Return the letters and digits of a title with hyphens between; "" where no name can be made of it."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", title).casefold())
    kept = "".join(character if _is_kept(character) else " " for character in folded)
    words = (word.lstrip(_marks_in(word)) for word in kept.split())
    name = "-".join(word for word in words if word)
    short = name.encode()[:_LONGEST].decode("utf-8", "ignore").rstrip("-")
    return "" if short in _DEVICES else short


def _is_kept(character: str) -> bool:
    """Return whether it is a letter, a digit, or a mark on one: vowels of Indic and Thai scripts are marks."""
    return unicodedata.category(character)[0] in "LMN"


def _marks_in(word: str) -> str:
    return "".join(character for character in word if unicodedata.category(character)[0] == "M")


def _mark(title: str) -> str:
    return blake2b(title.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
