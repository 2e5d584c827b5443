"""Read the lines above a header: a heading, comments, the fence of code around the whole, or others."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

# At most three lines above a header. A link heading has a date of its own.
_LINES: Final = late_pattern(
    rb"(?>\s*)(?:(?:<!--(?!(?>[0-9]*|NaN)-->)(?:(?!-->)[\x00-\xff]){0,1000}-->|#[^\n]{0,300}"
    rb"|([^\s\[<{|>`:][^\n]{0,300}))(?>[ \t]*)\n(?>\s*)){1,3}(?=---|\+\+\+)"
)
# Language models answer with a text, or with its header, as a piece of code.
_FENCE: Final = late_pattern(
    rb"(?>\s*)(`{3,}|~{3,})(?>[ \t]*)(?:markdown|mdx?|toml|ya?ml)(?>[ \t]*)\n(?>\s*)(?=---|\+\+\+)"
)
# Wiki.js writes the header of a page in HTML as a comment; people write theirs so, with its fences or without.
_COMMENT: Final = late_pattern(
    rb"<!---?(?>[ \t]*)\n(?:-{3,}(?>[ \t]*)\n)?"
    rb"((?:(?:[A-Za-z\x80-\xff][^\n:]{0,80}(?::|\xef\xbc\x9a)|[ \t])[^\n]*\n){2,60})"
    rb"(?:-{3,}(?>[ \t]*)\n)?(?>[ \t]*)-?-->[ \t]*(?:\n|\Z)"
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


def fence_above(data: bytes) -> re.Match[bytes] | None:
    """Return the fence that opens a piece of code with the header at its beginning."""
    return _FENCE.match(data)


def text_in_fence(data: bytes, fence: bytes, body: int) -> int:
    """Return where the text below a header in a piece of code begins; -1 if the code is one of several parts of a text.

    The code ends below the header, or at the end of the file, where its fence may be missing.
    """
    line = re.compile(rb"^" + re.escape(fence) + rb"(?>[^\n]*)\n?", re.MULTILINE)
    fences = [*line.finditer(data, body)]
    if len(fences) % 2 == 0:
        return body
    if not data[body : fences[0].start()].strip() and fences[0][0].strip() == fence:
        return fences[0].end()
    return body if not data[fences[-1].end() :].strip() and fences[-1][0].strip() == fence else -1


def comment_of_lines(data: bytes) -> re.Match[bytes] | None:
    """Return the comment that a file begins with, where its lines may be those of a header."""
    return _COMMENT.match(data)
