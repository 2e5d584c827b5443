"""Texts as identities compare them. FROZEN, as the whole package."""

import re
from typing import Final
from unicodedata import ucd_3_2_0

LONGEST_TEXT: Final = 4096  # normalising a long run of combining marks takes quadratic time

SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
# White space and invisible characters that cling to what was copied.
AROUND: Final = (
    "".join(map(chr, range(0x21))) + "\x7f\x85\xa0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff"
)
# Controls that are no white space, soft hyphen, zero-width and bidi characters, U+FEFF: dumps lose and gain them.
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
# What Unicode 3.2 calls white space, and ASCII's separators, which str.split() takes for it, too.
_WHITE_SPACE: Final = re.compile(r"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def fold(text: str) -> str:
    """Return a text as it is compared: compatibility forms, case, invisible characters and white space folded.

    By the data of Unicode 3.2, which every Python has, so that a newer one folds no further.
    """
    text = text[:LONGEST_TEXT]
    if text.isascii():
        folded = text.lower()
    else:
        folded = ucd_3_2_0.normalize("NFKC", SURROGATES.sub("\ufffd", text))
        if folded != folded.casefold():
            folded = "".join(map(_casefold, folded))
    return _WHITE_SPACE.sub(" ", _INVISIBLE.sub("", folded)).strip(" ")


def _casefold(character: str) -> str:
    return character if ucd_3_2_0.category(character) == "Cn" else character.casefold()
