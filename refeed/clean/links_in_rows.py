"""Put links that only a style sheet sets below each other into paragraphs of their own."""

from collections.abc import Iterable, Iterator
from typing import Final

from bs4.element import PageElement, Tag

from refeed.clean.types import Note
from refeed.html.page import Page
from refeed.html.tree import BLOCKS, attribute, holds, is_block, text_of

_SHORTEST: Final = 8  # characters of a title; numbers of pages and tags are shorter
_PARTED: Final = BLOCKS | {"br", "img"}


def part_links(page: Page, beside: Iterable[Tag]) -> Iterator[Note]:
    """Part titles that stand alone in their block, with nothing between them; others stand right beside these links."""
    for first in beside:
        if not _is_link(first) or _is_link(first.previous_sibling):
            continue
        row = [first]
        while isinstance(following := row[-1].next_sibling, Tag) and _is_link(following):
            row.append(following)
        if len(row) == 1 or not _stands_in_block(first):
            continue
        ends = (page.neighbour(first, back=True), page.neighbour(row[-1], back=False))
        if all(end is None or is_block(end) for end in ends) and _are_titles(row):
            for link in row:
                page.wrap(link, "div")
                yield 0


def _is_link(element: PageElement | None) -> bool:
    return isinstance(element, Tag) and element.name == "a"


def _stands_in_block(link: Tag) -> bool:
    around = link.parent
    return around is not None and (around.parent is None or is_block(around))


def _are_titles(row: list[Tag]) -> bool:
    """Return whether links lead to different pages, and no blank parts the words of each from the next one's."""
    texts = [text_of(link) for link in row]
    are_long = all(len(text) >= _SHORTEST and text == text.strip() for text in texts)
    are_others = len({attribute(link, "href") for link in row}) == len(row)
    return are_long and are_others and not any(holds(link, _PARTED) for link in row)
