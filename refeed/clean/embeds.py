"""Turn frames and embedded posts into plain links, with a picture where the address holds one."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from bs4.element import Tag

from refeed.addresses.parts import is_listed
from refeed.addresses.pictures import real_picture
from refeed.addresses.players import MARKS, page_of, picture_of
from refeed.clean.embed_sources import FRAMES, USELESS, frame_address, leads_nowhere, mark_of
from refeed.clean.types import Body, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, make, shown
from refeed.urls import host, resolve

# Frames of buttons, on hosts that also show something else.
_BUTTONS: Final = re.compile(
    r"https?://(?:www\.facebook\.com/(?:v[0-9.]+/)?plugins/(?:comments|like|likebox|page|share_button|subscribe)\.php"
    r"|platform\.twitter\.com/widgets(?:/|\.html))",
    re.IGNORECASE,
)
_NEAR: Final = 40  # how many elements and texts before a frame belong to what it shows

# A script that writes what it shows where it stands: what its own address, or an attribute, says.
_SCRIPTS: Final = re.compile(r"https?://(?:gist\.github\.com/[^?#]+|asciinema\.org/a/\w+)\.js", re.IGNORECASE)
_TELEGRAM: Final = "data-telegram-post"


def link_embeds(page: Page, body: Body) -> Iterator[Note]:
    """Replace frames, and what scripts would replace by a player or a post, by links."""
    for tag in page.elements():
        if tag.name in FRAMES:
            yield from _link_frame(page, tag, body)
        elif tag.name == "script":
            yield from _link_script(page, tag)
        elif mark := mark_of(tag):
            yield from _link_mark(page, tag, mark, body)


def show_videos(page: Page, _body: Body) -> Iterator[Note]:
    """Put the pictures of videos into the links to them, now that none of them can become the lead picture."""
    seen: set[str] = set()
    for link, picture in page.posters:
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
        if address and url is None and body.url is None and not leads_nowhere(address):
            yield Loss("relative-url", address)
        yield page.drop(frame)
    elif _is_quoted(frame, page_of(url)):
        yield page.drop(frame)
    else:
        _link(page, frame, page_of(url), attribute(frame, "title"), body)
        yield 0


def _link_script(page: Page, script: Tag) -> Iterator[Note]:
    """Link what a script would show; all other scripts are left to the writer, who writes no scripts."""
    post = attribute(script, _TELEGRAM)
    address = f"https://t.me/{post}" if post else attribute(script, "src")
    if post or _SCRIPTS.match(address):
        page.become(script, "p", make("a", host(address) or address, href=page_of(address)))
        yield 0


def _link_mark(page: Page, tag: Tag, mark: str, body: Body) -> Iterator[Note]:
    """Link the page of a post or player that a script would have put here; words that stand in for it stay."""
    name, template = MARKS[mark]
    value = attribute(tag, name)
    url = resolve(template.replace(r"\1", value), body.url) if value else None
    if url is None:
        return
    if not shown(tag):
        _link(page, tag, url, attribute(tag, "title") or attribute(tag, "data-title"), body)
    elif any(_is_same(attribute(link, "href"), url) for link in tag.find_all("a")):
        return
    else:
        paragraph = make("p")
        paragraph.append(make("a", host(url) or url, href=url))
        page.append(tag, paragraph)
    yield 0


def _link(page: Page, tag: Tag, target: str, title: str, body: Body) -> None:
    """Put a link in the place of an element: its picture, and its title, else its host."""
    link = make("a", title or host(target) or target, href=target)
    if picture := picture_of(target):
        video = "/" + picture.removesuffix("/hqdefault.jpg").rpartition("/")[2]
        stated = next((url for image in body.images if video in image and (url := real_picture(image, body.url))), None)
        if stated:
            page.prepend(link, *_poster(stated))  # the header's picture of the same video, which thus shows once
        else:
            page.posters.append((link, picture))
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
    return any(_is_same(attribute(link, "href"), target) for link in quotation.find_all("a"))


def _is_same(one: str, other: str) -> bool:
    return one.partition("?")[0].rstrip("/") == other.partition("?")[0].rstrip("/")
