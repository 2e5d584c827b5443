"""Tell addresses (`s3://bucket/archive`) from paths of this machine."""

from typing import Final

from refeed.paths import INTO
from refeed.startup.late_patterns import late_pattern

_ADDRESS: Final = late_pattern(r"[a-z][a-z0-9+.-]*://")

_CHAIN: Final = "::"  # of fsspec: what stands before it lies in what stands behind it
_ARCHIVES: Final = ("zip://", "tar://")
_OWN_FILE: Final = late_pattern(r"file:(?://(?:localhost)?(?=/)|(?=/[^/]))")  # RFC 8089: of no other machine


def path_given(text: str) -> str:
    """Return the path that was given, be it as an address of this machine, or as fsspec names a part of an archive.

    `file:///home/ana/blog` is `/home/ana/blog`, `zip://old.zip` is `old.zip`, and `zip://posts::s3://bucket/old.zip` is
    `s3://bucket/old.zip!/posts`.
    """
    if text.startswith(_ARCHIVES):
        inner, chained, outer = text.partition("://")[2].partition(_CHAIN)
        return f"{path_given(outer)}{INTO}{inner.strip('/')}" if chained else path_given(inner)
    if own := _OWN_FILE.match(text):
        from urllib.parse import unquote

        path = unquote(text[own.end() :], errors="surrogateescape")
        return text if "\0" in path else path  # no file is called so
    return text


def is_address(path: str) -> bool:
    """Return whether a path is an address, or leads into an archive that lies at one."""
    return _ADDRESS.match(path) is not None


def is_elsewhere(path: str) -> bool:
    """Return whether a path may lead to something that is no file of this machine by itself."""
    return INTO in path or is_address(path)
