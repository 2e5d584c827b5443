"""Read the headers of AsciiDoc: a title, its author and revision, attributes, and what else may stand among them.

https://docs.asciidoctor.org/asciidoc/latest/document/header/
"""

import re
from collections.abc import Mapping
from typing import Final

from refeed.formats.headers.fields.lines import PREFIX, FieldHeader, switches, values_of
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name

_COMMENTS: Final = (
    r"(?P<{0}>/{{4,80}})[ \t]*\n(?>(?:(?!(?P={0})[ \t]*(?:\n|\Z))[^\n]*\n)*)(?P={0})[ \t]*(?:\n|\Z)"
    r"|//(?!/)[^\n]*(?:\n|\Z)"
)
# An attribute, whose value goes on behind a backslash, or a directive.
_PARTS: Final = (
    r":!?[A-Za-z0-9_][\w-]{0,40}!?:(?>(?:[^\n]*[ \t]\\[ \t]*\n){0,50})[^\n]*(?:\n|\Z)"
    r"|(?:ifn?def|ifeval|endif|include)::[^\n]*\][ \t]*(?:\n|\Z)"
)
_TITLE: Final = late_pattern(
    rf"(?P<above>(?>(?:{_COMMENTS.format('fence')}|{_PARTS}|\n)*))= (?P<title>\S(?>[^\n]*))(?:\n|\Z)"
)
# What may stand above a title: comments, attributes, conditions, empty lines.
_ABOVE: Final = late_pattern(f"(?>(?:{_COMMENTS.format('fence')}|{_PARTS}|\n)*)")
_REMARK: Final = late_pattern(f"(?m)^(?:{_COMMENTS.format('fence')})")
_CONDITION: Final = late_pattern(r"(?m)^if(?:n?def|eval)::")
_REMARKS: Final = late_pattern(f"(?>(?:{_COMMENTS.format('fence')})*)")
_ATTRIBUTES: Final = late_pattern(f"(?>(?:{_COMMENTS.format('fence')}|{_PARTS})*)")
_AUTHOR: Final = late_pattern(r"([^\W\d][^\n:<>=|]{0,100}?)(?: <[^<>\n]{1,200}>)?(?:;[^\n]{0,200})?\n")
_REVISION: Final = late_pattern(
    r"(?=[v0-9])(?:v[0-9][\w.-]{0,20},? ?)?(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})?(?::[ ](?P<revremark>[^\n]{0,200}))?\n"
)
# `:name: value` on a line.
_FIELD: Final = late_pattern(r"(?m)^:!?([A-Za-z0-9_][\w-]{0,40})!?:(?>[ \t]*)((?>[^\n]*))$")
_CONTINUED: Final = late_pattern(r"[ \t](?:\+[ \t])?\\[ \t]*\n[ \t]*")
_RULE: Final = late_pattern(r"-{3}[ \t]*\n")
_NAMES: Final = (".ad", ".adoc", ".asc", ".asciidoc")
_QUOTED: Final = late_pattern(r'\A"([^"]+)"\Z')  # Awestruct reads a title as YAML


def read_asciidoc(text: str, name: str) -> FieldHeader | None:
    """Read the header that a text begins with; in a file whose name says AsciiDoc attributes alone are one, too.

    From the first condition on it is left to whoever reads the body, too: what holds there is known only then.
    """
    title = _TITLE.match(text)
    if title:
        values: dict[str, Value] = {"title": _QUOTED.sub(r"\1", title["title"].strip())}
        people, start = _people(text, title.end())
        parts = (title["above"], text[start : _end(_ATTRIBUTES, text, start)])
    elif name.lower().endswith(_NAMES):
        values, people, start = {}, {}, 0
        parts = ("", text[: _end(_ABOVE, text, 0)])
    else:
        return None
    end = start + len(parts[1])
    sure = [part[: found.start()] if (found := _CONDITION.search(part)) else part for part in parts]
    attributes = [
        (field[1].lower(), field[2].strip()) for part in sure for field in _fields(part) if not _unsets(field)
    ]
    body = start + len(sure[1])
    if body == end:
        body = _end(_RULE, text, end)  # Awestruct's end of a header
    said = {**values, **people, **_said([field for part in parts for field in _fields(part)])}
    if any("{" in value for value in said.values()):
        said = _put_into(said, dict(attributes))
    return FieldHeader(said, body, "asciidoc", tuple(attributes)) if said else None


def _put_into(said: Mapping[str, Value], attributes: Mapping[str, str]) -> dict[str, Value]:
    """Return values with what attributes of the header stand for: `= Tide {version}`."""
    from refeed.formats.bodies.asciidoc_words import Attributes  # many patterns, and few headers need them

    known = Attributes(attributes)
    return {name: known.put_into(value) if isinstance(value, str) else value for name, value in said.items()}


def asciidoc_attributes(text: str) -> dict[str, Value]:
    """Return what the header says that a text may begin with, or its attributes where it has no title."""
    header = read_asciidoc(text, "")
    return header.values if header else _said(_fields(text[: _end(_ABOVE, text, 0)]))


def _people(text: str, start: int) -> tuple[dict[str, Value], int]:
    """Read the lines of author and revision, and return where they end."""
    values: dict[str, Value] = {}
    end = _end(_REMARKS, text, start)
    if author := _AUTHOR.match(text, end):
        values["author"] = author[1].strip()
        end = _end(_REMARKS, text, author.end())
        if revision := _REVISION.match(text, end):
            values |= {name: said for name, said in revision.groupdict("").items() if said}
            end = revision.end()
    return values, end


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _fields(part: str) -> list[re.Match[str]]:
    """Return the attributes in a part of a header, each whole."""
    return list(_FIELD.finditer(_CONTINUED.sub(" ", _REMARK.sub("", part))))


def _unsets(field: re.Match[str]) -> bool:
    return "!" in {field[0][1], field[0][len(field[1]) + 1]}


def _said(fields: list[re.Match[str]]) -> dict[str, Value]:
    """Return what attributes say; one that is unset at last means no yes."""
    values = values_of(fields)
    is_unset = {key_name(PREFIX.sub("", field[1])): _unsets(field) for field in fields}
    return {**values, **switches(values, {name for name, is_off in is_unset.items() if is_off})}
