"""Write a table of AsciiDoc as one of GitHub's Markdown."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Final

from refeed.csv_rows import rows_of

# What parts cells, with what is said of the next one: how many columns it takes, how it is aligned, what it holds.
_CELL: Final = re.compile(r"(?:(?<![^\s])(?:[0-9.]{1,5}[+*])?(?:\.?[<^>]){0,2}[adehlmsv]?)?(?<!\\)\|")
_COLUMNS: Final = re.compile(r"""cols=(?:"([^"\n]{1,300})"|([0-9*]{1,10}))""")
_REPEATED: Final = re.compile(r"([0-9]{1,2})\*")
_HEADER: Final = re.compile(r"%header|(?:options|opts)=\"?[\w,]{0,40}header")
_FORMAT: Final = re.compile(r"format=[\"']?([cdt]sv)\b")
_SEPARATOR: Final = re.compile(r"separator=[\"']?(\\t|[^\s\w\"'\]])")
_OF_FORMAT: Final = MappingProxyType({"csv": ",", "dsv": ":", "tsv": "\t"})
_MOST_COLUMNS: Final = 50
_LONGEST: Final = 1_000_000  # characters of a cell of CSV


def table_to_markdown(lines: Sequence[str], says: str, separator: str) -> Iterator[str]:
    """Yield the lines of a table; `says` is what its attributes say. Without a header the first row has no words.

    Cells begin with a bar, or are parted as in CSV by a separator; attributes may say which.
    """
    stated = _SEPARATOR.search(says)
    form = _FORMAT.search(says)
    if form or separator:
        default = _OF_FORMAT[form[1]] if form else separator
        lines = _barred(lines, stated[1].replace("\\t", "\t") if stated else default)
    elif stated:
        lines = [line.replace("|", "&#124;").replace(stated[1], "|") for line in lines]
    rows = [line for line in lines if line.strip()]
    if not rows:
        return
    cells = _cells(rows)
    columns = min(_columns(says) or max(1, len(_CELL.findall(rows[0]))), _MOST_COLUMNS)
    has_header = bool(_HEADER.search(says)) or (
        lines[0].strip() != "" and len(lines) > 1 and not lines[1].strip() and len(_CELL.findall(rows[0])) == columns
    )
    waiting = iter(cells)
    yield ""
    yield _row(list(islice(waiting, columns)) if has_header else [""] * columns)
    yield "|" + " --- |" * columns
    while row := list(islice(waiting, columns)):
        yield _row(row)
    yield ""


def _barred(lines: Sequence[str], separator: str) -> list[str]:
    """Write lines of CSV with bars before their cells, which may have several lines."""
    is_closed = not "\n".join(lines).count('"') % 2
    ended = [f"{line}\n" for line in lines]
    tables = [ended] if is_closed else [[line] for line in ended]
    try:
        rows = [row for table in tables for row in (list(rows_of(table, _LONGEST, separator)) or [[]])]
    except csv.Error:
        rows = [line.split(separator) for line in lines]
    return ["".join(f"| {' '.join(cell.split()).replace('|', '&#124;')} " for cell in row) for row in rows]


def _columns(says: str) -> int:
    found = _COLUMNS.search(says)
    if found is None:
        return 0
    stated = (found[1] or found[2]).strip()
    if stated.isdecimal():  # a number alone: so many of the same width
        return min(int(stated[:4]), _MOST_COLUMNS)
    widths = stated.split(",")
    return sum(int(many[1]) if (many := _REPEATED.match(width.strip())) else 1 for width in widths)


def _cells(rows: Sequence[str]) -> list[str]:
    cells: list[list[str]] = []
    for row in rows:
        rest, *begun = _CELL.split(row)
        if rest.strip() and not cells:  # the bar before the first cell may be missing
            cells.append([])
        if rest.strip():
            cells[-1].append(rest.strip())
        cells += [[cell.strip()] for cell in begun]
    return [" ".join(filter(None, parts)) for parts in cells]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
