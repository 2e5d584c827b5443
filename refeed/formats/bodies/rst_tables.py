"""Read the tables of reStructuredText that are drawn: grids, and simple ones."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

_COLUMN: Final = re.compile(r"=+")
_SPAN: Final = re.compile(r"-+(?:[ \t]+-+)*[ \t]*")
_MOST_COLUMNS: Final = 200


class Rows(NamedTuple):
    """The texts of cells, row by row."""

    rows: list[list[str]]
    has_head: bool


def table_of(rows: list[list[str]], *, has_head: bool) -> Iterator[str]:
    """Yield a table of Markdown; without a head its first row is empty."""
    columns = max(map(len, rows), default=0)
    if not columns or columns > _MOST_COLUMNS:
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
        if any(line[place : place + 1] != "|" for place in borders):
            return None, end
        for part, left, right in zip(parts, borders, borders[1:], strict=False):
            part.append(line[left + 1 : right])
    return Rows(rows, has_head), end


def read_simple(lines: list[str], at: int) -> tuple[Rows | None, int]:
    """Return the rows of a simple table, and where it ends; a line whose first cell is empty goes on with the row."""
    starts = [found.start() for found in _COLUMN.finditer(lines[at])]
    rules = list(islice((number for number in range(at + 1, len(lines)) if _is_rule(lines[number])), 2))
    end = next((number for number in rules if number + 1 == len(lines) or not lines[number + 1].strip()), None)
    if end is None:
        return None, at + 1
    rows, has_head = list[list[list[str]]](), False
    for line in lines[at + 1 : end]:
        if _is_rule(line):
            has_head = True
        elif line.strip() and not _SPAN.fullmatch(line):
            cells = [line[left:right] for left, right in zip(starts, [*starts[1:], None], strict=True)]
            if cells[0].strip() or not rows:
                rows.append([[] for _ in starts])
            for part, cell in zip(rows[-1], cells, strict=True):
                part.append(cell)
    return Rows([[_cell(part) for part in row] for row in rows], has_head), end + 1


def _is_rule(line: str) -> bool:
    return line.startswith("=") and not line.strip("= \t")


def _cell(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines).strip()
