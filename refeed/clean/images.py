"""Return every picture of a body its real address, and its size in whole numbers."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

from refeed.addresses.picture_sizes import same_name, same_picture
from refeed.addresses.referrers import is_shy
from refeed.clean.embeds import PLAYERS, players_shown, told
from refeed.clean.emoji import emoji_text
from refeed.clean.sources import LAZY, choose_address, fuller, is_late
from refeed.clean.types import Body, Flaw, Note
from refeed.html.tree import (
    BLOCKS,
    attribute,
    become,
    drop,
    drop_but,
    make,
    neighbour,
    shown,
    squeeze,
    standing,
    stands_in,
    tags,
    unwrap,
    words,
)

# Elements of frameworks that show a picture: AMP, Baidu MIP.
_OTHER_NAMES: Final = frozenset({"amp-anim", "amp-img", "mip-img"})

_WHOLE: Final = re.compile(r"\s*([0-9]{1,5})(?:\.[0-9]*)?(?:px)?\s*")
_STYLE_SIZE: Final = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]{1,5})(?:\.[0-9]*)?(?:px|(?=\s*(?:;|!|\Z)))")
_DOT: Final = frozenset({"0", "1"})
_RELATIVE: Final = re.compile(r"(?![A-Za-z][A-Za-z0-9+.\-]*:|//|#)(?=.*[/.])", re.DOTALL)

# What pages say to browsers without scripts.
_REQUEST: Final = re.compile(
    r"javascript|scripts?\b|browser|cookies|浏览器|瀏覽器|脚本|腳本|支持播放|支援播放", re.IGNORECASE
)
_LONGEST_REQUEST: Final = 300
_MOST_COMPARED: Final = 200  # <noscript> that are looked for in the text outside; each one takes a search through it

# RFC 2397, the kinds that the sanitiser lets through. A short one is a placeholder or a blurred preview; a long one
# would fill the feed.
_INLINE: Final = re.compile(r"data:image/(?:avif|gif|jpe?g|png|webp);base64,", re.IGNORECASE)
_SHORTEST_INLINE: Final = 4_000
_LONGEST_INLINE: Final = 100_000


def adopt_pictures(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Make pictures of other elements: those of frameworks, and a <picture> without an <img>."""
    for tag in standing(tags(soup)):
        if tag.name in _OTHER_NAMES:
            attrs = tag.attrs
            become(tag, "img")
            tag.attrs = attrs
            yield 0
        elif tag.name == "picture" and tag.find("img") is None and (choice := tag.find("source")):
            tag.append(make("img", srcset=attribute(choice, "srcset") or attribute(choice, "data-srcset")))
            yield 0


