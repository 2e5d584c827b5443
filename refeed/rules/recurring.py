"""Find what recurs in most articles of a source. What an article says itself is never meant.

A heading recurs in all recipes ("Ingredients"), and what follows is the article's: it counts only with everything below
it, or with all that is in a box with it. So does an item only with its whole list.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil
from typing import Final

from refeed.rules.selectors import Way
from refeed.rules.shown_body import Line, ShownBody

SHARE: Final = 0.6
"""Of the articles of a source: what recurs in fewer may be a series, or a habit of its author."""

_FEWEST: Final = 5  # articles in which it recurs
_AT_PLACE: Final = 0.8  # of them, those in which it stands where it stands in the others
_EDGE: Final = 5  # lines that may lie between it and the beginning, or the end

Found = tuple[frozenset[int], ...]
"""The numbers of those lines of each body that recur in the others."""


def needed(count: int) -> int:
    """Return in how many of `count` articles something must recur."""
    return max(_FEWEST, ceil(SHARE * count))


def recurring_lines(bodies: Sequence[ShownBody]) -> Found:
    """Return what recurs; taking back a line may take back others, until nothing changes."""
    found = tuple(frozenset(_eligible(body.lines)) for body in bodies)
    while True:
        often = _recurring_texts([_texts(body, lines) for body, lines in zip(bodies, found, strict=True)])
        left = tuple(
            _with_what_belongs(body, frozenset(number for number in lines if _key(body.lines[number]) in often))
            for body, lines in zip(bodies, found, strict=True)
        )
        if left == found:
            return found
        found = left


def _recurring_texts(bodies: Sequence[Iterable[str]]) -> frozenset[str]:
    """Return the texts that are in enough of the bodies."""
    counts = Counter(text for texts in bodies for text in set(texts))
    return frozenset(text for text, count in counts.items() if count >= needed(len(bodies)))


def is_at_one_place(places: Sequence[tuple[int, int]]) -> bool:
    """Return whether lines, by how many are before them and in all, stand where they stand in the other bodies."""
    most = _AT_PLACE * len(places)
    before, after = [place for place, _ in places], [size - 1 - place for place, size in places]
    return any(
        max(Counter(distances).values()) >= most
        or sum(distance < min(_EDGE, size / 2) for distance, (_, size) in zip(distances, places, strict=True)) >= most
        for distances in (before, after)
    )


def _texts(body: ShownBody, lines: Iterable[int]) -> list[str]:
    return [_key(body.lines[number]) for number in lines]


def _key(line: Line) -> str:
    """Return the key that a line recurs by: of a link to another article what it stands in, of others the words."""
    return line.box or line.text


def _eligible(lines: Sequence[Line]) -> list[int]:
    return [number for number, line in enumerate(lines) if not line.is_its_own]


def _with_what_belongs(body: ShownBody, found: frozenset[int]) -> frozenset[int]:
    """Leave out items of lists that do not recur as a whole, and headings above what does not recur."""
    lines = body.lines
    by_list = groupby(range(len(lines)), lambda number: lines[number].list_no)
    parts = [[*group] for list_no, group in by_list if list_no]
    found -= {number for part in parts if not found.issuperset(part) for number in part}
    boxed = {
        number
        for box in body.boxes
        if box.selector.way is Way.NAME and box.lines <= found and not all(lines[line].is_label for line in box.lines)
        for number in box.lines
    }
    return frozenset(
        number
        for number in found
        if not lines[number].is_label or number in boxed or _is_complete(lines, number, found)
    )


def _is_complete(lines: Sequence[Line], label: int, found: frozenset[int]) -> bool:
    """Return whether all that a label announces recurs; at the end of a body it announces nothing."""
    for number in range(label + 1, len(lines)):
        if lines[number].is_label:
            return number > label + 1
        if number not in found:
            return False
    return True
