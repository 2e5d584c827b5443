"""Find quickly whether a text holds any word of the marks of drafts: nearly none does, and their patterns are slow."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from refeed.formats.publication.languages import DRAFT_MARKS
from refeed.formats.publication.values import composed
from refeed.startup.late_patterns import late_words

# As a casefolded text has them; `publish` is in `unpublished` and `do not publish`, too.
_ENGLISH: Final = ("draft", "wip", "private", "unlisted", "publish", "disabled")
# What is copied to begin a post (see `post_templates`).
TEMPLATE_WORDS: Final = (
    *("template", "modele", "modello", "modelo", "modèle", "plantilla", "sjabloon", "szablon", "vorlage"),
    *("шаблон", "テンプレート", "模板", "範本"),
)
_OTHERS: Final = tuple(word.casefold() for word in (*DRAFT_MARKS, *TEMPLATE_WORDS, "待发布", "待發布", "私密"))
_ALL: Final = (*_ENGLISH, *_OTHERS)


def speaks_of_draft(text: str) -> bool:
    """Return whether a title, or the name of a file, holds one of the words in any case."""
    words = _words_in_ascii() if text.isascii() else _all_words()
    return words.search(composed(text).casefold()) is not None


@cache
def _words_in_ascii() -> re.Pattern[str]:
    return _any_of([*filter(str.isascii, _ALL)])


@cache
def _all_words() -> re.Pattern[str]:
    return _any_of(_ALL)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    # What holds `draft` holds `draf`, too.
    return late_words(word for word in words if not any(other in word for other in words if other != word))
