"""Characters that look like those of a header: phones, input methods and copied text produce them."""

from typing import Final

# White space beside the ASCII blank (Unicode's Zs), and characters without width.
BLANKS: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
WITHOUT_WIDTH: Final = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
COLONS: Final = "：﹕︓∶"
DASHES: Final = "‐‑‒–—―−－─"

# Pairs around a whole value that no text has for itself.
QUOTATION_MARKS: Final = (
    *(("“", "”"), ("‘", "’"), ("„", "“"), ("‚", "‘"), ("”", "“"), ("”", "”"), ("’", "’"), ("〝", "〞")),
    *(("″", "″"), ("＂", "＂"), ("＇", "＇"), ("´", "´"), ("`", "`"), ("'", "'"), ('"', '"')),
)
# Pairs that may be text: of a quotation, or of a work's title.
BRACKETS: Final = (("«", "»"), ("‹", "›"), ("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉"))

MARKS: Final = "".join(sorted({mark for pair in QUOTATION_MARKS for mark in pair}))


def in_utf8(characters: str) -> bytes:
    """Return a pattern for any of these characters, in bytes."""
    return b"(?:" + b"|".join(character.encode() for character in characters) + b")"
