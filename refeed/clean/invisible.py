"""Drop what was never meant to be read: metadata, controls, hidden elements."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from refeed.clean.step import Body, Note
from refeed.clean.tree import MEDIA, attribute, drop, drop_but, sizes, squeeze, standing, tags

# HTML Standard, 4.2 (metadata), 4.10 (forms), 4.12 (scripting), and SVG; comments, scripts and styles need no step,
# because nobody writes them. A button may wrap a picture: then that stays.
_NEVER: Final = frozenset(
    {
        "base",
        "basefont",
        "bgsound",
        "button",
        "canvas",
        "datalist",
        "input",
        "keygen",
        "link",
        "map",
        "meta",
        "meter",
        "noembed",
        "noframes",
        "optgroup",
        "option",
        "progress",
        "select",
        "svg",
        "template",
        "textarea",
        "title",
    }
)

_NOT_DISPLAYED: Final = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)

# Icons and ornaments carry `aria-hidden`; so does a whole page that was saved behind a dialogue.
_LONGEST_ORNAMENT: Final = 200

# Words around the box where readers leave their address for a newsletter.
_NEWSLETTER: Final = re.compile(
    r"e-?mail|newsletter|subscri|电子邮|邮箱|電子信箱|電子報|电子报|订阅|訂閱", re.IGNORECASE
)
_LARGEST_BOX: Final = 120
_MOST_FIELDS: Final = 20


def drop_invisible(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Drop elements that hold no text of the article, and elements that the page hides."""
    elements = tags(soup)
    size = sizes(soup)
    whole = size.get(id(soup), 0)
    for tag in standing([tag for tag in elements if tag.name == "input"][:_MOST_FIELDS]):
        yield from _newsletter_box(tag, size)
    for tag in standing(elements):
        if tag.name in _NEVER:
            yield _drop_but_pictures(tag)
        elif size.get(id(tag), 0) * 2 <= whole and _is_hidden(tag, size.get(id(tag), 0)):
            yield drop(tag)


def _drop_but_pictures(tag: Tag) -> int:
    """Drop a control; a picture in it is part of the article."""
    return drop(tag) if tag.name != "button" else drop_but(tag, tag.find_all("img"))


def _is_hidden(tag: Tag, size: int) -> bool:
    attrs = tag.attrs
    if "hidden" in attrs or ("style" in attrs and _NOT_DISPLAYED.search(attribute(tag, "style"))):
        return True
    if attribute(tag, "aria-hidden").lower() != "true" or tag.name in MEDIA or tag.find(list(MEDIA)):
        return False
    return size <= _LONGEST_ORNAMENT


def _newsletter_box(field: Tag, size: dict[int, int]) -> Iterator[Note]:
    """Drop the largest small element around a text field that speaks of subscribing."""
    if attribute(field, "type").lower() not in {"", "email", "text"}:
        return
    whole = max(size.values(), default=0)
    box: Tag | None = None
    parent: PageElement | None = field.parent
    while isinstance(parent, Tag) and parent.name not in {"body", "html", "[document]"}:
        if size.get(id(parent), 0) > _LARGEST_BOX or size.get(id(parent), 0) * 2 > whole:
            break
        box, parent = parent, parent.parent
    if box is None:
        return
    said = squeeze(box.get_text()) + attribute(field, "placeholder") + attribute(field, "type")
    if _NEWSLETTER.search(said):
        yield drop(box)
