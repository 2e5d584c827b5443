"""Find the real address of a picture: without proxies, and none for placeholders, trackers and decoration."""

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode

from refeed.urls import resolve

_HOST_AND_PATH: Final = re.compile(r"(?:https?:)?//(?:www\.)?([^/?#]*)([^?#]*)", re.IGNORECASE)

# Proxies that take the picture's address in the query (https://wsrv.nl/docs/): usually without scheme, often unescaped.
_WESERV: Final = re.compile(
    r"(?:https?:)?//(?:images\.weserv\.nl|wsrv\.nl)/?\?(?:[^#]*?&)??url=(.*)", re.IGNORECASE | re.DOTALL
)
_WESERV_OPTION: Final = re.compile(
    r"&(?:a|bg|blur|con|crop|default|dpr|errorredirect|fit|h|il|l|maxage|mod|n|output|q|trim|w|we)(?:=[^&]*)?\Z"
)

# Proxies that take the whole address at the end of their own, seen in front of `http:` pictures.
_PREFIX: Final = re.compile(
    r"https?://(?:[\w.-]+\.workers\.dev/\??|cors-anywhere\.herokuapp\.com/|corsproxy\.io/\?(?:url=)?"
    r"|api\.allorigins\.win/raw\?url=)(?:url=)?(https?(?::|%3a).+)",
    re.IGNORECASE | re.DOTALL,
)

# Photon (https://developer.wordpress.com/docs/photon/): the path is the address, the query says how to scale it.
_PHOTON: Final = re.compile(
    r"(?:https?:)?//i[0-9]\.wp\.com/([^?#]+)(?:\?([^#]*))?(?:#.*)?\Z", re.IGNORECASE | re.DOTALL
)
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

# What web servers accept (RFC 9110, 4.1); longer ones are pictures or programs in disguise.
_LONGEST: Final = 8_000

# Services that show any picture.
_RANDOM_HOSTS: Final = frozenset(
    {
        "dummyimage.com",
        "fakeimg.pl",
        "loremflickr.com",
        "lorempixel.com",
        "picsum.photos",
        "placehold.co",
        "placehold.it",
        "placeholder.com",
        "placeimg.com",
        "placekitten.com",
        "source.unsplash.com",
    }
)

# File names of pictures that stand for one that is still loading, or for an empty space.
_PLACEHOLDER: Final = re.compile(
    r"(?:(?:blank|default|gr[ae]y|image|img|lazy|lazyload|pic|white)[-_])*"
    r"(?:1x1|blank|clear|dot_clear|empty|gr[ae]y|lazy|lazyload|load|loader|loading|noimage|pixel|placeholder|spacer"
    r"|trans|transparent)(?:[-_]?[0-9]{1,4}(?:x[0-9]{1,4})?)?\.(?:gif|jpe?g|png|svg|webp)",
    re.IGNORECASE,
)
# What scripts write when they do not know the address.
_NOTHING: Final = frozenset({"[object object]", "about:blank", "null", "undefined"})

# Hosts that only count readers (EasyPrivacy, the ones that occur in feeds).
_TRACKER_HOSTS: Final = frozenset(
    {
        "amazon-adsystem.com",
        "assoc-amazon.com",
        "b.scorecardresearch.com",
        "doubleclick.net",
        "feeds.wordpress.com",
        "google-analytics.com",
        "pi.feedsportal.com",
        "pixel.quantserve.com",
        "pixel.wp.com",
        "sb.scorecardresearch.com",
        "stats.wordpress.com",
    }
)
_TRACKER_PATHS: Final = ("/_/stat", "facebook.com/tr", "feeds.feedburner.com/~r/")

# Pictures under every article of an outlet: logos, error pictures, icons of the page. Host (end) and path (end).
_DECORATION: Final = (
    "/graphics/icon-zoom.png",
    "/website/img/error.svg",
    "icons.mydrivers.com/news/end_article.png",
    "img.solidot.org//0/446/liiLIZF8Uh6yM.jpg",
    "static.rfi.fr/meta_og_twcards/RFI_FB.png",
)

# Options of image servers that change the size of a picture, not the picture.
_SIZES: Final = re.compile(r"[-_][0-9]{2,4}x[0-9]{2,4}(?=\.[A-Za-z]{3,4}\Z)")
_PICTURE_FILE: Final = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|webp)\Z", re.IGNORECASE)


def real_picture(address: str, base: str | None) -> str | None:
    """Return the absolute address of the picture that readers should see, or None if there is none."""
    text = _unwrap(address[:_LONGEST].strip())
    if not text or len(address) > _LONGEST or text.startswith(("#", "data:")) or _is_placeholder(text):
        return None
    url = resolve(text, base)
    return url if url and not _is_decoration(url) else None


def same_picture(one: str, other: str) -> bool:
    """Tell whether two addresses show one picture, perhaps in two sizes."""
    return _core(one) == _core(other)


def is_listed(name: str, table: frozenset[str]) -> bool:
    """Tell whether a host or a domain above it is in a table."""
    labels = name.lower().split(".")
    return any(".".join(labels[start:]) in table for start in range(len(labels) - 1))


def _unwrap(text: str) -> str:
    """Take proxies off, also one around another."""
    for _ in range(4):
        inner = _unwrap_once(text)
        if inner == text:
            break
        text = inner
    return text


def _unwrap_once(text: str) -> str:
    if found := _WESERV.match(text):
        return _weserv(found[1])
    if found := _PREFIX.match(text):
        return (
            unquote(found[1]) if found[1][:8].lower().endswith("%3a") or "%3a%2f" in found[1][:12].lower() else found[1]
        )
    if found := _PHOTON.match(text):
        options = parse_qsl(found[2] or "", keep_blank_values=True)
        kept = urlencode([(name, value) for name, value in options if name not in _PHOTON_OPTIONS])
        return f"https://{found[1]}" + (f"?{kept}" if kept else "")
    return text


def _weserv(inner: str) -> str:
    """Read the address after `url=`: up to the next `&` when it is escaped, else up to the proxy's own options."""
    first = inner.partition("&")[0]
    if "/" not in first and "%2f" in first.lower():
        inner = unquote(first)
    while "?" not in inner and (option := _WESERV_OPTION.search(inner)):
        inner = inner[: option.start()]
    inner = inner.removeprefix("ssl:")
    return inner if inner.lower().startswith(("http://", "https://")) else "https://" + inner.lstrip("/")


def _is_placeholder(text: str) -> bool:
    if text.lower() in _NOTHING:
        return True
    place = _HOST_AND_PATH.match(text)
    host, path = (place[1], place[2]) if place else ("", text.partition("?")[0])
    name = path.rpartition("/")[2]
    return name.lower() in _NOTHING or bool(_PLACEHOLDER.fullmatch(name[:80])) or is_listed(host, _RANDOM_HOSTS)


def _is_decoration(url: str) -> bool:
    place = _HOST_AND_PATH.match(url)
    if place is None:
        return False
    where = place[1] + place[2]
    return (
        is_listed(place[1], _TRACKER_HOSTS)
        or where.endswith(_DECORATION)
        or any(path in where for path in _TRACKER_PATHS)
    )


def _core(url: str) -> str:
    """Return what two sizes of one picture have in common: host and path, and the query where it names the picture."""
    place = _HOST_AND_PATH.match(url)
    if place is None:
        return url
    where = unquote(place[1].lower() + place[2])
    return _SIZES.sub("", where) if _PICTURE_FILE.search(where) else unquote(url.partition(":")[2])
