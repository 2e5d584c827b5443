"""Write the icons of a font that mean yes or no as the characters for that: a table of them says nothing without."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import shown, words

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


def write_icon_marks(page: Page, _body: Body) -> Iterator[Note]:
    """Write the character for each such icon that shows no text of its own."""
    for icon in page.elements("i"):
        mark = next((_MARKS[word] for word in words(icon) if word in _MARKS), "")
        if mark and not shown(icon):
            page.become(icon, "span", mark)
            yield 0
