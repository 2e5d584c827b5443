"""Write boxes to tick, and icons of a font that mean yes or no, as characters: readers of feeds drop both.

An icon counts in a table or list. Elsewhere it is an ornament, or closes what stands there.
"""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from bs4.element import Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, shown, stands_in, words

# Font Awesome, Bootstrap Icons.
_MARKS: Final = MappingProxyType(
    {
        **dict.fromkeys(
            ("fa-check", "fa-check-circle", "fa-circle-check", "bi-check", "bi-check-circle", "bi-check-lg"), "✓"
        ),
        **dict.fromkeys(("fa-times", "fa-xmark", "fa-times-circle", "fa-circle-xmark", "fa-close"), "✗"),
        **dict.fromkeys(("bi-x", "bi-x-circle", "bi-x-lg"), "✗"),
    }
)
_PLACES: Final = frozenset({"dd", "dt", "li", "td", "th"})
_HIDING: Final = frozenset({"class", "hidden", "style"})  # attributes that may keep it from being shown
_CONTROLS: Final = frozenset({"a", "button", "label", "summary"})
_CONTROL_WORDS: Final = frozenset({"btn", "button", "close", "delete", "dismiss", "remove"})

_DONE: Final = "☑ "  # U+2611, ballot box with check
_OPEN: Final = "☐ "  # U+2610, ballot box


def write_icon_marks(page: Page, _body: Body) -> Iterator[Note]:
    """Write the character for each such icon that shows no text of its own."""
    for icon in page.elements("i"):
        mark = next((_MARKS[word] for word in words(icon) if word in _MARKS), "")
        if mark and not shown(icon) and stands_in(icon, _PLACES) and not _is_control(icon):
            page.become(icon, "span", mark, **{name: attribute(icon, name) for name in _HIDING & icon.attrs.keys()})
            yield 0


def _is_control(icon: Tag) -> bool:
    """Return whether an icon is to be clicked: it does something, or what it stands in does."""
    return "onclick" in icon.attrs or any(
        parent.name in _CONTROLS
        or "onclick" in parent.attrs
        or not _CONTROL_WORDS.isdisjoint(part for word in words(parent) for part in word.replace("_", "-").split("-"))
        or "button" in words(parent, "role")
        for parent in _around(icon)
    )


def _around(icon: Tag) -> Iterator[Tag]:
    """Yield what an icon stands in, up to the cell or item."""
    for parent in icon.parents:
        if parent.name in _PLACES:
            return
        yield parent


def show_tasks(page: Page, _body: Body) -> Iterator[Note]:
    """Write a box that stands in an item of a list as a sign."""
    for box in list(page.elements("input")):
        if attribute(box, "type").lower() == "checkbox" and stands_in(box, {"li"}):
            page.become(box, "span", _DONE if "checked" in box.attrs else _OPEN)
            yield 0
