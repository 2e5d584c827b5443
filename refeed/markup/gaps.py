"""Leave no empty line where something was left out between two tags: it would end the block of HTML that they are in.

What follows it would be Markdown, and indented code (CommonMark 0.31.2, 4.6).
"""

from typing import Final

from refeed.late_patterns import line_pattern

GAP: Final = "\0"
"""Stands where something was left out; no text has it."""

# What begins a paragraph, and no block of HTML: an address, or a phrase that text follows.
_OF_TEXT: Final = (
    r"https?:|mailto:|(?:a|abbr|b|code|del|em|i|kbd|mark|s|small|span|strong|sub|sup|u)\b[^\n]*[^>\s][ \t]*\n"
)
_LINES: Final = line_pattern(rf"(?P<tag>[ \t]*<(?!{_OF_TEXT})[^\n]*)(?:\n[ \t]*(?:\0[ \t]*)+)+(?=\n[ \t]*<)")


def closed(text: str) -> str:
    """Return a text without gaps, and without the lines between two tags in which there is nothing else."""
    return _LINES.sub(r"\g<tag>", text).replace(GAP, "") if GAP in text else text
