"""Markdown inside HTML elements and components, which some generators read and CommonMark does not.

kramdown, PHP Markdown Extra and Python-Markdown read it where `markdown="1"` says so; MDX reads it everywhere. Where
tags stand on lines of their own around marks of Markdown, their writer's generator did so too: nobody publishes raw
marks. CommonMark (0.31.2, 4.6) reads it if empty lines part it from the tags, and does not take it for code if it is
not indented.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from refeed.markup.code_spans import code_spans, inside, lines_of
from refeed.startup.late_patterns import late_pattern, line_pattern
from refeed.startup.named_tuple import NamedTuple

_TAG_LINE: Final = late_pattern(
    r"[ \t]*<(?P<end>/?)(?P<name>[A-Za-z][\w.-]{0,60})(?=[\s>])"
    r"(?P<says>(?>(?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\})*))>[ \t]*"
)
_ANY_END: Final = line_pattern(r"[ \t]*</[A-Za-z]")
_MARKDOWN: Final = late_pattern(
    r"""\smarkdown\s*=\s*["']?(?:1|block|span|true)["']?(?=[\s/]|\Z)|\smarkdown(?=\s|\Z)""", re.IGNORECASE
)
_MARK: Final = late_pattern(
    r"\]\([^\s()]|\*\*[^\s*]|`[^`\n]+`|(?<!\w)_[^\s_][^_\n]*_(?!\w)|^[ \t]*(?:#{1,6} |[-*+] |> ?\w|```)"
)
_WHOLE: Final = late_pattern(r"[ \t]*<(?P<name>[A-Za-z][A-Za-z0-9]{0,20})(?=[\s>])[^\n]*</(?P=name)>[ \t]*")
_SUMMARY: Final = late_pattern(
    r"[ \t]*<summary[\s>][^\n]*</summary>[ \t]*", re.IGNORECASE
)  # the first line of <details>
# What stands in these is no Markdown, whatever it looks like; rows of tables and items have a layout of their own.
_CLOSED: Final = frozenset(
    {"pre", "code", "script", "style", "textarea", "svg", "table", "tbody", "thead", "tr", "ul", "ol"}
)
_DEEPEST: Final = 20


class _Element(NamedTuple):
    """An element whose tags stand on lines of their own: the numbers of these lines."""

    first: int
    last: int


def part_nested(text: str) -> str:
    """Part Markdown that stands in elements from their tags, so that it is read."""
    if not _ANY_END.search(text):
        return text
    lines = text.split("\n")
    elements = _elements(text, lines)
    if not elements:
        return text
    margins = [0] * len(lines)  # what lines are indented by since they stand in an element
    for element in elements:
        inner = range(element.first + 1, element.last)
        margin = min((_indentation(lines[number]) for number in inner if lines[number].strip()), default=0)
        for number in inner:
            margins[number] += max(0, margin - _indentation(lines[element.first]))
    for element in _outermost(elements):
        _unindent_around(element, lines, margins)
    tags = {number for element in elements for number in element}
    tags |= {number for element in elements if _SUMMARY.fullmatch(lines[number := element.first + 1])}
    written = (line[min(margin, _indentation(line)) :] for line, margin in zip(lines, margins, strict=True))
    return "\n".join(
        f"\n{_MARKDOWN.sub('', line)}\n" if number in tags else line for number, line in enumerate(written)
    )


def _elements(text: str, lines: list[str]) -> list[_Element]:
    """List the elements that hold Markdown, outer ones after those in them."""
    is_code = inside(code_spans(text, markdown=True))
    marks: list[int] = []  # how many lines with one stand before each line, once somebody asks
    opened: list[tuple[str, int, bool]] = []
    found: list[_Element] = []
    for number, (start, line) in enumerate(lines_of(text)):
        tag = _TAG_LINE.fullmatch(line) if "<" in line and not is_code(start + _indentation(line)) else None
        if tag is None or tag["name"].lower() in _CLOSED:
            continue
        if not tag["end"]:
            if len(opened) < _DEEPEST:
                opened.append((tag["name"], number, bool(_MARKDOWN.search(tag["says"]))))
            continue
        depth = next((depth for depth in range(len(opened) - 1, -1, -1) if opened[depth][0] == tag["name"]), None)
        if depth is not None:
            _, first, is_stated = opened[depth]
            del opened[depth:]
            marks = marks or list(accumulate((_holds_mark(line) for line in lines), initial=0))
            if is_stated or marks[number] > marks[first + 1]:
                found.append(_Element(first, number))
    return found


def _holds_mark(line: str) -> bool:
    """Return whether a line holds a mark of Markdown that is not in an element of its own (see `read_marks`)."""
    return _MARK.search(line) is not None and not _WHOLE.fullmatch(line)


def _outermost(elements: list[_Element]) -> Iterator[_Element]:
    """Yield the elements that stand in no other one of them."""
    first = len(elements) and max(element.last for element in elements) + 1
    for element in reversed(elements):
        if element.first < first:
            first = element.first
            yield element


def _unindent_around(element: _Element, lines: list[str], margins: list[int]) -> None:
    """Unindent an element, and the tags below it, as far as the first tag above: what is parted from it is no code."""
    top = element.first
    while top and lines[top - 1].lstrip(" \t").startswith("<"):
        top -= 1
    least = min(_indentation(line) for line in lines[top : element.first + 1])
    for number in range(element.first, element.last + 1):
        margins[number] += _indentation(lines[element.first]) - least
    for number in range(element.last + 1, len(lines)):
        if not lines[number].lstrip(" \t").startswith("<"):
            break
        margins[number] = max(margins[number], _indentation(lines[number]) - least)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
