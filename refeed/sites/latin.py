"""Transliterate other alphabets to Latin as the libraries of site generators do (Unidecode, deunicode).

Only what both spell alike, and what takes no large table: Latin letters, Greek, Cyrillic, common marks. How they spell
Chinese or Arabic nobody else knows.
"""

import unicodedata
from types import MappingProxyType
from typing import Final

# Each letter, and how it is spelt.
_LATIN: Final = "ß ss æ ae œ oe ø o đ d ð d þ th ł l ħ h ı i ŋ ng ŧ t ƒ f"  # that Unicode does not take apart
_CYRILLIC: Final = (
    "а a б b в v г g д d е e ё io ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh "
    "щ shch ъ ' ы y ь ' э e ю iu я ia і i ї yi є ie ў u"
)
_GREEK: Final = (
    "α a β b γ g δ d ε e ζ z η e θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ u φ ph χ kh ψ ps ω o"
)
_ALL: Final = f"{_LATIN} {_CYRILLIC} {_GREEK}".split()
_LETTERS: Final = MappingProxyType(
    {
        **dict(zip(_ALL[::2], _ALL[1::2], strict=True)),
        **dict.fromkeys("‘’‚“”„…«»‹›¡¿·•′″", "'"),  # marks: a slug has none, but some part words
        **dict.fromkeys("‐‑‒–—―", "-"),
    }
)


def in_latin_letters(text: str) -> str | None:
    """Return a text in lower case and in ASCII; None for letters that are not in the tables."""
    spelt = "".join(_spelt(letter) for letter in text.lower())
    return spelt if spelt.isascii() else None


def without_accents(text: str) -> str:
    """Return a text without the marks on its letters."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if not unicodedata.combining(mark)))


def _spelt(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _LETTERS:
        return _LETTERS[letter]
    parts = (mark for mark in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(mark))
    return "".join(_LETTERS.get(part, part) for part in parts)
