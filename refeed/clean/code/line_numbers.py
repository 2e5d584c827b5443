"""Drop the line numbers of code: columns, marks, and numbers that only their colour tells from the code."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bs4.element import NavigableString, PageElement, Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import all_named, attribute, holds, stands_in, text_of, texts_of, words

# Words for columns and marks that hold line numbers: hexo, Rouge, Pygments, Chroma, SyntaxHighlighter, Crayon,
# VuePress, highlightjs-line-numbers, Prism, react-syntax-highlighter, GitHub, CSDN. Only when nothing but digits is in
# them.
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
        "line-numbers-wrapper",
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
# What may be called by such a word for having line numbers.
_WHOLE: Final = frozenset({"code", "figure", "pre", "table"})


def drop_line_numbers(page: Page, _body: Body) -> Iterator[Note]:
    """Drop columns and marks that only number the lines of the code beside them."""
    for tag in page.candidates(names={"td"}, classes=_NUMBERS):
        named = "class" in tag.attrs and not _NUMBERS.isdisjoint(words(tag))
        if (named or tag.name == "td") and tag.name not in _WHOLE:
            numbers = " ".join(texts_of(tag)).split()
            if all(map(str.isdecimal, numbers)) and (
                _is_beside_code(page, tag) if named else _is_numbering(tag, numbers)
            ):
                yield page.drop(tag)
    for pre in page.elements("pre"):
        for number in _numbers_in(pre):
            yield page.drop(number)
            if isinstance(number.next_sibling, NavigableString) and number.next_sibling.startswith(" "):
                page.replace(number.next_sibling, number.next_sibling[1:])


def _is_beside_code(page: Page, tag: Tag) -> bool:
    beside = (page.neighbour(tag, back=True), page.neighbour(tag, back=False))
    return stands_in(tag, _WHOLE) or any(
        isinstance(element, Tag) and (element.name == "pre" or holds(element, {"pre"})) for element in beside
    )


def _is_numbering(cell: Tag, numbers: list[str]) -> bool:
    """Return whether a cell counts 1, 2, 3 beside a cell with code."""
    beside = cell.find_next_sibling("td")
    if (len(numbers) < 2 and numbers != ["1"]) or not isinstance(beside, Tag) or not holds(beside, {"pre"}):
        return False
    return all(len(number) < 6 and int(number) + 1 == int(after[:6]) for number, after in pairwise(numbers))


def _numbers_in(pre: Tag) -> list[Tag]:
    """List the spans at the beginning of each line that number all of them, as cnblogs writes them: 1, 2, 3."""
    spans = [child for child in pre.contents if isinstance(child, Tag) and child.name == "span"]
    styled = [span for span in spans if "style" in span.attrs and _begins_line(span)]
    numbers = [span for span in styled if text_of(span).strip().isdecimal()]
    if not numbers:  # nearly always
        return []
    counted = [int(text_of(span).strip()[:6]) for span in numbers]
    lines = len(text_of(pre).rstrip("\n").split("\n")) + len(all_named(pre, "br"))
    numbered = 1 < len(counted) == lines and counted == list(range(1, lines + 1))
    return numbers if numbered and len({attribute(span, "style") for span in numbers}) == 1 else []


def _begins_line(tag: Tag) -> bool:
    before: PageElement | None = tag.previous_sibling
    if isinstance(before, NavigableString):
        return before.endswith("\n")
    return before is None or (isinstance(before, Tag) and before.name == "br")
