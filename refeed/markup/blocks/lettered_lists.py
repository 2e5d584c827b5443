"""Read lists that are not numbered with figures: `a.`, `(ii)`, and Pandoc's `#.` and `(@label)`.

Before the reader's own rule for lists sees such a list its marks become figures, which take as many columns; what the
list is counted in is said afterwards. https://pandoc.org/MANUAL.html#ordered-lists
"""

import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_MARK: Final = late_pattern(r"(?:\#\.|\(@[\w-]{0,10}\)|(\(?)([a-z]|[ivx]{2,5}|[A-Z]|[IVX]{2,5})([.)]))(?=[ \t]+\S)")
_LABELLED: Final = late_pattern(r"^[ \t>]*\(@[\w-]{1,40}\)")
_REFERENCE: Final = late_pattern(r"\(@([\w-]{1,40})\)")
_OTHER_BLOCK: Final = late_pattern(r"[#>|<$~`]|[-*+]\s|[0-9]{1,9}[.)]\s")
_FENCE: Final = late_pattern(r"`{3,}|~{3,}")
_INITIAL: Final = late_pattern(r"[A-Z]\. \S")  # as in a name: Pandoc asks for two blanks
_TENS: Final = ("", "x", "xx", "xxx")
_ONES: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN: Final = {tens + ones: 10 * ten + one for ten, tens in enumerate(_TENS) for one, ones in enumerate(_ONES)}
_FIRST: Final = frozenset("#(")  # such a mark begins with one of these, or has one of those behind one letter
_LAST: Final = frozenset(".)")
_ALONE: Final = frozenset("#@")  # kinds that need no second item to be told from words
_FIGURES: Final = 9  # CommonMark 0.31.2, 5.2: of one number
_LISTS: Final = "lettered_lists"  # in the environment of a reader: the attributes of such lists by their line
_EXAMPLES: Final = "example_lists"  # in the same: the numbers of examples by their label
_COUNT: Final = "examples"
_REFERRED: Final = "referred_examples"  # in the same: the labels that the text refers to
_MOST_LINES: Final = 200  # of one list that are looked through for its next item


class _Mark(NamedTuple):
    """The mark of an item."""

    text: str
    kind: str  # "#", "@", and what the attribute `type` of a list may be: "a", "A", "i", "I"
    look: str  # what stands around its letter
    number: int


def use_lettered_lists(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown lists that are not counted in figures."""
    reader.block.ruler.before(
        "list", "lettered_list", _count_in_figures, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    reader.core.ruler.before("block", "example_label", _find_references)
    reader.core.ruler.after("block", "lettered_list", _say_kinds)
    reader.core.ruler.after("inline", "example_reference", _number_references)


def _find_references(state: StateCore) -> None:
    """Note which labels of examples the text refers to: one that it does not may be a name, `(@ada) said`.

    Those lines do not count that a label begins: names answer one another.
    """
    if _REFERRED not in state.env:
        lines = (line for line in state.src.split("\n") if "(@" in line and not _LABELLED.match(line))
        state.env[_REFERRED] = frozenset(label for line in lines for label in _REFERENCE.findall(line))


def _count_in_figures(state: StateBlock, start: int, end: int, _silent: bool) -> bool:
    """Write figures for the marks of a list that begins here; the rule for lists reads it next."""
    line = _line(state, start)
    if (line[:1] not in _FIRST and line[1:2] not in _LAST) or state.is_code_block(start):
        return False
    for first in _readings(state, line):
        items = [(start, first), *_next_items(state, start, end, first)]
        if first.kind in _ALONE or (first.number == 1 and len(items) > 1):
            _write(state, items)
            break
    return False


def _readings(state: StateBlock, line: str) -> Iterator[_Mark]:
    """Yield what the mark of an item may be: `i` is a numeral, more often than a letter."""
    found = _MARK.match(line)
    if not found:
        return
    if found[2] is None:
        label = found[0][2:-1]
        if not label or label in state.env[_REFERRED]:
            yield _Mark(found[0], found[0][0] if found[0][0] == "#" else "@", "", 1)
        return
    letters, look = found[2], f"{found[1]}{found[3]}"
    if _INITIAL.match(line):
        return
    if letters.lower() in _ROMAN:
        yield _Mark(found[0], "i" if letters.islower() else "I", look, _ROMAN[letters.lower()])
    if len(letters) == 1:
        yield _Mark(found[0], "a" if letters.islower() else "A", look, ord(letters.lower()) - ord("a") + 1)


def _next_items(state: StateBlock, start: int, end: int, first: _Mark) -> Iterator[tuple[int, _Mark]]:
    """Yield the other items of a list, up to what does not belong to it."""
    number, fence, is_after_blank = first.number, "", False
    for line in range(start + 1, min(end, start + _MOST_LINES)):
        text = _line(state, line)
        mark = _FENCE.match(text)
        if fence:
            fence = "" if mark and mark[0].startswith(fence) else fence
        elif not text:
            is_after_blank = True
            continue
        elif state.sCount[line] > state.sCount[start]:
            fence = mark[0] if mark else ""
        elif state.sCount[line] < state.sCount[start]:
            return
        elif item := next((one for one in _readings(state, text) if _follows(one, first, number)), None):
            number += 1
            yield line, item
        elif is_after_blank or _OTHER_BLOCK.match(text) or _MARK.match(text):
            return
        is_after_blank = False


def _follows(item: _Mark, first: _Mark, number: int) -> bool:
    alike = (item.kind, item.look) == (first.kind, first.look)
    return alike and (first.kind in _ALONE or item.number == number + 1)


def _write(state: StateBlock, items: list[tuple[int, _Mark]]) -> None:
    lists = state.env.setdefault(_LISTS, {})
    lists[items[0][0]] = _attributes(state, [item for _, item in items])
    written = list[str]()
    position = 0
    for line, item in items:
        start = state.bMarks[line] + state.tShift[line]
        figures = ("1" if line == items[0][0] else "2").rjust(min(len(item.text) - 1, _FIGURES), "0")
        written += [state.src[position:start], f"{figures})".ljust(len(item.text))]
        position = start + len(item.text)
    state.src = "".join(written) + state.src[position:]


def _attributes(state: StateBlock, items: list[_Mark]) -> dict[str, str | int]:
    """Return what says how a list is counted; examples are counted through the whole text."""
    kind = items[0].kind
    if kind != "@":
        return {} if kind == "#" else {"type": kind}
    begins = state.env.get(_COUNT, 0) + 1
    state.env[_COUNT] = begins + len(items) - 1
    labels = state.env.setdefault(_EXAMPLES, {})
    for number, item in enumerate(items, begins):
        labels.setdefault(item.text[2:-1], number)
    return {"start": begins} if begins > 1 else {}


def _say_kinds(state: StateCore) -> None:
    lists = state.env.get(_LISTS, {})
    for token in state.tokens if lists else ():
        if token.type == "ordered_list_open" and token.map and token.map[0] in lists:
            token.attrs = dict(lists[token.map[0]])


def _number_references(state: StateCore) -> None:
    """Write the numbers of examples for their labels."""
    labels = state.env.get(_EXAMPLES, {})

    def number(found: re.Match[str]) -> str:
        return f"({labels[found[1]]})" if found[1] in labels else found[0]

    for token in state.tokens if labels else ():
        for child in token.children or ():
            if child.type == "text" and "(@" in child.content:
                child.content = _REFERENCE.sub(number, child.content)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
