"""Find the words of the marks that people give drafts: nearly no title has one, and the patterns of marks are slow."""

from typing import Final

from refeed.formats.publication.languages import DRAFT_MARKS
from refeed.late_patterns import late_pattern

# As a casefolded text has them; `publish` is in `unpublished` and `do not publish`, too.
_ENGLISH: Final = ("draft", "wip", "private", "unlisted", "publish", "disabled")
_OTHERS: Final = tuple(word.casefold() for word in (*DRAFT_MARKS, "待发布", "待發布", "私密"))
_ALL: Final = (*_ENGLISH, *_OTHERS)
# What holds `draft` holds `draf`, too.
_SHORTEST: Final = [word for word in _ALL if not any(other in word for other in _ALL if other != word)]
_RAREST: Final = "zqxjkvbpygfwmucldrhsnioate"  # letters of texts in Latin script, those of English last


def _by_rarest_letter(word: str) -> str:
    """Return a pattern of a word that begins with its rarest letter: it is tried wherever its first one stands."""
    at = min(range(len(word)), key=lambda at: _RAREST.find(word[at]))  # what is no letter of these is rarer still
    return rf"{word[at]}(?<={word[: at + 1]}){word[at + 1 :]}" if at else word


_IN_ASCII: Final = late_pattern("|".join(map(_by_rarest_letter, filter(str.isascii, _SHORTEST))))
_IN_ANY: Final = late_pattern("|".join(map(_by_rarest_letter, _SHORTEST)))


def speaks_of_draft(text: str) -> bool:
    """Return whether a title, or the name of a file, holds one of the words in any case."""
    return (_IN_ASCII if text.isascii() else _IN_ANY).search(text.casefold()) is not None
