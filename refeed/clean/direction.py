"""Mark a body as right-to-left if its letters are and its author has not said so."""

from collections.abc import Iterator
from typing import Final

from bs4.element import NavigableString, PageElement, Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, is_block, text_of
from refeed.text.direction import is_left_to_right, is_mixed, is_right_to_left

_STATING: Final = frozenset({"dir", "style"})  # what a style says is written as `dir`
_OF_WORDS: Final = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "figcaption")


def mark_direction(page: Page, _body: Body) -> Iterator[Note]:
    """Put the whole body into an element that says its direction; readers show text from left to right otherwise."""
    yield from _mark_body(page)
    if not any("dir" in tag.attrs for tag in page.candidates(attributes=_STATING)):  # nearly always
        return
    for code in page.elements("code", "pre"):  # its signs change places in a text from right to left
        around = next((attribute(tag, "dir").lower() for tag in (code, *code.parents) if "dir" in tag.attrs), "")
        if around == "rtl" and "dir" not in code.attrs:
            code.attrs["dir"] = "ltr"
            yield 0


def _mark_body(page: Page) -> Iterator[Note]:
    text = page.text
    if not is_right_to_left(text) or any("dir" in tag.attrs and is_block(tag) for tag in page.elements()):
        return
    contents = [*page.soup.contents]
    if contents:
        wrapper = page.wrap(contents[0], "div")
        page.append(wrapper, *contents[1:])
        wrapper.attrs["dir"] = "rtl"
        yield 0
        if is_mixed(text):
            yield from _mark_blocks(page)


def _mark_blocks(page: Page) -> Iterator[Note]:
    """Say of the paragraphs in another language that they run from left to right; what stands in them does not."""
    for block in page.elements(*_OF_WORDS):
        words = "".join(str(child) if isinstance(child, NavigableString) else _words(child) for child in block.children)
        wanted = "ltr" if is_left_to_right(words) else "rtl"
        around = next(attribute(tag, "dir") for tag in block.parents if "dir" in tag.attrs)
        if wanted != around and words.strip():
            block.attrs["dir"] = wanted
            yield 0


def _words(child: PageElement) -> str:
    return text_of(child) if isinstance(child, Tag) and not is_block(child) else ""
