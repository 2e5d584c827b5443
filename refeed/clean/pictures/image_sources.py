"""Choose the address of an <img>: its own, one that a script would load, or one of a set of sizes."""

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from bs4.element import Tag

from refeed.addresses.parts import split_address
from refeed.addresses.picture_sizes import is_picture_file, same_picture, stated_width
from refeed.addresses.pictures import real_picture
from refeed.html.tree import all_named, attribute
from refeed.startup.late_patterns import late_pattern

# Where scripts that load pictures late keep the address → who does so; strongest first.
LAZY: Final = MappingProxyType(
    {
        "data-original": "jQuery Lazy Load",
        "data-original-src": "jianshu",
        "data-actualsrc": "zhihu",
        "data-real-src": "ZAKER",
        "real_src": "Sina blog",
        "real-src": "several Chinese sites",
        "data-lazy-src": "Jetpack, WP Rocket, BJ Lazy Load, Smush",
        "data-lazyload-src": "several Chinese sites",
        "data-lazyload": "Slick and others",
        "data-lazy": "Slick",
        "data-ks-lazyload": "KISSY (Taobao, Tmall)",
        "data-cfsrc": "Cloudflare Mirage",
        "data-pagespeed-high-res-src": "PageSpeed, inline previews",
        "data-pagespeed-lazy-src": "PageSpeed",
        "pagespeed_lazy_src": "PageSpeed, before 1.9",
        "data-ezsrc": "Ezoic",
        "data-opt-src": "Optimole",
        "data-defer-src": "several themes",
        "data-delayed-url": "Google's product pages",
        "data-hi-res-src": "several themes",
        "data-echo": "Echo.js",
        "data-src": "lazysizes, LazyLoad, Lozad, WeChat, Squarespace",
        "lay-src": "Layui",
        "lazy-src": "Vuetify and others",
        "lazysrc": "several Chinese sites",
        "load-src": "several Chinese sites",
        "loadlate": "IMDb",
        "original": "several Chinese sites",
        "data-croporisrc": "WeChat, before it was cropped",
        "data-orig-file": "Jetpack Carousel",
        "data-large-file": "Jetpack Carousel",
        "data-medium-file": "Jetpack Carousel",
        "data-full-src": "galleries",
        "data-image-src": "galleries",
        "data-image": "Squarespace, before 7",
        "data-img-src": "galleries",
        "data-img-url": "galleries",
        "data-imageurl": "galleries",
        "data-orig": "galleries",
        "data-pin-media": "Pinterest",
        "data-url": "several Chinese sites",
        "zoomfile": "Discuz!",
        "file": "Discuz!",
    }
)
_LAZY_NAMES: Final = frozenset(LAZY)
# Any other attribute may hold a picture's address, but for those that lead elsewhere: parts of their names.
_NO_SOURCE: Final = late_pattern(
    r"on|(?:alt|class|href|id|longdesc|src|srcset|style|title|usemap)\Z|.*(?:error|href|link|loading|placeholder|share)",
    re.IGNORECASE,
)
_LAZY_SETS: Final = (
    "data-srcset",
    "data-lazy-srcset",
    "data-cfsrcset",
    "data-ezsrcset",
    "data-opt-srcset",
    "data-pagespeed-lazy-srcset",
    "lazy-srcset",
    "srcset",
)

# HTML Standard, 4.8.4.2.1: after an address and blanks, a width, a height or a density; a comma ends it.
_DESCRIPTOR: Final = late_pattern(r"([0-9]{1,6}(?:\.[0-9]{0,4})?)([wxh])(?:,(\S*))?")
_LONGEST_SET: Final = 20_000
_ENOUGH: Final = 1000  # pixels: wider than any reader's column
_DENSITY: Final = 500  # pixels that a density of 1 stands for


def choose_address(picture: Tag, base: str | None) -> str | None:
    """Choose the address of a picture: its own, else the one kept for later, else the best of its sets."""
    later = _kept_for_later(picture, base)
    own = real_picture(attribute(picture, "src"), base)
    if own is not None:
        return _larger(own, picture, base) or fuller(own, later)
    if later is not None:
        return later
    best = _best(_candidates(picture, base)) or _best(_picture_sets(picture, base))
    return best[1] if best else _other(picture, base) or _linked(picture, base)


