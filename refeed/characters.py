"""Which characters no document may hold, as the insides of character classes for regular expressions."""

from typing import Final

# XML 1.0, 2.2: what is no Char, and the noncharacters that its note asks to avoid.
FORBIDDEN: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF)
)
# The same note: control characters that XML allows and nothing shows (U+0085 is a line end).
DISCOURAGED: Final = "\x7f-\x84\x86-\x9f"
