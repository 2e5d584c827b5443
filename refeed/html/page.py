"""A parsed body while it is cleaned: its tree, what was measured of it, and every way to change it.

Steps change the tree through Page only, so that what it remembers is never out of date.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import compress, islice, repeat, takewhile
from operator import attrgetter, is_not
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from refeed.html.paragraphs import Paragraph
from refeed.html.sizes import Sizes
from refeed.html.tree import MEDIA, empty, holds, make, shown, tags, texts_of

# To take an element out, bs4 searches for it among its siblings: quadratic time when there are many. A dropped one is
# emptied instead, and becomes an element that shows nothing and parts no words.
_DROPPED: Final = "wbr"
_PARENT: Final = attrgetter("parent")
_NEAR: Final = 20  # siblings that may lie between two neighbours: blanks, line breaks, dropped elements


class Index:
    """Where in a list of elements the names, attributes and classes of each are found."""

    def __init__(self, elements: list[Tag]) -> None:
        """File every element under all that it is called; a destroyed one is called nothing."""
        self._elements = elements
        self.names, self._attributes, self.classes = names, attributes, classes = _table(), _table(), _table()
        for number, tag in enumerate(elements):
            facts = tag.__dict__  # see `tags`
            names[facts["name"]].append(number)
            if attrs := facts.get("attrs"):
                for name in attrs:
                    attributes[name].append(number)
                if value := attrs.get("class"):
                    for word in value.split() if isinstance(value, str) else value:
                        classes[word.lower()].append(number)

    def find(self, names: Collection[str], attributes: Collection[str], classes: Collection[str]) -> list[Tag]:
        """List the elements, in their order, that bore one of these when they were filed."""
        found = [self.names[name] for name in self.names.keys() & names]
        if attributes:
            found += [self._attributes[name] for name in self._attributes.keys() & attributes]
        if classes:
            found += [self.classes[word] for word in self.classes.keys() & classes]
        if len(found) < 2:
            # An element may have a class twice.
            return [self._elements[number] for number in dict.fromkeys(found[0])] if found else []
        return [self._elements[number] for number in sorted({number for numbers in found for number in numbers})]


def _table() -> dict[str, list[int]]:
    return defaultdict(list)


class Page:
    """A parsed body that steps of cleaning change one after the other."""

    def __init__(
        self, soup: BeautifulSoup, elements: list[Tag] | None = None, texts: list[NavigableString] | None = None
    ) -> None:
        """Begin with a tree as the parser made it; its elements and its visible texts, in document order, if known."""
        self.soup = soup
        self._video_links: list[tuple[Tag, str]] = []
        self._forget()
        self._elements: list[Tag] | None = elements
        self._texts: list[NavigableString] | None = texts

    def _forget(self) -> None:
        """Forget what was remembered of a tree that is about to change."""
        self._forget_elements()
        self._forget_texts()

    def _forget_elements(self) -> None:
        """Forget what was remembered of the elements of a tree, to which some are added; its texts stay."""
        self._elements = None
        self._index: Index | None = None
        self._unfiled: set[str] = set()  # names that elements have got since; hardly any step asks for them

    def _forget_texts(self) -> None:
        """Forget what was remembered of the texts of a tree, to which some are added; its elements stay."""
        self._texts = None
        self._speaking: list[NavigableString] = []  # the texts that say something
        self._said: list[str] | None = None  # what each of them says
        self._forget_sizes()

    def _forget_sizes(self) -> None:
        """Forget how much text there is; what there was stays, or is destroyed."""
        self._is_sifted = False
        self._text: str | None = None
        self._lower: str | None = None
        self._ascii: str | None = None

    def said(self) -> list[str]:
        """List what the visible texts say, each without white space, in document order; what one says is found once."""
        if self._said is None:
            texts = texts_of(self.soup) if self._texts is None else self._texts
            squeezed = [*map("".join, map(str.split, texts))]
            self._speaking, self._said = [*compress(texts, squeezed)], [*filter(None, squeezed)]
        if not self._is_sifted:
            # A text that was destroyed or taken out stands nowhere.
            stand = [*map(is_not, map(_PARENT, self._speaking), repeat(None))]
            if not all(stand):
                self._speaking, self._said = [*compress(self._speaking, stand)], [*compress(self._said, stand)]
            self._is_sifted = True
        return self._said

    @property
    def text(self) -> str:
        """The visible text without any white space."""
        if self._text is None:
            self._text = "".join(self.said())
        return self._text

    @property
    def lower(self) -> str:
        """The visible text without any white space, in lower case."""
        if self._lower is None:
            self._lower = self.text.lower()
        return self._lower

    @property
    def ascii(self) -> str:
        """The ASCII letters of the text, in lower case: in the few that Chinese has, a word is found much sooner."""
        if self._ascii is None:
            self._ascii = self.text.encode("ascii", "ignore").decode().lower()
        return self._ascii

    def sizes(self) -> Sizes:
        """Return what tells the sizes of elements; what was asked for does not show later changes."""
        return Sizes(len(self.text))

    def elements(self, *names: str) -> Iterator[Tag]:
        """Yield the elements that stand in the tree now, as long as they exist; of these names, if any are given."""
        if not names:
            return self.remaining(self._listed())
        wanted = frozenset(names)
        return (tag for tag in self._filed(wanted, (), ()) if tag.name in wanted)

    def _listed(self) -> list[Tag]:
        """List all elements, those that were destroyed since then, too."""
        if self._elements is None:
            self._elements = tags(self.soup)
        return self._elements

    def candidates(
        self, *, names: Collection[str] = (), attributes: Collection[str] = (), classes: Collection[str] = ()
    ) -> Iterator[Tag]:
        """Yield at least the elements of these names, with one of these attributes, or one of these classes.

        They come as from `elements`; what has lost its attribute or name by its turn may be among them.
        """
        return self.remaining(self._filed(names, attributes, classes))

    @property
    def names(self) -> Collection[str]:
        """The names of all elements, at least."""
        names = self._filing().names
        return {*names, *self._unfiled} if self._unfiled else names

    @property
    def classes(self) -> Collection[str]:
        """The words of the classes of all elements, at least, in lower case."""
        return self._filing().classes

    def _filed(self, names: Collection[str], attributes: Collection[str], classes: Collection[str]) -> list[Tag]:
        if not self._unfiled.isdisjoint(names):
            self._index = None
        return self._filing().find(names, attributes, classes)

    def _filing(self) -> Index:
        if self._index is None:
            self._index = Index(self._listed())
            self._unfiled = set()
        return self._index

    def remaining(self, found: Iterable[Tag]) -> Iterator[Tag]:
        """Yield those elements of a list that no change has destroyed by the time that it is their turn."""
        # decompose() leaves an element without a name; `.decomposed` would search the tree on every call.
        return (tag for tag in found if tag.name)

    def neighbour(self, tag: Tag, *, back: bool) -> PageElement | None:
        """Return the next thing beside an element that shows something; line breaks do not count."""
        for sibling in islice(tag.previous_siblings if back else tag.next_siblings, _NEAR):
            if isinstance(sibling, Tag) and sibling.name not in {"br", _DROPPED}:
                return sibling
            if not isinstance(sibling, Tag) and str(sibling).strip():
                return sibling
        return None

    def become(self, tag: Tag, name: str, content: str | Tag = "", **attributes: str) -> None:
        """Make an element another one, where it stands."""
        if isinstance(content, Tag):
            self._forget()
        elif name != _DROPPED:
            self._index = None
        if content:
            self._forget_texts()
        self._forget_sizes()
        empty(tag)
        tag.name = name
        tag.attrs = dict(attributes)
        if content:
            tag.append(content if isinstance(content, Tag) else NavigableString(content))

    def drop(self, tag: Tag) -> int:
        """Drop an element with all that it holds; return how many visible characters went."""
        size = len(shown(tag))
        self.become(tag, _DROPPED)
        return size

    def keep_only(self, tag: Tag, kept: Iterable[PageElement]) -> int:
        """Leave in an element only some of what stands in it; return how many visible characters went."""
        size = len(shown(tag))
        saved = [element.extract() for element in kept]
        if saved:
            self._forget()
        self._forget_sizes()
        empty(tag)
        tag.extend(saved)
        return size - len(shown(tag))

    def drop_but(self, tag: Tag, kept: Iterable[PageElement]) -> int:
        """Leave of an element only some of what stands in it; return how many visible characters went."""
        size = self.keep_only(tag, kept)
        self.unwrap(tag)
        return size

    def drop_paragraph(self, paragraph: Paragraph) -> int:
        """Drop a paragraph, but not the pictures in it; return how many visible characters went."""
        holder = paragraph.holder
        if shown(holder) == paragraph.said and not holds(holder, MEDIA):
            return self.drop(holder)
        for text in paragraph.texts:
            self.replace(text, "")
        return len(paragraph.said)

    def unwrap(self, tag: Tag) -> None:
        """Leave only what an inline element holds."""
        self._unfiled.add("span")
        tag.name = "span"
        tag.attrs = {}

    def add_video_link(self, link: Tag, picture: str) -> None:
        """Remember a link that took the place of a video, with the picture that it may show in the end."""
        self._video_links.append((link, picture))

    @property
    def video_links(self) -> tuple[tuple[Tag, str], ...]:
        """The links in the places of videos, each with its picture."""
        return tuple(self._video_links)

    def rename(self, tag: Tag, name: str) -> None:
        """Make an element one of another name, with the same attributes and content."""
        if tag.name != name:
            self._unfiled.add(name)
            tag.name = name

    def replace(self, text: NavigableString, *new: str | Tag) -> None:
        """Put other texts and elements in the place of a text."""
        if any(isinstance(one, Tag) for one in new):
            self._forget_elements()
        if any(new):
            self._forget_texts()
        self._forget_sizes()
        text.replace_with(*new)

    def append(self, holder: Tag, *elements: PageElement) -> None:
        """Put elements at the end of another, taken from where they stand now."""
        self._forget()
        holder.extend(elements)

    def draw_in(self, holder: Tag, following: Tag) -> None:
        """Put at the end of an element its next neighbour: the texts stay in their order."""
        between = takewhile(lambda sibling: sibling is not following, holder.next_siblings)
        if any(isinstance(sibling, Tag) for sibling in between):  # as a line break: it stands behind that now
            self._forget_elements()
        self._forget_sizes()
        holder.append(following)

    def prepend(self, holder: Tag, *elements: PageElement) -> None:
        """Put elements at the beginning of another, taken from where they stand now."""
        self._forget()
        for number, element in enumerate(elements):
            holder.insert(number, element)

    def wrap(self, element: PageElement, name: str) -> Tag:
        """Put a new element around one; return it."""
        self._elements = None
        self._unfiled.add(name)
        wrapper = make(name)
        element.insert_before(wrapper)
        wrapper.append(element)
        return wrapper
