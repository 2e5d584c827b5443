"""Texts as identities compare them. FROZEN, as the whole package."""

import re
from types import MappingProxyType
from typing import Final
from unicodedata import ucd_3_2_0

from refeed.startup.late_patterns import late_pattern

LONGEST_TEXT: Final = 4096  # normalising a long run of combining marks takes quadratic time

SURROGATES: Final = late_pattern(r"[\ud800-\udfff]")
# White space and invisible characters that cling to what was copied.
AROUND: Final = (
    "".join(map(chr, range(0x21))) + "\x7f\x85\xa0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff"
)
# Controls that are no white space, soft hyphen, zero-width and bidi characters, U+FEFF: dumps lose and gain them.
_INVISIBLE: Final = late_pattern(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
# What Unicode 3.2 calls white space, and ASCII's separators, which str.split() takes for it, too.
_WHITE_SPACE: Final = late_pattern(r"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# ASCII, kana and the usual ideographs (all that Unicode 3.2 has of these blocks): NFKC leaves any text of them alone.
_SETTLED: Final = late_pattern("[ -~\u3001\u3002\u3041-\u3094\u30a1-\u30fe\u4e00-\u9fa5]*")
# What HTML and XML escape in a text, and the numbers of characters. (html.unescape's table may grow.)
_REFERENCE: Final = late_pattern(r"&(?:(amp|apos|gt|lt|nbsp|quot)|#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6}));")
_NAMED: Final = MappingProxyType({"amp": "&", "apos": "'", "gt": ">", "lt": "<", "nbsp": " ", "quot": '"'})
_LAST_CHARACTER: Final = 0x10FFFF
# The address of an author beside the name: `Ada <ada@host.example>`, `ada@host.example (Ada)` (RSS 2.0).
_MAIL: Final = late_pattern(r"(?:<[^\s<>@]+@[^\s<>@]+>|\([^\s()@]+@[^\s()@]+\))\s*\Z")
_MAIL_FIRST: Final = late_pattern(r"\s*[^\s()@]+@[^\s()@]+ +\(([^()]+)\)\s*")


def unescaped(text: str) -> str:
    """Return a text with its character references replaced, once: `A &amp; B` and `A & B` are one title."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def without_mail(author: str) -> str:
    """Return an author's name without the mail address beside it."""
    if "@" not in author:
        return author
    first = _MAIL_FIRST.fullmatch(author)
    return first[1] if first else _MAIL.sub("", author).strip() or author


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    number = int(match[2]) if match[2] else int(match[3], 16)
    return chr(number) if number <= _LAST_CHARACTER else match[0]


def fold(text: str) -> str:
    """Return a text as it is compared: compatibility forms, case, invisible characters and white space folded.

    By the data of Unicode 3.2, which every Python has, so that a newer one folds no further.
    """
    text = text[:LONGEST_TEXT]
    if text.isascii() or _SETTLED.fullmatch(text):
        folded = text.lower()
    else:
        folded = ucd_3_2_0.normalize("NFKC", SURROGATES.sub("\ufffd", text))
        if folded != folded.casefold():
            folded = "".join(map(_casefold, folded))
    if folded.isprintable():  # nearly always; in no version of Unicode is anything printable that goes below
        return " ".join(folded.split())
    return _WHITE_SPACE.sub(" ", _INVISIBLE.sub("", folded)).strip(" ")


def _casefold(character: str) -> str:
    return character if ucd_3_2_0.category(character) == "Cn" else character.casefold()
