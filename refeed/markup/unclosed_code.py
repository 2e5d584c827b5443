"""Keep the end of inline code on a line of its own from beginning a fence there.

To CommonMark (0.31.2, 4.5) such an end is the beginning of code that goes on to the end of the text. kramdown reads it
as its writer meant it.
"""

from typing import Final

from refeed.startup.late_patterns import late_pattern

_MARK: Final = "```"
_FENCE: Final = late_pattern(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?```[^`\n]*\Z")


def end_code(text: str) -> str:
    """Move the end of code to the line that it began in, where it would begin a fence that nothing ends."""
    if _MARK not in text:
        return text
    lines = text.split("\n")
    if sum(_MARK in line and _FENCE.match(line) is not None for line in lines) % 2 == 0:
        return text
    for number in range(1, len(lines)):
        before = lines[number - 1]
        if lines[number].strip() == _MARK and before.count(_MARK) % 2 and not _FENCE.match(before):
            lines[number - 1 : number + 1] = [f"{before} {_MARK}", ""]
            return "\n".join(lines)
    return text
