"""Find the remarks that writers of Obsidian keep for themselves: between two `%%`, in a line or over several.

Where it is in doubt a pair is a remark; a mark without a partner is text. In time that is linear in the text.
"""

import re
from collections.abc import Callable, Iterator
from enum import IntEnum
from itertools import accumulate
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# A mark that an author escaped, or shows alone in code, is there to be read; so is a longer run, which is a rule.
_MARK: Final = late_pattern(
    r"(?<![%\\])(?!(?<=`)%%`)"
    r"(?:(?P<format>(?<=[0-9])%%(?![\w%])"  # per cent, in a text that was once a format
    r"|(?<=[0-9])%%(?=[0-9])|(?<=[0-9] )%%(?= [0-9])"  # arithmetic
    r"|%%(?=[-+#0]?[0-9]{0,3}(?:\.[0-9]{1,3})?[EFGXcdefgiopsux](?!\w))"  # printf
    r"|(?<=\S)%%(?=[0-9A-F]{2}))"  # an address
    r"|(?P<number>(?<=[0-9] )%%(?!%)|(?<=\w )%%(?= [0-9]))|%{2,3}(?!%))"
)
# Hashnode's widgets, each alone on its line: remarks if there is any other mark, as that may be the end of one.
_WIDGET: Final = late_pattern(r"^%%\[[\w-]{1,80}\][ \t\r]*$", re.MULTILINE)

# Comments of HTML, Jinja and Nunjucks, Handlebars, kramdown, ERB and JSP, Liquid, Hugo, and MDX.
_OPENING: Final = late_pattern(
    r"(?P<html><!--)|(?P<jinja>\{#)|(?P<erb><%(?:#|--))|(?P<hugo>\{\{-?[ ]?/\*)"
    r"|(?P<liquid>\{%-?[ ]?comment[ ]?-?%\})|(?P<mdx>\{/\*)"
    r"|(?P<handlebars>\{\{!)|(?P<kramdown>\{::comment\})"
)
_CLOSINGS: Final = MappingProxyType(
    {
        "html": late_pattern("-->"),
        "jinja": late_pattern(r"#\}"),
        "erb": late_pattern("%>"),
        "hugo": late_pattern(r"\*/[ ]?-?\}\}"),
        "liquid": late_pattern(r"\{%-?[ ]?endcomment[ ]?-?%\}"),
        "handlebars": late_pattern(r"\}\}"),
        "kramdown": late_pattern(r"\{:/(?:comment)?\}"),
        "mdx": late_pattern(r"\*/\}"),
    }
)
_PARAGRAPH_END: Final = late_pattern(r"\n[ \t\r>]*(?=\n)|\Z")


class _Likelihood(IntEnum):
    """How likely a mark is that of a remark."""

    IN_CODE = 1
    FORMAT = 2
    NUMBER = 3  # beside a number: `100 %% wool`, `in 2021 %% when? %%`
    SURE = 4


class _Mark(NamedTuple):
    """A `%%`, and where it stands."""

    start: int
    end: int
    likelihood: _Likelihood


class _Line(NamedTuple):
    """A line with marks."""

    marks: list[_Mark]
    meant: list[_Mark]  # as those of remarks
    is_mark: bool  # nothing else stands in it


