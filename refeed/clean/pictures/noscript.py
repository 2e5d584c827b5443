"""Use what <noscript> holds for browsers without scripts: pictures with their addresses, parts of the article."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.addresses.picture_sizes import same_name, same_picture
from refeed.clean.pictures.image_sources import choose_address, fuller
from refeed.clean.pictures.images import has_dot
from refeed.clean.players.embed_sources import PLAYERS, players_shown, shown_by
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import BLOCKS, all_named, attribute, shown, squeeze, stands_in, tags
from refeed.startup.late_patterns import late_pattern

# What pages say to browsers without scripts.
_REQUEST: Final = late_pattern(
    r"javascript|scripts?\b|browser|cookies|浏览器|瀏覽器|脚本|腳本|支持播放|支援播放", re.IGNORECASE
)
_LONGEST_REQUEST: Final = 300
_MOST_COMPARED: Final = 200  # <noscript> that are looked for in the text outside; each one takes a search through it


def restore_noscript(page: Page, body: Body) -> Iterator[Note]:
    """Use a picture in <noscript> in place of its copy outside, then drop the <noscript>; one without a copy stays."""
    noscripts = list(page.elements("noscript"))
    videos = players_shown(page, body.url) if any(map(_has_player, noscripts)) else frozenset()
    text = _text_outside(page) if any(map(_has_block, noscripts)) else ""
    for number, noscript in enumerate(page.remaining(noscripts)):
        inside = all_named(noscript, "img")
        outside = _neighbours(page, noscript)
        copies = [picture for picture in inside if _replace_copy(picture, outside, body.url)]
        copies += [player for player in all_named(noscript, *PLAYERS) if _is_shown(player, videos, body.url)]
        for copy in page.remaining(copies):
            page.drop(copy)
        if _is_article(noscript, text if number < _MOST_COMPARED else ""):
            page.unwrap(noscript)
            yield 0
        elif alone := all_named(noscript, "img", *PLAYERS):
            yield page.drop_but(noscript, [tag for tag in alone if not stands_in(tag, PLAYERS)])
        else:
            yield page.drop(noscript)


def _is_shown(player: Tag, videos: frozenset[str], base: str | None) -> bool:
    """Return whether a player shows nothing, only counts readers, or shows outside what it shows in <noscript>."""
    address = shown_by(player, base)
    return address is None or address in videos or has_dot(player)


def _is_article(noscript: Tag, text: str) -> bool:
    """Return whether a part of the article stands in <noscript> alone: no request for scripts, and no copy."""
    said = shown(noscript)
    if not said or not _has_block(noscript):
        return False
    return (len(said) > _LONGEST_REQUEST or not _REQUEST.search(said)) and said not in text


def _has_player(noscript: Tag) -> bool:
    return any(tag.name in PLAYERS for tag in tags(noscript))


def _has_block(noscript: Tag) -> bool:
    return any(tag.name in BLOCKS and shown(tag) for tag in tags(noscript))


def _text_outside(page: Page) -> str:
    """Return the visible text of a body without what stands in <noscript>."""
    return squeeze("".join(text for text in page.soup.strings if not stands_in(text, {"noscript"})))


def _replace_copy(picture: Tag, outside: list[Tag], base: str | None) -> bool:
    """Add to the copy of a picture what <noscript> says of it; return whether there is one."""
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


def _neighbours(page: Page, noscript: Tag) -> list[Tag]:
    """List the pictures right before and after an element, in the same parent."""
    found: list[Tag] = []
    for sibling in (page.neighbour(noscript, back=True), page.neighbour(noscript, back=False)):
        if isinstance(sibling, Tag) and sibling.name != "noscript":
            pictures = [sibling] if sibling.name == "img" else all_named(sibling, "img")
            found.extend(pictures[-1:] if not found else pictures[:1])
    return found
