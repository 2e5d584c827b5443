"""Keep code as it was written, every line on its own; the modules here make code of other elements."""

from collections.abc import Iterator
from typing import Final

from bs4.element import NavigableString, Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import all_named, holds, make, stands_in, text_of, words

# What holds code without being a <pre>: SyntaxHighlighter 2 (a list) and 3, Crayon.
_CODE: Final = frozenset({"crayon-pre"})
_CODE_LISTS: Final = frozenset({"dp-highlighter"})
_CODE_BOXES: Final = frozenset({"syntaxhighlighter"})
# Cells of a table that has one row for every line: GitHub, highlightjs-line-numbers.
_LINE_CELLS: Final = frozenset({"blob-code", "hljs-ln-code"})
_LINES: Final = frozenset({"li", "td"})
_LINE_SPANS: Final = frozenset({"code-line", "line", "token-line"})


def keep_lines(page: Page, _body: Body) -> Iterator[Note]:
    """Make code that is laid out as a table, a list or boxes a <pre> with lines."""
    for tag in page.candidates(names={"table"}, classes=_CODE | _CODE_LISTS | _CODE_BOXES):
        if tag.name == "table" and not _LINE_CELLS.isdisjoint(_classes_of_cells(tag)):
            yield from _keep_rows(page, tag)
        elif "class" in tag.attrs and (code := _code_in(tag)):
            page.rename(code, "pre")
            yield 0
    for pre in list(page.elements("pre")):
        _keep_codes_apart(page, pre)
        _keep_spans_apart(page, pre)
        _keep_empty_lines(page, pre)


def _classes_of_cells(table: Tag) -> set[str]:
    """Collect the words of the first row's cells; a table of lines is the same in every row."""
    row = table.find("tr")
    return {word for cell in all_named(row, "td") for word in words(cell)} if isinstance(row, Tag) else set()


def _keep_rows(page: Page, table: Tag) -> Iterator[Note]:
    """Make a table with a line of code in each row a <pre>, without the white space between its rows."""
    for element in list(table.descendants):
        if type(element) is NavigableString and not element.strip() and not stands_in(element, {"td"}):
            page.replace(element, "")
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
    if not _CODE_BOXES.isdisjoint(names) and not holds(box, {"pre"}):
        return box.find(class_="container")
    return None


def _keep_codes_apart(page: Page, pre: Tag) -> None:
    """Make several <code> in a <pre> lines, where nothing else parts them; else only their text is left."""
    codes = all_named(pre, "code")
    if len(codes) < 2:
        return
    alone = all(isinstance(child, Tag) and child.name in {"br", "code", "wbr"} for child in pre.contents)
    breaks = len(pre.find_all("br", recursive=False))  # a few are empty lines; as many as lines are their ends
    lined = alone and breaks < len(codes) - 1 and not any("\n" in text_of(code) for code in codes)
    for code in codes:
        page.unwrap(code)
        if lined:
            page.rename(code, "div")
            _end_line(page, code)


def _keep_spans_apart(page: Page, pre: Tag) -> None:
    """End the lines that a highlighter has put into elements of their own, where a style did that alone (Shiki)."""
    lines = [span for span in all_named(pre, "span") if not _LINE_SPANS.isdisjoint(words(span))]
    if len(lines) > 1 and "\n" not in text_of(pre).strip("\n") and not holds(pre, {"br"}):
        for line in lines[:-1]:
            page.append(line, NavigableString("\n"))


def _end_line(page: Page, line: Tag) -> None:
    """Leave no break at the end of a line that is a block, and nothing else in an empty one: WeChat has both."""
    if not text_of(line):
        page.keep_only(line, [make("br")])
        return
    ends = (
        element for element in reversed(list(line.descendants)) if not isinstance(element, Tag) or element.name == "br"
    )
    last = next((element for element in ends if isinstance(element, Tag) or str(element)), None)
    if isinstance(last, Tag):
        page.drop(last)


def _keep_empty_lines(page: Page, pre: Tag) -> None:
    """Put a line break into rows and items without text: they are empty lines."""
    for line in all_named(pre, *_LINES):
        if not text_of(line) and not line.contents:
            page.append(line, make("br"))
