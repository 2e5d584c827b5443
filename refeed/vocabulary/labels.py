"""Take the label off a line that says when a text was published: `发布时间：2024-03-05`, `Publié le 5 mars 2024`."""

from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import key_name
from refeed.vocabulary.keys import DATES

# Up to the first digit, which may stand behind the name of a weekday or of a month.
_BEFORE_NUMBER: Final = late_pattern(r"[^\W\d_][^\d\n]{0,60}(?=[0-9０-９٠-٩۰-۹])")
_WORD_END: Final = late_pattern(r" ?[:：] ?| |\Z")
_IN_ITALIAN: Final = "data"  # a label with its colon only


def after_date_label(line: str) -> str:
    """Return what follows the label of a line, if it is a key of headers for the date of an article; else the line."""
    before = _BEFORE_NUMBER.match(line)
    if before is None:
        return line
    for end in reversed([*_WORD_END.finditer(before[0])]):
        name = key_name(before[0][: end.start()])
        if name in DATES or (name == _IN_ITALIAN and end[0].strip()):
            return line[end.end() :].lstrip()
    return line
