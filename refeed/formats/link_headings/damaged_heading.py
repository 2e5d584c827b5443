"""Recognise a link heading of which a mark was damaged: in its comment, brackets, line breaks or rule.

An article is not lost for a byte, and nothing else becomes one: two marks at most may be damaged, and the date by which
its generator is known has to be there.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from refeed.formats._once import once
from refeed.formats.link_headings.heading import HEADING_SIZE, Heading
from refeed.model import Document
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_MOST: Final = 2  # marks
_RULES: Final = 4  # how many rules are tried
_ANY: Final = rb"(?:[\xc2-\xf4][\x80-\xbf]{1,3}|[\x00-\xff])"  # a character, or a byte that is none


def _damaged(mark: bytes) -> bytes:
    """Return the pattern of a mark of which one character may be another."""
    letters = [re.escape(mark[at : at + 1]) for at in range(len(mark))]
    return b"(?:" + b"|".join(b"".join([*letters[:at], _ANY, *letters[at + 1 :]]) for at in range(len(letters))) + b")"


_OPENING: Final = late_pattern(
    b"(" + _damaged(b"<!--") + rb")([^<>\[\]]{3,24}?)(" + _damaged(b"-->") + b")(" + _ANY + b")(" + _ANY + b")"
)
_NUMBER: Final = late_pattern(
    rb"NaN|(?=(?:[^0-9]?[0-9]){9})[\x00-\xff]{10,20}"
)  # each digit may be the one behind a damaged one
_SCHEME: Final = b"(?:" + _damaged(b"http") + b"s?://|https?" + _damaged(b"://") + b")"
_LINK: Final = late_pattern(b"(" + _damaged(b"](") + rb")(?=https?://)|(\]\()(?=" + _SCHEME + b")")
_FIRST: Final = late_pattern(_ANY)
_END: Final = late_pattern(b"(" + _ANY + b")(" + _ANY + rb")\Z")
_RULE: Final = late_pattern(rb"(?<!-)((?!\n)" + _damaged(b"------") + b")(?!-)(" + _ANY + b")")
_DASHES: Final = b"---"  # of a rule of which one character may be another
_BEFORE: Final = 6  # bytes of such a rule before them: two dashes and a character of four bytes at most
# A 日期 line, one of whose first characters at least is whole, before what dates begin with.
_DATE: Final = late_pattern(
    rb"\n?((?=[\x00-\xff]{0,12}?(?:" + b"|".join(map(str.encode, "日期：")) + rb"))[\x00-\xff]{3,18}?)"
    rb"((?:[A-Z][a-z]{2},? ?[0-9]|[0-9]{4}[-/.]|[0-9]{1,2} [A-Z])[^\n]{6,60})(?:\n|\Z)"
)
_LABEL: Final = "日期：".encode()
# A whole epoch comment, and what programs that tidy Markdown make of the heading: a blank line above it, a heading of
# Markdown, another rule or none, an address in angle brackets or with a title.
_REWRITTEN: Final = late_pattern(
    rb"<!--(?>[ \t]*)(?P<epoch>[0-9]{9,20}|NaN)(?>[ \t]*)-->(?>[ \t]*)(?P<break>\n\s{0,80})"
    rb"(?P<mark>#{1,6}(?>[ \t]+))?\[(?P<title>(?:(?!\]\()[^\n]){1,1000})\]\((?P<open><)?(?P<url>https?://[^\s<>]{1,2000})"
    rb"(?(open)>)(?P<name>[ \t]+(?:\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}'))?\)(?(mark)#*)(?>[ \t]*)"
    rb"(?:\n\s{0,80}?(?P<rule>(?:-{3,}|={3,}|(?:\*[ \t]*){3,}|_{3,})(?>[ \t]*)(?:\n|\Z))|(?:\n[ \t]*)?(?:\n|\Z))"
)


class DamagedHeading(NamedTuple):
    """A heading, and the marks of it that are damaged, as they should be."""

    heading: Heading
    marks: tuple[str, ...]


@once
def damaged_heading(document: Document) -> DamagedHeading | None:
    """Return the heading that a file begins with, if marks of it are damaged; None if it is whole, or none."""
    data = document.data[:HEADING_SIZE]
    start = len(data) - len(data.lstrip())
    if rewritten := rewritten_heading(data, start):
        return rewritten
    comment = _OPENING.match(data, start)
    if comment and not _NUMBER.fullmatch(comment[2]):
        comment = None
    for rule in islice(_rules(data, start), _RULES):
        found = _above(data, start, comment, rule)
        if found and 0 < len(found.marks) <= _MOST:
            return found
    return None


def rewritten_heading(data: bytes, start: int) -> DamagedHeading | None:
    """Return the heading that begins there below its whole comment, as programs that tidy Markdown leave it."""
    match = _REWRITTEN.match(data, start, start + HEADING_SIZE)
    if match is None:
        return None
    as_written = (match["break"] == b"\n", not match["mark"], not match["open"] and not match["name"])
    marks = [mark for mark, stands in zip(("\n", "[", "]("), as_written, strict=True) if not stands]
    if not (match["rule"] or b"").startswith(b"------"):
        marks.append("------")
    spans = (match.span("title"), match.span("url"), match.span("epoch"))
    return DamagedHeading(Heading(match.start(), match.end(), *spans, None, is_dated=True), tuple(marks))


def _rules(data: bytes, start: int) -> Iterator[re.Match[bytes]]:
    """Yield the rules in their order, whole or damaged: looked for around dashes, which few places have."""
    while (dashes := data.find(_DASHES, start)) >= 0:
        begins = range(max(start, dashes - _BEFORE), dashes + 1)
        rule = next(filter(None, (_RULE.match(data, begin) for begin in begins)), None)
        if rule:
            yield rule
        start = rule.end() if rule else dashes + 1


def _above(data: bytes, start: int, comment: re.Match[bytes] | None, rule: re.Match[bytes]) -> DamagedHeading | None:
    """Return the heading that ends with a rule, with all of its marks that are damaged."""
    end = _END.search(data, start, rule.start())
    link = _last(_LINK.finditer(data, start, rule.start())) if end else None
    date = None if comment else _DATE.match(data, rule.end())
    if end is None or link is None or b"\n\n" in data[start : end.start()]:
        return None
    said = [(b"address", (link.end(), end.start()))]
    marks = [(link[0], b"]("), (end[1], b")"), (end[2], b"\n"), (rule[1], b"------"), (rule[2], b"\n")]
    if comment:
        title = comment.end()
        marks += [(comment[1], b"<!--"), (comment[3], b"-->"), (comment[4], b"\n"), (comment[5], b"[")]
        said.append((b"number", comment.span(2)))
    elif date:
        title = start + len(_FIRST.findall(data[start : start + 4])[0])
        marks += [(data[start:title], b"["), (date[1], _LABEL)]
    else:
        return None
    marks += [(b"", name) for name, span in said if b"\n" in data[span[0] : span[1]]]
    heading = Heading(
        start=start,
        end=date.end() if date else rule.end(),
        title=(title, link.start()),
        url=(link.end(), end.start()),
        epoch=comment.span(2) if comment else None,
        date=date.span(2) if date else None,
        is_dated=True,
    )
    return DamagedHeading(heading, tuple(mark.decode() for stands, mark in marks if stands != mark))


def _last(matches: Iterable[re.Match[bytes]]) -> re.Match[bytes] | None:
    last = deque(matches, maxlen=1)
    return last[0] if last else None