def restore_noscript(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Use a picture in <noscript> in place of its twin outside, then drop the <noscript>; one without a twin stays."""
    noscripts = soup.find_all("noscript")
    films = players_shown(soup, body.url) if any(map(_has_player, noscripts)) else frozenset()
    text = _text_outside(soup) if any(map(_has_block, noscripts)) else ""
    for split_address, noscript in enumerate(standing(noscripts)):
        inside = noscript.find_all("img")
        outside = _neighbours(noscript)
        twins = [picture for picture in inside if _replace_twin(picture, outside, body.url)]
        twins += [player for player in noscript.find_all(list(PLAYERS)) if _is_told(player, films, body.url)]
        for twin in standing(twins):
            drop(twin)
        if _is_article(noscript, text if split_address < _MOST_COMPARED else ""):
            unwrap(noscript)
            yield 0
        elif alone := noscript.find_all(["img", *PLAYERS]):
            yield drop_but(noscript, [tag for tag in alone if not stands_in(tag, PLAYERS)])
        else:
            yield drop(noscript)


def _is_told(player: Tag, films: frozenset[str], base: str | None) -> bool:
    """Return whether a player shows nothing, only counts readers, or shows outside what it shows in <noscript>."""
    address = told(player, base)
    return address is None or address in films or not _DOT.isdisjoint(_sizes(player).values())


def _is_article(noscript: Tag, text: str) -> bool:
    """Return whether a part of the article stands in <noscript> alone: no request for scripts, and no twin."""
    said = shown(noscript)
    if not said or not _has_block(noscript):
        return False
    return (len(said) > _LONGEST_REQUEST or not _REQUEST.search(said)) and said not in text


def _has_player(noscript: Tag) -> bool:
    return any(tag.name in PLAYERS for tag in tags(noscript))


def _has_block(noscript: Tag) -> bool:
    return any(tag.name in BLOCKS and shown(tag) for tag in tags(noscript))


def _text_outside(soup: BeautifulSoup) -> str:
    """Return the visible text of a body without what stands in <noscript>."""
    return squeeze("".join(text for text in soup.strings if not stands_in(text, {"noscript"})))


def _replace_twin(picture: Tag, outside: list[Tag], base: str | None) -> bool:
    """Return the twin of a picture what <noscript> says of it; tell whether there is one."""
    address = choose_address(picture, base)
    for other in outside:
        shown = choose_address(other, base)
        if shown is None or (address and (same_picture(shown, address) or same_name(shown, address))):
            if address and (shown is None or fuller(shown, address) == address):
                other.attrs = {**_described(other), **picture.attrs}
            return True
    return address is None


def _described(picture: Tag) -> dict[str, str]:
    return {name: value for name in ("alt", "height", "title", "width") if (value := attribute(picture, name))}


def _neighbours(noscript: Tag) -> list[Tag]:
    """List the pictures right before and after an element, in the same parent."""
    found: list[Tag] = []
    for sibling in (neighbour(noscript, back=True), neighbour(noscript, back=False)):
        if isinstance(sibling, Tag) and sibling.name != "noscript":
            pictures = [sibling] if sibling.name == "img" else sibling.find_all("img")
            found.extend(pictures[-1:] if not found else pictures[:1])
    return found


def resolve_pictures(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Return every <img> its real address, or drop it; emoji become the characters that they show."""
    for picture in standing(soup.find_all("img")):
        if (said := emoji_text(picture)) is not None:
            become(picture, "span", said)
            yield 0
        elif address := _address(picture, body.url):
            yield from _rewrite(picture, address)
        else:
            if body.url is None and (relative := _relative(picture)):
                yield Flaw("relative-url", relative)
            yield drop(picture)


def _address(picture: Tag, base: str | None) -> str | None:
    """Return the address under which a picture goes out, or None when it shows nothing."""
    if _is_dot(picture):
        return None
    source = attribute(picture, "src")
    inline = _SHORTEST_INLINE <= len(source) <= _LONGEST_INLINE and _INLINE.match(source)
    return choose_address(picture, base) or (source if inline else None)


def _relative(picture: Tag) -> str | None:
    values = (attribute(picture, name) for name in ("src", *LAZY) if name in picture.attrs)
    return next((value for value in values if value and _RELATIVE.match(value)), None)


def _is_dot(picture: Tag) -> bool:
    """Tell a picture of one pixel or none in either direction, which only counts readers; not one that comes later."""
    return not is_late(picture) and not _DOT.isdisjoint(_sizes(picture).values())


def _sizes(picture: Tag) -> dict[str, str]:
    """Return width and height in whole pixels, from the attributes, else from the style."""
    sizes = dict(_STYLE_SIZE.findall(attribute(picture, "style").lower()))
    for name in ("width", "height"):
        if whole := _WHOLE.fullmatch(attribute(picture, name)):
            sizes[name] = whole[1]
    return sizes


def _rewrite(picture: Tag, address: str) -> Iterator[Note]:
    """Leave a picture its real address, what describes it, and its size in whole numbers."""
    before = picture.attrs
    attrs: dict[str, str] = {"src": address, "alt": attribute(picture, "alt") or attribute(picture, "aria-label")}
    if title := attribute(picture, "title"):
        attrs["title"] = title
    sizes = _sizes(picture)
    attrs.update({name: sizes[name] for name in ("width", "height") if name in sizes and sizes[name] not in _DOT})
    if is_shy(address, stated=attribute(picture, "referrerpolicy") == "no-referrer"):
        attrs["referrerpolicy"] = "no-referrer"
    if kept := " ".join(words(picture)):
        attrs["class"] = kept
    picture.attrs = dict(attrs)
    if address != before.get("src"):
        yield 0
