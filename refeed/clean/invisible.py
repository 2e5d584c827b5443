"""Drop what was never meant to be read (programs, controls, comments, hidden elements), and write formulas once."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import PageElement, PreformattedString, Tag

from refeed.clean.step import Body, Note
from refeed.clean.tree import MEDIA, attribute, drop, make, shown, squeeze, standing, tags, words

# HTML Standard, 4.2 (metadata), 4.10 (forms), 4.12 (scripting), and SVG. A button may wrap a picture: then it stays.
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
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    }
)

# Spellings of a formula that repeat the MathML beside them (KaTeX, MathJax).
_FORMULA_TWINS: Final = frozenset({"katex-html", "mathjax_preview", "mjx-chtml"})

_NOT_DISPLAYED: Final = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)

# Icons and ornaments carry `aria-hidden`; so does a whole page that was saved behind a dialogue.
_LONGEST_ORNAMENT: Final = 200

# Words around the box where readers leave their address for a newsletter.
_NEWSLETTER: Final = re.compile(
    r"e-?mail|newsletter|subscri|电子邮|邮箱|電子信箱|電子報|电子报|订阅|訂閱", re.IGNORECASE
)
_LARGEST_BOX: Final = 120


def drop_invisible(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Drop comments, elements that hold no text of the article, and elements that the page hides."""
    for element in list(soup.descendants):
        if isinstance(element, PreformattedString):
            yield drop(element)
    elements = tags(soup)
    whole = len(shown(soup))
    for tag in standing(elements):
        if tag.name == "input":
            yield from _newsletter_box(tag, whole)
    for tag in standing(elements):
        if tag.name in _NEVER:
            yield _drop_but_pictures(tag)
        elif _is_hidden(tag) and len(shown(tag)) * 2 <= whole:
            yield drop(tag)


def write_formulas(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Write a formula as its TeX source in <code>, or as its text; drop its second spelling."""
    for tag in standing(tags(soup)):
        if tag.name == "math":
            source = tag.find("annotation", attrs={"encoding": "application/x-tex"})
            text = (source or tag).get_text().strip()
            tag.replace_with(make("code", text))
            yield 0
        elif not _FORMULA_TWINS.isdisjoint(words(tag)) and _has_formula(tag.parent):
            yield drop(tag)


def _has_formula(parent: Tag | None) -> bool:
    return parent is not None and parent.find(["math", "code"]) is not None


def _drop_but_pictures(tag: Tag) -> int:
    """Drop a control; a picture in it is part of the article."""
    if tag.name != "button":
        return drop(tag)
    for picture in tag.find_all("img"):
        tag.insert_before(picture.extract())
    return drop(tag)


def _is_hidden(tag: Tag) -> bool:
    attrs = tag.attrs
    if "hidden" in attrs or ("style" in attrs and _NOT_DISPLAYED.search(attribute(tag, "style"))):
        return True
    if attribute(tag, "aria-hidden").lower() != "true" or tag.name in MEDIA or tag.find(list(MEDIA)):
        return False
    return _FORMULA_TWINS.isdisjoint(words(tag)) and len(shown(tag)) <= _LONGEST_ORNAMENT


def _newsletter_box(field: Tag, whole: int) -> Iterator[Note]:
    """Drop the largest small element around a text field that speaks of subscribing."""
    if attribute(field, "type").lower() not in {"", "email", "text"}:
        return
    box: Tag | None = None
    parent: PageElement | None = field.parent
    while isinstance(parent, Tag) and parent.name not in {"body", "html", "[document]"}:
        size = len(shown(parent))
        if size > _LARGEST_BOX or size * 2 > whole:
            break
        box, parent = parent, parent.parent
    if box is None:
        return
    said = squeeze(box.get_text()) + attribute(field, "placeholder") + attribute(field, "type")
    if _NEWSLETTER.search(said):
        yield drop(box)
