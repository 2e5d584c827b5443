"""Read the records of a file that begins with a link heading; shared by epoch-link and dated-link."""

import re
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Final

from refeed.formats._once import once
from refeed.formats.link_headings.heading import (
    HEADING_SIZE,
    OPENINGS,
    Heading,
    date_statements,
    is_article_link,
    is_web_link,
    link_statements,
    read_heading,
    skip_blank_lines,
    title_statements,
)
from refeed.limits import limit_message
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

if TYPE_CHECKING:
    from refeed.formats.link_headings.damaged_heading import DamagedHeading

_OPENINGS: Final = frozenset({b"\t", b"\n", b" ", b"<", b"["})
_NUMBER: Final = late_pattern(rb"<!--[0-9]{1,20}-->\n\[")
LINK_END: Final = b")\n------"  # of a link, and the rule under it, as the generators write it
_CONTAINER: Final = late_pattern(
    rb"<(/?)(?:article|aside|blockquote|code|details|div|figure|main|ol|pre|section|table|textarea|ul)\b", re.IGNORECASE
)
# The comment with the epoch, on a line of its own.
_COMMENT: Final = late_pattern(rb"<!--(?:[0-9]{1,20}|NaN)-->(?>[ \t]*)(?:\n|\Z)")


def may_begin_with_heading(data: bytes) -> bool:
    """Return whether the first byte allows a heading: most files of other formats are told by it."""
    return data[:1] in _OPENINGS


@once
def first_heading(document: Document) -> Heading | None:
    """Read the heading that a file of link headings begins with; None if it begins otherwise."""
    data = document.data
    start = _first_line(data)
    if not data.startswith(OPENINGS, start):
        return None
    heading = read_heading(document, start)
    if heading is None or heading.is_dated or is_article_link(data, heading):
        return heading
    return None


def damaged_first_heading(document: Document) -> "DamagedHeading | None":
    """Read the heading that a file begins with, if marks of it are damaged and it is dated all the same."""
    heading = first_heading(document) if may_begin_with_heading(document.data) else None
    head = document.data[:HEADING_SIZE]
    if (
        (heading and heading.is_dated)
        or head[:3] == b"---"
        or (b"---" not in head and b"<!--" not in head)
        or (b"http" not in head and b"://" not in head)
    ):
        return None
    from refeed.formats.link_headings.damaged_heading import damaged_heading  # few headings are damaged

    return damaged_heading(document)


def begins_with_epoch(data: bytes) -> bool:
    """Return whether the file's first line is an epoch comment, whatever follows."""
    return _COMMENT.match(data, _first_line(data)) is not None


def parse_records(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every record, named by its own heading."""
    heading, damaged = first_heading(document), damaged_first_heading(document)
    if damaged:
        heading, line = damaged.heading, document.line_at(damaged.heading.start)
        marks = ", ".join(map(repr, damaged.marks))
        yield Problem("bad-header", f"marks of the heading are damaged: {marks}", document.source.path, line)
    if heading is None:
        line = document.line_at(_first_line(document.data))
        message = "the epoch comment is not followed by [title](address) and a line of dashes"
        yield Problem("bad-header", message, document.source.path, line)
        return
    line, most = document.line_at(heading.start), document.limits.max_records
    further = _further_headings(document, heading.end)
    for number in count(1):
        following = next(further, None)
        yield _record(document, heading, line, following.start if following else len(document.data))
        if following is None:
            return
        line += document.data.count(b"\n", heading.start, following.start)
        if number == most:
            yield Problem("over-limit", limit_message(most, "articles", "max_records"), document.source.path, line)
            return
        heading = following


def _record(document: Document, heading: Heading, line: int, end: int) -> RawRecord:
    return RawRecord(
        format="dated-link" if heading.date else "epoch-link",
        line=line,
        span=(heading.start, end),
        body=(heading.end, end),
        titles=title_statements(document, heading),
        dates=date_statements(document, heading),
        links=link_statements(document, heading),
    )


def _further_headings(document: Document, start: int) -> Iterator[Heading]:
    # A body comes from strangers, so that only the complete heading, after a blank line, begins another record. Rules
    # are rare, so they lead the search; each looks back no further than to the one before: the whole is linear.
    data, counted, still_open = document.data, start, 0
    last = data.rfind(LINK_END, start)  # from the end, because mostly there is none
    rule = data.find(LINK_END, start) if last >= 0 else -1
    while rule >= 0:
        line = data.rfind(b"\n", start, rule) + 1 or start
        if data.find(b"](http", line, rule) >= 0:
            heading = _heading_above(document, start, rule)
            if heading:
                still_open += _still_open(data[counted : heading.start])
                counted = heading.start
            if heading and not (still_open > 0 and _closes_more(data, heading)):
                yield heading
                counted, still_open = heading.end, 0
        start = rule + 1  # the line break in front of the dashes: no title reaches over them
        rule = data.find(LINK_END, rule + len(LINK_END)) if rule < last else -1


def _heading_above(document: Document, start: int, rule: int) -> Heading | None:
    data = document.data
    # The break before the blank line may be the one that ended the rule above, hence one byte earlier.
    begins = [data.rfind(mark, start - 1, rule) for mark in (b"\n\n[", b"\n\n<!--")]
    for begin in sorted((at + 2 for at in begins if at >= 0), reverse=True):  # the nearest complete one
        if data[begin : begin + 1] == b"<" and not _NUMBER.match(data, begin):
            continue
        heading = read_heading(document, begin)
        if heading and heading.end > rule and heading.is_dated and is_web_link(data, heading):
            return heading
    return None


def _closes_more(data: bytes, heading: Heading) -> bool:
    """Return whether more elements are closed below a heading than opened: then it stands inside them."""
    after = data.find(LINK_END, heading.end)
    return _still_open(data[heading.end : after if after >= 0 else len(data)]) < 0


def _still_open(html: bytes) -> int:
    closing = [tag[1] for tag in _CONTAINER.finditer(html)]
    return len(closing) - 2 * closing.count(b"/")


def _first_line(data: bytes) -> int:
    if data[:1] in {b"<", b"[", b"-"}:  # as nearly every file begins
        return 0
    return skip_blank_lines(data)
