"""Find ways to name what recurs: selectors of elements, and texts that stand alone between two tags."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from refeed.rules.recurring import Found, is_at_one_place, needed
from refeed.rules.selectors import Selector, Way
from refeed.rules.shown_body import Line, ShownBody
from refeed.rules.width import width
from refeed.startup.named_tuple import NamedTuple

_SHORTEST: Final = 30  # columns of a plain text: shorter ones are greetings and signatures
# Between two sentences.
_BETWEEN: Final = re.compile(r"(?<=[.!?]) |(?<=[.!?][\"'”’)]) |(?<=[。！？])(?![」』）])|(?<=[。！？][」』）])")
_ENDS: Final = 3  # lines at the beginning and at the end of a body whose sentences are looked at

LineRef = tuple[int, int]
"""The numbers of a body and of a line in it."""


class Seen(NamedTuple):
    """What is shown of the articles of a source, and which lines recur."""

    bodies: tuple[ShownBody, ...]
    found: Found

    def line(self, ref: LineRef) -> Line:
        """Return a line by its numbers."""
        return self.bodies[ref[0]].lines[ref[1]]

    def is_often(self, places: Iterable[LineRef]) -> bool:
        """Return whether enough bodies have one of these lines."""
        return len({body for body, _ in places}) >= needed(len(self.bodies))

    def is_at_one_place(self, places: Iterable[LineRef]) -> bool:
        """Return whether these lines stand at the same place of their bodies."""
        first: dict[int, int] = {}
        for body, line in sorted(places):
            first.setdefault(body, line)
        return is_at_one_place([(line, len(self.bodies[body].lines)) for body, line in first.items()])


class RecurringBox(NamedTuple):
    """A selector that finds nothing but lines that recur."""

    css: str
    places: frozenset[LineRef]
    example: str


def recurring_boxes(seen: Seen) -> tuple[RecurringBox, ...]:
    """Return a few selectors that find as much as possible of what recurs."""
    left = {place for number, lines in enumerate(seen.found) for place in ((number, line) for line in lines)}
    chosen = list[RecurringBox]()
    for selector, places in sorted(_uses(seen), key=lambda use: (-len(use[1]), use[0].way, len(use[0].css), use[0])):
        if seen.is_often(places & left):
            left -= places
            body = min(places)[0]
            texts = [seen.line(place).text for place in sorted(places) if place[0] == body]
            chosen.append(RecurringBox(selector.css, places, " ".join(texts)))
    return tuple(chosen)


def _uses(seen: Seen) -> Iterator[tuple[Selector, frozenset[LineRef]]]:
    """Yield the selectors that find lines that recur in enough articles, and never anything else."""
    uses, wrong = dict[Selector, set[LineRef]](), set[Selector]()
    for number, (body, found) in enumerate(zip(*seen, strict=True)):
        for box in body.boxes:
            if not box.is_whole or not box.lines <= found:
                wrong.add(box.selector)
            uses.setdefault(box.selector, set()).update((number, line) for line in box.lines)
    for selector, places in uses.items():
        if selector not in wrong and seen.is_often(places) and _is_sure(selector, places, seen):
            yield selector, frozenset(places)


def _is_sure(selector: Selector, places: Iterable[LineRef], seen: Seen) -> bool:
    """Return whether a selector says enough of what it finds: the name of an element does, a text less so."""
    if selector.way is Way.NAME:
        return True
    lines = [seen.line(place) for place in places]
    if selector.way is Way.TEXT and all(len(line.texts) == 1 for line in lines):
        return False  # `replace` says it better
    return seen.is_at_one_place(places) and all(
        line.has_mark or width(line.text) >= _SHORTEST or (line.is_label and selector.way is Way.LIST) for line in lines
    )


def single_texts(seen: Seen, boxes: Iterable[RecurringBox]) -> tuple[str, ...]:
    """Return the lines that no selector finds and that are one text."""
    covered = frozenset[LineRef]().union(*(box.places for box in boxes))
    uses = dict[str, set[LineRef]]()
    for number, lines in enumerate(seen.found):
        for place in ((number, line) for line in lines):
            line = seen.line(place)
            if place not in covered and len(line.texts) == 1 and width(line.text) >= _SHORTEST:
                uses.setdefault(line.text, set()).add(place)
    return tuple(
        text
        for text, places in uses.items()
        if seen.is_often(places) and seen.is_at_one_place(places) and not text.startswith("<img ")
    )


def recurring_sentences(seen: Seen) -> tuple[str, ...]:
    """Return the first and last sentences of lines near the ends of bodies that recur while the rest does not."""
    uses = dict[str, set[LineRef]]()
    for number, (body, found) in enumerate(zip(*seen, strict=True)):
        own = [line for line in range(len(body.lines)) if line not in found]
        for line in dict.fromkeys((*own[:_ENDS], *own[-_ENDS:])):
            for sentence in _sentences(body.lines[line]):
                uses.setdefault(sentence, set()).add((number, line))
    return tuple(text for text, places in uses.items() if seen.is_often(places) and seen.is_at_one_place(places))


def _sentences(line: Line) -> Sequence[str]:
    """Return the sentences at the ends of a line that say much by themselves."""
    if line.is_its_own or line.is_label or line.list_no:
        return ()
    edges = [
        sentences[end]
        for text in (line.texts[0], line.texts[-1])
        if (sentences := _BETWEEN.split(text))
        for end in (0, -1)
    ]
    return [text for text in dict.fromkeys(edges) if width(text) >= _SHORTEST and text != line.text]
