"""Read the variables that a page of Franklin, which makes sites with Julia, begins with: `@def title = "Fog"`.

https://franklinjl.org/syntax/page-variables/. Nothing is run: of Julia only texts, switches and days are read.
"""

from typing import Final

from refeed.formats.headers.fields.lines import FieldHeader, lines_of
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value

_LINE: Final = late_pattern(
    r"(?<![^\n])(?>[ \t]*)(?:<!--(?:(?!-->)[^\n]){0,1000}-->(?>[ \t]*)"
    r"|@def[ \t]{1,20}([A-Za-z]\w{0,40})[ \t]{0,20}=(?>[ \t]*)"
    r'("""(?s:(?:(?!""").){0,8000})"""(?>[^\n]*)|\[(?:"[^"\n]{0,300}"|[^\[\]"]){0,100}\](?>[^\n]*)|(?>[^\n]*)))?(?:\n|\Z)'
)
# `Date(2024, 1, 2)` of Julia.
_DAY: Final = late_pattern(r"Date\(\s*([0-9]{4})\s*,\s*([0-9]{1,2})\s*,\s*([0-9]{1,2})\s*\)")
# A text of Julia, between one or three quotation marks.
_TEXT: Final = late_pattern(r'"""((?s:.{0,8000}?))"""|"((?:[^"\\]|\\.){0,500})"')
_ESCAPE: Final = late_pattern(r'\\(["\\$])')
# What a page says for the feed of its site, in the names that front matter has for it.
_SAME: Final = {"rsspubdate": "date", "rssdescription": "description", "rss": "description", "rsstitle": "title"}


def read_franklin(text: str) -> FieldHeader | None:
    """Read the variables of a page, which stand at its beginning, one a line."""
    values, end = lines_of(text, 0, _LINE)
    said = {name: _said(str(value)) for name, value in values.items() if name}
    if not said:
        return None
    feed = {theirs: said.pop(name) for name, theirs in _SAME.items() if name in said}
    return FieldHeader({**feed, **said}, end, "franklin")


def _said(value: str) -> Value:
    texts: list[Value] = [_ESCAPE.sub(r"\1", text[1] or text[2] or "").strip() for text in _TEXT.finditer(value)]
    if value.startswith("["):
        return texts
    if day := _DAY.search(value):
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return texts[0] if texts else value.partition("#")[0].strip()
