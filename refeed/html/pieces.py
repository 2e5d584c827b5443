"""List what a body shows: its texts and pictures, each with its line and what stands around it."""

from typing import Final

from bs4.element import CData, NavigableString, PageElement, RubyParenthesisString, RubyTextString, Tag

from refeed.html.tree import BLOCKS, attribute
from refeed.startup.named_tuple import NamedTuple

# What a reader sees; comments, scripts and styles are other types.
_VISIBLE: Final = frozenset({CData, NavigableString, RubyParenthesisString, RubyTextString})
# Where a picture that is not loaded yet may have its address, besides `src`.
_LATER: Final = ("data-src", "data-original", "data-lazy-src")


class Piece(NamedTuple):
    """A text or a picture, and where it stands."""

    node: PageElement
    text: str
    line: int  # a new one begins with every block and line break
    above: tuple[Tag, ...]  # all elements around it, innermost first


def pieces_of(root: Tag) -> list[Piece]:
    """List what a body shows, in document order."""
    pieces: list[Piece] = []
    line, block = 0, None
    for node in root.descendants:
        line += isinstance(node, Tag) and node.name == "br"
        if text := _text(node):
            above = tuple(node.parents)
            around = next((tag for tag in above if tag.name in BLOCKS), None)
            line += around is not block
            block = around
            pieces.append(Piece(node, text, line, above))
    return pieces


def _text(node: PageElement) -> str:
    if isinstance(node, Tag):
        return f"<img {picture_address(node)}>" if node.name == "img" else ""
    return str(node) if type(node) in _VISIBLE and str(node).strip() else ""


def picture_address(picture: Tag) -> str:
    """Return the address that a raw picture has, or is to get; one that is the picture itself is cut."""
    source = attribute(picture, "src")
    if not source or source.startswith("data:"):
        later = next((value for name in _LATER if (value := attribute(picture, name))), "")
        source = later or source[:30]
    return source or "without an address"
