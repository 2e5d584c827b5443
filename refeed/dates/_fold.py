"""Fold a date text into the few characters that the dialects know."""

from types import MappingProxyType
from typing import Final

from refeed.dates.calendars import with_common_day

# The zero of each script whose digits people write dates with: Arabic, Persian, Devanagari, Bengali, Thai.
_ZEROS: Final = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50)

# Full-width forms, digits of other scripts and odd blanks become ASCII; zero-width and bidi characters go.
_FOLD: Final = MappingProxyType(
    {
        **{zero + digit: str(digit) for zero in _ZEROS for digit in range(10)},
        **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
        0x2010: "-",
        0x2011: "-",
        0x2012: "-",
        0x2013: "-",
        0x2014: "-",
        0x2212: "-",
        **dict.fromkeys((0x2236, 0xFE13, 0xFE55), ":"),
        **dict.fromkeys(
            (0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
        ),
    }
)


def fold(text: str) -> str:
    """Write a text in the characters that the dialects know, with single blanks."""
    return " ".join(narrow(text).split())


def narrow(text: str) -> str:
    """Write a text in the characters that the dialects know, its blanks as they are."""
    return text if text.isascii() else with_common_day(text).translate(_FOLD)
