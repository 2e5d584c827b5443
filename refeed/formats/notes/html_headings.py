"""Read the title of a text whose first block is a heading in HTML: `<h1 align="center">Tide</h1>`."""

import html
import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

# Alone, or first in a box that centres it.
_HEADING: Final = late_pattern(
    r"(?>\s*)(?:<(?:center|div|header)(?:\s[^<>]{0,300})?>\s{0,20}){0,2}<h1(?:\s[^<>]{0,300})?>(.{1,1000}?)</h1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK: Final = late_pattern(r"<(?:h[1-6]|p|div|table|ul|ol)\b|\n[ \t]*\n", re.IGNORECASE)
_TAG: Final = late_pattern(r"<(?:!--|/?[A-Za-z])[^<>]{0,2000}>")


def title_in_html(text: str, start: int) -> str:
    """Return the words of a heading of the first rank that a text begins with, or ""."""
    heading = _HEADING.match(text, start)
    if heading is None or _BLOCK.search(heading[1]):
        return ""
    return " ".join(html.unescape(_TAG.sub(" " if "<br" in heading[1].lower() else "", heading[1])).split())
