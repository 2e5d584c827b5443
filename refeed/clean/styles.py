"""Turn styles with a meaning into elements: bold, italic, struck out, direction. Other styles are dropped."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bs4.element import Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import HEADINGS, MEDIA, attribute, make, stands_in
from refeed.startup.late_patterns import late_pattern

if TYPE_CHECKING:
    from refeed.html.sizes import Sizes

# A declaration → the element that says the same, and the elements inside which it says nothing new.
_MEANINGS: Final = (
    (
        late_pattern(r"(?:^|;)\s*font-weight\s*:\s*(?:bold|bolder|[6-9]00)\b", re.IGNORECASE),
        "strong",
        HEADINGS | {"b", "strong", "th"},
    ),
    (
        late_pattern(r"(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)\b", re.IGNORECASE),
        "em",
        frozenset({"address", "cite", "dfn", "em", "i", "var"}),
    ),
    (
        late_pattern(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]{0,40}\bline-through\b", re.IGNORECASE),
        "s",
        frozenset({"del", "s", "strike"}),
    ),
)
_RIGHT_TO_LEFT: Final = late_pattern(r"(?:^|;)\s*direction\s*:\s*rtl\b", re.IGNORECASE)
# Editors wrap what they paste: `<b style="font-weight: normal">` is not bold.
_UNDONE: Final = (
    (frozenset({"b", "strong"}), late_pattern(r"(?:^|;)\s*font-weight\s*:\s*(?:normal|[1-5]00)\b", re.IGNORECASE)),
    (frozenset({"em", "i"}), late_pattern(r"(?:^|;)\s*font-style\s*:\s*normal\b", re.IGNORECASE)),
)
# No phrases stand in them, or what stands in them is not text.
_UNFIT: Final = MEDIA | {"br", "code", "hr", "pre", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}


def write_styles(page: Page, _body: Body) -> Iterator[Note]:
    """Write bold, italic and struck out words as such; a style of most of the body says nothing about any part."""
    styled = [tag for tag in page.candidates(attributes={"style"}) if "style" in tag.attrs]
    sizes: Sizes | None = None
    for tag in page.remaining(styled):
        style = attribute(tag, "style")
        if _RIGHT_TO_LEFT.search(style) and "dir" not in tag.attrs:
            tag.attrs["dir"] = "rtl"
            yield 0
        if any(tag.name in names and undone.search(style) for names, undone in _UNDONE):
            page.unwrap(tag)
            yield 0
            continue
        meant = [(name, implied) for pattern, name, implied in _MEANINGS if pattern.search(style)]
        if not meant or tag.name in _UNFIT:
            continue
        sizes = sizes or page.sizes()
        if sizes.of(tag) * 2 <= sizes.whole:
            names = [name for name, implied in meant if tag.name not in implied and not stands_in(tag, implied)]
            yield from _wrap(page, tag, names)


def _wrap(page: Page, tag: Tag, names: list[str]) -> Iterator[Note]:
    """Put all that an element holds into new ones, the first one outermost."""
    for name in reversed(names):
        wrapper = make(name)
        page.append(wrapper, *tag.contents)
        page.append(tag, wrapper)
        yield 0
