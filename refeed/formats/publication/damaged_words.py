"""Recognise withholding words of which a character was damaged: in doubt the article is withheld."""

from functools import cache, lru_cache
from typing import Final

_OTHERS: Final = frozenset(
    {"craft", "daft", "drift", "graft", "kraft", "primate", "publisher", "publishes", "raft", "tile"}
)
_NO: Final = "false"
_WITHHOLDING: Final = ("draft", "published", "private")
_VISIBLE: Final = 2  # characters of a key of which one at least has to be seen to be damaged
_REPLACEMENT: Final = "\ufffd"  # what stands for bytes that are no text
# What stands in place of a character, if anything does.
_CHARACTERS: Final = ("", *"abcdefghijklmnopqrstuvwxyz0123456789", _REPLACEMENT)


@cache
def damaged(word: str) -> frozenset[str]:
    """Return a folded key or word with one character lost or changed, except where that is another word."""
    around = [(word[:at], word[at + 1 :]) for at in range(len(word))]
    return frozenset([letter.join(pair) for pair in around for letter in _CHARACTERS]) - _OTHERS - {word}


def is_other_word(word: str) -> bool:
    """Return whether what differs from such a word in one character is a word of its own."""
    return word in _OTHERS


def is_one_off(text: str, whole: str) -> bool:
    """Return whether one character of a text is another than it should be."""
    return len(text) == len(whole) and sum(map(str.__ne__, text, whole)) == 1


def has_lost_one(text: str, whole: str) -> bool:
    """Return whether a text lacks one character of what it should be."""
    return len(text) == len(whole) - 1 and any(text == whole[:at] + whole[at + 1 :] for at in range(len(whole)))


def is_visibly_damaged(text: str, key: str, colon: str) -> bool:
    """Return whether two characters of a key and its colon are others, at least one of which stands in no word.

    Of two letters alone nobody can know: `drama: true`, `grant: true`.
    """
    pairs = zip(text, key + colon, strict=False)
    others = [(at, one) for at, (one, right) in enumerate(pairs) if one.casefold() != right]
    if len(others) != _VISIBLE or len(text) != len(key + colon) or others[0][0] >= len(key):
        return False
    return any(one == _REPLACEMENT or _stands_in_no_word(one, text) for _, one in others)


def _stands_in_no_word(letter: str, text: str) -> bool:
    return not (letter.isalpha() or letter.isspace()) or (letter.isupper() and not text.isupper())


@lru_cache(maxsize=1024)  # the headers of one robot have the same keys
def may_be_damaged(name: str) -> bool:
    """Return whether a folded key may be one that withholds, with two of its characters damaged."""
    return any(len(name) == len(key) and sum(map(str.__ne__, name, key)) == _VISIBLE for key in _WITHHOLDING)


def is_damaged_no(word: str) -> bool:
    """Return whether a word differs from `false` in one character."""
    return word in _DAMAGED_NO or is_one_off(word, _NO)


_DAMAGED_NO: Final = damaged(_NO)
