"""Take the proxy off a picture's address, only where the address of the picture itself is certain to stand inside.

Proxies that encrypt or digest it (Camo, Blogger, Reddit's previews) stay, and so does the Internet Archive: it shows
what its original may no longer show.
"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode

from refeed.addresses.parts import (
    RECENT_HOSTS,
    UrlParts,
    inner_address,
    is_archived,
    is_listed,
    parameter,
    split_address,
)
from refeed.startup.late_patterns import late_pattern

# End of the host, beginning or end of the path → the parameter that holds the address. Put together by hand, from
# addresses as these services write them; "" as a host is any host: programs that people run on their own.
_QUERIES: Final = (
    ("", "/.netlify/images", "url"),  # Netlify Image CDN
    ("", "/_image", "href"),  # Astro
    ("", "/_next/image", "url"),  # Next.js
    ("", "/_vercel/image", "url"),  # Vercel
    ("", "/timthumb.php", "src"),  # in many WordPress themes
    ("allorigins.win", "/raw", "url"),
    ("api.codetabs.com", "/v1/proxy", "quest"),
    ("corsproxy.io", "/", "url"),
    ("duckduckgo.com", "/iu/", "u"),  # external-content., images., proxy.
    ("facebook.com", "/safe_image.php", "url"),
    ("fbcdn.net", "/emg1/", "url"),
    ("fbcdn.net", "/safe_image.php", "url"),
    ("i.embed.ly", "/1/", "url"),
    ("image.baidu.com", "/search/down", "thumburl"),
    ("image.baidu.com", "/search/down", "url"),
    ("imageproxy.pimg.tw", "/resize", "url"),
    ("opensocial.googleusercontent.com", "/gadgets/proxy", "url"),
    ("read.html5.qq.com", "/image", "imageUrl"),
    ("timg01.bdimg.com", "/timg", "src"),
)

# Hosts whose whole purpose is to fetch what stands at the end of their own address.
_RELAYS: Final = frozenset(
    {
        "cdn.shortpixel.ai",
        "cors-anywhere.herokuapp.com",
        "cors.bridged.cc",
        "cors.eu.org",
        "cors.sh",
        "corsproxy.io",
        "crossorigin.me",
        "images.hive.blog",
        "pic1.xuehuaimg.com",
        "sp-ao.shortpixel.ai",
        "steemitimages.com",
        "thingproxy.freeboard.io",
        "workers.dev",
        "yacdn.org",
    }
)

# Parts of a path behind which the address stands, after a slash: image servers that fetch (Cloudinary and Substack,
# Cloudflare, Nuxt, Thumbor, imgproxy, Yahoo, Baidu).
_MARKERS: Final = (
    "/_ipx/",
    "/api/res/1.2/",
    "/cdn-cgi/image/",
    "/image/fetch/",
    "/image_search/src=",
    "/imageproxy/",
    "/insecure/",
    "/plain/",
    "/unsafe/",
)
# Where it begins, up to the end.
_TAIL: Final = late_pattern(r"(?:[/?]|[?&]url=|/src=)(https?(?::|%(?:25){0,3}3a).*)\Z", re.IGNORECASE | re.DOTALL)
# What imgproxy lets follow to choose a format.
_FORMAT: Final = late_pattern(r"(\.[a-z]{3,4})@(?:avif|gif|jpe?g|png|webp)\Z", re.IGNORECASE)

# https://wsrv.nl/docs/: the address comes without scheme, and mirrors leave it unescaped.
_WESERV: Final = frozenset({"images.weserv.nl", "wsrv.nl"})
_ESCAPED_SLASH: Final = late_pattern(r"%(?:25){0,3}2f", re.IGNORECASE)
_WESERV_OPTION: Final = late_pattern(
    r"&(?:a|bg|blur|con|crop|default|dpr|errorredirect|fit|h|il|l|maxage|mod|n|output|q|trim|w|we)(?:=[^&]*)?\Z"
)

# https://developer.wordpress.com/docs/photon/: the path is the address, the query says how to scale it.
_PHOTON: Final = late_pattern(r"i[0-9]\.wp\.com")
_PHOTON_OPTIONS: Final = frozenset(
    {
        "brightness",
        "colorize",
        "contrast",
        "crop",
        "filter",
        "fit",
        "h",
        "is-pending-load",
        "lb",
        "quality",
        "resize",
        "smooth",
        "ssl",
        "strip",
        "ulb",
        "unlb",
        "w",
        "zoom",
    }
)

# https://developers.google.com/amp/cache/overview: kind of document, perhaps a width, `s` for https, host and path.
_AMP_CACHE: Final = late_pattern(r"/(?:i|ii/[A-Za-z0-9]+|mbv?|r|c|v)/(s/)?([\w.-]+\.[a-z]{2,}(?:/.*)?)", re.DOTALL)

# The page on which Google, in any country, shows one picture of its search.
_GOOGLE: Final = late_pattern(r"(?:images\.)?google\.(?:com?\.)?[a-z]{2,3}")

# Gmail's proxy repeats the address as its fragment.
_GMAIL: Final = late_pattern(
    r"https?://(?:ci[0-9]|mail)[\w.-]*\.googleusercontent\.com/[^#]*#(?=https?://)", re.IGNORECASE
)

_MOST_LAYERS: Final = 5


def unwrap_proxy(address: str) -> str:
    """Return the address without its proxies, also one around another; an address without any comes back as it is."""
    holds_one = "?" in address or "http" in address[4:].lower() or is_proxy(split_address(address).host)
    if not holds_one or is_archived(address):  # nearly always
        return address
    for _ in range(_MOST_LAYERS):
        inner = _unwrap_once(address)
        if inner == address:
            break
        address = inner
    return address


def _unwrap_once(address: str) -> str:
    spot = split_address(address)
    if spot.host in _WESERV and (inner := parameter(address.partition("?")[2], "url")):
        return _weserv(inner)
    if _PHOTON.fullmatch(spot.host) and "." in spot.path:
        return _photon(spot)
    if spot.host.endswith(".cdn.ampproject.org") and (found := _AMP_CACHE.fullmatch(spot.path)):
        scheme = "https://" if found[1] else "http://"
        return scheme + found[2] + (f"?{spot.query}" if spot.query else "")
    if spot.path == "/imgres" and _GOOGLE.fullmatch(spot.host) and (inner := parameter(spot.query, "imgurl")):
        return inner_address(inner) or address
    if "googleusercontent" in spot.host and (gmail := _GMAIL.match(address)):
        return address[gmail.end() :]
    return _in_query(spot) or _in_path(address, spot) or address


@lru_cache(RECENT_HOSTS)
def is_proxy(host: str) -> bool:
    """Return whether a host may be that of a proxy whose addresses have no query and no scheme inside."""
    return _PHOTON.fullmatch(host) is not None or host.endswith(".cdn.ampproject.org")


def _weserv(inner: str) -> str:
    """Read the address after `url=`: up to the next `&` when it is escaped, else up to the proxy's own options."""
    first = inner.partition("&")[0]
    if "/" not in first and _ESCAPED_SLASH.search(first):
        while _ESCAPED_SLASH.search(first) and "/" not in first:
            first = unquote(first)
        inner = first
    while "?" not in inner and (option := _WESERV_OPTION.search(inner)):
        inner = inner[: option.start()]
    inner = inner.removeprefix("ssl:")
    return inner if inner.lower().startswith(("http://", "https://")) else "https://" + inner.lstrip("/")


