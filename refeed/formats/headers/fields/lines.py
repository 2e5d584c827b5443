"""Read the fields of headers that are no front matter by their names, also fields that mean something when empty."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from refeed.formats.publication.stated import kept_aside
from refeed.formats.publication.words import YES_WITHHOLDS
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import Value, key_name

_MOST: Final = 100  # lines
_STATES: Final = ("draft", "private", "noexport")
# Of the programs that a field is for: jekyll-asciidoc and Antora, JBake, ox-hugo, Awestruct. What follows is the name
# that front matter has for it.
PREFIX: Final = late_pattern(r"(?:export_)?(?:page|jbake|hugo|jekyll|awestruct)[-_]", re.IGNORECASE)
# Names of their own for what front matter calls otherwise.
_SAME: Final = {"revdate": "date", "docdate": "date", "filetags": "tags", "kwds": "tags", "email": "mail"}


class FieldHeader(NamedTuple):
    """What a header says, where the body begins, and in which markup it is."""

    values: dict[str, Value]
    body: int  # characters
    markup: str  # markdown, rst, org, asciidoc, html; bbcode, kirby, lektor: of a text that is a field
    # Attributes of AsciiDoc that are set, with their values; tags that Org is not to export.
    conditions: tuple[tuple[str, str], ...] = ()
    is_closed: bool = False  # a line ends it that nothing else has
    text: str = ""  # the body, where it is one of the fields


def switches(values: dict[str, Value], unset: Collection[str] = ()) -> dict[str, Value]:
    """Return the fields that mean a yes though nothing stands behind them: `:draft:`."""
    return {
        name: "true" for name, value in values.items() if value == "" and name in YES_WITHHOLDS and name not in unset
    }


def values_of(fields: Iterable[re.Match[str]]) -> dict[str, Value]:
    """Return fields by their names; of one that stands twice the first counts, unless the second withholds."""
    values: dict[str, Value] = {}
    for field in fields:
        name = key_name(PREFIX.sub("", field[1]))
        name, value = _SAME.get(name, name), " ".join(field[2].split())
        values |= {name: value} if name not in values else kept_aside(values, name, value)
    return values


def lines_of(text: str, start: int, pattern: re.Pattern[str]) -> tuple[dict[str, Value], int]:
    """Read the lines of a header, up to the first that is not a line of one."""
    lines: list[re.Match[str]] = []
    end = start
    while len(lines) < _MOST and (line := pattern.match(text, end)) and line.end() > end:
        lines.append(line)
        end = line.end()
    return values_of(line for line in lines if line[1]), end


def with_tag_of_state(values: dict[str, Value]) -> dict[str, Value]:
    """Return a header with the tag that keeps a post off its site: of older Nikola, still read, and of Org's users."""
    tags = {tag.strip().lower() for tag in re.split("[,:]", str(values.get("tags", "")))}
    status = next((tag for tag in _STATES if tag in tags), None)
    return values | kept_aside(values, "status", status) if status else values
