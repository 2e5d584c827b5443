"""Turn embedded players and frames into plain links, which every reader can follow."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag

from refeed.clean.pictures import is_listed, real_picture
from refeed.clean.step import Body, Flaw, Note
from refeed.clean.tree import attribute, become, drop, make, standing, tags, unwrap
from refeed.urls import host, resolve

# An address inside a player → the page that people open. YouTube, Bilibili and Vimeo say how to embed them.
_PAGES: Final = (
    (
        re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/(?!videoseries)([\w-]{6,20})"),
        "https://www.youtube.com/watch?v=",
    ),
    (re.compile(r"https?://player\.vimeo\.com/video/([0-9]+)"), "https://vimeo.com/"),
    (re.compile(r"https?://player\.bilibili\.com/player\.html\?[^#]*?bvid=(\w+)"), "https://www.bilibili.com/video/"),
)

# Frames that show an advertisement, a counter or a button.
_USELESS: Final = frozenset(
    {
        "adservice.google.com",
        "disqus.com",
        "doubleclick.net",
        "googlesyndication.com",
        "googletagmanager.com",
        "platform.twitter.com",
        "widgets.wp.com",
    }
)
# WordPress shows its own posts twice: as a quotation with a link, then in a frame.
_QUOTED: Final = re.compile(r"/embed/?(?:#\?secret=|\Z)")
_ADDRESSES: Final = ("src", "data-src", "data-lazy-src", "data", "data-url")


def link_embeds(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Replace frames and players by links; give sound and film their real addresses."""
    for tag in standing(tags(soup)):
        if tag.name in {"audio", "video"}:
            yield from _keep_player(tag, body.url)
        elif tag.name in {"embed", "frame", "iframe", "object"}:
            yield from _link(tag, body.url)


def _link(frame: Tag, base: str | None) -> Iterator[Note]:
    address = next((value for name in _ADDRESSES if (value := attribute(frame, name))), "") or _movie(frame)
    url = resolve(address, base)
    if url is None and frame.name == "object" and any(text.strip() for text in frame.strings):
        unwrap(frame)  # what is inside stands in for it
        yield 0
    elif url is None or is_listed(host(url) or "", _USELESS) or (_QUOTED.search(url) and _is_quoted(frame)):
        if address and url is None and base is None and not address.startswith(("about:", "javascript:", "data:")):
            yield Flaw("relative-url", address)
        yield drop(frame)
    else:
        page = _page(url)
        title = attribute(frame, "title") or host(page) or page
        become(frame, "p", make("a", title, href=page))
        yield 0


def _page(url: str) -> str:
    for pattern, page in _PAGES:
        if found := pattern.match(url):
            return page + found[1]
    return url


def _movie(frame: Tag) -> str:
    """Return the address that an <object> gives in a parameter or in the <embed> inside it."""
    for inner in frame.find_all(["param", "embed"], recursive=False):
        if inner.name == "embed" or attribute(inner, "name").lower() in {"movie", "src"}:
            return attribute(inner, "src") or attribute(inner, "value")
    return ""


def _is_quoted(frame: Tag) -> bool:
    """Tell whether the same post stands before the frame as a quotation."""
    quotation = frame.find_previous("blockquote")
    secret = attribute(frame, "data-secret")
    return isinstance(quotation, Tag) and bool(secret) and attribute(quotation, "data-secret") == secret


def _keep_player(player: Tag, base: str | None) -> Iterator[Note]:
    """Make the addresses of a player absolute; without any, it goes."""
    poster = real_picture(attribute(player, "poster"), base)
    sources = [(tag, resolve(attribute(tag, "src"), base)) for tag in (player, *player.find_all("source"))]
    if not any(url for _, url in sources):
        yield drop(player)
        return
    for tag, url in sources:
        if url:
            tag.attrs["src"] = url
        else:
            tag.attrs.pop("src", None)
    player.attrs["controls"] = ""
    if poster:
        player.attrs["poster"] = poster
    else:
        player.attrs.pop("poster", None)
    yield 0
