"""Read the properties that apps for notes write into the text: `key:: value` (Logseq), `Key: value` (Notion).

Others write them where pages of Markdown show nothing: in definitions of links to nowhere, `[#]: author: "Name"`.

ABlog, which makes blogs with Sphinx, has a directive for them: ```` ```{post} 2021-06-10 ```` in MyST,
`.. post:: 2021-06-10` in reStructuredText.
"""

import re
from collections.abc import Iterable
from typing import Final

from refeed.formats.headers.key_value_lines import divided
from refeed.formats.headers.statements import KNOWN, statements
from refeed.formats.publication.stated import withheld
from refeed.formats.publication.words import YES_WITHHOLDS
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.raw_fields import RawFields, with_origin

# `name:: value` (Logseq), `Name: value` (Notion).
_LOGSEQ: Final = late_pattern(r"(?:- )?([^\W\d](?>[\w./-]{0,60}))::(?>[ \t]*)((?>[^\n]*))(?:\n|\Z)")
_NOTION: Final = late_pattern(r"([^\W\d](?>[\w /?-]{0,40})): (?>[ \t]*)(\S(?>[^\n]*))(?:\n|\Z)")
# A definition of a link to nowhere, which holds a field: `[#]: author: "Ada"`.
_DEFINITION: Final = late_pattern(r"(?>\n*)[ ]{0,3}\[(?://|#|comment)\]:([^\n]*)(?:\n|\Z)")
_QUOTES: Final = ('""', "''", "()")
_POST: Final = late_pattern(
    r"(?>\n*)(?P<fence>`{3,}|:{3,})\{post\}(?>[ \t]*)(?P<date>(?>[^\n]*))\n"
    r"(?P<options>(?>---\n(?:[a-z]{1,30}:[^\n]*\n){0,20}---\n|(?:[ \t]*:[a-z]{1,30}:[^\n]*\n){0,20}))"
    r"\s{0,20}(?P=fence)[ \t]*(?:\n|\Z)"
)
_LISTS: Final = ("author", "category")  # of ABlog's options, as its tags; elsewhere each is one text
_PARTS: Final = ("excerpt", "image")  # whose number says which paragraphs, or which picture, of the post to show
_MOST: Final = 50  # lines
_WORDS: Final = 4  # that a flag may have for its value: `until it is done`


class Properties(NamedTuple):
    """What the properties say, and where the text goes on."""

    fields: RawFields
    end: int


def read_logseq(text: str, start: int = 0) -> Properties | None:
    """Read the properties that a page of Logseq begins with, or Obsidian's below a heading; None if no key is known."""
    return _read(text, start, _LOGSEQ)


def read_notion(text: str, start: int) -> Properties | None:
    """Read the properties that an export of Notion has under its heading, up to a blank line."""
    found = _read(text, start, _NOTION)
    return found if found and text[found.end : found.end + 1] in {"", "\n"} else None


def read_definitions(text: str) -> Properties | None:
    """Read the fields in definitions of links to nowhere that a text begins with; None if it begins with none."""
    values: dict[str, Value] = {}
    end = 0
    for _ in range(_MOST):
        line = _DEFINITION.match(text, end)
        if line is None:
            break
        name, _, value = _unquoted(line[1].strip().removeprefix("# ").removeprefix("<> ")).partition(":")
        values.setdefault(key_name(name), _unquoted(value))
        end = line.end()
    if not end:
        return None
    is_known = not KNOWN.isdisjoint(values) or withheld(values)
    return Properties(with_origin(statements(values), "definition") if is_known else RawFields(), end)


def read_ablog(text: str, start: int) -> Properties | None:
    """Read ABlog's directive below a heading, or above it; a post without a date is a draft.

    https://ablog.readthedocs.io/en/stable/manual/posting-and-listing.html
    """
    found = _POST.match(text, start)
    if found is None:
        return None
    lines = (line.strip().removeprefix(":").partition(":") for line in found["options"].split("\n") if line.strip(" -"))
    values = values_of_post(found["date"], ((name, value) for name, _, value in lines))
    return Properties(with_origin(statements(values), "post directive"), found.end())


def values_of_post(date: str, options: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Return what ABlog's directive says, by the names that front matter has for it."""
    values: dict[str, Value] = {}
    for option, value in options:
        name = key_name(option)
        if not isinstance(value, str):
            values[name] = value
        elif name not in _PARTS or not value.strip().isdecimal():
            text = " ".join(value.split())
            values[name] = divided("tags", [text]) if name in _LISTS and "," in text else text
    return values | ({"date": date.strip()} if date.strip() else {"draft": "true"})


def _unquoted(text: str) -> str:
    inner = text.strip()
    return inner[1:-1].strip() if len(inner) > 1 and inner[0] + inner[-1] in _QUOTES else inner


def _is_sentence(name: str, value: str) -> bool:
    """Return whether a line is prose: `Draft: who is picked first is a matter of taste`."""
    return name in YES_WITHHOLDS and value.count(" ") > _WORDS


def _read(text: str, start: int, pattern: re.Pattern[str]) -> Properties | None:
    values: dict[str, Value] = {}
    end = start
    for _ in range(_MOST):
        line = pattern.match(text, end)
        if line is None or _is_sentence(key_name(line[1]), line[2]):
            break
        values.setdefault(key_name(line[1]), line[2].strip())
        end = line.end()
    if KNOWN.isdisjoint(values) and not withheld(values):
        return None
    return Properties(with_origin(statements(values), "property"), end)
