"""Read tables whose columns are marked by a line of dashes alone, as Pandoc, Quarto and R Markdown have them.

https://pandoc.org/MANUAL.html#extension-simple_tables and #extension-multiline_tables. Wherever a line of dashes has a
gap, every line of the table has to have a blank, so that no other text is one.
"""

from itertools import pairwise
from typing import Final

from markdown_it.rules_block import StateBlock

from refeed.markup.blocks.grid_tables import in_columns, write_table
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_COLUMNS: Final = late_pattern(r"[ ]*-{2,}(?:[ ]+-{2,}){1,50}[ ]*")
_FRAME: Final = late_pattern(r"[ ]*-{10,}[ ]*")
_RUN: Final = late_pattern(r"-+")
_LONGEST: Final = 200  # lines
_LONGEST_HEAD: Final = 10


class _Table(NamedTuple):
    """The rows of a table, whether the first is its head, and how many lines it takes."""

    rows: list[list[str]]
    has_head: bool
    lines: int


def read_simple_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, if one begins in a line."""
    below = start + 1
    marked = next((number for number in (below, start) if _begins(state, number)), -1) if below + 1 < end else -1
    if marked < 0 or state.is_code_block(marked) or state.sCount[start] < state.blkIndent:
        return False
    if not any(_is_drawn(_line(state, number)) for number in (start, below)):
        return False
    last = min(end, start + _LONGEST)
    table = _read([_line(state, number) for number in range(start, last)])
    if table is None:
        return False
    if not silent:
        write_table(state, table.rows, has_head=table.has_head)
        state.line = start + table.lines
    return True


def _begins(state: StateBlock, number: int) -> bool:
    return state.src.startswith("--", state.bMarks[number] + state.tShift[number])


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]].expandtabs(4).rstrip()


def _read(lines: list[str]) -> _Table | None:
    if _COLUMNS.fullmatch(lines[1]) and not _is_drawn(lines[0]):
        return _plain(lines[2:], lines[1], [lines[0]])
    return _framed(lines)


def _is_drawn(line: str) -> bool:
    return bool(_COLUMNS.fullmatch(line) or _FRAME.fullmatch(line))


def _plain(lines: list[str], columns: str, head: list[str]) -> _Table | None:
    """Read a head, a line of dashes, and a row in each line up to an empty one, or another line of dashes."""
    last = next((number for number, line in enumerate(lines) if not line or _is_drawn(line)), len(lines))
    is_closed = last < len(lines) and bool(lines[last])
    if not any("  " in line.strip() for line in (*head, *lines[:last])):
        return None  # a rule in a text
    rows = _rows([head, *([line] for line in lines[:last])], columns)
    return _Table(rows, True, last + 2 + is_closed) if rows and last else None


def _framed(lines: list[str]) -> _Table | None:
    """Read what stands between two equal lines of dashes: a head of some lines, and rows with empty lines between."""
    frame = lines[0].strip()
    last = next(
        (number for number, line in enumerate(lines[1:], 1) if line.strip() == frame and _ends(lines, number)), 0
    )
    inner = lines[1:last]
    marked = next((number for number, line in enumerate(inner[:_LONGEST_HEAD]) if _COLUMNS.fullmatch(line)), None)
    if _COLUMNS.fullmatch(lines[0]) and marked is None:
        columns, head, body = lines[0], None, inner
    elif marked and _FRAME.fullmatch(lines[0]) and len(inner[marked].strip()) == len(frame):
        columns, head, body = inner[marked], inner[:marked], inner[marked + 1 :]
    else:
        return None
    parts = _parts(body) if "" in body else [[line] for line in body]
    rows = _rows([*([head] if head else []), *parts], columns) if parts else []
    return _Table(rows, head is not None, last + 1) if rows else None


def _ends(lines: list[str], number: int) -> bool:
    """Return whether nothing stands right below a line."""
    return number + 1 == len(lines) or not lines[number + 1]


def _parts(lines: list[str]) -> list[list[str]]:
    """Divide lines at empty ones."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line:
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _rows(rows: list[list[str]], columns: str) -> list[list[str]]:
    """Return the cells of each row; none where a line has no blank at the gap between two columns."""
    runs = [found.span() for found in _RUN.finditer(columns)]
    gaps = [(end, start) for (_, end), (start, _) in pairwise(runs)]
    found = []
    for row in rows:
        cells = [_cells(line, gaps) for line in row]
        if not all(cells):
            return []
        found.append(["\n".join(filter(None, cell)) for cell in zip(*cells, strict=True)])
    return found


def _cells(line: str, gaps: list[tuple[int, int]]) -> list[str]:
    """Return what a line holds of each column; wide characters take two."""
    drawn = in_columns(line)
    places = [0]
    for end, start in gaps:
        blank = drawn.rfind(" ", end, start) if len(drawn) > end else end
        if blank < 0:
            return []
        places.append(blank)
    return [drawn[a:b].replace("\0", "").strip() for a, b in zip(places, [*places[1:], len(drawn)], strict=True)]
