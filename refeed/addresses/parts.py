"""Split addresses for the tables: host, path, query, and an address inside another one."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_DIGITS: Final = "0123456789"  # `string` compiles a pattern where it is imported, and builds need nothing else of it
_SCHEMES: Final = frozenset({"", "http:", "https:"})
# An address inside another one: as it is, or percent-encoded once or more; some servers fold its slashes into one.
_INNER: Final = late_pattern(r"https?(?::|%(?:25){0,3}3a)", re.IGNORECASE)
_ENCODED: Final = late_pattern(r"https?%(?:25){0,3}3a", re.IGNORECASE)
_FOLDED: Final = late_pattern(r"(https?):/{1,4}(?!/)", re.IGNORECASE)


# Archives of pages: the address inside theirs is another page, or none any more.
_ARCHIVES: Final = frozenset(
    {"archive.is", "archive.md", "archive.org", "archive.ph", "archive.today", "perma.cc", "webcitation.org"}
)
RECENT_HOSTS: Final = 256  # links and pictures of an outlet lead to few hosts
_RECENT: Final = 64  # every table and step asks about an address again; a few, because one may be a whole picture


class UrlParts(NamedTuple):
    """What the tables ask about an address."""

    host: str  # in lower case, without "www." and port; "" when the address is relative
    path: str
    query: str

    @property
    def host_and_path(self) -> str:
        """Host and path."""
        return self.host + self.path


@lru_cache(_RECENT)
def split_address(address: str) -> UrlParts:
    """Split an address, which need not be valid."""
    page, _, query = address.partition("#")[0].partition("?")
    scheme, slashes, rest = page.partition("//")
    if not slashes or scheme.lower() not in _SCHEMES:
        return UrlParts._make(("", page, query))
    authority, slash, path = rest.partition("/")
    host, _, port = authority.rpartition("@")[2].partition(":")
    return UrlParts._make((host.lower().removeprefix("www."), port.lstrip("0123456789") + slash + path, query))


def is_archived(address: str) -> bool:
    """Return whether an address is that of an archived copy: nothing in it may change."""
    return is_listed(split_address(address).host, _ARCHIVES)


@lru_cache(4 * RECENT_HOSTS)  # of four tables, as pictures ask for them
def is_listed(name: str, table: frozenset[str]) -> bool:
    """Return whether a host or a domain above it is in a table."""
    return listed(name, table) is not None


def listed(name: str, table: Collection[str]) -> str | None:
    """Return the entry of a table that is a host or a domain above it, the longest one."""
    entry = name.lower()
    while "." in entry:
        if entry in table:
            return entry
        entry = entry.partition(".")[2]
    return None


def inner_address(text: str) -> str | None:
    """Return the address that a text begins with, decoded until it is one; what follows an encoded one is cut off.

    Nobody can say where an address that is not encoded ends: it goes on to the end of the text when it has a
    query of its own, else to the next `&`.
    """
    if not _INNER.match(text):
        return None
    if not _ENCODED.match(text):
        address = text if "?" in text.partition("&")[0] else text.partition("&")[0]
        return _FOLDED.sub(r"\1://", address, count=1)
    address = re.split("[&#]", text, maxsplit=1)[0]
    while _ENCODED.match(address):
        address = unquote(address)
    return _FOLDED.sub(r"\1://", address, count=1)


def parameter(query: str, name: str) -> str | None:
    """Return what stands behind `name=` in a query, up to the end of the query."""
    if query.startswith(name + "="):
        return query[len(name) + 1 :]
    _, found, value = query.partition(f"&{name}=")
    return value if found else None