def _photon(spot: UrlParts) -> str:
    options = parse_qsl(spot.query, keep_blank_values=True)
    kept = urlencode([(name, value) for name, value in options if name not in _PHOTON_OPTIONS])
    return "https:/" + spot.path + (f"?{kept}" if kept else "")


def _in_query(spot: UrlParts) -> str | None:
    """Find the address in a parameter; a program on its own host may be given one without a host."""
    if not spot.query:
        return None
    for host, path, name in _queries_of(spot.host):
        at_home = spot.path.startswith(path) or spot.path.endswith(path)
        if at_home and (value := parameter(spot.query, name)):
            inner = inner_address(value)
            if inner is None and not host:
                local = unquote(value.partition("&")[0])
                inner = (f"//{spot.host}" if spot.host else "") + local if re.match("/[^/]", local) else None
            if inner:
                return inner
    return None


@lru_cache(RECENT_HOSTS)
def _queries_of(host: str) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of the table that may be for a host."""
    whole = f".{host}"
    return tuple(row for row in _QUERIES if not row[0] or whole.endswith((f".{row[0]}", f"-{row[0]}")))


def _in_path(address: str, spot: UrlParts) -> str | None:
    """Find the address at the end of a path, or of everything where the host does nothing else."""
    relay = is_listed(spot.host, _RELAYS)
    marker = next((marker for marker in _MARKERS if marker in spot.path), None)
    if not relay and marker is None:
        return None
    found = _TAIL.search(address, 0 if marker is None else address.index(marker))
    if found is None:
        return None
    tail = found[1] if ":" in found[1][:6] else found[1].partition("?")[0]  # behind an escaped one: for the proxy
    inner = inner_address(tail)
    return _FORMAT.sub(r"\1", inner) if inner else None
