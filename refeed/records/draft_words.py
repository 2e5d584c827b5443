"""Find the words of the marks that people give drafts: nearly no title has one, and the patterns of marks are slow."""

import re
from functools import cache
from typing import Final

from refeed.formats.publication.languages import DRAFT_MARKS
from refeed.late_patterns import late_words

# As a casefolded text has them; `publish` is in `unpublished` and `do not publish`, too.
_ENGLISH: Final = ("draft", "wip", "private", "unlisted", "publish", "disabled")
_OTHERS: Final = tuple(word.casefold() for word in (*DRAFT_MARKS, "待发布", "待發布", "私密"))
_ALL: Final = (*_ENGLISH, *_OTHERS)


def speaks_of_draft(text: str) -> bool:
    """Return whether a title, or the name of a file, holds one of the words in any case."""
    return _any_of(in_ascii=text.isascii()).search(text.casefold()) is not None


@cache
def _any_of(*, in_ascii: bool) -> re.Pattern[str]:
    words = [*filter(str.isascii, _ALL)] if in_ascii else _ALL
    # What holds `draft` holds `draf`, too.
    return late_words(word for word in words if not any(other in word for other in words if other != word))
