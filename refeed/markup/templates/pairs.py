"""Find what stands between two expressions and is taken literally: code, and what is not to be evaluated."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

from refeed.markup.code_spans import Span, code_spans, inside
from refeed.markup.templates.code_shortcodes import END_OF_CODE
from refeed.markup.templates.endings import Endings
from refeed.markup.templates.expression import Expression
from refeed.markup.templates.handlers import write_code, write_code_in_line, write_formula, write_shortcode_code
from refeed.markup.templates.syntax import PlacedExpression, expressions_in
from refeed.markup.templates.table import PAIRS
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# What is kept from being evaluated, and is text like the rest.
RAW: Final = frozenset({"nunjucks", "raw", "verbatim"})
# Components that only colour words; the same name is code elsewhere.
_COLOURED: Final = ("mdx", "highlight")

# What holds code or a formula, in which everything is as its author wrote it.
_WRITE_CODE: Final = (write_code, write_shortcode_code, write_code_in_line, write_formula)
_CODE: Final = frozenset(name for name, handler in PAIRS.items() if handler in _WRITE_CODE)
_ENDED: Final = late_pattern(
    r"(?:\{[{%][-~+<%]?|\[/|</?|::)[ \t\n]*(?:/[ \t]*)?(?:end-?)?"
    rf"(?:{'|'.join(sorted(_CODE | RAW))}|{END_OF_CODE})\b",
    re.IGNORECASE,
)
_REFERENCE: Final = late_pattern(r"&(?:lt|gt|amp|quot|apos|#[0-9]{1,4});")  # in the text of a component


class Pair(NamedTuple):
    """An expression, and where the one stands that ends it."""

    start: int
    end: int
    expression: Expression


def pairs_in(text: str, places: Sequence[PlacedExpression], endings: Endings, *, markdown: bool) -> Iterator[Pair]:
    """Yield what is read as it stands up to its end."""
    beginnings = [place for place in places if place.language != "output" and _may_begin(place.expression)]
    if not beginnings:  # nearly always
        return
    is_block = inside(code_spans(text, markdown=markdown, ticks=False))
    is_code = inside(code_spans(text, markdown=markdown))
    position = 0
    for place in beginnings:
        if place.start < position:
            continue
        expression = place.expression
        end = endings.of(place) if (place.language, expression.name) != _COLOURED else None
        if end is None or is_block(_before(place)) or (is_code(_before(place)) and not begins_line(text, place)):
            continue
        inner = text[place.end : end.start]
        if expression.name == "code" and place.language == "mdx" and "\n" not in inner:
            continue  # in a line, as the element of HTML
        if place.language == "mdx" and expression.name in _CODE and not inner.lstrip().startswith("{"):  # no string
            inner = _REFERENCE.sub(lambda found: unescape(found[0]), inner)
        yield Pair(place.start, end.end, expression._replace(inner=inner))
        position = end.end


def _before(place: PlacedExpression) -> int:
    """Return where to ask whether an expression stands in code: one called as its element begins some itself."""
    return place.start - 1 if place.language == "mdx" else place.start


def code_pairs(text: str, *, markdown: bool, is_source: bool, names: frozenset[str] = _CODE) -> tuple[Span, ...]:
    """Return where code and formulas stand between two expressions, with these; or what has other names."""
    if not _ENDED.search(text):
        return ()
    places = expressions_in(text, is_source=is_source)
    pairs = pairs_in(text, places, Endings(places), markdown=markdown)
    return tuple(Span(pair.start, pair.end) for pair in pairs if pair.expression.name in names)


def begins_line(text: str, place: PlacedExpression) -> bool:
    """Return whether nothing stands before an expression in its line."""
    return not text[text.rfind("\n", 0, place.start) + 1 : place.start].strip()


def is_paragraph(text: str, place: PlacedExpression) -> bool:
    """Return whether nothing but a line break, or the tags around it, stands beside an expression in its line.

    A link of Markdown whose address stands elsewhere is none: `[gallery]: https://…`.
    """
    start, end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    before, behind = text[start : place.start].strip(), text[place.end : end if end >= 0 else len(text)].strip()
    is_alone = (not before or before.endswith(">")) and (not behind or behind.startswith("<"))
    return is_alone and f"{text[place.start : place.end]}:".lower() not in text.lower()


def masked(text: str, pairs: list[Pair]) -> str:
    """Return a text in which pairs cannot be mistaken for code; every place stays where it is."""
    parts: list[str] = []
    position = 0
    for pair in pairs:
        parts += [text[position : pair.start], re.sub(r"[^\n]", "x", text[pair.start : pair.end])]
        position = pair.end
    return "".join(parts) + text[position:]


def _may_begin(expression: Expression) -> bool:
    return not expression.is_end and (expression.name in PAIRS or expression.name in RAW)
