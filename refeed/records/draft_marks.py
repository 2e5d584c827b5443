"""Know a draft by the marks that people give it where no key says so: a tag, or a word around the title.

Such a word may be a topic, so that a header counts more that says itself that its article is published; and whoever
publishes a feed has published all that is in it.
"""

import re
from collections.abc import Iterable
from typing import Final

from refeed.model import RawRecord
from refeed.problems import Problem

_WORDS: Final = (
    *("draft", "drafts", "private", "unlisted", "unpublished", "wip", "borrador", "brouillon", "entwurf", "rascunho"),
    *("черновик", "下書き", "草稿", "초안"),
)
_ANY: Final = "|".join(_WORDS)
# `[Draft] Tide`, `Tide (draft)`, `DRAFT: Tide`; `Draft: who is picked first` is a title.
_IN_TITLE: Final = re.compile(
    rf"\A\s{{0,4}}(?:[\[(【](?i:{_ANY})[\])】]|(?:DRAFT|WIP)[:：]|(?:草稿|下書き|초안)[:：])|[\[(【](?i:{_ANY})[\])】]\s{{0,4}}\Z"
)
_IN_TAGS: Final = re.compile(_ANY, re.IGNORECASE)
_TAGS: Final = frozenset(_WORDS)
_OF_OUTLETS: Final = frozenset({"dated-link", "epoch-link", "feed", "hybrid"})


def draft_mark(raw: RawRecord) -> Problem | None:
    """Return why a record is not published, if a tag or its title says so."""
    if raw.says_published or raw.format in _OF_OUTLETS:
        return None
    for tag in raw.categories:
        word = tag.text.strip().lstrip("#").rpartition("/")[2].casefold()  # Obsidian's: `#status/draft`
        if word in _TAGS:
            return Problem("private" if word in {"private", "unlisted"} else "draft", f"it has the tag {word!r}")
    if raw.titles and _IN_TITLE.search(raw.titles[0].text):
        return Problem("draft", "its title says that it is a draft")
    return None


def may_be_marked(title: str, tags: Iterable[str]) -> bool:
    """Return whether a title, or tags as they are written in a header, may mark a draft."""
    return bool(_IN_TITLE.search(title)) or any(map(_IN_TAGS.search, tags))
