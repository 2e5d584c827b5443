"""Build bs4's tree from what lxml reads: exactly the tree that bs4 itself would build, with less work.

bs4 asks a soup about every start, end and text, and then links what was parsed step by step; here it is linked at once.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import (
    AttributeValueList,
    Comment,
    Doctype,
    NamespacedAttribute,
    NavigableString,
    PageElement,
    ProcessingInstruction,
    Tag,
)

from refeed.startup.named_tuple import NamedTuple

# What bs4 notes of a new text.
_TEXT_FACTS: Final[dict[str, Any]] = {
    "hidden": False,
    "parent": None,
    "previous_element": None,
    "next_element": None,
    "previous_sibling": None,
    "next_sibling": None,
}
_SPACES: Final = BeautifulSoup.ASCII_SPACES
_MOST_KINDS: Final = 256

_Facts = dict[str, Any]
"""What bs4 notes of an element or a text, as `vars` returns it."""

_Kind = tuple[Callable[[], _Facts], frozenset[str], bool]
"""Of elements of one name: makes the facts of a new one, which stands nowhere yet; the attributes that hold several
words; whether its texts are kept as they are, are of a class of their own, or it says how the page is encoded."""

_new_tag: Final = Tag.__new__
_new_text: Final = str.__new__
_make_text_facts: Final = _TEXT_FACTS.copy


class Parsed(NamedTuple):
    """A parsed text, and what limits may ask of it."""

    soup: BeautifulSoup
    elements: list[Tag]  # all of them, in document order
    texts: list[NavigableString]  # those that show, too
    depth: int  # in how many others an element stands at most
    most_attributes: int  # of one element

    def take_down(self) -> None:
        """Take an unused tree apart: otherwise the garbage collector would have to search for it."""
        for node in (self.soup, *self.elements, *self.texts):
            node.__dict__.clear()


class TreeBuilder(LXMLTreeBuilder):
    """Takes the events of lxml, and knows afterwards what the limits of a body depend on.

    It may build several trees, one after the other: making a parser takes as long as parsing a paragraph.
    """

    parser: Any = None  # lxml's; made for the first tree

    def __init__(self, **options: Any) -> None:
        """Begin without a tree."""
        super().__init__(**options)
        self._texts: list[str] = []  # pieces of a text that is not yet at its end
        self.data = self._texts.append  # type: ignore[method-assign, assignment] # lxml calls it with each piece
        self.begin()

    def initialize_soup(self, soup: BeautifulSoup) -> None:
        """Begin with an empty tree."""
        super().initialize_soup(soup)
        self.begin(soup)

    def begin(self, *root: Tag) -> None:
        """Begin a tree below a root, or hold none."""
        self._most_open = len(root)
        self.most_attributes = 0
        self.elements: list[Tag] = []  # in document order
        self.texts: list[NavigableString] = []
        # Of an element each attribute takes as long to ask for as four of its facts.
        self._open: list[tuple[Tag, _Facts]] = [(tag, vars(tag)) for tag in root]  # outermost first
        self._keeping: list[Tag] = []  # of these, what keeps white space
        self._naming: list[Tag] = []  # and what has texts of a class of its own
        self._texts.clear()
        self._last: PageElement | None = None  # what was begun last
        self._last_facts: _Facts = {}
        self._beside: _Facts = {}  # facts of the last that stands in the innermost open element

    @property
    def deepest(self) -> int:
        """In how many others an element stands at most."""
        return self._most_open - 1

    def prepare_markup(  # type: ignore[override]  # as what bs4 takes and yields may be
        self, markup: str | bytes, *_encodings: str | None, **_excluded: object
    ) -> Iterable[tuple[str | bytes, None, None, bool]]:
        """Leave it as it is, a text or UTF-8: bs4 would guess the encoding of bytes."""
        self.processing_instruction_class = ProcessingInstruction
        yield markup, None, None, False

    def parser_for(self, _encoding: str | None) -> Any:
        """Return the parser of this builder."""
        return self.parser or super().parser_for("utf-8")

    def start(self, name: str, attributes: dict[str, Any], _nsmap: object = None) -> None:  # type: ignore[override]
        """Begin an element."""
        if self._texts:
            self._end_text()
        around = self._open
        parent, facts_of_parent = around[-1]
        make_facts, lists, is_special = _KINDS[name]
        tag = _new_tag(Tag)
        tag.__dict__ = facts = make_facts()
        facts["attrs"] = self._attributes(lists, attributes) if attributes else {}
        facts["contents"] = []
        facts["parent"] = parent
        facts["previous_element"] = self._last
        self._last_facts["next_element"] = tag
        if siblings := facts_of_parent["contents"]:
            facts["previous_sibling"] = siblings[-1]
            self._beside["next_sibling"] = tag
        siblings.append(tag)
        if is_special:
            self._start_special(tag)
        self.elements.append(tag)
        self._last = tag
        self._last_facts = facts
        around.append((tag, facts))
        if len(around) > self._most_open:  # noqa: PLR1730  max() is a call
            self._most_open = len(around)

    def _start_special(self, tag: Tag) -> None:
        """Note what the texts in an element will be."""
        if tag.name == "meta":
            self.set_up_substitutions(tag)
        if tag.name in self.preserve_whitespace_tags:
            self._keeping.append(tag)
        if tag.name in self.string_containers:
            self._naming.append(tag)

    def _attributes(self, lists: frozenset[str], attributes: dict[str, Any]) -> dict[str, str | AttributeValueList]:
        """Return the attributes of an element; those that hold several words as a list of them."""
        if len(attributes) > self.most_attributes:  # noqa: PLR1730
            self.most_attributes = len(attributes)
        in_namespaces = False
        for key, value in attributes.items():  # lxml made them for this element alone
            if key in lists:
                attributes[key] = AttributeValueList(value.split())
            elif key[0] == "{":
                in_namespaces = True
        if in_namespaces:
            return {_without_namespace(key): value for key, value in attributes.items()}
        return attributes

    def end(self, _name: str) -> None:  # type: ignore[override]
        """End the innermost open element: lxml ends all that stands in one before that itself."""
        if self._texts:
            self._end_text()
        tag, self._beside = self._open.pop()
        if self._keeping and tag is self._keeping[-1]:
            self._keeping.pop()
        if self._naming and tag is self._naming[-1]:
            self._naming.pop()

    def comment(self, text: str) -> None:  # type: ignore[override]
        """Read a comment."""
        self._add_other(text, Comment)

    def pi(self, target: str, data: str) -> None:
        """Read a processing instruction."""
        self._add_other(f"{target} {data}", self.processing_instruction_class)

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """Read the type of the document."""
        self._add_other(Doctype._string_for_name_and_ids(name, pubid, system), Doctype)  # noqa: SLF001

    def close(self) -> None:
        """End the tree."""
        if self._texts:
            self._end_text()
        super().close()

    def _add_other(self, text: str, kind: type[NavigableString]) -> None:
        if self._texts:
            self._end_text()
        self._texts.append(text)
        self._end_text(kind)

    def _end_text(self, kind: type[NavigableString] | None = None) -> None:
        """Put a text into the tree; white space alone counts as one blank or line break."""
        text = "".join(self._texts)
        self._texts.clear()
        if not self._keeping and not text.strip(_SPACES):
            text = "\n" if "\n" in text else " "
        if kind is None:
            kind = self.string_containers[self._naming[-1].name] if self._naming else NavigableString
        node = _new_text(kind, text)
        parent, facts_of_parent = self._open[-1]
        node.__dict__ = facts = _make_text_facts()
        facts["parent"] = parent
        facts["previous_element"] = self._last
        self._last_facts["next_element"] = node
        if siblings := facts_of_parent["contents"]:
            facts["previous_sibling"] = siblings[-1]
            self._beside["next_sibling"] = node
        siblings.append(node)
        if kind is NavigableString:
            self.texts.append(node)
        self._last = node
        self._last_facts = self._beside = facts


def _without_namespace(key: str) -> str:
    """Return the name of an attribute that may stand behind its namespace, in braces."""
    namespace, end, local = key.removeprefix("{").partition("}")
    return NamespacedAttribute(None, local, namespace) if key[0] == "{" and end else key


class _Kinds(dict[str, _Kind]):
    """What all elements of a name have in common."""

    def __missing__(self, name: str) -> _Kind:
        """Ask bs4; rare names are not remembered for ever."""
        builder = TreeBuilder()
        tag = Tag(None, builder, name, namespaces=builder.active_namespace_prefixes[-1])
        tag.parser_class = BeautifulSoup
        lists = frozenset({*builder.cdata_list_attributes["*"], *builder.cdata_list_attributes.get(name, ())})
        special = {"meta", *builder.preserve_whitespace_tags, *builder.string_containers}
        if len(self) >= _MOST_KINDS:
            self.clear()
        self[name] = kind = (vars(tag).copy, lists, name in special)
        return kind


_KINDS: Final = _Kinds()


_RESTING: Final[list[TreeBuilder]] = []  # those that build no tree now


def build(html: bytes) -> Parsed:
    """Parse HTML, in UTF-8, in which nothing is illegal."""
    builder = _RESTING.pop() if _RESTING else TreeBuilder()
    soup = BeautifulSoup(html, builder=builder)
    parsed = Parsed(soup, builder.elements, builder.texts, builder.deepest, builder.most_attributes)
    builder.begin()
    _RESTING.append(builder)  # after an error it is not used again: its parser may stand in the middle of a text
    return parsed
