"""Turn players, frames and embedded posts into plain links, with a picture where the address tells one."""

import re
from collections.abc import Iterator
from itertools import islice
from types import MappingProxyType
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

from refeed.addresses.parts import is_listed
from refeed.addresses.pictures import real_picture
from refeed.addresses.players import MARKS, page_of, picture_of
from refeed.clean.types import Body, Flaw, Note
from refeed.html.tree import attribute, become, drop, make, shown, standing, stands_in, tags, unwrap, words
from refeed.urls import host, resolve

# Frames that show an advertisement, a counter or a button.
_USELESS: Final = frozenset(
    {
        "adservice.google.com",
        "disqus.com",
        "doubleclick.net",
        "googlesyndication.com",
        "googletagmanager.com",
        "widgets.wp.com",
    }
)
# The same on hosts that also show something else.
_BUTTONS: Final = re.compile(
    r"https?://(?:www\.facebook\.com/(?:v[0-9.]+/)?plugins/(?:comments|like|likebox|page|share_button|subscribe)\.php"
    r"|platform\.twitter\.com/widgets(?:/|\.html))",
    re.IGNORECASE,
)
_FILM: Final = "data-film-picture"  # where a link keeps its picture until the lead picture is chosen
_FRAMES: Final = frozenset({"amp-iframe", "embed", "frame", "iframe", "object"})
_NEAR: Final = 40  # how many elements and texts before a frame belong to what it shows
PLAYERS: Final = _FRAMES | {"audio", "video"}
"""Elements that show a film, a sound or another page."""

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
    }
)
_NOWHERE: Final = ("about:", "blob:", "data:", "javascript:")

# A script that writes what it shows where it stands: what its own address, or an attribute, says.
_SCRIPTS: Final = re.compile(r"https?://(?:gist\.github\.com/[^?#]+|asciinema\.org/a/\w+)\.js", re.IGNORECASE)
_TELEGRAM: Final = "data-telegram-post"

# Film and sound that every reader can play come first.
_PLAYABLE: Final = re.compile(r"(?:audio/(?:mp4|mpeg)|video/mp4)|\.(?:m4a|m4v|mp3|mp4)(?:[?#]|\Z)", re.IGNORECASE)


