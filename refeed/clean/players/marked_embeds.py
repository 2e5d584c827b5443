"""Link what a script would put in the place of an element: a player, or a post of a network."""

import json
import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.addresses.embed_marks import ATTRIBUTES, MARKS, page_of_number
from refeed.addresses.players import page_of, picture_of
from refeed.clean.players.embed_sources import marked_address
from refeed.clean.players.embeds import is_same, link_page
from refeed.clean.types import Body, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import MEDIA, all_named, attribute, holds, make, shown, text_of, words
from refeed.startup.late_patterns import late_pattern
from refeed.urls import host, resolve

# A script that writes what it shows where it stands: what its own address, or an attribute, says.
_SCRIPTS: Final = late_pattern(
    r"https?://(?:(?:gist\.github\.com/[^?#]+|asciinema\.org/a/\w+)\.js|embed\.nicovideo\.jp/watch/)", re.IGNORECASE
)
_TELEGRAM: Final = "data-telegram-post"
# WordPress puts the bare address of what it embeds here.
_WRAPPERS: Final = frozenset({"wp-block-embed__wrapper"})
_ADDRESS: Final = late_pattern(r"https?://\S+")
# What Substack keeps of an embedded page: the keys of its address, of its words, of who says them.
_ADDRESS_KEYS: Final = ("url", "canonical_url", "embed_url", "src")
_TEXT_KEYS: Final = ("full_text", "body", "description")
_NAME_KEYS: Final = ("title", "name", "author_name", "username")
# Empty links in whose place a script shows the page: Iframely, Pinterest.
_SCRIPTED: Final = frozenset({"data-iframely-url", "data-pin-do"})
# Elements, by name or class, that only their script or the app of a network can play; and ones that measure or sell.
_UNPLAYABLE: Final = frozenset(
    {
        "amp-brightcove",
        "amp-jwplayer",
        "apester-media",
        "aplayer",
        "brightcove-player",
        "drupal-media",
        "jwplayer",
        "meting-js",
        "mp-common-mpaudio",
        "mp-common-qqmusic",
        "mp-common-videosnap",
        "mpvideosnap",
        "mpvoice",
        "native-audio-embed",
        "native-video-embed",
        "qqmusic",
        "tableauviz",
        "video-js",
        "wistia_embed",
    }
)
# What an element must be, have or be called to be looked at, unless its name has a hyphen.
_NAMES: Final = _UNPLAYABLE | MARKS.keys() | {"script"}
_ATTRIBUTES: Final = ATTRIBUTES | _SCRIPTED | {"data-attrs"}
_CLASSES: Final = _UNPLAYABLE | MARKS.keys() | _WRAPPERS
_MEASURING: Final = late_pattern(r"amp-(?:ad|analytics|auto-ads|consent|pixel|social-share|sticky-ad)|.*-ads?")


def link_marked(page: Page, body: Body) -> Iterator[Note]:
    """Link the page of a post or player; words that stand in for it stay."""
    names = _NAMES.union([name for name in page.names if "-" in name])
    for tag in page.candidates(names=names, attributes=_ATTRIBUTES, classes=_CLASSES):
        if tag.name == "script":
            yield from _link_script(page, tag)
        elif target := marked_address(tag):
            yield from _link_mark(page, tag, target, body)
        elif "data-attrs" in tag.attrs and tag.name not in MEDIA:
            yield from _link_data(page, tag, body)
        elif not _WRAPPERS.isdisjoint(words(tag)):
            yield from _link_bare(page, tag, body)
        elif "-" in tag.name and not _is_filled(tag):
            yield from _link_unknown(page, tag, body)
        elif tag.name == "a" and not _SCRIPTED.isdisjoint(tag.attrs) and not _is_filled(tag):
            yield from _link_mark(page, tag, attribute(tag, "href"), body)
        elif tag.name in _UNPLAYABLE or (not _UNPLAYABLE.isdisjoint(words(tag)) and not _is_filled(tag)):
            yield Loss("media-lost", tag.name if tag.name in _UNPLAYABLE else attribute(tag, "class"))


def _link_script(page: Page, script: Tag) -> Iterator[Note]:
    """Link what a script would show; all other scripts are left to the writer, who writes no scripts."""
    post, marked = attribute(script, _TELEGRAM), marked_address(script)
    address = f"https://t.me/{post}" if post else marked or attribute(script, "src")
    if post or marked or _SCRIPTS.match(address):
        page.become(script, "p", make("a", host(address) or address, href=page_of(address)))
        yield 0


