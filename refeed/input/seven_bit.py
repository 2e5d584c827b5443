"""Recognise charsets of ASCII bytes by their escape sequences; read as UTF-8, their text would be gibberish."""

from typing import Final

from refeed.input.recode import decoded_pieces
from refeed.startup.late_patterns import late_pattern

# RFC 1468, 1554 and 1557: a sequence that changes to a set of two bytes a character. The last codec of each is for
# what people's programs add to it (half-width katakana, JIS X 0212).
_ESCAPES: Final = (
    (late_pattern(rb"\x1b\$\)C"), ("iso2022_kr",)),
    (late_pattern(rb"\x1b\$\(?[@AB]|\x1b\$\([CD]"), ("iso2022_jp_2", "iso2022_jp_ext")),
)
_HZ: Final = late_pattern(rb"~\{(?:[!-}][!-~])+?~\}")  # RFC 1843

ESCAPE: Final = b"\x1b"
OPENING: Final = b"~{"  # of HZ
MARKS: Final = (ESCAPE, OPENING)
"""What no text in one of these charsets is without."""


def seven_bit_charset(data: bytes) -> str | None:
    """Return the charset that escape sequences name; HZ, whose marks are printable, only if its text is Chinese."""
    if not any(mark in data for mark in MARKS) or not data.isascii():
        return None
    for escape, charsets in _ESCAPES:
        if escape.search(data):
            return next((charset for charset in charsets if _fits(data, charset)), charsets[0])
    if not _HZ.search(data):
        return None
    from refeed.input.charsets import is_chinese  # hardly any text has these signs

    return "hz" if is_chinese(data, "hz") else None


def _fits(data: bytes, charset: str) -> bool:
    try:
        for _ in decoded_pieces(data, charset):
            pass
    except UnicodeDecodeError:
        return False
    return True
