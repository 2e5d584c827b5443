"""Read marks in lines that CommonMark lacks: `==words==`, `H~2~O`, `x^2^`, and names of blocks in Obsidian, `^name`.

Highlights are those of Obsidian, Typora, markdown-it-mark, PyMdown and Hugo; what is lowered and raised is that
of Pandoc and R Markdown, but only within a word: `1~2` is a range, and `^_^` a face.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple


class _Mark(NamedTuple):
    """One kind of marks, by what they begin with."""

    pattern: re.Pattern[str]
    element: str
    before: re.Pattern[str]  # the character before them


_MARKS: Final[Mapping[str, _Mark]] = MappingProxyType(
    {
        "=": _Mark(
            late_pattern(r"==(?![\s=])(?P<words>(?:[^=\n]|=(?!=)){1,500})(?<!\s)==(?![=0-9A-Za-z])"),
            "mark",
            late_pattern(r"[^=0-9A-Za-z!<>]"),
        ),
        "^": _Mark(
            late_pattern(  # between two powers, `2^3+2^2`, stands a sum
                r"\^(?P<words>(?:[0-9]{1,12}|[A-Za-z]{1,12})(?=\^)|[0-9A-Za-z+\-−]{1,12}(?=\^(?![0-9A-Za-z])))\^(?!\^)"
            ),
            "sup",
            late_pattern("[0-9A-Za-z)]"),
        ),
        "~": _Mark(late_pattern(r"~(?P<words>[0-9A-Za-z+\-−]{1,12})~(?!~)"), "sub", late_pattern("[A-Za-z)]")),
    }
)
_BLOCK_NAME: Final = late_pattern(r"\^(?=[0-9-]*[A-Za-z])[0-9A-Za-z-]{3,40}\s*\Z")


def use_highlights(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown these marks."""
    reader.inline.ruler.before("strikethrough", "highlight", _inline)


def _inline(state: StateInline, silent: bool) -> bool:
    text, position = state.src, state.pos
    mark = _MARKS.get(text[position])
    if mark is None:
        return False
    before = text[position - 1] if position else " "
    if found := mark.before.match(before) and mark.pattern.match(text, position, state.posMax):
        if not silent:
            _write(state, mark.element, found["words"])
        state.pos = found.end()
        return True
    if text[position] == "^" and before.isspace() and _BLOCK_NAME.match(text, position) and not state.linkLevel:
        state.pos = state.posMax
        return True
    return False


def _write(state: StateInline, element: str, words: str) -> None:
    state.push(f"{element}_open", element, 1)
    end, limit = state.pos, state.posMax
    state.pos += 2 if element == "mark" else 1
    state.posMax = state.pos + len(words)
    state.md.inline.tokenize(state)
    state.pos, state.posMax = end, limit
    state.push(f"{element}_close", element, -1)
