"""Read the lines that stand above a header: a heading, comments, or others."""

import re
from typing import Final

from refeed.late_patterns import late_pattern

# At most three lines above a header. A link heading has a date of its own.
_LINES: Final = late_pattern(
    rb"(?>\s*)(?:(?:<!--(?!(?>[0-9]*|NaN)-->)(?:(?!-->)[\x00-\xff]){0,1000}-->|#[^\n]{0,300}"
    rb"|([^\s\[<{|>`:][^\n]{0,300}))(?>[ \t]*)\n(?>\s*)){1,3}(?=---|\+\+\+)"
)
_HEADING: Final = late_pattern(r"^#{1,6}[ \t]+(\S(?>[^\n]*))", re.MULTILINE)


def lines_above_header(data: bytes) -> tuple[int, bool]:
    """Return where the fence below the first lines begins, and whether one of these is no heading and no comment."""
    lines = _LINES.match(data)
    return (lines.end(), lines[1] is not None) if lines else (0, False)


def heading_above(text: str) -> str:
    """Return the heading among the lines above a header, or ""."""
    heading = _HEADING.search(text)
    return heading[1] if heading else ""
