"""Give sound and video their real address; without one, keep what stands in for them."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.addresses.pictures import real_picture
from refeed.addresses.private_hosts import may_be_fetched
from refeed.clean.players.embed_sources import stated_address
from refeed.clean.types import Body, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import all_named, attribute, make, shown
from refeed.startup.late_patterns import late_pattern
from refeed.urls import resolve

# Elements of AMP → what they are.
_OTHER_NAMES: Final = {"amp-audio": "audio", "amp-video": "video"}
# Video and sound that every reader can play come first.
_PLAYABLE: Final = late_pattern(r"(?:audio/(?:mp4|mpeg)|video/mp4)|\.(?:m4a|m4v|mp3|mp4)(?:[?#]|\Z)", re.IGNORECASE)
_MEDIA_FILE: Final = late_pattern(
    r"(?:https?:)?//[^\s<>\"']+\.(?:m3u8|m4a|m4v|mp3|mp4|mpd|ogg|webm)(?:\?[^\s<>\"']*)?", re.IGNORECASE
)
# What a picture leads to that is none.
_FILE: Final = late_pattern(r"\.(?:(flac|m4a|mp3|oga|ogg|wav)|m4v|mov|mp4|ogv|webm)(?:[?#]|\Z)", re.IGNORECASE)
_POSTERS: Final = ("poster", "data-poster", "data-poster-url")


def keep_players(page: Page, body: Body) -> Iterator[Note]:
    """Leave a player its picture and the address that most readers can play."""
    for picture in page.elements("img"):
        if file := _FILE.search(attribute(picture, "src")):
            yield from _play(page, picture, "audio" if file[1] else "video", body.url)
    for player in page.elements("audio", "video", *_OTHER_NAMES):
        if attrs := _attributes(player, body.url):
            yield len(shown(player))  # what browsers show that cannot play it
            page.become(player, _OTHER_NAMES.get(player.name, player.name), **attrs)
        else:
            yield from _stand_in(page, player, body)


def _play(page: Page, picture: Tag, name: str, base: str | None) -> Iterator[Note]:
    """Make a player of sound or video that is written as a picture, as Pandoc does; its words stand below."""
    if (source := _real(attribute(picture, "src"), base)) is None:
        return
    alt = attribute(picture, "alt").strip()
    player = make(name, src=source, controls="")
    if not alt:
        page.become(picture, "span", player)
    else:
        caption = make("figcaption")
        caption.string = alt
        page.become(picture, "figure", player)
        page.append(picture, caption)
    yield 0


def _attributes(player: Tag, base: str | None) -> dict[str, str]:
    """Return what is written of a player; nothing when no address of it can be fetched."""
    tagged = (player, *all_named(player, "source"))
    found = [(url, attribute(tag, "type")) for tag in tagged if (url := _real(stated_address(tag), base))]
    found = found or [(url, "") for value in _files(player) if (url := _real(value, base))]
    if not found:
        return {}
    attrs = {"src": next((url for url, kind in found if _PLAYABLE.search(kind or url)), found[0][0])}
    if poster := _poster(player, base):
        attrs["poster"] = poster
    return (
        attrs | {"controls": ""} | {name: value for name in ("height", "width") if (value := attribute(player, name))}
    )


def _real(address: str, base: str | None) -> str | None:
    """Return the absolute address of a file that a reader may fetch."""
    url = resolve(address, base)
    return url if url and may_be_fetched(url, base) else None


def _files(player: Tag) -> Iterator[str]:
    """Yield addresses of files that unknown attributes hold: a script would play them."""
    return (value for name in player.attrs if _MEDIA_FILE.fullmatch(value := attribute(player, name)))


def _poster(player: Tag, base: str | None) -> str | None:
    return next((url for name in _POSTERS if (url := real_picture(attribute(player, name), base))), None)


def _stand_in(page: Page, player: Tag, body: Body) -> Iterator[Note]:
    """Leave of a player without an address its links, else its picture; anything else is a loss."""
    poster = _poster(player, body.url)
    if any(resolve(attribute(link, "href"), body.url) for link in all_named(player, "a")):
        page.rename(player, "div")
        player.attrs = {}
        yield 0
    elif poster and body.url:
        link = make("a", href=body.url)
        link.append(make("img", src=poster, alt=""))
        page.become(player, "p", link)
        yield 0
    else:
        if player.attrs.keys() - {"hidden", "style"}:
            yield Loss("media-lost", f"<{player.name}")
        yield page.drop(player)
