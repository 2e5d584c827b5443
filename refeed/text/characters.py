"""Drop the characters that no document may hold."""

import re
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import finds_any, late_pattern

# XML 1.0, 2.2: what is no Char, and the noncharacters that its note asks to avoid. The few beyond U+FFFF stand apart:
# together with them the class would not become a table, and every character would be compared with all of them.
_FORBIDDEN: Final = late_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORBIDDEN_BEYOND: Final = late_pattern(
    "[" + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF)) + "]"
)
_BEYOND: Final = late_pattern("[\U00010000-\U0010ffff]")
# The same note: control characters that XML allows and nothing shows (U+0085 is a line end).
_DISCOURAGED: Final = late_pattern("[\x7f-\x84\x86-\x9f]")
# Bytes of one character in UTF-8 that were taken for characters; some of them for such controls.
_UTF_8: Final = late_pattern("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# The bytes in UTF-8 of all that is dropped: those of one byte, and what else each may begin with.
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
_LONGER: Final = {
    b"\xc2": late_pattern(rb"\xc2[\x80-\x84\x86-\x9f]"),
    b"\xef": late_pattern(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"),
    **{bytes([lead]): late_pattern(bytes([lead]) + rb"[\x80-\xbf]\xbf[\xbe\xbf]") for lead in range(0xF0, 0xF5)},
}
_SHORT: Final = 1_000  # characters that are asked themselves in the time that it takes to look for nothing but these
# WHATWG HTML, 13.2.5.80: what browsers show for a reference to such a control.
_MEANT: Final = MappingProxyType(
    {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)} | {0x7F: "", 0x85: "\x85"}
)


def _is_legal(text: str) -> bool:
    """Return whether a text holds nothing that is dropped; of a few that hold nothing, too, it is not known.

    To encode a text and look for bytes is much faster than to look at its characters.
    """
    return _is_short_and_printable(text) or _encoded_if_legal(text) is not None


def _is_short_and_printable(text: str) -> bool:
    # Python counts no control character as printable, no surrogate and no noncharacter; no line end, either.
    return len(text) < _SHORT and text.replace("\n", "").isprintable()


def _encoded_if_legal(text: str) -> bytes | None:
    """Return a text in UTF-8 if it holds nothing that is dropped."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a surrogate
        return None
    has_control = any(code in data for code in _CONTROLS)
    is_legal = not has_control and (len(data) == len(text) or not finds_any(_LONGER, data))
    return data if is_legal else None


def drop_forbidden(text: str) -> str:
    """Drop the characters that XML 1.0 forbids, and the noncharacters."""
    if _is_legal(text):
        return text
    text = _FORBIDDEN.sub("", text)
    return _FORBIDDEN_BEYOND.sub("", text) if not text.isascii() and _BEYOND.search(text) else text


def drop_discouraged(text: str) -> str:
    """Drop these and the control characters that XML allows, or put what they stand for in their place."""
    if _is_legal(text):
        return text
    return drop_forbidden(_as_meant(text) if _DISCOURAGED.search(text) else text)


def encoded(text: str) -> tuple[str, bytes]:
    """Return what `drop_discouraged` leaves of a text, and the same in UTF-8, which a long one is searched in."""
    data = text.encode() if _is_short_and_printable(text) else _encoded_if_legal(text)
    if data is None:
        text = drop_discouraged(text)
        data = text.encode()
    return text, data


def _as_meant(text: str) -> str:
    """Read control characters as the bytes that they were: of UTF-8, or else of Windows-1252, as browsers do."""
    return _UTF_8.sub(_of_utf_8, text).translate(_MEANT)


def _of_utf_8(bytes_: re.Match[str]) -> str:
    if _DISCOURAGED.search(bytes_[0]) is None:  # two letters that people write
        return bytes_[0]
    try:
        return bytes_[0].encode("latin-1").decode()
    except UnicodeDecodeError:
        return bytes_[0]
