"""The parts of a page that has grown too heavy; each has an address of its own."""

from typing import Final

from refeed.startup.named_tuple import NamedTuple

_MOST_DIGITS: Final = 4


class Part(NamedTuple):
    """One of them."""

    number: int  # from 1
    total: int
    content: str  # safe HTML
    source: str = ""  # text beside it


def part_number(name: str) -> int:
    """Return the number at the end of an address, 0 if there is none, or a 1: the first part has no number."""
    digits = name.removesuffix(".html")
    is_number = digits.isascii() and digits.isdecimal() and digits[0] != "0" and len(digits) <= _MOST_DIGITS
    return int(digits) if is_number and digits != "1" else 0
