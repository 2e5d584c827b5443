"""Know words by which headers withhold articles though a character of them was damaged: in doubt it is withheld."""

from string import ascii_lowercase, digits
from typing import Final

_OTHERS: Final = frozenset({"craft", "daft", "drift", "graft", "kraft", "primate", "publisher", "publishes", "raft"})
_NO: Final = "false"


def damaged(word: str) -> tuple[str, ...]:
    """Return a folded key or word with one character lost or changed, but for those that are other words."""
    at = range(len(word))
    lost = (word[:index] + word[index + 1 :] for index in at)
    changed = (
        word[:index] + letter + word[index + 1 :] for index in at for letter in f"{ascii_lowercase}{digits}\ufffd"
    )
    return tuple({*lost, *changed} - _OTHERS - {word})


def is_other_word(word: str) -> bool:
    """Return whether what differs from such a word in one character is a word of its own."""
    return word in _OTHERS


def is_damaged_no(word: str) -> bool:
    """Return whether a word is `false` but for one character."""
    return word in _DAMAGED_NO or (len(word) == len(_NO) and sum(map(str.__ne__, word, _NO)) == 1)


_DAMAGED_NO: Final = frozenset(damaged(_NO))
