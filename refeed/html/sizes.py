"""Measure elements of a tree: how much text without white space stands in each."""

from bs4.element import Tag

from refeed.html.tree import texts_of


class Sizes:
    """How many visible characters, white space aside, elements held when they were first asked for.

    Of a body hardly any element is asked for, and some again and again: each is measured once, when it is.
    """

    def __init__(self, whole: int) -> None:
        """Measure nothing yet; the whole tree holds `whole` characters."""
        self.whole = whole
        self._measured: dict[int, tuple[Tag, int]] = {}  # each with its element, so that no id is used again

    def of(self, tag: Tag) -> int:
        """Return the size of an element."""
        if (known := self._measured.get(id(tag))) is None:
            words = "".join(texts_of(tag, Tag.MAIN_CONTENT_STRING_TYPES)).split()
            known = self._measured[id(tag)] = (tag, sum(map(len, words)))
        return known[1]