def is_late(picture: Tag) -> bool:
    """Return whether a picture keeps its address for later."""
    return not _LAZY_NAMES.isdisjoint(picture.attrs) or next(_others(picture), None) is not None


def _kept_for_later(picture: Tag, base: str | None) -> str | None:
    attrs = picture.attrs
    if _LAZY_NAMES.isdisjoint(attrs):  # nearly always
        return None
    for name in [name for name in LAZY if name in attrs]:
        value = attribute(picture, name)
        if ("/" in value or is_picture_file(value)) and (url := real_picture(value, base, late=True)):
            return url
    return None


def _other(picture: Tag, base: str | None) -> str | None:
    return next((url for value in _others(picture) if (url := real_picture(value, base))), None)


def _others(picture: Tag) -> Iterator[str]:
    """Yield the values of unknown attributes that are the whole address of a picture's file."""
    for name in picture.attrs:
        value = attribute(picture, name)
        if value[:2] != "//" and not value.startswith(("http://", "https://")):
            continue
        if not _NO_SOURCE.match(name) and len(value.split()) == 1 and is_picture_file(split_address(value).path):
            yield value


def _larger(own: str, picture: Tag, base: str | None) -> str | None:
    """Return a larger size of the picture, when its sets hold its own address, or only sizes of what its name says."""
    candidates = list(_candidates(picture, base))
    if not candidates:  # nearly always
        return None
    width: float | None = max((size for size, url in candidates if url == own), default=None)
    if width is None and all(same_picture(own, url) for _, url in candidates):
        width = stated_width(own)
    best = _best(candidates)
    return best[1] if best and width is not None and width < min(_ENOUGH, best[0]) else None


def fuller(own: str, later: str | None) -> str:
    """Return what a page shows in the end: the same picture as at first, but not a smaller one."""
    if later is None or not same_picture(own, later):
        return own
    here, there = stated_width(own), stated_width(later)
    if here is None:
        return later if there is None else own
    return later if here < _ENOUGH and (there is None or there > here) else own


def _candidates(picture: Tag, base: str | None) -> Iterator[tuple[float, str]]:
    """Yield the widths and real addresses of the first set of an element that has any."""
    attrs = picture.attrs
    for name in _LAZY_SETS:
        if name in attrs and (value := attribute(picture, name)) and (found := list(_real(value, base))):
            yield from found
            return


def _picture_sets(picture: Tag, base: str | None) -> Iterator[tuple[float, str]]:
    """Yield the candidates of the first source beside a picture in a <picture> that has any."""
    if picture.parent is None or picture.parent.name != "picture":
        return
    for source in all_named(picture.parent, "source"):
        if found := list(_candidates(source, base)):
            yield from found
            return


def _real(text: str, base: str | None) -> Iterator[tuple[float, str]]:
    return ((width, url) for width, address in read_set(text) if (url := real_picture(address, base)))


def read_set(text: str) -> Iterator[tuple[float, str]]:
    """Yield widths (a density counts as a multiple of 500) and addresses of a srcset; addresses may hold commas."""
    address, described = "", False
    for word in text[:_LONGEST_SET].split():
        found = _DESCRIPTOR.fullmatch(word) if address or described else None
        if found:
            if address and found[2] != "h":
                yield float(found[1]) * (_DENSITY if found[2] == "x" else 1), address
                address = ""
            described = found[3] is None
            address = (found[3] or address).strip(",")
            continue
        yield from _alone(address)
        address, described = word.strip(","), False
        if word.endswith(","):
            yield from _alone(address)
            address = ""
    yield from _alone(address)


def _alone(address: str) -> Iterator[tuple[float, str]]:
    """Yield an address that says nothing about its size."""
    if address:
        yield float(_DENSITY), address


def _best(candidates: Iterable[tuple[float, str]]) -> tuple[float, str] | None:
    """Return the smallest candidate that is wide enough, else the widest."""
    found = list(candidates)
    enough = [candidate for candidate in found if candidate[0] >= _ENOUGH]
    return min(enough) if enough else max(found, default=None)


def _linked(picture: Tag, base: str | None) -> str | None:
    """Return the picture that the link around a picture without any address leads to."""
    link = picture.parent
    if link is None or link.name != "a":
        return None
    url = real_picture(attribute(link, "href"), base)
    return url if url and is_picture_file(split_address(url).path) else None
