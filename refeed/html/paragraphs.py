"""Split a tree into paragraphs as they will be written: at blocks, and where line breaks make an empty line."""

from collections.abc import Iterable, Iterator
from typing import Final

from bs4.element import NavigableString, PageElement, Tag

from refeed.html.tree import BLOCKS, make, squeeze
from refeed.startup.named_tuple import NamedTuple

_APART: Final = BLOCKS | {"audio", "video"}
_SILENT: Final = frozenset({"script", "style"})
_END: Final = make("div")


class Paragraph(NamedTuple):
    """Text that stands together, and what it says without any white space."""

    texts: tuple[NavigableString, ...]
    said: str

    @classmethod
    def of(cls, texts: Iterable[NavigableString]) -> "Paragraph":
        """Make one of its texts."""
        kept = tuple(texts)
        return cls(kept, squeeze("".join(kept)))

    @property
    def holder(self) -> Tag:
        """The innermost block around it."""
        return block_around(self.texts[0])

    def outside(self, name: str) -> str:
        """Return what of it is outside elements of this name."""
        return squeeze("".join(text for text in self.texts if _around(text, {name}).name != name))


def block_around(element: PageElement) -> Tag:
    """Return the innermost block around an element."""
    return _around(element, BLOCKS)


def paragraphs(root: Tag) -> Iterator[Paragraph]:
    """Yield the paragraphs below an element that hold text; what was yielded may be changed."""
    return _split(root, 2)


def lines(root: Tag) -> Iterator[Paragraph]:
    """Yield the lines below an element that hold text, as line breaks and blocks make them."""
    return _split(root, 1)


def _split(root: Tag, enough: int) -> Iterator[Paragraph]:
    """Split at blocks, where they begin and end, and where there are enough line breaks."""
    texts: list[NavigableString] = []
    breaks = 0  # since the last text
    waiting: list[PageElement] = root.contents[::-1]
    while waiting:
        node = waiting.pop()
        if type(node) is NavigableString and node and not node.isspace():
            if breaks >= enough and texts:
                yield Paragraph.of(texts)
                texts = []
            texts.append(node)
            breaks = 0
        elif type(node) is Tag:
            name, contents = node.name, node.contents
            if name == "br":
                breaks += 1
            elif name in _APART or (breaks >= enough and name == "img"):
                if texts:
                    yield Paragraph.of(texts)
                texts, breaks = [], 0
            if contents and name not in _SILENT:
                waiting += (_END, *contents[::-1]) if name in _APART else contents[::-1]
    if texts:
        yield Paragraph.of(texts)


def _around(element: PageElement, names: frozenset[str] | set[str]) -> Tag:
    """Return the innermost element of one of these names, else the outermost one."""
    tag = element.parent
    if tag is None:
        raise ValueError("the element stands in no tree")
    while tag.name not in names and (around := tag.parent) is not None:
        tag = around
    return tag
