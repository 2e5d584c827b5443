"""Split texts into words for the index: letters folded; Chinese, Japanese and Korean in pairs of characters.

SQLite's `unicode61` takes words apart at blanks and punctuation. Scripts without blanks would be one long word, and its
`trigram` finds none of two characters, as most Chinese ones are. So a run of such characters is written as its pairs,
which overlap, and its last character: "北京大学" as "北京 京大 大学 学". Then a shorter run is a phrase of pairs, and a
single character the beginning of a word.
"""

import re
import unicodedata
from typing import Final

# Han, kana, bopomofo and Hangul, with the marks that stand for a repeated or long sound; 30FB separates words. Python
# looks every character up in a class without any beyond U+FFFF, and compares it with each range of another one.
PAIRED: Final = (
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
)
_RUN: Final = re.compile(f"[{PAIRED}]+")
# Canonical combining classes of marks that are accents; below are the voicing of kana, and signs of Indian scripts.
_ACCENTS: Final = 200
# What is left of them where no single character stands for both.
_LOOSE: Final = re.compile("[\u0300-\u036f]")


class _Folds(dict[int, int]):
    """Characters and what they count as, found out when one comes for the first time."""

    def __missing__(self, code: int) -> int:
        whole = unicodedata.normalize("NFKC", chr(code)).lower()
        parts = unicodedata.normalize("NFD", whole) if len(whole) == 1 else chr(code)
        base = [part for part in parts if unicodedata.combining(part) < _ACCENTS]
        self[code] = ord(base[0]) if len(base) == 1 else ord(whole) if len(whole) == 1 else code
        return self[code]


_FOLDS: Final = _Folds()


def composed(text: str) -> str:
    """Return a text with one character for a letter and its accent, wherever there is one."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return a composed text, character by character, in lower case and without accents; the length stays."""
    return text.translate(_FOLDS)


def bare(text: str) -> str:
    """Return a text in lower case and without any accents; its length may be another one."""
    return _LOOSE.sub("", fold(composed(text)))


def words(text: str) -> str:
    """Return a text as the index takes it."""
    return _RUN.sub(_pairs, bare(text))


def phrase(folded: str) -> str:
    """Return folded words as a phrase of what `words` writes; text may go on behind the last run of characters."""
    runs = [*_RUN.finditer(folded)]
    if not runs or runs[-1].end() < len(folded.rstrip()) or len(runs[-1][0]) == 1:
        return _RUN.sub(_pairs, folded)
    whole = _RUN.sub(_pairs, folded).rstrip()
    return whole.rpartition(" ")[0]


def ends_with_single(folded: str) -> bool:
    """Return whether the last word is a single character: in the index it is the beginning of a pair."""
    last = [*_RUN.finditer(folded)][-1:]
    return bool(last) and last[0].end() == len(folded) and len(last[0][0]) == 1


def _pairs(run: re.Match[str]) -> str:
    text = run[0]
    return f" {' '.join([*map(str.__add__, text, text[1:]), text[-1]])} "
