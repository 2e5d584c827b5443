"""Files of static sites: front matter, then the body; `hybrid` when a link heading stands between the two."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from refeed.formats import Format, Match
from refeed.formats._fences import Header, Notation, find_header, known_keys
from refeed.formats._frontmatter import FrontMatter, read_front_matter
from refeed.formats._heading import Heading, is_dated, is_web_link, read_heading, said_dates, said_link, said_title
from refeed.formats._vocabulary import page_mark, statements
from refeed.model import Document, Draft
from refeed.problems import Problem

_BLANK_LINES: Final = re.compile(rb"(?:[ \t]*+\n)*+")
_SETTING: Final = re.compile(rb"[A-Za-z_][\w-]{0,64}[ \t]*+:(?=\s|\Z)")
_DATE_KEYS: Final = frozenset({b"created", b"date", b"pubdate", b"published", b"publishdate"})

# What these files hold may look like the header of an article that has no text.
_DATA_SUFFIXES: Final = (".cfg", ".conf", ".ini", ".json", ".toml", ".yaml", ".yml")


def sniff(document: Document) -> Match:
    """Claim a closed header with a known key; other notations have to say more."""
    header = find_header(document.data)
    if header is None or _is_data(document, header):
        return Match.NO
    if header.notation is Notation.YAML or header.notation is Notation.TOML:  # members of an Enum are slow to hash
        return Match.SURE
    if header.notation is Notation.OPEN:
        return Match.MAYBE
    is_header = _is_json_header if header.notation is Notation.JSON else _is_unfenced_header
    return Match.LIKELY if is_header(document, header) else Match.NO


def parse(document: Document, *, outline: bool = False) -> Iterator[Draft | Problem]:
    """Yield the faults of the header, then the one record, or the reason why the file is none."""
    header = find_header(document.data)
    if header is None:
        return
    matter = read_front_matter(document, header)
    path = document.source.path
    for fault in matter.faults:
        yield Problem("bad-header", path, fault.line, fault.message)
    fields = statements(matter.values, outline=outline)
    heading = _heading(document, matter, fields)
    reason = None if heading or "dates" in fields else _page_reason(matter, fields)
    if reason:
        yield Problem("site-page", path, document.line_at(matter.start), reason)
    elif heading:
        yield _hybrid(document, matter, heading, fields)
    else:
        span, body = (matter.start, len(document.data)), (matter.body, len(document.data))
        line = document.line_at(matter.start)
        yield Draft(format="front-matter", line=line, span=span, body=body, markdown=True, **fields)


def _is_unfenced_header(document: Document, header: Header) -> bool:
    keys = known_keys(document.data, header.text)
    if b"title" not in keys or len(keys) < 2:
        return False
    if header.notation is Notation.BARE or keys & _DATE_KEYS:
        return True
    body = _BLANK_LINES.sub(b"", document.data[header.body : header.body + 200], count=1)
    return bool(body.strip()) and not _SETTING.match(body)


def _is_json_header(document: Document, header: Header) -> bool:
    matter = read_front_matter(document, header)
    fields = statements(matter.values)
    body = document.data[matter.body :].strip()
    if body.startswith(b"{"):  # JSON Lines: records of a program, not a header and its article
        return False
    return bool("titles" in fields and (body or fields.keys() & {"dates", "links"}))


def _is_data(document: Document, header: Header) -> bool:
    if not document.source.path[-5:].lower().endswith(_DATA_SUFFIXES):
        return False
    if header.notation in {Notation.BARE, Notation.LINES, Notation.OPEN}:
        return True
    return header.notation is not Notation.JSON and not document.data[header.body :].strip()


def _heading(document: Document, matter: FrontMatter, fields: dict[str, Any]) -> Heading | None:
    data = document.data
    blank = _BLANK_LINES.match(data, matter.body)
    start = blank.end() if blank else matter.body
    if data[start : start + 1] not in {b"<", b"["}:
        return None
    heading = read_heading(document, start)
    if heading is None or is_dated(heading):
        return heading
    # A body may begin with a link and a rule of its own: without epoch the two statements have to agree on something.
    said = {text for text, _ in said_title(document, heading) + said_link(document, heading)}
    stated = {text for text, _ in (*fields.get("titles", ()), *fields.get("links", ()))}
    return heading if is_web_link(data, heading) and said & stated else None


def _hybrid(document: Document, matter: FrontMatter, heading: Heading, fields: dict[str, Any]) -> Draft:
    return Draft(
        format="hybrid",
        line=document.line_at(matter.start),
        span=(matter.start, len(document.data)),
        body=(heading.end, len(document.data)),
        **{
            **fields,
            "titles": fields.get("titles", ()) + said_title(document, heading),
            "dates": fields.get("dates", ()) + said_dates(document, heading),
            "links": fields.get("links", ()) + said_link(document, heading),
        },
    )


def _page_reason(matter: FrontMatter, fields: dict[str, Any]) -> str | None:
    mark = page_mark(matter.values)
    if mark:
        return f"no date, and {mark}"
    return None if fields.keys() & {"titles", "links"} else "no date and no title"


FORMAT: Final = Format(name="front-matter", sniff=sniff, parse=parse, outline=partial(parse, outline=True))
