"""Give every picture of a body its real address and its size in whole numbers, and choose the lead picture."""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from refeed.clean.pictures import is_listed, real_picture, same_picture
from refeed.clean.step import Body, Flaw, Lead, Note
from refeed.clean.tree import attribute, become, drop, make, neighbour, standing, tags, words
from refeed.urls import host

# Where scripts that load pictures late keep the address: lazysizes, WordPress and Cloudflare plugins, Discuz, jianshu,
# ZAKER, WeChat, Taobao; strongest first.
_LAZY: Final = (
    "data-original",
    "data-original-src",
    "data-actualsrc",
    "data-real-src",
    "data-lazy-src",
    "data-lazyload",
    "data-ks-lazyload",
    "data-cfsrc",
    "data-echo",
    "data-src",
    "data-url",
    "zoomfile",
    "file",
)
_LAZY_SETS: Final = ("data-srcset", "data-lazy-srcset", "srcset")

# HTML Standard, 4.8.4.2.1: an address, blanks, a width or a density.
_CANDIDATE: Final = re.compile(r"(\S*[^\s,])(?:\s+([0-9.]{1,8})([wx]))?\s*(?:,|\Z)")
_ENOUGH: Final = 1000  # pixels: wider than any reader's column

_SMILEY: Final = re.compile(r"//s\.w\.org/images/core/emoji/|/wp-includes/images/smilies/")
_WHOLE: Final = re.compile(r"\s*([0-9]{1,5})(?:\.[0-9]*)?(?:px)?\s*")
_STYLE_SIZE: Final = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]{1,5})(?:\.[0-9]*)?px", re.IGNORECASE)
_AVATARS: Final = frozenset({"avatar", "gravatar", "single-avatar"})

# Hosts that refuse a picture to pages that are not their own, unless the request does not say where it comes from.
_REFUSING: Final = frozenset(
    {
        "byteimg.com",
        "cdninstagram.com",
        "doubanio.com",
        "hdslb.com",
        "jianshu.io",
        "qpic.cn",
        "sinaimg.cn",
        "zhimg.com",
    }
)


