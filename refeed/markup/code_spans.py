"""Find the code in a source, so that nothing in it is read as anything else.

Of Markdown: fences, indented code, code between backticks (CommonMark 0.31.2, 4.4, 4.5 and 6.1); of both: elements
whose text is shown or run as it stands, and comments. All in time that is linear in the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern, matches
from refeed.startup.named_tuple import NamedTuple


class Span(NamedTuple):
    """A part of a text."""

    start: int
    end: int


# A mark of a quote or an item may stand before a fence.
_FENCE: Final = late_pattern(
    r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)", re.MULTILINE
)
_FENCES: Final = ("```", "~~~")  # one of them is in it
_END_INDENT: Final = 3  # columns; what stands further to the right ends no fence
_INDENT: Final = r"(?: {4}| {0,3}\t)(?=[ \t]*\S)"
_INDENTED: Final = late_pattern(_INDENT)
# Where it may begin: below an empty line. What an item holds stands there, too.
_INDENTED_BELOW: Final = late_pattern(rf"\n(?>[^\S\n]*)\n{_INDENT}")
_LIST_ITEM: Final = late_pattern(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|$)|[ \t]*\[\^[^\]\n]{1,100}\]:")
# pre, cod, scr, sty, tex, sam, kbd; classes take the engine a fifth of the time of words in either case.
_ELEMENT_BEGINS: Final = "[CKPSTckpst][ABCEORTabceort][DEMRXYdemrxy]"
_FIRSTS_OF_MARK: Final = MappingProxyType(
    {
        "\\": late_pattern(r"\\(?=[`<\\])"),
        "`": late_pattern("`"),
        "<": late_pattern(f"<(?:{_ELEMENT_BEGINS}|/{_ELEMENT_BEGINS}|!--)"),
    }
)
_EMPTY_LINE: Final = late_pattern(r"\n[ \t]*(?=\n)")
_LIST_MARKS: Final = frozenset("-+*[0123456789")  # with which an item begins
_MARK: Final = late_pattern(
    r"(?:(?P<escape>\\[`<\\])|(?P<ticks>`+)|(?P<comment><!--)"
    r"|<(?P<end>/?)(?P<element>pre|code|script|style|textarea|samp|kbd)(?=[\s/>])(?>[^<>]*)>)",
    re.IGNORECASE,
)


# Step after step asks about the same text: 117 real posts gave 505 questions about 143 texts.
@lru_cache(maxsize=2)
def code_spans(text: str, *, markdown: bool, ticks: bool = True) -> tuple[Span, ...]:
    """Return the parts of a source that are code or comments, in order, none within another.

    Without `ticks` code between backticks does not count.
    """
    if not markdown:
        return tuple(_marked(text, [Span(0, len(text))], ticks=False))
    blocks = _blocks(text)
    return tuple(sorted([*blocks, *_marked(text, _between(text, blocks), ticks=ticks)]))


def inside(spans: tuple[Span, ...]) -> Callable[[int], bool]:
    """Return a test whether a position stands in one of the parts."""
    starts = [span.start for span in spans]

    def test(position: int) -> bool:
        number = bisect_right(starts, position) - 1
        return number >= 0 and position < spans[number].end

    return test


def replace_outside(
    pattern: re.Pattern[str], write: Callable[[re.Match[str]], str], text: str, *, markdown: bool
) -> str:
    """Replace what a pattern finds, but not in code."""
    if not pattern.search(text):
        return text
    is_code = inside(code_spans(text, markdown=markdown))
    return pattern.sub(lambda found: found[0] if is_code(found.start()) else write(found), text)


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with the position where each begins."""
    position = 0
    for line in text.split("\n"):
        yield position, line
        position += len(line) + 1


def _blocks(text: str) -> list[Span]:
    """Return the blocks of code in Markdown, in order."""
    fenced = list(_fenced(text))
    apart = _between(text, fenced)
    if not (text[:1].isspace() or any(_INDENTED_BELOW.search(text, part.start, part.end) for part in apart)):
        return fenced
    return sorted([*fenced, *_indented(text, apart)])


def _fenced(text: str) -> Iterator[Span]:
    """Yield the blocks between fences."""
    opened: tuple[int, str, int] | None = None  # where, by what, and the last column of an end
    for found in filter(None, (_FENCE.match(text, start) for start in _lines_with(text, _FENCES))):
        if opened is None:
            opened = (found.start(), found["fence"], _column(found) + _END_INDENT)
        elif _closes(found, opened[1]) and _column(found) <= opened[2]:
            yield Span(opened[0], found.end())
            opened = None
    if opened:
        yield Span(opened[0], len(text))


