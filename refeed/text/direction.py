"""Tell by its letters whether a text runs from right to left."""

from typing import Final

from refeed.startup.late_patterns import late_pattern

# Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and their forms (Unicode's Bidi_Class R and AL).
_RIGHT_TO_LEFT: Final = late_pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U0001e900-\U0001e95f]")
# The high bytes of them in UTF-16: few texts have one, and to compile the class takes as long as to clean a short body.
_PAGES: Final = bytes([*range(0x05, 0x09), *range(0xFB, 0xFF), 0xD8])
_LETTER: Final = late_pattern(r"[^\W\d_]")


def is_right_to_left(text: str) -> bool:
    """Return whether most letters of a text are of scripts that run from right to left."""
    if text.isascii() or not _may_run_so(text) or _RIGHT_TO_LEFT.search(text) is None:
        return False
    letters = _LETTER.findall(text)
    return 2 * _count(letters) > len(letters)


def _may_run_so(text: str) -> bool:
    """Return whether a text may have such a letter."""
    pages = text.encode("utf-16-le", "surrogatepass")[1::2]
    return any(map(pages.__contains__, _PAGES))


def is_mixed(text: str) -> bool:
    """Return whether a quarter of its letters run the other way: it is written in two languages."""
    letters = _LETTER.findall(text)
    return 4 * _count(letters) < 3 * len(letters)


def is_left_to_right(text: str) -> bool:
    """Return whether a text begins with a letter that runs from left to right, as most of its letters do."""
    first = _LETTER.search(text)
    return first is not None and _RIGHT_TO_LEFT.match(first[0]) is None and not is_right_to_left(text)


def _count(letters: list[str]) -> int:
    return sum(_RIGHT_TO_LEFT.match(letter) is not None for letter in letters)
