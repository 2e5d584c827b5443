"""Put a caption that stands beside its picture into a <figure> with it."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

from refeed.clean.types import Body, Note
from refeed.html.tree import MEDIA, attribute, drop, make, neighbour, shown, sizes, standing, stands_in, tags, words

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
_CAPTION_STYLE: Final = re.compile(r"color:\s*(?:#(?:888|999)(?:888|999)?|gr[ae]y)\b", re.IGNORECASE)


def place_captions(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Put a caption that stands beside its picture, as <small> or under a telling class, into a <figure> with it."""
    size: dict[int, int] = {}
    for tag in standing(tags(soup)):
        if tag.name == "small" and _CAPTION_STYLE.search(attribute(tag, "style")):
            yield from _grey_caption(tag)
        elif tag.name == "figcaption" or not _CAPTIONS.isdisjoint(words(tag)):
            size = size or sizes(soup)
            yield from _named_caption(tag, size)


def _grey_caption(small: Tag) -> Iterator[Note]:
    """Move the text of a grey <small> in a <div> of its own under the picture before it."""
    box = small.parent
    if box is None or box.name not in {"div", "p"} or shown(box) != shown(small):
        return
    if not shown(box):
        yield drop(box)
        return
    if figure := _figure_before(box):
        box.name = "figcaption"
        small.unwrap()
        figure.append(box.extract())
        yield 0


def _figure_before(caption: Tag) -> Tag | None:
    """Return the figure right before a caption, made of a picture or of a box that holds only one."""
    picture = neighbour(caption, back=True)
    if not isinstance(picture, Tag) or len(picture.find_all("img")) + (picture.name == "img") != 1 or shown(picture):
        return None
    if picture.name == "figure":
        return picture
    figure = make("figure")
    picture.insert_before(figure)
    figure.append(picture.extract())
    return figure


def _named_caption(caption: Tag, size: dict[int, int]) -> Iterator[Note]:
    """Put a caption into the figure around it, before it, or made of what is around it."""
    if not size.get(id(caption), 0):
        yield drop(caption)
        return
    figures = caption.find_parents("figure")
    if figures and not stands_in(caption, {"figcaption"}):
        caption.name = "figcaption"
        for figure in figures:
            if size.get(id(figure)) == size.get(id(caption)) and not figure.find(list(MEDIA)):
                figure.name = "div"  # its picture could not be kept
        yield 0
    elif caption.name == "figcaption" and size[id(caption)] > _LONGEST:
        caption.name = "div"
    elif caption.name == "figcaption" and (before := _figure_before(caption)):
        before.append(caption.extract())
        yield 0
    else:
        yield from _join_around(caption, size)


def _join_around(caption: Tag, size: dict[int, int]) -> Iterator[Note]:
    """Make the smallest element that holds one picture and nothing but this caption a <figure>."""
    parent = caption.parent
    for _ in range(4):
        if parent is None or parent.name not in {"div", "section"}:
            return
        if size.get(id(parent)) != size.get(id(caption)):
            return
        count = len(parent.find_all("img"))
        if count == 1:
            figure = parent.find("figure")
            if isinstance(figure, Tag):
                figure.append(caption.extract())
            else:
                parent.name = "figure"
            caption.name = "figcaption"
            yield 0
            return
        if count > 1:
            return
        parent = parent.parent