def _lines_with(text: str, signs: Iterable[str]) -> list[int]:
    """List where those lines begin that hold one of some signs."""
    starts = set[int]()
    for sign in signs:
        end = 0
        while (place := text.find(sign, end)) >= 0:
            starts.add(text.rfind("\n", 0, place) + 1)
            end = text.find("\n", place)  # -1 behind the last line: there is no room for a sign, either
    return sorted(starts)


def _indented(text: str, parts: Iterable[Span]) -> Iterator[Span]:
    """Yield the lines of indented code in what lies between fences."""
    was_empty, in_list = True, False
    for part in parts:
        start = part.start
        if start:  # below a fence, at the end of its line
            was_empty, start = False, start + 1
        for position, line in lines_of(text[start : part.end]):
            words = line.strip()
            if words and line[0] in " \t" and _INDENTED.match(line):
                if was_empty and not in_list:
                    yield Span(start + position, start + position + len(line))
                    continue
            elif words:
                is_item = words[0] in _LIST_MARKS and _LIST_ITEM.match(line) is not None
                in_list = is_item or (in_list and not was_empty)
            was_empty = not words


def _column(found: re.Match[str]) -> int:
    return len(found[0].partition(found["fence"])[0].expandtabs(4))


def _closes(found: re.Match[str], opening: str) -> bool:
    return found["fence"][0] == opening[0] and len(found["fence"]) >= len(opening) and not found["info"].strip()


def _between(text: str, blocks: list[Span]) -> list[Span]:
    """Return what lies between blocks of code."""
    ends = [0, *(block.end for block in blocks)]
    starts = [*(block.start for block in blocks), len(text)]
    return [Span(end, start) for end, start in zip(ends, starts, strict=True) if end < start]


def _marked(text: str, parts: Iterable[Span], *, ticks: bool) -> Iterator[Span]:
    """Yield code in elements and between backticks, and comments; none reaches over a block of code."""
    for part in parts:
        marks = list(matches(_MARK, _FIRSTS_OF_MARK, text, part.start, part.end))
        if not marks:
            continue
        partners = _Partners(text, part, marks)
        position = part.start
        for mark in marks:
            if mark.start() < position:
                continue
            if (end := partners.end_of(mark, ticks=ticks)) is not None:
                yield Span(mark.start(), end)
                position = end
            elif mark.lastgroup == "ticks" or mark["escape"]:
                position = mark.end()


class _Partners:
    """Where the marks end that begin in a part of a text."""

    def __init__(self, text: str, part: Span, marks: list[re.Match[str]]) -> None:
        """Note every mark that may end something."""
        self._part = part
        self._text = text
        self._closing: dict[str, list[int]] = defaultdict(list)  # the ends of closing tags, of backticks by number
        for mark in marks:
            if mark["ticks"]:
                self._closing[mark["ticks"]].append(mark.end())
            elif mark["end"]:
                self._closing[mark["element"].lower()].append(mark.end())
        self._last_comment = text.rfind("-->", part.start, part.end)

    @cached_property
    def _empty_lines(self) -> list[int]:
        part = self._text[self._part.start : self._part.end]
        return [found.start() for found in _EMPTY_LINE.finditer(part)]

    def end_of(self, mark: re.Match[str], *, ticks: bool) -> int | None:
        """Return where something ends that a mark begins, None if it begins nothing."""
        if mark["comment"]:
            after = mark.start() + 2  # `<!-->` is a comment (CommonMark 0.31.2, 6.6)
            return self._text.find("-->", after) + 3 if self._last_comment >= after else None
        if mark["ticks"]:
            return self._end_of_paragraph_code(mark) if ticks else None
        return self._first_after(mark["element"].lower(), mark.end()) if mark["element"] and not mark["end"] else None

    def _end_of_paragraph_code(self, mark: re.Match[str]) -> int | None:
        end = self._first_after(mark["ticks"], mark.end())
        if end is None:
            return None
        number = bisect_left(self._empty_lines, mark.end() - self._part.start)
        border = self._empty_lines[number] if number < len(self._empty_lines) else len(self._text)
        return end if end - self._part.start <= border else None

    def _first_after(self, name: str, position: int) -> int | None:
        ends = self._closing.get(name, [])
        number = bisect_right(ends, position)
        return ends[number] if number < len(ends) else None
