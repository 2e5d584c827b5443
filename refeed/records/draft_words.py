"""Find the words of the marks that people give drafts: nearly no title has one, and the patterns of marks are slow."""

from typing import Final

from refeed.formats.publication.languages import DRAFT_MARKS
from refeed.late_patterns import late_words

# As a casefolded text has them; `publish` is in `unpublished` and `do not publish`, too.
_ENGLISH: Final = ("draft", "wip", "private", "unlisted", "publish", "disabled")
_OTHERS: Final = tuple(word.casefold() for word in (*DRAFT_MARKS, "待发布", "待發布", "私密"))
_ALL: Final = (*_ENGLISH, *_OTHERS)
# What holds `draft` holds `draf`, too.
_SHORTEST: Final = [word for word in _ALL if not any(other in word for other in _ALL if other != word)]
_IN_ASCII: Final = late_words(filter(str.isascii, _SHORTEST))
_IN_ANY: Final = late_words(_SHORTEST)


def speaks_of_draft(text: str) -> bool:
    """Return whether a title, or the name of a file, holds one of the words in any case."""
    return (_IN_ASCII if text.isascii() else _IN_ANY).search(text.casefold()) is not None
