"""Read a link heading: an epoch comment, `[title](address)`, a line of dashes, a 日期 line."""

import re
from typing import Final

from refeed.model import Document, Span, Statement
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

OPENINGS: Final = (b"[", b"<!--")
"""What a heading begins with."""

HEADING_SIZE: Final = 16_384  # real ones stay under 2,400 bytes; the cap keeps hostile files linear

# `<!--1665567543000-->`. Whatever else stands in a comment there, in one line, is a date that cannot be used.
_COMMENT: Final = late_pattern(rb"<!--((?>(?:[^\n\-]|-(?!->))*))-->(?>[ \t]*)\n")
# What generators alone write there: a number, a date, or the word of their language for none.
_EPOCH: Final = late_pattern(
    rb"\s*(?:[+\-]?[0-9.](?>[^\n]*)|[A-Z][a-z]{2}, [0-9](?>[^\n]*)|(?:invalid date|nan|nil|none|null|undefined)\s*)",
    re.IGNORECASE,
)
# The heading as its generators write it, in one go; no mark of it stands in the title or the address.
_USUAL: Final = late_pattern(rb"<!--([0-9]{1,20})-->\n\[((?>[^\n\[\]]*))\]\(((?>[^\n()\[\]]*))\)\n(?>-{3,})\n")
_BLANK_LINES: Final = late_pattern(rb"(?>(?:(?>[ \t]*)\n)*)")
_RULE: Final = late_pattern(rb"\n(?>-{3,})(?>[ \t]*)(?:\n|\Z)")
_DATE: Final = late_pattern("日期(?>[ \t]*)(?::|：)((?>[^\n]*))\n?".encode())
_DATE_SIZE: Final = 200
_HTTP: Final = late_pattern(rb"(?>[ \t]*)(?:https?:)?//", re.IGNORECASE)
_AS_IN_MARKDOWN: Final = late_pattern(r"""(?:<([^<>\s]+)>|([^<>\s]+))(?:\s+(?:"[^"]*"|'[^']*'))?""")  # with a title
_LINK_LINE: Final = late_pattern(rb"\]\((?>[^\n)\]]*)\)(?>[ \t]*)\n")


class Heading(NamedTuple):
    """Where the parts of a link heading lie."""

    start: int
    end: int  # the body begins here
    title: Span
    url: Span
    epoch: Span | None  # what the comment says: a number, if all is well
    date: Span | None  # what follows 日期：
    is_dated: bool  # it has the marks that its generator alone writes: an epoch or a 日期 line


def read_heading(document: Document, start: int) -> Heading | None:
    """Read the heading that begins at this offset, the beginning of a line; None if it is not complete."""
    data = document.data
    usual = _USUAL.match(data, start, start + HEADING_SIZE)
    if usual and data[usual.end() : usual.end() + 1] < b"\x80":
        return Heading(start, usual.end(), usual.span(2), usual.span(3), usual.span(1), None, is_dated=True)
    comment = _COMMENT.match(data, start, start + HEADING_SIZE)
    opening = comment.end() if comment else start
    if data[opening : opening + 1] != b"[":
        return None
    rule = _find_rule(data, opening, start + HEADING_SIZE)
    link = _read_link(data, opening, rule.start()) if rule else None
    if rule is None or link is None:
        return None
    date = _read_date(document, rule.end(), blank_line=comment is None)
    end = date.end() if date else rule.end()
    epoch = comment.span(1) if comment and comment[1].strip() else None
    is_dated = date is not None or (comment is not None and _EPOCH.fullmatch(comment[1]) is not None)
    return Heading(start, end, *link, epoch, date.span(1) if date else None, is_dated)


def heading_below(document: Document, body: int) -> Heading | None:
    """Read the heading that a body begins with, after blank lines."""
    start = skip_blank_lines(document.data, body)
    if not document.data.startswith(OPENINGS, start):
        return None
    heading = read_heading(document, start)
    if heading or document.data[start : start + 1] == b"[":
        return heading
    from refeed.formats.link_headings.damaged_heading import rewritten_heading  # few are

    rewritten = rewritten_heading(document.data, start)
    return rewritten.heading if rewritten else None


def skip_blank_lines(data: bytes, start: int = 0) -> int:
    """Return where the first line begins that holds something."""
    blank = _BLANK_LINES.match(data, start)
    return blank.end() if blank else start


def is_article_link(data: bytes, heading: Heading) -> bool:
    """Return whether a heading without epoch and date is one, not Markdown that begins with a link and a rule."""
    title, url = heading.title, heading.url
    return (
        is_web_link(data, heading)
        and title[0] < title[1]
        and not data.startswith(b"![", title[0])  # a badge
        and _LINK_LINE.search(data, *title) is None  # a list of links
        and url[0] < url[1]
    )


def is_web_link(data: bytes, heading: Heading) -> bool:
    """Return whether the heading's address is an absolute one of the web."""
    return _HTTP.match(data, *heading.url) is not None


def text_of(document: Document, span: Span) -> str:
    """Return a part of the heading on one line."""
    text = document.text(span).strip()
    return text if "\n" not in text else " ".join(part for line in text.split("\n") if (part := line.strip()))


def address_of(document: Document, heading: Heading) -> str:
    """Return the heading's address, without the brackets and the title that Markdown allows it."""
    text = text_of(document, heading.url)
    written = _AS_IN_MARKDOWN.fullmatch(text) if text[-1:] in {">", '"', "'"} else None
    return written[1] or written[2] if written else text


def title_statements(document: Document, heading: Heading) -> tuple[Statement, ...]:
    """Return the title's statement, on one line."""
    return _statement(document, heading.title, "heading")


def link_statements(document: Document, heading: Heading) -> tuple[Statement, ...]:
    """Return the address's statement."""
    text = address_of(document, heading)
    return (Statement(text, "heading"),) if text else ()


def date_statements(document: Document, heading: Heading) -> tuple[Statement, ...]:
    """Return the statements of the date: the epoch is exact, so it comes first."""
    epoch = _statement(document, heading.epoch, "epoch comment") if heading.epoch else ()
    return epoch + _statement(document, heading.date, "日期 line") if heading.date else epoch


def _find_rule(data: bytes, start: int, end: int) -> re.Match[bytes] | None:
    at = data.find(b"\n---", start, end)
    while at >= 0:
        rule = _RULE.match(data, at)
        if rule:
            return rule
        at = data.find(b"\n---", at + 4, end)
    return None


def _read_link(data: bytes, start: int, end: int) -> tuple[Span, Span] | None:
    # The title may hold brackets and newlines, the address parentheses: the last `](` and the last `)` are certain.
    while data[end - 1 : end] in {b" ", b"\t"}:
        end -= 1
    middle = data.rfind(b"](", start, end)
    if middle < 0 or data[end - 1 : end] != b")" or data.find(b"\n", middle, end) >= 0:
        return None
    return (start + 1, middle), (middle + 2, end - 1)


def _read_date(document: Document, start: int, *, blank_line: bool) -> re.Match[bytes] | None:
    data = document.data
    if blank_line and data[start : start + 1] == b"\n":
        start += 1
    if data[start : start + 1] < b"\x80":
        return None
    end = data.find(b"\n", start, start + _DATE_SIZE)
    if end < 0 and len(data) - start > _DATE_SIZE:
        return None
    # Decoded before it is compared: in another encoding 日期 has other bytes, and the error tells the caller.
    document.text((start, end if end >= 0 else len(data)))
    return _DATE.match(data, start)


def _statement(document: Document, span: Span, origin: str) -> tuple[Statement, ...]:
    text = text_of(document, span)
    return (Statement(text, origin),) if text else ()
