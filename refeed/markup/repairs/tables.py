"""Read tables whose rows GFM (4.10) would cut: by bars within cells, and by heads of another width than the line below.

It takes bars in code and in links of notes for the ends of cells, `| `a | b` | [[Page|words]] |`, and leaves out what a
row then has too much. kramdown and Python-Markdown read code first, Quartz links of notes. A row that has as many cells
as its head that way is meant so.

kramdown reads a table whose head has another number of cells than the line below it, too, and one right below an item
of a list that it is no part of.
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.markup.code_spans import code_spans, inside, replace_outside
from refeed.startup.late_patterns import late_pattern

_DELIMITERS: Final = late_pattern(
    r"(?>[ \t>]*)(?>\|?[ \t]*):?-+:?(?>[ \t]*)(?:\|(?>[ \t]*):?-+:?(?>[ \t]*))*\|?(?>[ \t]*)"
)
_BAR: Final = late_pattern(r"(?<!\\)\|")
_KEPT: Final = late_pattern(r"(?<!`)(`{1,3})(?!`)([^`\n]+)\1(?!`)|\[\[[^\[\]\n]+\]\]")
_SIGNS: Final = ("`", "[[")

_TABLE: Final = late_pattern(
    r"(?P<above>(?<=[^\s|])[ \t]{0,9}\n)?^(?P<head>\|[^\n]*)\n"
    r"(?P<line>\|(?>[ \t]*):?-[-:| \t]*)(?=\n(?P<row>\|[^\n]*))",
    re.MULTILINE,
)
# To look for a whole table would take much longer.
_LINE: Final = late_pattern(r"\n(?P<line>\|(?>[ \t]*):?-[-:| \t]*)(?=\n\|)")


def keep_cells(text: str) -> str:
    """Return Markdown in which such bars are escaped where a row would lose cells otherwise."""
    rows = dict(_rows(text)) if "|" in text and any(map(text.__contains__, _SIGNS)) else {}
    if not rows:
        return text
    is_code = inside(code_spans(text, markdown=True, ticks=False))
    kept: list[str] = []
    position = 0
    for start, written in rows.items():
        if not is_code(start):
            end = text.find("\n", start)
            kept += [text[position:start], written]
            position = end if end >= 0 else len(text)
    return "".join(kept) + text[position:]


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """Yield where rows begin that are to be written otherwise, and how."""
    start = columns = 0
    for line in text.split("\n"):
        if "|" in line and "-" in line and _DELIMITERS.fullmatch(line):
            columns = count_cells(line)
        elif not line.strip():
            columns = 0
        elif columns and ("`" in line or "[[" in line) and count_cells(line) > columns:
            written = escape_bars(line)
            if count_cells(written) == columns:
                yield start, written
        start += len(line) + 1


def escape_bars(row: str) -> str:
    """Return a row of a table in which bars in code and in links of notes part no cells."""
    return _KEPT.sub(lambda found: _BAR.sub(r"\\|", found[0]), row)


def count_cells(line: str) -> int:
    """Return how many cells a row of a table has."""
    cells = line.strip(" \t>")
    return len(_BAR.findall(cells)) + 1 - cells.startswith("|") - (cells.endswith("|") and not cells.endswith("\\|"))


def fit_heads(text: str) -> str:
    """Return Markdown in which the lines under heads of tables have as many cells as these."""
    return replace_outside(_TABLE, _fitted, text, markdown=True) if _may_not_fit(text) else text


def _may_not_fit(text: str) -> bool:
    return not all(map(_fits, _LINE.finditer(text)))


def _fits(found: re.Match[str]) -> bool:
    """Return whether a line is under none that is its head, or under one that it fits, and that stands apart."""
    text, end = found.string, found.start()
    start = text.rfind("\n", 0, end) + 1
    head, above = text[start:end], text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].rstrip()
    is_apart = not above or above.endswith("|")
    return not head.startswith("|") or (is_apart and count_cells(head) == count_cells(found["line"]))


def _fitted(found: re.Match[str]) -> str:
    above, head, line = found["above"], found["head"], found["line"]
    columns, wanted = count_cells(head), count_cells(line)
    if columns > wanted and "`" in head and count_cells(escaped := escape_bars(head)) == wanted:
        head, columns = escaped, wanted
    if columns < wanted <= count_cells(found["row"]):
        head, columns = f"{head.rstrip().removesuffix('|')}{'| ' * (wanted - columns)}|", wanted
    if columns != wanted:
        line = f"|{'---|' * columns}"
    apart = "" if above is None else f"{above}\n"
    return f"{apart}{head}\n{line}"
