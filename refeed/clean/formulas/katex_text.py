"""Write what KaTeX has drawn as one line of text, if neither TeX nor MathML is left: x^2, (a+b)/c, √(x+1)."""

from typing import Final

from bs4.element import NavigableString, PageElement, Tag

from refeed.html.tree import attribute, words
from refeed.startup.late_patterns import late_pattern

_TOP: Final = late_pattern(r"(?:^|;)\s*top\s*:\s*(-?[0-9]{1,4}(?:\.[0-9]{1,6})?)em")
# The rule of a fraction, and what only takes room.
_SILENT: Final = frozenset({"frac-line", "hide-tail", "nulldelimiter", "pstrut", "strut", "vlist-s"})


def katex_text(element: PageElement) -> str:
    """Return what an element of KaTeX's HTML says; the parser has bounded its depth."""
    if type(element) is NavigableString:
        return str(element)
    if not isinstance(element, Tag):
        return ""
    names = words(element)
    if "msupsub" in names:
        return _scripts(element)
    if "mfrac" in names:
        rows = _rows(element)
        return "/".join(map(grouped, reversed(rows))) if len(rows) == 2 else "".join(rows)
    inner = "" if not _SILENT.isdisjoint(names) else "".join(map(katex_text, element.children))
    return "√" + grouped(inner.strip()) if "sqrt" in names else inner


def _scripts(element: Tag) -> str:
    """Write what stands below and above a base; a list with room below its line has the lower one."""
    rows = _rows(element)
    if len(rows) == 2:
        return f"_{grouped(rows[0])}^{grouped(rows[1])}"
    mark = "_" if element.find(class_="vlist-t2") is not None else "^"
    return "".join(mark + grouped(row) for row in rows)


def _rows(element: Tag) -> list[str]:
    """Return what the rows of an element say, from the bottom to the top, as KaTeX writes and places them."""
    rows = element.find(class_="vlist")
    if not isinstance(rows, Tag):
        return ["".join(map(katex_text, element.children)).strip()]
    said = [(row, text) for row in rows.find_all(True, recursive=False) if (text := katex_text(row).strip())]
    tops = [_TOP.search(attribute(row, "style")) for row, _ in said]
    if not all(tops):
        return [text for _, text in said]
    placed = sorted((-float(top[1]), number) for number, top in enumerate(tops) if top)
    return [said[number][1] for _, number in placed]


def grouped(text: str) -> str:
    """Return a part of a formula as it stands beside a mark: in parentheses, unless it is one character or word."""
    return text if len(text) == 1 or text.isalnum() else f"({text})"