def remarks_in(text: str, is_code: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Yield where remarks begin and end, in order, with their marks.

    Marks of one line belong together. One that is left over begins a remark that the next such line ends; in between
    nothing is shown. Lines that are marks end one another if they can. Where nothing ends the last of three marks of a
    line, nobody can tell which of them belong together, and the paragraph is left out from the first of them on.
    """
    if "%%[" in text and text.count("%%") == len(_WIDGET.findall(text)):
        return
    lines = _balanced(list(_lines(text, is_code)))
    blocks_are_paired = sum(line.is_mark and bool(line.meant) for line in lines) % 2 == 0
    opened: _Line | None = None
    within: list[tuple[int, int]] = []  # what stands in pairs while a remark is open, if nothing ends it
    last_resort: int | None = None
    for line in lines:
        if opened is None:
            yield from _pairs(line.meant)
            opened = line if len(line.meant) % 2 else None
        elif len(line.meant) % 2 and (line.is_mark or not (opened.is_mark and blocks_are_paired)):
            yield opened.meant[-1].start, line.meant[0].end
            yield from _pairs(line.meant[1:])
            opened, last_resort = None, None
            within.clear()
        elif opened.is_mark and line.is_mark:
            last_resort = line.marks[0].end  # in code: a fence that nothing closes hides the end of its remark
        else:
            within += _pairs(line.meant)
    if opened and last_resort:
        yield opened.meant[-1].start, last_resort
    elif opened and len(opened.meant) > 1:
        end = _PARAGRAPH_END.search(text, opened.meant[-1].end)
        yield opened.meant[0].start, end.start() if end else len(text)
    yield from (pair for pair in within if pair[0] >= (last_resort or 0))


def without_remarks_in(value: str) -> str:
    """Return a value of a header, which holds no code, without remarks of any kind."""
    shown = _without_comments(value) if "<" in value or "{" in value else value
    if "%%" not in shown:
        return shown
    kept, position = "", 0
    for start, end in remarks_in(shown, lambda _position: False):
        kept += shown[position:start]
        position = max(position, end)
    return kept + shown[position:]


def _without_comments(text: str) -> str:
    """Leave comments out; one that nothing ends is text, and its end is looked for once, so that the time is linear."""
    kept: list[str] = []
    unclosed: set[str] = set()
    position = 0
    for opening in _OPENING.finditer(text):
        kind = str(opening.lastgroup)
        if opening.start() < position or kind in unclosed:
            continue
        if closing := _CLOSINGS[kind].search(text, opening.end()):
            kept.append(text[position : opening.start()])
            position = closing.end()
        else:
            unclosed.add(kind)
    return "".join(kept) + text[position:]


def _balanced(lines: list[_Line]) -> list[_Line]:
    """Return the lines with as many marks that are meant as there are pairs: `in 2021 %% begins` may lack its end.

    Marks beside a number are meant where one of a remark has no partner otherwise.
    """
    if sum(len(line.meant) for line in lines) % 2 == 0:
        return lines
    numbers = [[mark for mark in line.marks if mark.likelihood is _Likelihood.NUMBER] for line in lines]
    alone = [at for at, line in enumerate(lines) if not line.meant and len(numbers[at]) % 2]
    meant = frozenset(alone if len(alone) % 2 else alone[:1])
    return [line._replace(meant=numbers[at]) if at in meant else line for at, line in enumerate(lines)]


def _lines(text: str, is_code: Callable[[int], bool]) -> Iterator[_Line]:
    lines = text.split("\n")
    for start, line in zip(accumulate((len(line) + 1 for line in lines), initial=0), lines, strict=False):
        if "%%" in line:
            marks = [_read(found, is_code) for found in _MARK.finditer(text, start, start + len(line))]
            yield _Line(marks, _meant(marks), line.strip(" \t\r>") == "%%" and bool(marks))


def _read(found: re.Match[str], is_code: Callable[[int], bool]) -> _Mark:
    if is_code(found.start()):
        return _Mark(*found.span(), _Likelihood.IN_CODE)
    doubt = _Likelihood.FORMAT if found["format"] else _Likelihood.NUMBER if found["number"] else _Likelihood.SURE
    return _Mark(*found.span(), doubt)


def _meant(marks: list[_Mark]) -> list[_Mark]:
    """Return the marks of a line that are those of remarks: the likely ones, with others as far as those lack partners.

    What is beside a number may be a pair by itself, but does not reach beyond its line.
    """
    sure = [mark for mark in marks if mark.likelihood is _Likelihood.SURE]
    if sure and len(sure) % 2 == 0:
        return sure
    for least in (_Likelihood.NUMBER, _Likelihood.FORMAT, _Likelihood.IN_CODE):
        likely = [mark for mark in marks if mark.likelihood >= least]
        if len(likely) % 2 == 0 and (sure or least is _Likelihood.NUMBER):
            return likely
    return sure


def _pairs(marks: list[_Mark]) -> list[tuple[int, int]]:
    return [(first.start, second.end) for first, second in zip(marks[::2], marks[1::2], strict=False)]
