"""Drop the characters that no document may hold."""

import re
from typing import Final

# XML 1.0, 2.2: what is no Char, and the noncharacters that its note asks to avoid. The few beyond U+FFFF stand apart:
# together with them the class would not become a table, and every character would be compared twenty times slower.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORBIDDEN_BEYOND: Final = re.compile(
    "[" + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF)) + "]"
)
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")
# The same note: control characters that XML allows and nothing shows (U+0085 is a line end).
_DISCOURAGED: Final = re.compile("[\x7f-\x84\x86-\x9f]")


def drop_forbidden(text: str) -> str:
    """Drop the characters that XML 1.0 forbids, and the noncharacters."""
    text = _FORBIDDEN.sub("", text)
    return _FORBIDDEN_BEYOND.sub("", text) if not text.isascii() and _BEYOND.search(text) else text


def drop_discouraged(text: str) -> str:
    """Drop these and the control characters that XML allows."""
    return drop_forbidden(_DISCOURAGED.sub("", text))
