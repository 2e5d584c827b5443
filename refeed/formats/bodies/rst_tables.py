"""Read the tables of reStructuredText that are drawn: grids, and simple ones."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from refeed.formats.bodies.markdown_lines import fenced
from refeed.startup.named_tuple import NamedTuple

_COLUMN: Final = re.compile(r"=+|-+")
_SPAN: Final = re.compile(r"-+(?:[ \t]+-+)*[ \t]*")
_MOST_COLUMNS: Final = 200
_MOST_CELLS: Final = 10_000


class Rows(NamedTuple):
    """The texts of cells, row by row."""

    rows: list[list[str]]
    has_head: bool


def table_of(rows: list[list[str]], source: list[str], *, has_head: bool) -> Iterator[str]:
    """Yield a table of Markdown; without a head its first row is empty. One that is too large is as in its source."""
    columns = max(map(len, rows), default=0)
    if columns > _MOST_COLUMNS or sum(map(len, rows)) > _MOST_CELLS:
        yield from fenced(source, "")
        return
    if not columns:
        return
    head, body = (rows[0], rows[1:]) if has_head else ([""] * columns, rows)
    yield ""
    for row in (head, ["---"] * columns, *body):
        yield f"| {' | '.join([*(cell.replace('|', chr(92) + '|') for cell in row), *[''] * (columns - len(row))])} |"
    yield ""


def read_grid(lines: list[str], at: int) -> tuple[Rows | None, int]:
    """Return the rows of a grid, and where it ends; None for one whose cells reach over several rows or columns."""
    end = at
    while end < len(lines) and lines[end][:1] in {"+", "|"}:
        end += 1
    borders = [place for place, sign in enumerate(lines[at]) if sign == "+"]
    rows, has_head, parts = list[list[str]](), False, [list[str]() for _ in borders[1:]]
    for line in lines[at + 1 : end]:
        if line.startswith("+"):
            if [place for place, sign in enumerate(line) if sign == "+"] != borders or set(line) - set("+-= "):
                return None, end
            rows.append([_cell(part) for part in parts])
            has_head |= "=" in line and len(rows) == 1
            parts = [[] for _ in borders[1:]]
            continue
        columns = _columns(line)
        if any("".join(columns[place : place + 1]) != "|" for place in borders):
            return None, end
        for part, (left, right) in zip(parts, pairwise(borders), strict=True):
            part.append("".join(columns[left + 1 : right]))
    return Rows(rows, has_head), end


def read_simple(lines: list[str], at: int) -> tuple[Rows | None, int]:
    """Return the rows of a simple table, and where it ends; a line whose first cell is empty goes on with the row.

    None for a table without an end, and for one with text between its columns.
    """
    rules = list(islice((number for number in range(at + 1, len(lines)) if _is_rule(lines[number])), 2))
    end = next((number for number in rules if number + 1 == len(lines) or not lines[number + 1].strip()), None)
    if end is None:
        return None, at + 1
    starts = [found.start() for found in _COLUMN.finditer(lines[at])]
    rows, has_head = list[list[list[str]]](), False
    for line, below in pairwise(lines[at + 1 : end + 1]):
        if _is_rule(line):
            has_head = True
        elif line.strip() and not _SPAN.fullmatch(line):
            # What is drawn below a line says which of its cells reach over several columns.
            is_drawn = _is_rule(below) or _SPAN.fullmatch(below)
            cells = _cut(line, below if is_drawn else lines[at], starts)
            if cells is None:
                return None, end + 1
            if cells[0].strip() or not rows:
                rows.append([[] for _ in starts])
            for part, cell in zip(rows[-1], cells, strict=True):
                part.append(cell)
    return Rows([[_cell(part) for part in row] for row in rows], has_head), end + 1


def _cut(line: str, drawn: str, starts: list[int]) -> list[str] | None:
    """Return the cells of a line, None if there is text between them; one over several columns is in its first."""
    columns, cells = _columns(line), [""] * len(starts)
    places = [found.span() for found in _COLUMN.finditer(drawn)]
    for (left, right), (after, _) in pairwise([*places, (len(columns), 0)]):
        is_last = right == places[-1][1]
        if left not in starts or (not is_last and "".join(columns[right:after]).strip()):
            return None
        cells[starts.index(left)] = "".join(columns[left : None if is_last else right])
    return cells


def _columns(line: str) -> Sequence[str]:
    """Return what stands in each column of a line: wide characters take two, and marks that combine none."""
    if line.isascii():
        return line
    columns = list[str]()
    for sign in line:
        if unicodedata.combining(sign) and columns:
            columns[-1] += sign
        else:
            columns += [sign, ""] if unicodedata.east_asian_width(sign) in {"F", "W"} else [sign]
    return columns


def _is_rule(line: str) -> bool:
    return line.startswith("=") and not line.strip("= \t")


def _cell(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines).strip()
