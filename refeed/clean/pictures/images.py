"""Resolve the address of every picture in a body, and write its size in whole numbers; else show its words."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.addresses.pictures import real_picture
from refeed.addresses.private_hosts import is_private
from refeed.addresses.referrers import is_shy
from refeed.clean.pictures.emoji import emoji_text
from refeed.clean.pictures.image_sources import LAZY, choose_address, is_late
from refeed.clean.types import Body, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, shown, squeeze, words
from refeed.startup.late_patterns import late_pattern
from refeed.urls import resolve

_WHOLE: Final = late_pattern(r"\s*([0-9]{1,5})(?:\.[0-9]*)?(?:px)?\s*")
_STYLE_SIZE: Final = late_pattern(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]{1,5})(?:\.[0-9]*)?(?:px|(?=\s*(?:;|!|\Z)))")
_DOT: Final = frozenset({"0", "1"})
_RELATIVE: Final = late_pattern(r"(?![A-Za-z][A-Za-z0-9+.\-]*:|//|#)(?=.*[/.])", re.DOTALL)
_ABOVE: Final = late_pattern(r"/?(?:\.{1,2}/)*")

# RFC 2397, the kinds that the sanitiser lets through. A short one is a placeholder or a blurred preview; a long one
# would fill the feed.
_INLINE: Final = late_pattern(r"data:image/(?:avif|gif|jpe?g|png|webp);base64,", re.IGNORECASE)
_SHORTEST_INLINE: Final = 4_000
_LONGEST_INLINE: Final = 100_000
_ENOUGH: Final = 40  # characters of such an address in a message
# Where only the computer, the program or the mail of the writer has it: RFC 8089, RFC 2392, File API.
_ELSEWHERE: Final = late_pattern(r"(?:blob|cid|content|file|filesystem|ms-appx|x-apple-[\w-]+):", re.IGNORECASE)

# What editors write where nobody described a picture: names of files, and the word itself.
_NO_WORDS: Final = late_pattern(
    r"(?:alt|alt[ -]text|figure|im(?:age|g)|photo|pic(?:ture)?|screen[ -]?shot|图片|圖片|画像|在这里插入图片描述)"
    r"[ _-]?[0-9]{0,20}"
    r"|\S*\.(?:avif|bmp|gif|jpe?g|png|svg|webp)|[\d\W_]*",
    re.IGNORECASE,
)


def resolve_pictures(page: Page, body: Body) -> Iterator[Note]:
    """Resolve the address of every <img>, or drop it; emoji become the characters that they show."""
    for picture in page.elements("img"):
        if (said := emoji_text(picture)) is not None:
            page.become(picture, "span", said)
            yield 0
        elif address := _address(picture, body.url):
            yield from _rewrite(picture, address)
        else:
            yield from _lose(page, picture, body)


def _address(picture: Tag, base: str | None) -> str | None:
    """Return the address under which a picture goes out, or None when it shows nothing."""
    if _is_dot(picture):
        return None
    source = attribute(picture, "src")
    inline = _SHORTEST_INLINE <= len(source) <= _LONGEST_INLINE and _INLINE.match(source)
    return choose_address(picture, base) or (source if inline else None)


def _lose(page: Page, picture: Tag, body: Body) -> Iterator[Note]:
    """Drop a picture without an address; one that the page would have shown leaves its words and is reported."""
    source = attribute(picture, "src")
    if body.url is None and (relative := _relative(picture)):
        if _is_of_header(relative, body):
            yield page.drop(picture)
            return
        yield Loss("relative-url", relative)
    elif _is_shown_here(picture, source):
        yield Loss("media-lost", source[:_ENOUGH])
    else:
        yield page.drop(picture)
        return
    yield leave_words(page, picture)


def _is_shown_here(picture: Tag, source: str) -> bool:
    """Return whether a picture is in the body itself, or where only its writer has it, and is no placeholder."""
    if _is_dot(picture) or is_late(picture):
        return False
    if source.lower().startswith("data:image/"):
        return len(source) > _LONGEST_INLINE or (
            (len(source) >= _SHORTEST_INLINE or bool(_sizes(picture))) and bool(attribute(picture, "alt"))
        )
    address = resolve(source, None)
    return bool(_ELSEWHERE.match(source)) or (address is not None and is_private(address))


def _relative(picture: Tag) -> str | None:
    values = (attribute(picture, name) for name in ("src", *LAZY) if name in picture.attrs)
    return next((value for value in values if value and is_relative(value)), None)


def is_relative(address: str) -> bool:
    """Return whether an address names a file beside the article, or in its site."""
    return _RELATIVE.match(address) is not None


def _is_of_header(relative: str, body: Body) -> bool:
    """Return whether the header's first picture, which goes out, is that of a relative address in the body."""
    path = _ABOVE.sub("", relative, count=1)
    return any(real_picture(image, None) and image.endswith(f"/{path}") for image in body.images[:1])


def _is_dot(picture: Tag) -> bool:
    """Return whether a picture of a pixel or none only counts readers; one that comes later does not."""
    return has_dot(picture) and not is_late(picture)


def has_dot(tag: Tag) -> bool:
    """Return whether a picture or player is one pixel or none wide or high."""
    return not _DOT.isdisjoint(_sizes(tag).values())


def _sizes(picture: Tag) -> dict[str, str]:
    """Return width and height in whole pixels, from the attributes, else from the style."""
    sizes = dict(_STYLE_SIZE.findall(attribute(picture, "style").lower())) if "style" in picture.attrs else {}
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


def leave_words(page: Page, picture: Tag) -> int:
    """Put the description of a picture in its place; where its caption says the same, the caption is enough."""
    said = attribute(picture, "alt") or attribute(picture, "title")
    if not said or _NO_WORDS.fullmatch(said) or _is_caption(said, picture):
        return page.drop(picture)
    page.become(picture, "span", said)
    return 0


def _is_caption(said: str, picture: Tag) -> bool:
    around = picture.parent
    last = around if around is not None and around.name == "a" else picture
    after = last.find_next_sibling()
    return isinstance(after, Tag) and after.name == "figcaption" and shown(after) == squeeze(said)
