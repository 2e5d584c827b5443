"""Read what the value of a switch says: a word, without what people and YAML put around it, and whether it is a no."""

import unicodedata
from typing import Final

from refeed.formats.headers.typography import BLANKS, BRACKETS, MARKS, WITHOUT_WIDTH
from refeed.formats.publication.answers import NO, YES
from refeed.formats.publication.damaged_words import is_damaged_no
from refeed.late_patterns import late_pattern

_BLANKS: Final = str.maketrans("", "", " _-\t\n" + BLANKS + WITHOUT_WIDTH + MARKS + "".join(map("".join, BRACKETS)))
_NAME_OR_TAG: Final = late_pattern(r"(?:[&!]\S{0,64}\s{1,8})+")  # of YAML, before a value
_DECORATIONS: Final = "*_`~=:<>(){}[]|\\/\"'“”‘’"  # around a word: emphasis of Markdown, brackets, marks
# The first word of a value, and what parts it from the rest other than a blank.
_FIRST_WORD: Final = late_pattern(r"[\W_]{0,8}?([^\W\d_]{2,12})(?![^\W_])(\s{0,8}[:;,/(\[<#!–—]|\s{1,8}-)?")


def _unnamed(text: str) -> str:
    """Return a value without the name or the tag that YAML gives it."""
    named = _NAME_OR_TAG.match(text) if text[:1] in {"&", "!"} else None
    return text[named.end() :] if named else text


def word_of(text: str) -> str:
    """Return the word that a value is, folded."""
    text = _unnamed(text)
    word = text.strip().casefold().translate(_BLANKS).strip(".!,;。！") or text.strip()
    return word if word.isascii() and word.isalnum() else _undecorated(word)


def _undecorated(word: str) -> str:
    """Return a yes or no without what people put around it: `*false*`, `(no)`, `=true`; other words as they are."""
    plain = unicodedata.normalize("NFKC", word).strip(_DECORATIONS)
    return plain if plain and (plain in YES or plain in NO) else word


def is_no(text: str, word: str) -> bool:
    """Return whether a value is a damaged no, or one before a remark: `No (for now)`; `No Starch Press` is none."""
    if is_damaged_no(word):
        return True
    first = _FIRST_WORD.match(_unnamed(text).casefold())
    return first is not None and (first[1] == "false" or (first[1] in NO and bool(first[2])))
