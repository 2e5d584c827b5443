"""Read the value of a switch: its word, without what people and YAML put around it, and whether it is a no."""

import unicodedata
from datetime import datetime
from typing import Final

from refeed.formats.publication.answers import NO, YES
from refeed.formats.publication.damaged_words import is_damaged_no
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.typography import BLANKS, BRACKETS, MARKS, WITHOUT_WIDTH

_BLANKS: Final = str.maketrans("", "", " _-\t\n" + BLANKS + WITHOUT_WIDTH + MARKS + "".join(map("".join, BRACKETS)))
_NAME_OR_TAG: Final = late_pattern(r"(?:[&!]\S{0,64}\s{1,8})+")  # of YAML, before a value
# What programs write for no day at all: MySQL's zero, Go's and .NET's, and how PHP shows that of MySQL.
_DAY: Final = late_pattern(r"\s*((?:19[7-9]|2[01][0-9])[0-9]-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?)\s*")
_NO_DAY: Final = late_pattern(r"0[0:.tz+]*|000(?:10101|11130).*")
_DECORATIONS: Final = "*_`~=:<>(){}[]|\\/\"'“”‘’"  # around a word: emphasis of Markdown, brackets, marks
# A no before a remark. A name begins like one, too, and goes on with a capital: `False Dawn Press`, `No, Ada`.
_BEFORE_REMARK: Final = late_pattern(
    r"[\W_]{0,8}?(?:(?i:false|no)\s{0,8}(?:[(\[–—]|#(?![0-9])|//|<!--|(?<=\s)-\s)"
    r"|(?i:false)(?![^\W_])[\W_]{0,8}([^\W_])?|(?i:no),\s{1,8}([^\W\d_]))"
)


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
    return plain if plain and (plain in YES or plain in NO) else composed(word)


def composed(text: str) -> str:
    """Return a text with its accents and syllables composed: macOS takes those of names apart."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def is_no(text: str, word: str) -> bool:
    """Return whether a value is a damaged no, or one before a remark: `No (for now)`, but not `No: 14`."""
    if is_damaged_no(word):
        return True
    found = _BEFORE_REMARK.match(unicodedata.normalize("NFKC", _unnamed(text)))
    return found is not None and not (found[1] or found[2] or "").isupper()


def is_no_day(word: str) -> bool:
    """Return whether a folded word stands for a day that never was: `0000-00-00 00:00:00`."""
    return _NO_DAY.fullmatch(word) is not None


def is_plain_day(text: str) -> bool:
    """Return whether a value is a day, maybe with a time, as whoever reads dates reads it: `2030-01-01T12:00Z`."""
    found = _DAY.fullmatch(text)
    try:
        return found is not None and bool(datetime.fromisoformat(found[1]))
    except ValueError:  # no such day
        return False
