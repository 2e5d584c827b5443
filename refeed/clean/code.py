"""Leave code as it was written: without the numbers of its lines, every line on a line of its own."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from refeed.clean.types import Body, Note
from refeed.html.tree import drop, make, neighbour, squeeze, standing, stands_in, tags, unwrap, words

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


def drop_line_numbers(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Drop columns and marks that only number the lines of the code beside them."""
    for tag in standing(tags(soup)):
        named = "class" in tag.attrs and not _NUMBERS.isdisjoint(words(tag))
        if (named or tag.name == "td") and tag.name not in _WHOLE:
            numbers = tag.get_text(" ").split()
            if all(map(str.isdecimal, numbers)) and (_is_beside_code(tag) if named else _is_numbering(tag, numbers)):
                yield drop(tag)


def keep_lines(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Make code that is laid out as a table, a list or boxes a <pre> with lines."""
    elements = tags(soup)
    for tag in standing(elements):
        if tag.name == "table" and not _LINE_CELLS.isdisjoint(_classes_of_cells(tag)):
            yield from _keep_rows(tag)
        elif "class" in tag.attrs and (code := _code_in(tag)):
            code.name = "pre"
            yield 0
    for tag in elements:
        if tag.name == "pre":
            _keep_codes_apart(tag)
            _keep_empty_lines(tag)


def _is_beside_code(tag: Tag) -> bool:
    beside = (neighbour(tag, back=True), neighbour(tag, back=False))
    return stands_in(tag, _WHOLE) or any(
        isinstance(element, Tag) and (element.name == "pre" or element.find("pre")) for element in beside
    )


def _is_numbering(cell: Tag, numbers: list[str]) -> bool:
    """Tell a cell that counts 1, 2, 3 beside a cell with code."""
    beside = cell.find_next_sibling("td")
    if (len(numbers) < 2 and numbers != ["1"]) or not isinstance(beside, Tag) or beside.find("pre") is None:
        return False
    return all(len(number) < 6 and int(number) + 1 == int(after[:6]) for number, after in pairwise(numbers))


def _classes_of_cells(table: Tag) -> set[str]:
    """Collect the words of the first row's cells; a table of lines is the same in every row."""
    row = table.find("tr")
    return {word for cell in row.find_all("td") for word in words(cell)} if isinstance(row, Tag) else set()


def _keep_rows(table: Tag) -> Iterator[Note]:
    """Make a table with a line of code in each row a <pre>, without the white space between its rows."""
    for element in list(table.descendants):
        if type(element) is NavigableString and not element.strip() and not stands_in(element, {"td"}):
            element.replace_with("")
    if not stands_in(table, {"pre"}):
        table.name = "pre"
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


def _keep_codes_apart(pre: Tag) -> None:
    """Make several <code> in a <pre> lines, where nothing else parts them; else only their text is left."""
    codes = pre.find_all("code")
    if len(codes) < 2:
        return
    alone = all(isinstance(child, Tag) and child.name == "code" for child in pre.contents)
    lined = alone and not any("\n" in code.get_text() or code.find("br") for code in codes)
    for code in codes:
        unwrap(code)
        if lined:
            code.name = "div"
            if not squeeze(code.get_text()):
                code.append(make("br"))


def _keep_empty_lines(pre: Tag) -> None:
    """Return rows and items without text a line break: they are empty lines."""
    for line in pre.find_all(list(_LINES)):
        if not line.get_text() and not line.contents:
            line.append(make("br"))
