"""Read entries of Blosxom and PyBlosxom: the title on the first line, lines of fields right below it, then the text.

http://blosxom.sourceforge.net/, https://pyblosxom.github.io/Documentation/1.5/writing_entries.html

The text is HTML unless a field or the ending of the file names another markup. On capsules it is Gemtext.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from refeed.formats.bodies.body_markup import BY_ENDING
from refeed.formats.headers.fields.lines import FieldHeader, lines_of
from refeed.formats.headers.key_value_lines import divided
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value

# PyBlosxom takes any word behind a `#` for a field; in a note such a line is one of tags, so that the first is named.
# A sentence may begin with such a word, too: `meta-analysis shows`, `#date night ideas`.
_OPENING: Final = late_pattern(
    r"(?!---|\+\+\+|[#<])(?P<title>\S[^\n]{0,300})\n"
    r"(?:meta-[A-Za-z_][\w-]{0,40}[ \t]*:"
    r"|#(?P<first>author|category|date(?=[^\n]*[0-9])|keywords|parser|published|summary|tags)[ \t]+\S)"
)
_LINE: Final = late_pattern(
    r"(?:meta-(?=[\w-]{1,41}[ \t]*:)|#)([A-Za-z_][\w-]{0,40})(?>[ \t]*):?(?>[ \t]*)((?>[^\n]*))(?:\n|\Z)"
)
_MARKED: Final = ("markup", "parser")  # fields
_MARKUPS: Final = MappingProxyType({"gem": "gemtext", "org": "org", "re": "rst", "rst": "rst"})  # by their beginnings
_GEMTEXT: Final = late_pattern(r"(?m)^=>[ \t]*\S")
_HTML: Final = late_pattern(r"(?i)<(?:a|br|div|h[1-6]|p|pre|table|ul)\b")
_NOTES: Final = (".md", ".markdown")
_SURE: Final = frozenset({"parser", "published"})


def read_blosxom(text: str, name: str) -> FieldHeader | None:
    """Read an entry; None where one of these lines may be another thing: the tags below the first line of a note."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    title = opening["title"].strip()
    values, end = lines_of(text, len(opening["title"]) + 1, _LINE)
    if opening["first"] and name.lower().endswith(_NOTES) and _SURE.isdisjoint(values):
        return None
    said = {key: divided(key, [value]) if isinstance(value, str) else value for key, value in values.items()}
    return FieldHeader({**said, "title": title}, end, _markup(said, name, text[end:]), is_closed=True)


def _markup(values: Mapping[str, Value], name: str, body: str) -> str:
    stated = next((str(values[key]).lower() for key in _MARKED if key in values), "")
    named = next((markup for start, markup in _MARKUPS.items() if stated.startswith(start)), "")
    of_name = named or BY_ENDING.get(PurePosixPath(name.lower()).suffix.removeprefix("."), "")
    if of_name or stated:
        return of_name or "markdown"
    return "gemtext" if _GEMTEXT.search(body) and not _HTML.search(body) else "markdown"
