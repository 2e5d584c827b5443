"""Leave code as it was written: without the numbers of its lines, every line on a line of its own."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bs4.element import NavigableString, Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import make, shown, stands_in, words

# Words for columns and marks that hold line numbers: hexo, Rouge, Pygments, Chroma, SyntaxHighlighter, Crayon,
# highlightjs-line-numbers, Prism, react-syntax-highlighter, GitHub, CSDN. Only when nothing but digits is in them.
_NUMBERS: Final = frozenset(
    {
        "blob-num",
        "code-line-number",
        "crayon-nums",
        "gutter",
        "hljs-ln-numbers",
        "line-number",
        "line-numbers",
        "line-numbers-rows",
        "linenos",
        "linenodiv",
        "lineno",
        "linenumber",
        "ln",
        "lnt",
        "pre-numbering",
        "react-syntax-highlighter-line-number",
        "rouge-gutter",
    }
)
# What holds code without being a <pre>: SyntaxHighlighter 2 (a list) and 3, Crayon.
_CODE: Final = frozenset({"crayon-pre"})
_CODE_LISTS: Final = frozenset({"dp-highlighter"})
_CODE_BOXES: Final = frozenset({"syntaxhighlighter"})
# Cells of a table that has one row for every line: GitHub, highlightjs-line-numbers.
_LINE_CELLS: Final = frozenset({"blob-code", "hljs-ln-code"})
_LINES: Final = frozenset({"li", "td"})
# What may be called by such a word for having line numbers.
_WHOLE: Final = frozenset({"code", "figure", "pre", "table"})


def drop_line_numbers(page: Page, _body: Body) -> Iterator[Note]:
    """Drop columns and marks that only number the lines of the code beside them."""
    for tag in page.elements():
        named = "class" in tag.attrs and not _NUMBERS.isdisjoint(words(tag))
        if (named or tag.name == "td") and tag.name not in _WHOLE:
            numbers = tag.get_text(" ").split()
            if all(map(str.isdecimal, numbers)) and (
                _is_beside_code(page, tag) if named else _is_numbering(tag, numbers)
            ):
                yield page.drop(tag)


def keep_lines(page: Page, _body: Body) -> Iterator[Note]:
    """Make code that is laid out as a table, a list or boxes a <pre> with lines."""
    for tag in page.elements():
        if tag.name == "table" and not _LINE_CELLS.isdisjoint(_classes_of_cells(tag)):
            yield from _keep_rows(page, tag)
        elif "class" in tag.attrs and (code := _code_in(tag)):
            page.rename(code, "pre")
            yield 0
    for pre in list(page.elements("pre")):
        _keep_codes_apart(page, pre)
        _keep_empty_lines(page, pre)


def _is_beside_code(page: Page, tag: Tag) -> bool:
    beside = (page.neighbour(tag, back=True), page.neighbour(tag, back=False))
    return stands_in(tag, _WHOLE) or any(
        isinstance(element, Tag) and (element.name == "pre" or element.find("pre")) for element in beside
    )


def _is_numbering(cell: Tag, numbers: list[str]) -> bool:
    """Return whether a cell counts 1, 2, 3 beside a cell with code."""
    beside = cell.find_next_sibling("td")
    if (len(numbers) < 2 and numbers != ["1"]) or not isinstance(beside, Tag) or beside.find("pre") is None:
        return False
    return all(len(number) < 6 and int(number) + 1 == int(after[:6]) for number, after in pairwise(numbers))


def _classes_of_cells(table: Tag) -> set[str]:
    """Collect the words of the first row's cells; a table of lines is the same in every row."""
    row = table.find("tr")
    return {word for cell in row.find_all("td") for word in words(cell)} if isinstance(row, Tag) else set()


def _keep_rows(page: Page, table: Tag) -> Iterator[Note]:
    """Make a table with a line of code in each row a <pre>, without the white space between its rows."""
    for element in list(table.descendants):
        if type(element) is NavigableString and not element.strip() and not stands_in(element, {"td"}):
            page.set_text(element, "")
    if not stands_in(table, {"pre"}):
        page.rename(table, "pre")
        yield 0


def _code_in(box: Tag) -> Tag | None:
    """Return the element that holds the lines of a highlighter's box."""
    names = words(box)
    if not _CODE.isdisjoint(names):
        return box
    if not _CODE_LISTS.isdisjoint(names):
        return box.find("ol")
    if not _CODE_BOXES.isdisjoint(names) and box.find("pre") is None:
        return box.find(class_="container")
    return None


def _keep_codes_apart(page: Page, pre: Tag) -> None:
    """Make several <code> in a <pre> lines, where nothing else parts them; else only their text is left."""
    codes = pre.find_all("code")
    if len(codes) < 2:
        return
    alone = all(isinstance(child, Tag) and child.name == "code" for child in pre.contents)
    lined = alone and not any("\n" in code.get_text() or code.find("br") for code in codes)
    for code in codes:
        page.unwrap(code)
        if lined:
            page.rename(code, "div")
            if not shown(code):
                page.append(code, make("br"))


def _keep_empty_lines(page: Page, pre: Tag) -> None:
    """Put a line break into rows and items without text: they are empty lines."""
    for line in pre.find_all(list(_LINES)):
        if not line.get_text() and not line.contents:
            page.append(line, make("br"))
