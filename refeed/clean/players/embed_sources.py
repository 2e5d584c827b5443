"""Find the address of what a frame or player shows, in any of the attributes where scripts keep it."""

from types import MappingProxyType
from typing import Final

from bs4.element import Tag

from refeed.addresses.embed_marks import ATTRIBUTE_MARKS, MARKS, marked_page, netease_page, numbered_page
from refeed.addresses.parts import is_listed
from refeed.addresses.players import page_of
from refeed.html.page import Page
from refeed.html.tree import all_named, attribute, stands_in, words
from refeed.urls import host, resolve

FRAMES: Final = frozenset({"amp-iframe", "embed", "frame", "iframe", "object"})
PLAYERS: Final = FRAMES | {"audio", "video"}
"""Elements that show a video, a sound or another page."""

# Frames that show an advertisement, a counter or a button.
USELESS: Final = frozenset(
    {
        "adservice.google.com",
        "button.like.co",
        "disqus.com",
        "doubleclick.net",
        "embeds.beehiiv.com",
        "googlesyndication.com",
        "googletagmanager.com",
        "subscribe-forms.beehiiv.com",
        "widgets.wp.com",
    }
)

# Where an address stands: at once, or until a script or the reader's consent starts the player → who keeps it there.
_ADDRESSES: Final = MappingProxyType(
    {
        "src": "HTML Standard",
        "data-src": "lazysizes, LazyLoad, Lozad, Complianz",
        "data-lazy-src": "Jetpack, WP Rocket, BJ Lazy Load, Smush",
        "data-litespeed-src": "LiteSpeed Cache",
        "data-rocket-src": "WP Rocket",
        "data-rocketsrc": "WP Rocket",
        "data-original": "jQuery Lazy Load",
        "data-original-src": "several themes",
        "data-orig-src": "Avada",
        "data-iframe-src": "several themes",
        "data-frame-src": "several themes",
        "data-video-src": "several themes",
        "data-embed-src": "several themes",
        "data-embed": "several themes",
        "data-embed-url": "several themes",
        "data-lazy": "Slick",
        "data-lazyload": "several themes",
        "data-ezsrc": "Ezoic",
        "data-opt-src": "Optimole",
        "data-cfsrc": "Cloudflare",
        "data-cmp-src": "consentmanager",
        "data-cookieblock-src": "Cookiebot",
        "data-cookie-src": "several banners of consent",
        "data-consent-src": "several banners of consent",
        "data-src-cmplz": "Complianz",
        "data-borlabs-cookie-src": "Borlabs Cookie",
        "data-suppressedsrc": "Termly",
        "data-blocked-src": "several banners of consent",
        "data-href": "several themes",
        "lazy-src": "several themes",
        "data": "HTML Standard, <object>",
        "data-url": "several themes",
        "data-hls": "players of HTTP Live Streaming",
        "data-mp4": "several themes",
        "data-mp4-src": "several themes",
        "data-file": "JW Player",
    }
)
_NOWHERE: Final = ("about:", "blob:", "data:", "javascript:")


def players_shown(page: Page, base: str | None) -> frozenset[str]:
    """Return what the players of a body show, without those in <noscript>."""
    found: set[str] = set()
    for tag in page.elements():
        if tag.name in PLAYERS and not stands_in(tag, {"noscript"}):
            found.add(shown_by(tag, base) or "")
        elif marked := marked_address(tag):
            found.add(marked)
    return frozenset(found)


def shown_by(player: Tag, base: str | None) -> str | None:
    """Return the page or the file that a player shows, without what says how; None when it shows nothing."""
    if player.name in FRAMES:
        url = resolve(frame_address(player), base)
        return None if url is None or is_listed(host(url) or "", USELESS) else page_of(url)
    stated = (resolve(stated_address(tag), base) for tag in (player, *all_named(player, "source")))
    return next((url for url in stated if url), None)


def marked_address(tag: Tag) -> str | None:
    """Return the page of the player or post that a script would put in the place of an element, or None."""
    attrs = tag.attrs
    if not attrs:  # most elements, and every mark is an attribute
        return None
    named = (MARKS[name] for name in (tag.name, *words(tag)) if name in MARKS)
    marks = (*named, *(mark for mark in ATTRIBUTE_MARKS if mark.attribute in attrs))
    pages = (marked_page(mark, value) for mark in marks if (value := attribute(tag, mark.attribute)))
    if page := next((page for page in pages if page), None):
        return page
    attributes = {name: attribute(tag, name) for name in attrs}
    return numbered_page((tag.name, *words(tag)), attributes) or netease_page(attributes)


def stated_address(tag: Tag) -> str:
    """Return the first address of an element that leads anywhere, else the first one."""
    attrs = tag.attrs
    found = [value for name in _ADDRESSES if name in attrs and (value := attribute(tag, name))]
    return next((value for value in found if not leads_nowhere(value)), found[0] if found else "")


def frame_address(frame: Tag) -> str:
    """Return the address of a frame; an <object> may give it in a parameter or in the <embed> inside it."""
    if stated := stated_address(frame):
        return stated
    for inner in frame.find_all(["param", "embed"], recursive=False):
        if inner.name == "embed" or attribute(inner, "name").lower() in {"movie", "src"}:
            return attribute(inner, "src") or attribute(inner, "value")
    return ""


def leads_nowhere(address: str) -> bool:
    """Return whether an address names nothing that can be fetched."""
    return address.lower().startswith(_NOWHERE)
