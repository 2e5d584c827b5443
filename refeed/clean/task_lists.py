"""Write the state of a task as a character, because readers drop checkboxes."""

from collections.abc import Iterator
from typing import Final

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, stands_in

_DONE: Final = "☑ "  # U+2611, ballot box with check
_OPEN: Final = "☐ "  # U+2610, ballot box


def show_tasks(page: Page, _body: Body) -> Iterator[Note]:
    """Write a box that stands in an item of a list as a sign."""
    for box in list(page.elements("input")):
        if attribute(box, "type").lower() == "checkbox" and stands_in(box, {"li"}):
            page.become(box, "span", _DONE if "checked" in box.attrs else _OPEN)
            yield 0
