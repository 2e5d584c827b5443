"""Read tables whose head has another number of cells than the line below it, as kramdown does.

GFM (4.10) sees no table there, nor one right below an item of a list that it is no part of.
"""

import re
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.markup.table_cells import count_cells, escape_bars
from refeed.startup.late_patterns import late_pattern

_TABLE: Final = late_pattern(
    r"(?P<above>(?<=[^\s|])[ \t]{0,9}\n)?^(?P<head>\|[^\n]*)\n"
    r"(?P<line>\|(?>[ \t]*):?-[-:| \t]*)(?=\n(?P<row>\|[^\n]*))",
    re.MULTILINE,
)
# To look for a whole table would take much longer.
_LINE: Final = late_pattern(r"\n(?P<line>\|(?>[ \t]*):?-[-:| \t]*)(?=\n\|)")


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
