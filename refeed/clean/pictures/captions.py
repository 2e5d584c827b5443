"""Put a caption that stands beside its picture into a <figure> with it."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.sizes import Sizes
from refeed.html.tree import MEDIA, all_named, attribute, holds, shown, stands_in, words
from refeed.startup.late_patterns import late_pattern

_CAPTIONS: Final = frozenset(
    {
        "article-image-caption",
        "blocks-gallery-item__caption",
        "dls-image-capture",
        "fig-caption",
        "figcaption",
        "gallery-caption",
        "image-caption",
        "image__caption",
        "image_caption",
        "img-caption",
        "imgcaption",
        "media-caption",
        "pgc-img-caption",
        "photo-caption",
        "photocaption",
        "pic-caption",
        "picinfo",
        "picture-caption",
        "wp-caption-text",
    }
)
_LONGEST: Final = 500  # characters; a longer one that stands alone was never closed, and holds the article
_CAPTION_STYLE: Final = late_pattern(r"color:\s*(?:#(?:888|999)(?:888|999)?|gr[ae]y)\b", re.IGNORECASE)


def place_captions(page: Page, _body: Body) -> Iterator[Note]:
    """Put a caption that stands beside its picture, as <small> or under a telling class, into a <figure> with it."""
    sizes: Sizes | None = None
    for tag in page.candidates(names={"small", "figcaption"}, classes=_CAPTIONS):
        if tag.name == "small" and _CAPTION_STYLE.search(attribute(tag, "style")):
            yield from _grey_caption(page, tag)
        elif tag.name == "figcaption" or not _CAPTIONS.isdisjoint(words(tag)):
            sizes = sizes or page.sizes()
            yield from _named_caption(page, tag, sizes)


def _grey_caption(page: Page, small: Tag) -> Iterator[Note]:
    """Move the text of a grey <small> in a <div> of its own under the picture before it."""
    box = small.parent
    if box is None or box.name not in {"div", "p"} or shown(box) != shown(small):
        return
    if not shown(box):
        yield page.drop(box)
        return
    if figure := _figure_before(page, box):
        page.rename(box, "figcaption")
        page.unwrap(small)
        page.draw_in(figure, box)
        yield 0


def _figure_before(page: Page, caption: Tag) -> Tag | None:
    """Return the figure right before a caption, made of a picture or of a box that holds only one."""
    picture = page.neighbour(caption, back=True)
    if not isinstance(picture, Tag) or len(all_named(picture, "img")) + (picture.name == "img") != 1 or shown(picture):
        return None
    if picture.name == "figure":
        return picture
    return page.wrap(picture, "figure")


def _named_caption(page: Page, caption: Tag, sizes: Sizes) -> Iterator[Note]:
    """Put a caption into the figure around it, before it, or made of what is around it."""
    size = sizes.of(caption)
    if not size:
        yield page.drop(caption)
        return
    figures = [around for around in caption.parents if around.name == "figure"]
    if figures and not stands_in(caption, {"figcaption"}):
        page.rename(caption, "figcaption")
        for figure in figures:
            if sizes.of(figure) == size and not holds(figure, MEDIA):
                page.rename(figure, "div")  # its picture could not be kept
        yield 0
    elif caption.name == "figcaption" and size > _LONGEST:
        page.rename(caption, "div")
    elif caption.name == "figcaption" and (before := _figure_before(page, caption)):
        page.draw_in(before, caption)
        yield 0
    else:
        yield from _join_around(page, caption, sizes)


def _join_around(page: Page, caption: Tag, sizes: Sizes) -> Iterator[Note]:
    """Make the smallest element that holds one picture and nothing but this caption a <figure>."""
    parent = caption.parent
    for _ in range(4):
        if parent is None or parent.name not in {"div", "section"}:
            return
        if sizes.of(parent) != sizes.of(caption):
            return
        count = len(all_named(parent, "img"))
        if count == 1:
            figure = parent.find("figure")
            if isinstance(figure, Tag):
                if any(around is caption for around in figure.parents):
                    return  # nothing can be put into what it holds
                page.append(figure, caption)
            else:
                page.rename(parent, "figure")
            page.rename(caption, "figcaption")
            yield 0
            return
        if count > 1:
            return
        parent = parent.parent
