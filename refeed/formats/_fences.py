"""Find where the header of a file lies and in which notation it is written, by its bytes alone."""

import re
from enum import Enum
from typing import Final, NamedTuple

from refeed.formats._fields import key_name
from refeed.formats._once import once
from refeed.formats._vocabulary import KNOWN
from refeed.model import Document, Span

_OPEN_LINES: Final = 200  # how far a header without its end is followed

_OPENING: Final = re.compile(
    rb"(?>(?:\xef\xbb\xbf|\xe2\x80\x8b)*)(?>(?:(?>[ \t]*)\n)*)"
    rb"(?:(---|\+\+\+)(?>[ \t]*)\n|(\{)(?>\s*)\"|([A-Za-z](?>[\w \-]{0,40}):(?!:)))"
)
_YAML_END: Final = re.compile(rb"\n(?:---|\.\.\.)(?>[ \t]*)(?:\n|\Z)")
_TOML_END: Final = re.compile(rb"\n\+\+\+(?>[ \t]*)(?:\n|\Z)")
_HEADER_LINE: Final = re.compile(rb"(?:[A-Za-z_][\w-]{0,63}(?>[ \t]*):|(?>[ \t]+)\S|-[ \t]|#)(?>[^\n]*)(?:\n|\Z)")
_HEADER_LINES: Final = re.compile(rb"(?>(?:" + _HEADER_LINE.pattern + rb")*)")
_BLANK_LINE: Final = re.compile(rb"(?>[ \t]*)(?:\n|\Z)")
# Any printable character may stand in a key (YAML 1.2.2, 5.1); which ones are known is seen later.
_FIRST_KEY: Final = re.compile(
    rb"(?>(?:(?>[ \t]*)(?:#(?>[^\n]*))?\n)*)(?>(?:[ \t]|\xc2\xa0)*)[\"'{]?"
    rb"[^\s:=\"'<>{}\[\]#|*&!-][^\n:=]{0,80}?(?:[:=]|\xef\xbc\x9a)"
)
# A key, in any letters, at the beginning of a line.
_KEY: Final = re.compile(
    r"^(?>[ \t{]*)[\"']?([^\W\d](?>[\w .\-]{0,63}))[\"']?(?>[ \t\u00a0\u3000]*)[:：=]", re.MULTILINE
)


class Notation(Enum):
    """How a header is written."""

    YAML = "between --- and ---"
    OPEN = "after ---, without an end"
    ENDLESS = "after --- or +++, longer than what is read"
    BARE = "up to ---, without a beginning"
    TOML = "between +++ and +++"
    JSON = "an object"
    LINES = "Key: value lines up to a blank line"


class Header(NamedTuple):
    """Where a header lies."""

    notation: Notation
    start: int
    text: Span  # without its fences; for JSON where the object may end at the latest
    body: int  # for JSON not known before it is read


@once
def find_header(document: Document) -> Header | None:
    """Find the header that the file begins with; None if there is none, or no line of it has a known key."""
    data, most = document.data, document.limits.max_header_bytes
    opening = _OPENING.match(data)
    if opening is None:
        return None
    if opening[1] == b"---":
        header = _fenced(data, opening, Notation.YAML, most) or open_header(data, opening.start(1), most)
    elif opening[1]:
        header = _fenced(data, opening, Notation.TOML, most)
    elif opening[2]:
        start = opening.start(2)
        end = data.rfind(b"}", start, start + most) + 1
        header = Header(Notation.JSON, start, (start, end), end) if end else None
    else:
        header = _unfenced(data, opening.start(3), most)
    if header and (header.notation is Notation.JSON or known_keys(data, header.text)):
        return header
    return None


def open_header(data: bytes, start: int, most: int) -> Header | None:
    """Find the header of a file whose closing fence is missing: the lines that look like one, up to a blank line."""
    begin = data.find(b"\n", start) + 1
    end = _last_header_line(data, begin, most)
    return Header(Notation.OPEN, start, (begin, end), end) if end > begin else None


def known_keys(data: bytes, span: Span) -> frozenset[str]:
    """Return the known keys that lines of this part begin with, folded."""
    text = data[span[0] : span[1]].decode("utf-8", "replace")
    return frozenset(map(key_name, _KEY.findall(text))) & KNOWN


def _fenced(data: bytes, opening: re.Match[bytes], notation: Notation, most: int) -> Header | None:
    begin = opening.end()
    if not _FIRST_KEY.match(data, begin):
        return None
    fence = _YAML_END if notation is Notation.YAML else _TOML_END
    end = fence.search(data, begin - 1, begin + most)
    if end is None:
        is_endless = _is_endless(data, begin, begin + most, notation)
        return Header(Notation.ENDLESS, opening.start(1), (begin, begin + most), len(data)) if is_endless else None
    return Header(notation, opening.start(1), (begin, max(begin, end.start() + 1)), end.end())


def _is_endless(data: bytes, begin: int, end: int, notation: Notation) -> bool:
    """Return whether this is a header that is too long, not a body that begins with a rule."""
    if end >= len(data):
        return False
    if notation is Notation.TOML:
        return _TOML_END.search(data, end - 1) is not None
    lines = _HEADER_LINES.match(data, begin, end)
    return lines is not None and data.find(b"\n", lines.end(), end) < 0  # but for a line that the limit cuts


def _unfenced(data: bytes, start: int, most: int) -> Header | None:
    end = _last_header_line(data, start, most)
    fence = _YAML_END.match(data, end - 1)
    if fence:
        return Header(Notation.BARE, start, (start, end), fence.end())
    blank = _BLANK_LINE.match(data, end)
    return Header(Notation.LINES, start, (start, end), blank.end()) if blank else None


def _last_header_line(data: bytes, start: int, most: int) -> int:
    end = start
    for _ in range(_OPEN_LINES):
        line = _HEADER_LINE.match(data, end, start + most)
        if line is None or line.end() == end or (line.end() == start + most < len(data)):
            break
        end = line.end()
    return end