def _link_mark(page: Page, tag: Tag, target: str, body: Body) -> Iterator[Note]:
    url = resolve(target, body.url)
    if url is None:
        return
    same = next((link for link in all_named(tag, "a") if _is_same_page(attribute(link, "href"), url)), None)
    if same is not None:
        if picture_of(url) and shown(same) == shown(tag):  # its picture is in a style: lite-youtube
            link_page(page, tag, url, " ".join(text_of(same).split()), body)
            yield 0
        return
    if shown(tag):
        paragraph = make("p")
        paragraph.append(make("a", host(url) or url, href=url))
        page.append(tag, paragraph)
    else:
        link_page(page, tag, url, attribute(tag, "title") or attribute(tag, "data-title"), body)
    yield 0


def _is_same_page(address: str, target: str) -> bool:
    return is_same(address, target) or (picture_of(target) is not None and picture_of(address) == picture_of(target))


def _link_data(page: Page, tag: Tag, body: Body) -> Iterator[Note]:
    """Write what Substack keeps in an attribute as a quotation with a link; report what only its player can play."""
    if _is_filled(tag):
        return
    try:
        stated = json.loads(attribute(tag, "data-attrs"))
    except ValueError:
        return
    stated = stated if isinstance(stated, dict) else {}
    if pictures := [*_gallery(stated)]:
        page.become(tag, "figure")
        page.append(tag, *pictures)
        yield 0
        return
    url = _film(tag, stated) or next(
        (found for key in _ADDRESS_KEYS if (found := resolve(_text(stated, (key,)), body.url))), None
    )
    if url is not None:
        name, text = _text(stated, _NAME_KEYS), _text(stated, _TEXT_KEYS)
        if text:
            quotation = make("blockquote")
            quotation.append(make("p", text))
            source = make("p")
            source.append(make("a", name or host(url) or url, href=page_of(url)))
            quotation.append(source)
            page.become(tag, "div", quotation)
        else:
            link_page(page, tag, page_of(url), name, body)
        yield 0
    elif "mediaUploadId" in stated or not _UNPLAYABLE.isdisjoint(words(tag)):
        yield Loss("media-lost", attribute(tag, "class") or tag.name)


def _film(tag: Tag, stated: dict[str, object]) -> str | None:
    """Return the page of a video that Substack names by its number."""
    component = attribute(tag, "data-component-name").lower()
    service = next((name for name in ("youtube", "vimeo") if component.startswith(name)), "")
    return page_of_number(service, _text(stated, ("videoId",)))


def _gallery(stated: dict[str, object]) -> Iterator[Tag]:
    """Yield the pictures of Substack's galleries, and what is written below them."""
    gallery = stated.get("gallery")
    images = gallery.get("images") if isinstance(gallery, dict) else None
    found = [_text(image, ("src",)) for image in images if isinstance(image, dict)] if isinstance(images, list) else []
    yield from (make("img", src=source) for source in found if source)
    if any(found) and isinstance(gallery, dict) and (caption := _text(gallery, ("caption",))):
        yield make("figcaption", caption)


def _link_bare(page: Page, tag: Tag, body: Body) -> Iterator[Note]:
    """Link a bare address that is all that a wrapper of an embed holds."""
    said = text_of(tag).strip()
    if _ADDRESS.fullmatch(said) and tag.find(True) is None and (url := resolve(said, body.url)):
        link_page(page, tag, page_of(url), "", body)
        yield 0


def _link_unknown(page: Page, tag: Tag, body: Body) -> Iterator[Note]:
    """Link the page that an empty element of a framework names; report one that only an app can play."""
    if tag.name in _UNPLAYABLE:
        yield Loss("media-lost", tag.name)
    elif not _MEASURING.fullmatch(tag.name):
        stated = (value for name in tag.attrs if _ADDRESS.fullmatch(value := attribute(tag, name)))
        if url := next((found for value in stated if (found := resolve(value, body.url))), None):
            link_page(page, tag, page_of(url), attribute(tag, "title"), body)
            yield 0


def _is_filled(tag: Tag) -> bool:
    return bool(shown(tag)) or holds(tag, MEDIA)


def _text(stated: dict[str, object], keys: tuple[str, ...]) -> str:
    """Return the first text under some keys."""
    return next((value.strip() for key in keys if isinstance(value := stated.get(key), str) and value.strip()), "")
