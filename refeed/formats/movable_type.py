"""Exports of Movable Type, which TypePad, Hatena, FC2, livedoor and Seesaa write too: a whole blog in one file.

An entry is lines of fields, then parts, each below a line of five dashes and its name; a line of eight ends it
(movabletype.org, "Import / Export Format"). Nothing is escaped, so a line of dashes counts only above what may follow.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from refeed.formats import Format, Match
from refeed.formats.publication import stated as publication
from refeed.formats.publication.words import PUBLISHED
from refeed.limits import limit_message
from refeed.model import Document, RawRecord, Span, Statement
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import Value, key_name

_KNOWN_FIELDS: Final = (
    *("ALLOW COMMENTS", "ALLOW PINGS", "AUTHOR", "BASENAME", "CATEGORY", "CONVERT BREAKS", "DATE", "IMAGE", "NO ENTRY"),
    *("PRIMARY CATEGORY", "STATUS", "TAGS", "TITLE", "UNIQUE URL"),
)
_KNOWN_PARTS: Final = ("BODY", "COMMENT", "EXCERPT", "EXTENDED BODY", "KEYWORDS", "PING")
_NAME: Final = "[A-Z](?>[A-Z ]{1,30}):"
_ASIDE: Final = r"(?>(?:[ \t]*(?:#[^\n]*)?\n)*)"  # blank lines and comments
_HEADER: Final = rf"{_ASIDE}(?>(?:{_NAME}[^\n]*\n{_ASIDE})+)-{{5}}[ \t]*\n"
# The header of a first entry, and the line of a part below it.
_OPENING: Final = late_pattern(rf"(?>\s*){_HEADER}(?:{'|'.join(_KNOWN_PARTS)}):[ \t]*\n".encode())
_FIELD: Final = late_pattern(rf"({_NAME})(?>[ \t]*)((?>[^\n]*))")
# Below the end of an entry another one begins: with a field of the format, or with others that parts follow.
_END_OF_ENTRY: Final = late_pattern(
    rf"^-{{8}}[ \t]*(?:\n|\Z)(?=(?>\s*)(?:\Z|(?:{'|'.join(_KNOWN_FIELDS)}):|{_HEADER}))".encode(), re.MULTILINE
)
# A part begins where a name ends its line; below blank lines, as Movable Type 3 and 4 write them, a name of the format.
# Fields may follow the parts if they say who may read the entry.
_END_OF_PART: Final = late_pattern(
    rf"^-{{5}}[ \t]*(?:\n|\Z)(?={_NAME}[ \t]*(?:\n|\Z)|(?:{_NAME}[^\n]*\n){{0,20}}?(?:STATUS|PASSWORD|SECRET):"
    rf"|(?>\s*)(?:(?:{'|'.join(_KNOWN_PARTS)}):[ \t]*\n|\Z))",
    re.MULTILINE,
)
_BODIES: Final = ("BODY", "EXTENDED BODY")
_CATEGORIES: Final = ("PRIMARY CATEGORY", "CATEGORY")
_TAG: Final = late_pattern(r'"((?>[^"]*))"|([^",]+)')
_AMERICAN: Final = late_pattern(
    r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}) ([0-9]{1,2})(:[0-9]{2}(?::[0-9]{2})?)(?: ([AP])M)?"
)
_MONTHS: Final = 12


class _Entry(NamedTuple):
    """One entry: its fields, which may come several times, its parts by their names, and the names of other parts."""

    fields: Mapping[str, list[str]]
    parts: Mapping[str, str]
    unknown: tuple[str, ...]

    def first(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "")


def sniff(document: Document) -> Match:
    """Claim what begins with the fields of an entry and its text."""
    return Match.SURE if _OPENING.match(document.data) else Match.NO


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every entry, one at a time: an export may be as large as a file may be."""
    document.require_utf8()
    line, counted_to, most = 1, 0, document.limits.max_records
    for number, span in enumerate(_spans(document.data)):
        line += document.data.count(b"\n", counted_to, span[0])
        counted_to = span[0]
        if number == most:
            yield Problem("over-limit", limit_message(most, "articles", "max_records"), document.source.path, line)
            return
        text = document.text(span)
        entry, is_last = _read(text), span[1] == len(document.data)
        if entry.parts or not is_last:
            yield _record(entry, line, span, document.limits.max_body_bytes)
        for name in entry.unknown:
            yield Problem("private-part", f"unknown part {name!r}: left out", document.source.path, line)
        if is_last and not text.rstrip().endswith("-----"):
            yield Problem("broken-feed", "the file ends within this entry", document.source.path, line)


