"""Resolve the addresses of sound and video."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.addresses.pictures import real_picture
from refeed.clean.embed_sources import stated_address
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, shown
from refeed.urls import resolve

# Video and sound that every reader can play come first.
_PLAYABLE: Final = re.compile(r"(?:audio/(?:mp4|mpeg)|video/mp4)|\.(?:m4a|m4v|mp3|mp4)(?:[?#]|\Z)", re.IGNORECASE)


def keep_players(page: Page, body: Body) -> Iterator[Note]:
    """Leave a player its picture and the address that most readers can play; without any address, it goes."""
    for player in page.elements("audio", "video"):
        if attrs := _attributes(player, body.url):
            yield len(shown(player))  # what browsers show that cannot play it
            page.become(player, player.name, **attrs)
        else:
            yield page.drop(player)


def _attributes(player: Tag, base: str | None) -> dict[str, str]:
    """Return what is written of a player; nothing when no address of it can be fetched."""
    tagged = (player, *player.find_all("source"))
    found = [(url, attribute(tag, "type")) for tag in tagged if (url := resolve(stated_address(tag), base))]
    if not found:
        return {}
    attrs = {"src": next((url for url, kind in found if _PLAYABLE.search(kind or url)), found[0][0])}
    if poster := real_picture(attribute(player, "poster"), base):
        attrs["poster"] = poster
    return (
        attrs | {"controls": ""} | {name: value for name in ("height", "width") if (value := attribute(player, name))}
    )
