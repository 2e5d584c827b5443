"""Turn frames into plain links, with a picture where the address holds one."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from bs4.element import Tag

from refeed.addresses.parts import is_listed
from refeed.addresses.pictures import real_picture
from refeed.addresses.players import page_of, picture_of
from refeed.clean.players.embed_sources import FRAMES, USELESS, frame_address, leads_nowhere
from refeed.clean.types import Body, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import all_named, attribute, make, parse, text_of
from refeed.startup.late_patterns import late_pattern
from refeed.urls import host, resolve

# Frames of buttons, on hosts that also show something else.
_BUTTONS: Final = late_pattern(
    r"https?://(?:www\.facebook\.com/(?:v[0-9.]+/)?plugins/(?:comments|like|likebox|page|share_button|subscribe)\.php"
    r"|platform\.twitter\.com/widgets(?:/|\.html)|donate\.[^/]{1,100}/|[^/.]{1,100}\.substack\.com/embed\Z)",
    re.IGNORECASE,
)
_WITHOUT_MEANING: Final = frozenset({"hidden", "name", "sandbox", "style"})
_NEAR: Final = 40  # how many elements and texts before a frame belong to what it shows


def link_frames(page: Page, body: Body) -> Iterator[Note]:
    """Replace frames by links to the pages that they show."""
    for frame in page.elements(*FRAMES):
        yield from _link_frame(page, frame, body)


def show_videos(page: Page, _body: Body) -> Iterator[Note]:
    """Put the pictures of videos into the links to them, now that none of them can become the lead picture."""
    seen: set[str] = set()
    for link, picture in page.video_links:
        if link.name == "a" and picture not in seen:
            seen.add(picture)
            page.prepend(link, *_poster(picture))
            yield 0


def _link_frame(page: Page, frame: Tag, body: Body) -> Iterator[Note]:
    address = frame_address(frame)
    url = None if leads_nowhere(address) else resolve(address, body.url)
    if url is None and frame.name == "object" and any(text.strip() for text in frame.strings):
        page.unwrap(frame)  # what is inside stands in for it
        yield 0
    elif url is None or is_listed(host(url) or "", USELESS) or _BUTTONS.match(url):
        yield from _lost(frame, address, url, body)
        yield page.drop(frame)
    elif _is_quoted(frame, page_of(url)):
        yield page.drop(frame)
    else:
        target, title = page_of(url), attribute(frame, "title")
        if target == url and (link := _instead(frame)) and (page_beside := resolve(link[0], body.url)):
            target, title = page_beside, link[1]
        link_page(page, frame, target, title, body)
        yield 0


def _instead(frame: Tag) -> tuple[str, str] | None:
    """Return the address and the words of a link that stands in for a frame; what an <iframe> holds is text."""
    text = text_of(frame)
    link = parse(text).find("a") if "<a " in text else frame.find("a")
    return (attribute(link, "href"), " ".join(text_of(link).split())) if isinstance(link, Tag) else None


def _lost(frame: Tag, address: str, url: str | None, body: Body) -> Iterator[Loss]:
    """Report a frame whose contents are unknown; one that sells or counts is no loss."""
    if url is None and address and body.url is None and not leads_nowhere(address):
        yield Loss("relative-url", address)
    elif url is None and frame.attrs.keys() - _WITHOUT_MEANING:
        yield Loss("media-lost", attribute(frame, "title") or f"<{frame.name}")


def link_page(page: Page, tag: Tag, target: str, title: str, body: Body) -> None:
    """Put a link in the place of an element: its picture, and its title, else its host."""
    link = make("a", title or host(target) or target, href=target)
    if picture := picture_of(target):
        video = "/" + picture.removesuffix("/hqdefault.jpg").rpartition("/")[2]
        stated = next((url for image in body.images if video in image and (url := real_picture(image, body.url))), None)
        if stated:
            page.prepend(link, *_poster(stated))  # the header's picture of the same video, which thus shows once
        else:
            page.add_video_link(link, picture)
    page.become(tag, "p", link)


def _poster(picture: str) -> tuple[Tag, Tag]:
    return make("img", src=picture, alt=""), make("br")


def _is_quoted(frame: Tag, target: str) -> bool:
    """Return whether the same post stands before the frame as a quotation: WordPress shows it in both ways."""
    before = (tag for tag in islice(frame.previous_elements, _NEAR) if isinstance(tag, Tag))
    quotation = next((tag for tag in before if tag.name == "blockquote"), None)
    if quotation is None:
        return False
    secret = attribute(frame, "data-secret")
    if secret and attribute(quotation, "data-secret") == secret:
        return True
    return any(is_same(attribute(link, "href"), target) for link in all_named(quotation, "a"))


def is_same(one: str, other: str) -> bool:
    """Return whether two addresses are equal except for their queries."""
    return one.partition("?")[0].rstrip("/") == other.partition("?")[0].rstrip("/")
