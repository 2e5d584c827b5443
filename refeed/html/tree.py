"""Parse HTML, and answer questions about elements of the tree."""

import html
import re
from collections.abc import Container, Iterable
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from refeed.html.tree_builder import Parsed, build
from refeed.startup.late_patterns import late_pattern
from refeed.text.characters import encoded

# HTML Standard, 15.3 (rendering): shown as blocks, or only allowed between blocks.
BLOCKS: Final = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    }
)
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SET_APART: Final = HEADINGS | {"blockquote", "dd", "dt", "figcaption", "li", "pre", "td", "th"}
"""Where a short text is a heading, a cell, a subject or a quotation, and no label and no byline."""

# Shown without holding text.
MEDIA: Final = frozenset({"audio", "embed", "iframe", "img", "object", "video"})
# Real pages stay below 60; much of what bs4 does takes time in proportion to the depth, for every element.
DEEPEST: Final = 128

# HTML Standard, 13.1.2, void elements: the ones that libxml2 lets hold what follows them.
_UNKNOWN_VOID: Final = late_pattern(
    r"""<(?:embed|keygen|source|track|wbr)(?=[\s/>])(?>(?:(?>[^<>"']+)|"(?>[^"]*)"|'(?>[^']*)')*)>""", re.IGNORECASE
)


# The parser forgets the attributes of these; a <div> keeps the direction.
_RIGHT_TO_LEFT: Final = late_pattern(
    r"<(?:body|html)(?=\s[^<>]{0,2000}?\b(?:dir\s{0,9}=\s{0,9}[\"']?|direction\s{0,9}:\s{0,9})rtl\b)", re.IGNORECASE
)

# What either of these may find: few other elements begin with two such letters.
_TO_MEND: Final = late_pattern(
    r"<(?=[behkstw][bemort])(?:body|embed|html|keygen|source|track|wbr)(?=[\s/>])", re.IGNORECASE
)


def _close(tag: re.Match[str]) -> str:
    return tag[0] if tag[0].endswith("/>") else tag[0][:-1] + " />"


def parse(html_text: str) -> BeautifulSoup:
    """Parse any HTML text; of absurd nesting only the text is left."""
    parsed = parse_whole(html_text)
    return flat(parsed.soup).soup if parsed.depth > DEEPEST else parsed.soup


def parse_whole(html_text: str) -> Parsed:
    """Parse any HTML text, however deep, without an error or a warning."""
    text, data = encoded(html_text)
    if _TO_MEND.search(text):
        data = _RIGHT_TO_LEFT.sub("<div", _UNKNOWN_VOID.sub(_close, text)).encode()
    # The tag in front keeps bs4 from taking a short text for a file name, or a text for XML.
    return build(b"<body>" + data)


def flat(soup: BeautifulSoup) -> Parsed:
    """Make a body of nothing but the texts of another one, each a paragraph."""
    return parse_whole("".join(f"<p>{html.escape(line)}</p>" for line in soup.stripped_strings))


def tags(root: Tag) -> list[Tag]:
    """List the elements below root in document order; the list stays whole while the tree changes."""
    found: list[Tag] = []
    waiting = root.contents[::-1]  # bs4's way along the links of a tree takes twice as long
    while waiting:
        if type(element := waiting.pop()) is Tag:  # of a Tag each attribute takes as long as four of other objects
            found.append(element)
            if contents := element.contents:
                waiting += contents[::-1]
    return found


def all_named(root: Tag, *names: str) -> list[Tag]:
    """List the elements below root of these names, in document order, without the overhead of bs4's `find_all`."""
    return [tag for tag in tags(root) if tag.name in names] if root.contents else []


def holds(root: Tag, names: Container[str]) -> bool:
    """Return whether an element of one of these names stands below root."""
    waiting = root.contents[::-1]
    while waiting:
        if type(element := waiting.pop()) is Tag:
            if element.name in names:
                return True
            if contents := element.contents:
                waiting += contents[::-1]
    return False


def stands_in(element: PageElement, names: Container[str]) -> bool:
    """Return whether an element or a text stands in an element of one of these names."""
    return any(parent.name in names for parent in element.parents)  # find_parent() of bs4 is slow


def attribute(tag: Tag, name: str) -> str:
    """Return the value of an attribute, trimmed, "" without one."""
    value = tag.attrs.get(name)
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else " ".join(value)


def words(tag: Tag, name: str = "class") -> list[str]:
    """Return the words of an attribute such as class, in lower case."""
    value = tag.attrs.get(name)
    if not value:
        return []
    return value.lower().split() if isinstance(value, str) else [word.lower() for word in value]


def words_around(tag: Tag) -> list[str]:
    """Return the words of the class of an element, and of the one that it stands in."""
    return words(tag) + (words(tag.parent) if tag.parent else [])


def squeeze(text: str) -> str:
    """Return a text without any white space, for comparing."""
    return "".join(text.split())


def text_of(tag: Tag) -> str:
    """Return the visible text of an element, as `get_text` of bs4 does, with less work."""
    return "".join(texts_of(tag))


def texts_of(tag: Tag, kinds: Container[type] | None = None) -> list[NavigableString]:
    """List the visible texts in an element; those of some kinds only, if any are given."""
    contents = tag.contents
    kinds = kinds or tag.interesting_string_types or Tag.MAIN_CONTENT_STRING_TYPES
    if len(contents) == 1 and type(contents[0]) in kinds:
        return contents[:]  # type: ignore[return-value]
    texts: list[NavigableString] = []
    waiting = contents[::-1]
    while waiting:
        element = waiting.pop()
        if type(element) is Tag:
            if contents := element.contents:
                waiting += contents[::-1]
        elif type(element) in kinds:
            texts.append(element)  # type: ignore[arg-type]
    return texts


def shown(tag: Tag) -> str:
    """Return the visible text of an element without any white space."""
    return squeeze(text_of(tag))


def is_block(element: PageElement) -> bool:
    """Return whether an element is shown as a block by its name alone."""
    return isinstance(element, Tag) and element.name in BLOCKS


def empty(tag: Tag) -> None:
    """Destroy what an element holds, as `clear(decompose=True)` of bs4 does, with less work.

    What is destroyed stands nowhere any more; an element has lost its name.
    """
    last: PageElement = tag
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    after = last.next_element
    waiting, tag.contents = tag.contents, []
    while waiting:
        element = waiting.pop()
        facts = element.__dict__
        if isinstance(element, Tag):
            waiting += element.contents
            facts.clear()
            facts.update(name="", contents=[])
        else:
            facts.clear()
            facts["parent"] = None
    tag.next_element = after
    if after is not None:
        after.previous_element = tag


class TagSet:
    """A set of elements, each told from all others, also from its equals: bs4 compares elements by their markup."""

    def __init__(self, elements: Iterable[PageElement] = ()) -> None:
        """Hold these elements."""
        self._elements = {id(element): element for element in elements}  # held, so that no id is used again

    def __contains__(self, element: PageElement) -> bool:
        """Return whether this very element is held."""
        return id(element) in self._elements

    def add(self, *elements: PageElement) -> None:
        """Hold more elements."""
        self._elements.update((id(element), element) for element in elements)


def outermost(found: list[Tag]) -> list[Tag]:
    """List the elements of a list in document order that stand in no other of it."""
    inside = TagSet()
    outer = []
    for tag in found:
        if tag not in inside:
            outer.append(tag)
            inside.add(*tags(tag))
    return outer


def make(name: str, text: str = "", **attributes: str) -> Tag:
    """Make a new element."""
    tag = Tag(name=name, attrs=attributes)
    if text:
        tag.append(NavigableString(text))
    return tag
