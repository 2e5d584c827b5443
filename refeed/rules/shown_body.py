"""Read what a subscriber sees of a body, line by line, and the selectors that find each line's elements.

Rules are applied to the body as it comes, after `keep`; what recurs is looked for in the body as it goes out. So the
elements are noted when the user's own rules are done, and the lines at the end: texts and pictures stay the same ones.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from bs4.element import PageElement, Tag

from refeed.clean.body import STEPS, clean_body
from refeed.clean.types import Body
from refeed.html.page import Page
from refeed.html.pieces import Piece, pieces_of
from refeed.html.tree import HEADINGS, attribute
from refeed.rules.selectors import Selector, Way, selectors_of, selectors_of_list
from refeed.startup.named_tuple import NamedTuple
from refeed.urls import host, resolve

_BEFORE: Final = "rule drop"  # the last step of the user's before those of refeed
_AFTER: Final = STEPS[-1].name
_LISTS: Final = frozenset({"dl", "ol", "ul"})
# What recurs in these is the article's own: a licence above code, the head of a table, a name in a formula.
_ITS_OWN: Final = frozenset({"code", "kbd", "math", "pre", "samp", "svg", "table", "textarea"})
_LABELS: Final = frozenset({*HEADINGS, "dt", "figcaption", "summary"})
_STRONG: Final = frozenset({"b", "em", "i", "strong"})
_END_OF_SENTENCE: Final = (".", "!", "?", "。", "！", "？")
_LONGEST_LABEL: Final = 60  # characters


class Line(NamedTuple):
    """A line of a body: texts and pictures between two blocks or line breaks."""

    text: str  # its words, pictures as `<img address>`
    texts: tuple[str, ...]  # what stands between two tags, white space made one
    list_no: int  # of the outermost list that it is in; 0: of none
    is_label: bool  # it announces what follows
    is_its_own: bool  # whatever recurs there is the article's
    has_mark: bool  # a link or a picture
    box: str  # the selector of an element that holds nothing but links within the site: it recurs, not they


class Box(NamedTuple):
    """An element as it came, by a selector, and the lines that are left of it."""

    selector: Selector
    lines: frozenset[int]
    is_whole: bool  # nothing else is in these lines


class ShownBody(NamedTuple):
    """What is shown of a body."""

    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    rules_used: frozenset[str]  # of the user's


def shown_body(body: Body) -> ShownBody:
    """Clean a body and return what is shown of it."""
    recorder = _Recorder()
    cleaned = clean_body(body, recorder)
    boxes = tuple(_boxes(recorder))
    within = frozenset(number for number, pieces in enumerate(recorder.lines) if _is_within(pieces, body.url))
    lines = [_line(pieces) for pieces in recorder.lines]
    for box in sorted(boxes, key=lambda box: box.selector.way):
        if _leads_on(box, lines, within):
            for number in box.lines:
                lines[number] = lines[number]._replace(box=lines[number].box or box.selector.css)
    return ShownBody(tuple(lines), boxes, cleaned.rules_used)


class _Recorder:
    """Is shown the body between the steps of cleaning."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.above: dict[int, tuple[PageElement, tuple[Tag, ...]]] = {}  # what stood around a text or picture
        self.selectors: dict[int, tuple[Tag, tuple[Selector, ...]]] = {}  # elements are held, so that no id comes twice
        self.headings: dict[int, Tag] = {}  # that stand right above a list
        self.lines: list[list[Piece]] = []

    def __call__(self, page: Page, step: str) -> None:
        """Look at the body after a step."""
        if step == _BEFORE:
            for piece in pieces_of(page.soup):
                self.above[id(piece.node)] = (piece.node, piece.above)
                for tag in piece.above:
                    self._note(tag)
                if isinstance(piece.node, Tag):
                    self._note(piece.node)
        elif step == _AFTER:
            self.lines = [[*pieces] for _, pieces in groupby(pieces_of(page.soup), lambda piece: piece.line)]

    def _note(self, tag: Tag) -> None:
        if id(tag) not in self.selectors:
            self.selectors[id(tag)] = (tag, selectors_of(tag))
            before = tag.find_previous_sibling() if tag.name in _LISTS else None
            if isinstance(before, Tag) and before.name in HEADINGS:
                self.headings[id(tag)] = before


def _line(pieces: Sequence[Piece]) -> Line:
    names = {tag.name for piece in pieces for tag in piece.above}
    text = " ".join("".join(piece.text for piece in pieces).split())
    lists = [tag for tag in pieces[0].above if tag.name in _LISTS]
    is_strong = all(any(tag.name in _STRONG for tag in piece.above) for piece in pieces)
    return Line(
        text,
        tuple(" ".join(piece.text.split()) for piece in pieces),
        id(lists[-1]) if lists else 0,
        is_label=bool(names & _LABELS)
        or text.endswith((":", "："))
        or (is_strong and len(text) <= _LONGEST_LABEL and not names & {"a"} and not text.endswith(_END_OF_SENTENCE)),
        is_its_own=bool(names & _ITS_OWN),
        has_mark="a" in names or any(isinstance(piece.node, Tag) for piece in pieces),
        box="",
    )


def _is_within(pieces: Sequence[Piece], url: str | None) -> bool:
    """Return whether all of a line is links within the site, and none to a part of the article."""
    links = [next((attribute(tag, "href") for tag in piece.above if tag.name == "a"), "") for piece in pieces]
    targets = [resolve(link, url) for link in links]
    return all(target and "#" not in target and host(target) == host(url) for target in targets)


def _leads_on(box: Box, lines: Sequence[Line], within: frozenset[int]) -> bool:
    """Return whether an element, a small part of the article, has nothing but links within the site below headings."""
    if box.selector.way not in {Way.NAME, Way.LIST} or not box.is_whole or 2 * len(box.lines) > len(lines):
        return False
    return not box.lines.isdisjoint(within) and all(number in within or lines[number].is_label for number in box.lines)


def _boxes(recorder: _Recorder) -> Iterator[Box]:
    sizes = [len(pieces) for pieces in recorder.lines]
    found: dict[int, Counter[int]] = {}
    for number, pieces in enumerate(recorder.lines):
        for piece in pieces:
            _, above = recorder.above.get(id(piece.node), (None, ()))
            for tag in (*above, piece.node):
                if id(tag) in recorder.selectors:
                    found.setdefault(id(tag), Counter())[number] += 1
    for tag_id, counts in found.items():
        tag, selectors = recorder.selectors[tag_id]
        is_whole = all(sizes[number] == count for number, count in counts.items())
        yield from (Box(selector, frozenset(counts), is_whole) for selector in selectors)
        heading = recorder.headings.get(tag_id)
        if heading and (of_heading := found.get(id(heading))):
            both = of_heading + counts
            is_whole = all(sizes[number] == count for number, count in both.items())
            yield from (Box(selector, frozenset(both), is_whole) for selector in selectors_of_list(heading, tag))
