"""Write what a style says about the meaning of words as elements: bold, italic, struck out. All other style goes."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

from refeed.clean.types import Body, Note
from refeed.html.tree import HEADINGS, MEDIA, attribute, make, sizes, standing, stands_in, tags, unwrap

# A declaration → the element that says the same, and the elements inside which it says nothing new.
_MEANINGS: Final = (
    (
        re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:bold|bolder|[6-9]00)\b", re.IGNORECASE),
        "strong",
        HEADINGS | {"b", "strong", "th"},
    ),
    (
        re.compile(r"(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)\b", re.IGNORECASE),
        "em",
        frozenset({"address", "cite", "dfn", "em", "i", "var"}),
    ),
    (
        re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]{0,40}\bline-through\b", re.IGNORECASE),
        "s",
        frozenset({"del", "s", "strike"}),
    ),
)
# Editors wrap what they paste: `<b style="font-weight: normal">` is not bold.
_UNDONE: Final = (
    (frozenset({"b", "strong"}), re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:normal|[1-5]00)\b", re.IGNORECASE)),
    (frozenset({"em", "i"}), re.compile(r"(?:^|;)\s*font-style\s*:\s*normal\b", re.IGNORECASE)),
)
# No phrases stand in them, or what stands in them is not text.
_UNFIT: Final = MEDIA | {"br", "code", "hr", "pre", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}


def write_styles(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Write bold, italic and struck out words as such; a style of most of the body tells nothing about any part."""
    styled = [tag for tag in tags(soup) if "style" in tag.attrs]
    size: dict[int, int] = {}
    for tag in standing(styled):
        style = attribute(tag, "style")
        if any(tag.name in names and undone.search(style) for names, undone in _UNDONE):
            unwrap(tag)
            yield 0
            continue
        meant = [(name, implied) for pattern, name, implied in _MEANINGS if pattern.search(style)]
        if not meant or tag.name in _UNFIT:
            continue
        size = size or sizes(soup)
        if size.get(id(tag), 0) * 2 <= size.get(id(soup), 0):
            yield from _wrap(
                tag, [name for name, implied in meant if tag.name not in implied and not stands_in(tag, implied)]
            )


def _wrap(tag: Tag, names: list[str]) -> Iterator[Note]:
    """Put all that an element holds into new ones, the first one outermost."""
    for name in reversed(names):
        wrapper = make(name)
        wrapper.extend(list(tag.contents))
        tag.append(wrapper)
        yield 0
