"""Measure a tree: its text without white space, and how much of that stands in each element."""

from collections.abc import Iterable

from bs4.element import NavigableString, Tag

from refeed.html.tree import tags, texts_of

Said = tuple[NavigableString, str]
"""A visible text, and what it says without white space."""


class Sizes:
    """How many visible characters, white space aside, every element of a tree held when it was measured."""

    def __init__(self, root: Tag, elements: list[Tag] | None = None, said: Iterable[Said] | None = None) -> None:
        """Measure every element of a tree, and add it to the one around it; the elements and texts, if known."""
        self._elements = tags(root) if elements is None else elements  # held, so that no id is used again
        counts: dict[int, int] = {}
        for text, squeezed in said_in(texts_of(root)) if said is None else said:
            around = id(text.parent)
            counts[around] = counts.get(around, 0) + len(squeezed)
        for tag in reversed(self._elements):
            if size := counts.get(id(tag)):
                around = id(tag.parent)
                counts[around] = counts.get(around, 0) + size
        self._counts = counts
        self.whole = self.of(root)

    def of(self, tag: Tag) -> int:
        """Return the size of an element; 0 for one that came later."""
        return self._counts.get(id(tag), 0)


def said_in(texts: Iterable[NavigableString]) -> list[Said]:
    """List the texts that say something, each with what it says."""
    return [(text, squeezed) for text in texts if (squeezed := "".join(text.split()))]
