"""Keep bars in code and in links of notes within their cell of a table: `| `a | b` | [[Page|words]] |`.

GFM (4.10) takes them for the ends of cells, and leaves out what a row then has too much. kramdown and Python-Markdown
read code first, Quartz links of notes. A row that has as many cells as its head that way is meant so.
"""

from collections.abc import Iterator
from typing import Final

from refeed.markup.code_spans import code_spans, inside
from refeed.startup.late_patterns import late_pattern

_DELIMITERS: Final = late_pattern(
    r"(?>[ \t>]*)(?>\|?[ \t]*):?-+:?(?>[ \t]*)(?:\|(?>[ \t]*):?-+:?(?>[ \t]*))*\|?(?>[ \t]*)"
)
_BAR: Final = late_pattern(r"(?<!\\)\|")
_KEPT: Final = late_pattern(r"(?<!`)(`{1,3})(?!`)([^`\n]+)\1(?!`)|\[\[[^\[\]\n]+\]\]")
_SIGNS: Final = ("`", "[[")


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
