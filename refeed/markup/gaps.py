"""Remove empty lines that would end a block of HTML: within drawings, and where something between tags was removed.

What follows it would be Markdown, and indented code (CommonMark 0.31.2, 4.6).
"""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern, line_pattern

GAP: Final = "\0"
"""Stands where something was left out; no text has it."""

# What begins a paragraph, and no block of HTML: an address, or a phrase that text follows.
_OF_TEXT: Final = (
    r"https?:|mailto:|(?:a|abbr|b|code|del|em|i|kbd|mark|s|small|span|strong|sub|sup|u)\b[^\n]*[^>\s][ \t]*\n"
)
_LINES: Final = line_pattern(rf"(?P<tag>[ \t]*<(?!{_OF_TEXT})[^\n]*)(?:\n[ \t]*(?:\0[ \t]*)+)+(?=\n[ \t]*<)")
# Bare within a sentence the tag is a word.
DRAWING: Final = late_pattern(
    r"(?:<svg(?=\s)|(?m:^[ \t]*|(?<=>))<svg(?=>))(?>(?:[^<]|<(?!/?svg\b)){0,50000})</svg>", re.IGNORECASE
)
_EMPTY_LINES: Final = late_pattern(r"\n(?:[ \t]*\n)+")  # as programs print them


def as_one_block(drawing: re.Match[str]) -> str:
    """Return a drawing without its empty lines."""
    return _EMPTY_LINES.sub("\n", drawing[0])


def closed(text: str) -> str:
    """Return a text without gaps, and without the lines between two tags in which there is nothing else."""
    return _LINES.sub(r"\g<tag>", text).replace(GAP, "") if GAP in text else text
