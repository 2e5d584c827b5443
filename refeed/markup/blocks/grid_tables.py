"""Read tables whose cells are drawn with lines, as Pandoc, Quarto and reStructuredText have them; cells hold blocks.

https://pandoc.org/MANUAL.html#extension-grid_tables; a cell that reaches over several is not read.
"""

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from markdown_it.rules_block import StateBlock

from refeed.startup.late_patterns import late_pattern

if TYPE_CHECKING:
    from markdown_it.token import Token

_BORDER: Final = late_pattern(r"\+(?::?-+:?\+){1,50}[ \t]*")
_LINE: Final = late_pattern(r"\+(?:(?::?-+:?|:?=+:?)\+){1,50}[ \t]*")
_DRAWN: Final = frozenset("+|")  # what a line of a table begins with
_WIDE: Final = frozenset("FW")  # Unicode, UAX 11


def read_grid_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, if one begins in a line."""
    if state.is_code_block(start) or state.sCount[start] < state.blkIndent:
        return False
    if not _BORDER.fullmatch(_line(state, start)):
        return False
    if start and _line(state, start - 1)[:1] in _DRAWN:  # it was looked at with the line above it
        return False
    last = start
    while last < end and _line(state, last)[:1] in _DRAWN and state.sCount[last] >= state.blkIndent:
        last += 1
    lines = [_line(state, number) for number in range(start, last)]
    rows = _rows(lines)
    if not rows:
        return False
    if not silent:
        write_table(state, rows, has_head=any("=" in line for line in lines if _LINE.fullmatch(line)))
        state.line = last
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _rows(lines: list[str]) -> list[list[str]]:
    """Return the cells of each row; none where the lines are not those of a table."""
    borders = [at for at, character in enumerate(lines[0]) if character == "+"]
    rows: list[list[str]] = []
    row: list[list[str]] = []
    for line in lines[1:]:
        if _LINE.fullmatch(line):
            if not row:
                return []
            rows.append(["\n".join(part.rstrip() for part in cell) for cell in zip(*row, strict=True)])
            row = []
        elif (cells := _cells(line, borders)) is None:
            return []
        else:
            row.append(cells)
    return [] if row else rows


def in_columns(line: str) -> str:
    """Return a line in which a NUL follows each wide character, which takes two columns."""
    return "".join(f"{one}\0" if unicodedata.east_asian_width(one) in _WIDE else one for one in line)


def _cells(line: str, borders: list[int]) -> list[str] | None:
    """Return what stands between the borders of a line; wide characters take two columns."""
    for drawn in (in_columns(line), line):
        if len(drawn) == borders[-1] + 1 and all(drawn[at] == "|" for at in borders):
            return [drawn[a + 1 : b].replace("\0", "") for a, b in pairwise(borders)]
    parts = line.strip().split("|")[1:-1]
    return parts if len(parts) == len(borders) - 1 else None


def write_table(state: StateBlock, rows: list[list[str]], *, has_head: bool) -> None:
    """Write the cells of each row; of those in Markdown a paragraph alone is its words."""
    from textwrap import dedent  # loaded with patterns of its own, and few texts have such a table

    state.push("table_open", "table", 1)
    for number, row in enumerate(rows):
        is_head = has_head and number == 0
        if number == 0 or (number == 1 and has_head):
            state.push("thead_open" if is_head else "tbody_open", "thead" if is_head else "tbody", 1)
        state.push("tr_open", "tr", 1)
        for cell in row:
            _write_cell(state, dedent(cell).strip("\n"), "th" if is_head else "td")
        state.push("tr_close", "tr", -1)
        if is_head:
            state.push("thead_close", "thead", -1)
    if len(rows) > has_head:
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)


def _write_cell(state: StateBlock, text: str, tag: str) -> None:
    tokens: list[Token] = []
    state.md.block.parse(text, state.md, state.env, tokens)
    if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
        tokens = tokens[1:2]
    state.push(f"{tag}_open", tag, 1)
    state.tokens += tokens
    state.push(f"{tag}_close", tag, -1)