def link_embeds(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Replace frames and players by links; give sound and film their real address."""
    for tag in standing(tags(soup)):
        if tag.name in {"audio", "video"}:
            yield from _keep_player(tag, body.url)
        elif tag.name in _FRAMES:
            yield from _link_frame(tag, body)
        elif tag.name == "script":
            yield from _link_script(tag)
        elif mark := next((name for name in (tag.name, *words(tag)) if name in MARKS), None):
            yield from _link_mark(tag, mark, body)


def show_videos(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Put the pictures of films into the links to them; a film beside the text is not what the article shows first."""
    shown_ones: set[str] = set()
    for link in tags(soup):
        picture = attribute(link, _FILM)
        if picture and picture not in shown_ones:
            shown_ones.add(picture)
            _show(link, picture)
            yield 0


def players_shown(soup: BeautifulSoup, base: str | None) -> frozenset[str]:
    """Return what the players of a body show, without those in <noscript>."""
    found: set[str] = set()
    for tag in tags(soup):
        if tag.name in PLAYERS and not stands_in(tag, {"noscript"}):
            found.add(told(tag, base) or "")
        elif mark := next((name for name in (tag.name, *words(tag)) if name in MARKS), None):
            name, template = MARKS[mark]
            found.add(template.replace(r"\1", attribute(tag, name)))
    return frozenset(found)


def told(player: Tag, base: str | None) -> str | None:
    """Return the page or the file that a player shows, without what says how; None when it shows nothing."""
    if player.name in _FRAMES:
        url = resolve(_kept(player) or _movie(player), base)
        useless = url is None or is_listed(host(url) or "", _USELESS)
        return None if url is None or useless else page_of(url)
    kept = (resolve(_kept(tag), base) for tag in (player, *player.find_all("source")))
    return next((url for url in kept if url), None)


def _kept(tag: Tag) -> str:
    """Return the first address that leads anywhere, else the first one."""
    found = [value for name in _ADDRESSES if name in tag.attrs and (value := attribute(tag, name))]
    return next((value for value in found if not value.lower().startswith(_NOWHERE)), found[0] if found else "")


def _link_frame(frame: Tag, body: Body) -> Iterator[Note]:
    address = _kept(frame) or _movie(frame)
    url = None if address.lower().startswith(_NOWHERE) else resolve(address, body.url)
    if url is None and frame.name == "object" and any(text.strip() for text in frame.strings):
        unwrap(frame)  # what is inside stands in for it
        yield 0
    elif url is None or is_listed(host(url) or "", _USELESS) or _BUTTONS.match(url):
        if address and url is None and body.url is None and not address.lower().startswith(_NOWHERE):
            yield Flaw("relative-url", address)
        yield drop(frame)
    elif _is_quoted(frame, page_of(url)):
        yield drop(frame)
    else:
        _link(frame, page_of(url), attribute(frame, "title"), body)
        yield 0


def _link_script(script: Tag) -> Iterator[Note]:
    """Link what a script would show; all other scripts are left to those who write no scripts."""
    post = attribute(script, _TELEGRAM)
    address = f"https://t.me/{post}" if post else attribute(script, "src")
    if post or _SCRIPTS.match(address):
        become(script, "p", make("a", host(address) or address, href=page_of(address)))
        yield 0


def _link_mark(tag: Tag, mark: str, body: Body) -> Iterator[Note]:
    """Link the page of a post or player that a script would have put here; words that stand in for it stay."""
    name, template = MARKS[mark]
    value = attribute(tag, name)
    url = resolve(template.replace(r"\1", value), body.url) if value else None
    if url is None:
        return
    if not shown(tag):
        _link(tag, url, attribute(tag, "title") or attribute(tag, "data-title"), body)
    elif any(_same(attribute(link, "href"), url) for link in tag.find_all("a")):
        return
    else:
        paragraph = make("p")
        paragraph.append(make("a", host(url) or url, href=url))
        tag.append(paragraph)
    yield 0


def _link(tag: Tag, page: str, title: str, body: Body) -> None:
    """Put a link in the place of an element: its picture, and its title, else its host."""
    link = make("a", title or host(page) or page, href=page)
    if picture := picture_of(page):
        film = "/" + picture.removesuffix("/hqdefault.jpg").rpartition("/")[2]
        stated = next((url for image in body.images if film in image and (url := real_picture(image, body.url))), None)
        if stated:
            _show(link, stated)  # the header's picture of the same film, which thus shows once
        else:
            link.attrs[_FILM] = picture
    become(tag, "p", link)


def _show(link: Tag, picture: str) -> None:
    link.insert(0, make("br"))
    link.insert(0, make("img", src=picture, alt=""))


def _movie(frame: Tag) -> str:
    """Return the address that an <object> gives in a parameter or in the <embed> inside it."""
    for inner in frame.find_all(["param", "embed"], recursive=False):
        if inner.name == "embed" or attribute(inner, "name").lower() in {"movie", "src"}:
            return attribute(inner, "src") or attribute(inner, "value")
    return ""


def _is_quoted(frame: Tag, page: str) -> bool:
    """Return whether the same post stands before the frame as a quotation: WordPress shows it in both ways."""
    before = (tag for tag in islice(frame.previous_elements, _NEAR) if isinstance(tag, Tag))
    quotation = next((tag for tag in before if tag.name == "blockquote"), None)
    if quotation is None:
        return False
    secret = attribute(frame, "data-secret")
    if secret and attribute(quotation, "data-secret") == secret:
        return True
    return any(_same(attribute(link, "href"), page) for link in quotation.find_all("a"))


def _same(one: str, other: str) -> bool:
    return one.partition("?")[0].rstrip("/") == other.partition("?")[0].rstrip("/")


def _keep_player(player: Tag, base: str | None) -> Iterator[Note]:
    """Leave a player its picture and the address that most readers can play; without any, it goes."""
    tagged = (player, *player.find_all("source"))
    found = [(url, attribute(tag, "type")) for tag in tagged if (url := resolve(_kept(tag), base))]
    if not found:
        yield drop(player)
        return
    attrs = {"src": next((url for url, markup in found if _PLAYABLE.search(markup or url)), found[0][0])}
    if poster := real_picture(attribute(player, "poster"), base):
        attrs["poster"] = poster
    attrs |= {"controls": ""} | {name: value for name in ("height", "width") if (value := attribute(player, name))}
    become(player, player.name)
    player.attrs = dict(attrs)
    yield 0
