"""Make links lead somewhere: absolute, past redirectors, and none where the address is broken."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qs

from bs4 import BeautifulSoup
from bs4.element import Tag

from refeed.clean.step import Body, Flaw, Note
from refeed.clean.tree import attribute, standing, tags, unwrap
from refeed.urls import host, resolve

# Host and path of a redirector → the parameter that holds the target.
_REDIRECTORS: Final = MappingProxyType(
    {
        "c.duomai.com/track.php": "t",
        "google.com/url": "q",
        "l.facebook.com/l.php": "u",
        "link.juejin.cn/": "target",
        "link.zhihu.com/": "target",
        "links.jianshu.com/go": "to",
        "oschina.net/action/GoToLink": "url",
        "youtube.com/redirect": "q",
    }
)
_QUERY: Final = re.compile(r"https?://[^/?#]*([^?#]*)\?([^#]*)", re.IGNORECASE)

# Addresses for programs: what they return is no page. Host and the beginning of the path.
_INTERFACES: Final = ("api.dw.com/api/",)

# What scripts write when they do not know the address; Cloudflare's mask over mail addresses.
_BROKEN: Final = re.compile(r"/(?:undefined|null|NaN|\[object%20Object\]|cdn-cgi/l/email-protection)/?(?:#.*)?\Z")
_LONGEST: Final = 8_000  # RFC 9110, 4.1
_GLUED: Final = re.compile(r"https?://[^/?#:]*https?:", re.IGNORECASE)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_KEPT_SCHEMES: Final = frozenset({"ftp", "mailto"})


def resolve_links(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Give every link its absolute address; where there is none, or a link inside it, its text stays alone."""
    for link in standing(tags(soup)):
        if link.name != "a":
            continue
        address = attribute(link, "href")
        target = link_target(address, body.url)
        if target is None or any(isinstance(inner, Tag) and inner.name == "a" for inner in link.descendants):
            if target is None and _is_relative(address) and body.url is None:
                yield Flaw("relative-url", address)
            unwrap(link)
            yield 0
        elif target != address:
            link.attrs["href"] = target
            yield 0


def link_target(address: str, base: str | None) -> str | None:
    """Return where a link leads, or None for an address that leads nowhere."""
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() in _KEPT_SCHEMES:
        return address
    if not address or len(address) > _LONGEST or address.startswith("#") or _GLUED.match(address):
        return None
    url = resolve(address, base)
    for _ in range(4):
        url = _behind(url) if url else None
    if url is None or _BROKEN.search(url) or url.partition("://")[2].startswith(_INTERFACES):
        return None
    return url


def _behind(url: str) -> str:
    """Return the target of a redirector, or the address itself."""
    query = _QUERY.match(url)
    if query is None:
        return url
    parameter = _REDIRECTORS.get(f"{host(url)}{query[1]}")
    values = parse_qs(query[2]).get(parameter, []) if parameter else []
    return (resolve(values[-1], None) if values else None) or url


def _is_relative(address: str) -> bool:
    return bool(address) and not address.startswith(("#", "//")) and not _SCHEME.match(address)
