"""Unwrap tables that only lay out a page; tables of data stay."""

from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import all_named, attribute, holds, words

_SECTIONS: Final = frozenset({"tbody", "tfoot", "thead"})
_CELLS: Final = frozenset({"td", "th"})
# ARIA 1.2, 5.3.3 and 5.3.4: what says that a table is none.
_NO_TABLE: Final = frozenset({"none", "presentation"})
# What says that a table holds data: HTML Standard, 4.9.
_DATA: Final = frozenset({"caption", "th", "thead"})
# Blogger puts a picture and its caption into a table.
_CAPTION: Final = "tr-caption"


def take_layout_apart(page: Page, _body: Body) -> Iterator[Note]:
    """Turn tables of one column, around tables, or marked as no table into the blocks that stand in them."""
    for table in list(page.elements("table")):
        parts = _own_parts(table)
        if not _is_layout(table, parts):
            continue
        pictured = _is_pictured(table, parts)
        for part in parts:
            page.rename(part, "figcaption" if pictured and _CAPTION in words(part) else "div")
        page.rename(table, "figure" if pictured else "div")
        yield 0


def _own_parts(table: Tag) -> list[Tag]:
    """List captions, sections, rows and cells of a table, but not of the tables in it."""
    found: list[Tag] = []
    holders = [table]
    for holder in holders:
        for child in holder.children:
            if isinstance(child, Tag) and child.name in _SECTIONS | _CELLS | {"caption", "tr"}:
                found.append(child)
                if child.name not in _CELLS:
                    holders.append(child)
    return found


def _is_layout(table: Tag, parts: list[Tag]) -> bool:
    if attribute(table, "role").lower() in _NO_TABLE:
        return True
    if any(part.name in _DATA for part in parts):
        return False
    rows = [part for part in parts if part.name == "tr"]
    widest = max(
        (sum(isinstance(cell, Tag) and cell.name in _CELLS for cell in row.children) for row in rows), default=0
    )
    return widest < 2 or holds(table, {"table"})


def _is_pictured(table: Tag, parts: list[Tag]) -> bool:
    """Return whether a table holds a picture and its caption."""
    return any(_CAPTION in words(part) for part in parts) and len(all_named(table, "img")) == 1
