"""Say that a body runs from right to left where its letters do and its author has not said so."""

from collections.abc import Iterator

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, is_block
from refeed.text.direction import is_right_to_left


def mark_direction(page: Page, _body: Body) -> Iterator[Note]:
    """Put the whole body into an element that says its direction; readers show text from left to right otherwise."""
    yield from _mark_body(page)
    for code in page.elements("code", "pre"):  # its signs change places in a text from right to left
        around = next((attribute(tag, "dir").lower() for tag in (code, *code.parents) if "dir" in tag.attrs), "")
        if around == "rtl" and "dir" not in code.attrs:
            code.attrs["dir"] = "ltr"
            yield 0


def _mark_body(page: Page) -> Iterator[Note]:
    if not is_right_to_left(page.text) or any("dir" in tag.attrs and is_block(tag) for tag in page.elements()):
        return
    contents = [*page.soup.contents]
    if contents:
        wrapper = page.wrap(contents[0], "div")
        page.append(wrapper, *contents[1:])
        wrapper.attrs["dir"] = "rtl"
        yield 0