def restore_twins(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Use a picture in <noscript> where its twin outside has no address, then drop the <noscript>."""
    for twin in standing(soup.find_all("noscript")):
        inside = twin.find("img")
        before = _neighbour(twin)
        attrs = inside.attrs if isinstance(inside, Tag) else None
        if attrs is not None and (before is None or _address(before, body.url) is None):
            if before is None:
                become(twin, "img")
                twin.attrs = attrs
                yield 0
                continue
            before.attrs = attrs
        yield drop(twin)


def resolve_pictures(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Give every <img> its real address, or drop it; smileys become the character that they show."""
    for picture in standing(tags(soup)):
        if picture.name == "picture" and picture.find("img") is None and (choice := picture.find("source")):
            picture.append(make("img", srcset=attribute(choice, "srcset")))
    for picture in standing(soup.find_all("img")):
        source = attribute(picture, "src")
        if _SMILEY.search(source) and attribute(picture, "alt"):
            become(picture, "span", attribute(picture, "alt"))
            yield 0
            continue
        address = None if _is_dot(picture) else _address(picture, body.url)
        if address is None:
            if body.url is None and source and not re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|#", source):
                yield Flaw("relative-url", source)
            yield drop(picture)
        else:
            yield from _rewrite(picture, address)


def show_lead(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Choose the lead picture, see that the body shows it once, and drop pictures of people who write."""
    pictures = [picture for picture in soup.find_all("img") if attribute(picture, "src").startswith("http")]
    avatars = [
        picture for picture in pictures if not _AVATARS.isdisjoint(words(picture) + words(picture.parent or soup))
    ]
    stated = [url for image in body.images if (url := real_picture(image, body.url))]
    stated = [url for url in stated if not any(same_picture(url, attribute(face, "src")) for face in avatars)]
    for face in avatars:
        yield drop(face)
    shown_ones = [picture for picture in pictures if picture.name == "img"]
    lead = stated[0] if stated else attribute(shown_ones[0], "src") if shown_ones else None
    if lead is None:
        return
    yield Lead(lead)
    if not any(same_picture(attribute(picture, "src"), lead) for picture in shown_ones):
        paragraph = make("p")
        paragraph.append(make("img", src=lead, alt=""))
        soup.insert(0, paragraph)
        yield 0
        return
    in_a_row = list(takewhile(lambda picture: same_picture(attribute(picture, "src"), lead), shown_ones))
    for picture, again in pairwise(in_a_row):
        if _text_between(picture, again):
            return
        yield drop(again)


def _address(picture: Tag, base: str | None) -> str | None:
    """Choose the address of a picture: its own, else the one kept for later, else the best of its sets."""
    source = real_picture(attribute(picture, "src"), base)
    if source is not None:
        return _larger(source, picture, base) or source
    for name in _LAZY:
        if (value := attribute(picture, name)) and (url := real_picture(value, base)):
            return url
    for name in _LAZY_SETS:
        if best := _best(_candidates(attribute(picture, name), base)):
            return best
    if picture.parent is not None and picture.parent.name == "picture":
        for source_tag in picture.parent.find_all("source"):
            if best := _best(_candidates(attribute(source_tag, "srcset"), base)):
                return best
    return None


def _larger(source: str, picture: Tag, base: str | None) -> str | None:
    """Return a larger size of the picture, when its own address is one of the sizes in its set."""
    candidates = _candidates(attribute(picture, "srcset"), base)
    width = max((size for size, url in candidates if url == source), default=None)
    if width is None or width >= _ENOUGH:
        return None
    return _best(candidates)


def _candidates(text: str, base: str | None) -> list[tuple[float, str]]:
    """Read a srcset: widths (a density counts as a multiple of 500) and real addresses."""
    found = []
    for address, size, unit in _CANDIDATE.findall(text[:20_000]):
        if url := real_picture(address, base):
            found.append((_number(size) * (500 if unit == "x" else 1), url))
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0


def _best(candidates: list[tuple[float, str]]) -> str | None:
    """Return the smallest candidate that is wide enough, else the widest."""
    enough = [candidate for candidate in candidates if candidate[0] >= _ENOUGH]
    if enough:
        return min(enough)[1]
    return max(candidates)[1] if candidates else None


def _rewrite(picture: Tag, address: str) -> Iterator[Note]:
    """Leave a picture its real address, what describes it, and its size in whole numbers."""
    before = picture.attrs
    attrs: dict[str, str] = {"src": address, "alt": attribute(picture, "alt") or attribute(picture, "aria-label")}
    if title := attribute(picture, "title"):
        attrs["title"] = title
    sizes = {name.lower(): value for name, value in _STYLE_SIZE.findall(attribute(picture, "style"))}
    for name in ("width", "height"):
        if whole := _WHOLE.fullmatch(attribute(picture, name)) or _WHOLE.fullmatch(sizes.get(name, "")):
            attrs[name] = whole[1]
    if attribute(picture, "referrerpolicy") == "no-referrer" and is_listed(host(address) or "", _REFUSING):
        attrs["referrerpolicy"] = "no-referrer"
    if kept := " ".join(words(picture)):
        attrs["class"] = kept
    picture.attrs = dict(attrs)
    if attribute(picture, "src") != before.get("src"):
        yield 0


def _is_dot(picture: Tag) -> bool:
    """Tell a picture of one pixel or none in either direction: it only counts readers."""
    return any(attribute(picture, name) in {"0", "1", "0px", "1px"} for name in ("width", "height"))


def _neighbour(twin: Tag) -> Tag | None:
    """Return the picture right before or after an element, in the same parent."""
    for sibling in (neighbour(twin, back=True), neighbour(twin, back=False)):
        if isinstance(sibling, Tag):
            picture = sibling if sibling.name == "img" else sibling.find("img")
            if isinstance(picture, Tag):
                return picture
    return None


def _text_between(first: Tag, second: Tag) -> bool:
    for element in first.next_elements:
        if element is second:
            return False
        if isinstance(element, NavigableString) and element.strip():
            return True
    return True
