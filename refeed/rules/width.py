"""Measure how much a text says: a Chinese, Japanese or Korean character counts as two letters."""

from unicodedata import east_asian_width


def width(text: str) -> int:
    """Return the columns of a text."""
    return sum(2 if east_asian_width(character) in "FW" else 1 for character in text)
