"""The addresses of the server: from --base-url, else from the request."""

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import quote, urlsplit

from refeed.pages.rendering import Visit

FEED: Final = "feed.xml"

# What a client claims to have asked for goes into pages: a name or number with a port, nothing else.
_HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


class Addresses:
    """The addresses of one server."""

    def __init__(self, base_url: str | None, *, local: bool = False) -> None:
        """Read the base URL: a folder's address, or the feed's own; with another machine's name, others are served."""
        self._local = local and is_local(urlsplit(base_url or "").netloc or None)
        self.feed_url: str | None = None  # absolute; without a base URL only a visitor knows
        self.root = "/"
        if base_url is not None:
            page, self.feed_url = absolute(base_url)
            self.root = urlsplit(page).path

    def visit(
        self, host: str | None, server: tuple[str, int | None] | None, *, pictures: bool, forwarded: bool = False
    ) -> Visit:
        """Return the addresses as this visitor sees them; a request that was forwarded is another machine's."""
        address = self.feed_url or f"http://{_name(host, server)}/{FEED}"
        return Visit(address, self.root, pictures, self._local and not forwarded)


def absolute(base_url: str) -> tuple[str, str]:
    """Return the addresses of the page and of the feed: a base URL is a folder's, or the feed's own."""
    base = quote(base_url, safe="%/:?#[]@!$&'()*+,;=~")  # headers hold ASCII
    if base.endswith(".xml"):
        return base.rpartition("/")[0] + "/", base
    folder = base.rstrip("/") + "/"
    return folder, folder + FEED


def is_local(host: str | None) -> bool:
    """Return whether a Host header names this machine itself, or nothing."""
    told = (host or "localhost").lower()
    if not _HOST.fullmatch(told):
        return False
    name = told[1:].partition("]")[0] if told.startswith("[") else told.partition(":")[0]
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _name(host: str | None, server: tuple[str, int | None] | None) -> str:
    if host and _HOST.fullmatch(host):
        return host
    name, port = server or ("localhost", None)
    bracketed = f"[{name}]" if ":" in name else name
    return f"{bracketed}:{port}" if port else bracketed