def _spans(data: bytes) -> Iterator[Span]:
    """Yield where each entry lies, from its first field on; the last one may have lost its end."""
    start = 0
    for match in chain(_END_OF_ENTRY.finditer(data), (None,)):
        end = match.start() if match else len(data)
        if entry := data[start:end].lstrip():
            yield end - len(entry), end
        start = match.end() if match else end


def _read(text: str) -> _Entry:
    header, *below = _END_OF_PART.split(text)
    fields, parts, unknown = [header], dict[str, str](), list[str]()
    for part in below:
        line, _, content = part.lstrip().partition("\n")
        name, _, value = line.partition(":")
        if value.strip():
            fields.append(part)
        elif name in _KNOWN_PARTS:
            parts.setdefault(name, content.strip("\n"))
        elif content.strip():
            unknown.append(name)
    return _Entry(_fields("\n".join(fields)), parts, tuple(dict.fromkeys(unknown)))


def _fields(header: str) -> dict[str, list[str]]:
    fields = dict[str, list[str]]()
    for match in map(_FIELD.match, header.split("\n")):
        if match and match[2].strip():
            fields.setdefault(match[1][:-1], []).append(match[2].strip())
    return fields


def _record(entry: _Entry, line: int, span: Span, most: int) -> RawRecord:
    """Return what an entry says; of each text one character more than may go out, so that a cut is reported."""
    from refeed.formats.bodies.movable_type_text import paragraphs  # few archives hold such exports

    breaks = entry.first("CONVERT BREAKS").lower()
    texts = [text[: most + 1] for name in _BODIES if (text := entry.parts.get(name, "")).strip()]
    is_markdown = breaks.startswith("markdown")
    return RawRecord(
        format="movable-type",
        line=line,
        span=span,
        body="\n\n".join(texts if is_markdown else [paragraphs(text, breaks) for text in texts]),
        markdown=is_markdown,
        titles=_said("TITLE", entry.first("TITLE")),
        dates=_said("DATE", _unambiguous(entry.first("DATE"))),
        links=_said("UNIQUE URL", entry.first("UNIQUE URL")),
        slugs=_said("BASENAME", entry.first("BASENAME")),
        authors=_said("AUTHOR", entry.first("AUTHOR")),
        categories=tuple(_categories(entry)),
        images=_said("IMAGE", entry.first("IMAGE")),
        summaries=_said("EXCERPT", entry.parts.get("EXCERPT", "").strip()),
        withheld=_withheld(entry),
    )


def _said(name: str, text: str) -> tuple[Statement, ...]:
    return (Statement(text, f"Movable Type: {name}"),) if text else ()


def _categories(entry: _Entry) -> Iterator[Statement]:
    """Yield categories and tags, each once: the primary category stands among the others again."""
    stated = [(name, text) for name in _CATEGORIES for text in entry.fields.get(name, ())]
    for name, text in (("TAGS", entry.first("TAGS")), ("KEYWORDS", entry.parts.get("KEYWORDS", ""))):
        stated += [(name, tag) for quoted, bare in _TAG.findall(text.strip()) if (tag := (quoted or bare).strip())]
    first: dict[str, Statement] = {}
    for name, text in stated:
        first.setdefault(text.casefold(), Statement(text, f"Movable Type: {name}"))
    yield from first.values()


def _unambiguous(text: str) -> str:
    """Return a date with the year first: here the month comes first, whatever the language of the blog."""
    match = _AMERICAN.fullmatch(text)
    if match is None or int(match[1]) > _MONTHS:
        return text
    month, day, year, hour, rest, half = match.groups()
    hours = int(hour) % 12 + 12 * (half == "P") if half else int(hour)
    return f"{year}-{month:0>2}-{day:0>2} {hours:02}{rest}"


def _withheld(entry: _Entry) -> Problem | None:
    """Return why an entry is not public: by any of its states, or by a field such as PASSWORD."""
    said: dict[str, Value] = {
        key_name(name): [*texts] for name, texts in entry.fields.items() if name not in _KNOWN_FIELDS
    }
    status = next((text for text in entry.fields.get("STATUS", ()) if text and text.lower() not in PUBLISHED), "")
    found = publication.withheld(said | {"status": status}, "the export")
    if found or not status:
        return found
    return Problem("draft", f"the export says status: {status[:40]}")  # Unpublish, Spam


FORMAT: Final = Format(name="movable-type", sniff=sniff, parse=parse)
