"""Make paragraphs of HTML that only empty lines part, as WordPress stores it (and its wpautop shows it)."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

# A body whose paragraphs are marked has nothing to part.
_MARKED: Final = late_pattern(r"<(?:p(?=[\s/>])|br[^<>]*>\s*<br)", re.IGNORECASE)
# Inside these an empty line is code, or blanks between cells and items.
_CLOSED: Final = r"article|aside|dl|figure|math|ol|pre|script|section|style|svg|table|textarea|ul"
_MARK: Final = late_pattern(
    rf"<(?P<end>/?)(?:{_CLOSED}|div)(?=[\s/>])[^<>]*>|(?P<empty>\n[ \t]*(?:\n[ \t]*)+)", re.IGNORECASE
)
_WRAPPER: Final = late_pattern(r"\s*<(?:article|div|section)(?=[\s/>])[^<>]*>", re.IGNORECASE)


def part_loose_paragraphs(html_text: str) -> str:
    """Put line breaks where empty lines part the text of a body without marked paragraphs."""
    if "\n" not in html_text or _MARKED.search(html_text):
        return html_text
    written: list[str] = []
    position = 0
    depth = -1 if _WRAPPER.match(html_text) else 0  # one element may stand around all of it
    for mark in _MARK.finditer(html_text):
        if mark["empty"] is None:
            depth += -1 if mark["end"] else 1
        elif depth <= 0:
            written += [html_text[position : mark.start()], "<br><br>"]
            position = mark.end()
    return "".join(written) + html_text[position:]
