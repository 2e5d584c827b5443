"""Recognise a draft by the marks that people use if no key says so: a tag, or a word around the title.

Such a word may be a topic, so that a header counts more that says itself that its article is published; and whoever
publishes a feed has published all that is in it.
"""

import re
from functools import lru_cache
from typing import Final

from refeed.formats.publication.languages import DRAFT_MARKS, IN_ENGLISH
from refeed.formats.publication.values import composed
from refeed.model import RawRecord
from refeed.problems import Problem
from refeed.records.publication.draft_words import speaks_of_draft
from refeed.startup.late_patterns import late_pattern

_WORDS: Final = (*IN_ENGLISH, *DRAFT_MARKS)
_ANY: Final = "|".join(map(re.escape, sorted(_WORDS, key=len, reverse=True)))
_NOT_TO_PUBLISH: Final = "DO[ -]NOT[ -]PUBLISH"
# Before a colon: `Draft: who is picked first` is a title.
_CAPITALS: Final = tuple(word.upper() for word in DRAFT_MARKS if word.upper() != word)
_LABELS: Final = "|".join(("DRAFT", "WIP", "(?i:черновик)", "草稿", "下書き", "초안", *_CAPITALS, _NOT_TO_PUBLISH))
# As people put it before a mark that is no label in capitals: `🚧 Draft: Tide`.
_SIGNS: Final = "🚧📝✏✍⏳⚠🔒🛑⛔"
_MARK: Final = rf"[ ]?(?i:(?:{_ANY})(?:[ ][0-9]{{1,3}})?|{_NOT_TO_PUBLISH})[ ]?"
# `[Draft] Tide`, `Tide (draft)`, `**Draft** Tide`, `DRAFT: Tide`, `Tide - DRAFT`; `(Private) Equity` plays with words.
_IN_TITLE: Final = late_pattern(
    rf"\A\s{{0,4}}(?:(?!\([ ]?(?i:private))[\[(【「〔]{_MARK}[\])】」〕]|(\*{{1,2}})(?i:{_ANY})\1|(?:{_LABELS})[:：]"
    rf"|[{_SIGNS}]\ufe0f?[ ]?(?i:{_ANY})[ ]?[:：])"
    rf"|[\[(【〔]{_MARK}[\])】〕]\s{{0,4}}\Z|[^A-Z\s][ ][-–—][ ](?:DRAFT|WIP)\s{{0,4}}\Z"
)
_FOR_SOME: Final = frozenset(
    {"members-only", "membersonly", "paid-only", "patrons-only", "subscriber-only", "subscribers-only"}
    | {"supporters-only"}
)
# Ghost's tags with a mark are its authors' own, and no subjects: https://ghost.org/docs/publishing/#internal-tags
_INTERNAL: Final = frozenset({"#members", "#paid", "#patrons", "#premium", "#subscribers", "#supporters"})
_FOR_FRIENDS: Final = frozenset({"friends-only", "friendsonly", "only-me", "onlyme"})
# Those of `languages` that are the name of a folder of sketches, too, or a notepad, are not among them.
_PLURALS: Final = frozenset(
    {"borradores", "brouillons", "conceptversies", "entwuerfe", "entwürfe", "rascunhos", "чернетки", "черновики"}
)
_TAGS: Final = frozenset(
    {*_WORDS, "do-not-publish", "donotpublish", "no-publish", "nopublish"}
    | {"未发布", "未發布", "待发布", "待發布", "私密"}  # not published, to be published, private
    | _FOR_SOME
    | _FOR_FRIENDS
    | _PLURALS
)
# What is in each of these that none of the words of drafts is in.
_IN_OTHER_TAGS: Final = late_pattern(
    "only|entw(?:ue|ü)rfe|чернетки|#(?:members|paid|patrons|premium|subscribers|supporters)"
)
_PRIVATE: Final = frozenset({"private", "unlisted", "私密", *_FOR_FRIENDS})
_OF_PROGRAM: Final = "$:/"  # TiddlyWiki's settings and what its reader did last; no list has them
_OF_OUTLETS: Final = frozenset({"dated-link", "epoch-link", "feed", "hybrid"})


def draft_mark(raw: RawRecord) -> Problem | None:
    """Return why a record is not published, if a tag or its title says so."""
    if raw.says_published or raw.format in _OF_OUTLETS:
        return None
    for tag in raw.categories:
        word = composed(tag.text).strip().lstrip("#").rpartition("/")[2].casefold()  # Obsidian's: `#status/draft`
        if word in _TAGS or tag.text.strip().casefold() in _INTERNAL:
            code = "private" if word in _PRIVATE else "draft" if word in _TAGS - _FOR_SOME else "locked"
            return Problem(code, f"it has the tag {word!r}")
    if raw.titles and raw.titles[0].text.startswith(_OF_PROGRAM):
        return Problem("private", "its title is one of TiddlyWiki's own")
    if raw.titles and is_marked(raw.titles[0].text):
        return Problem("draft", "its title says that it is a draft")
    return None


def may_be_marked(text: str) -> bool:
    """Return whether a name of a file or a title may mark a draft; of a text of many lines, whether one of them may."""
    return _OF_PROGRAM in text or speaks_of_draft(text)


def is_marked(title: str) -> bool:
    """Return whether a title marks a draft."""
    return title.startswith(_OF_PROGRAM) or (speaks_of_draft(title) and _IN_TITLE.search(composed(title)) is not None)


@lru_cache(maxsize=256)  # the articles of one outlet have the same tags
def may_be_tags(written: tuple[str, ...]) -> bool:
    """Return whether tags, as they are written behind some keys of a header, may mark a draft."""
    return any(map(_may_be_tags, written))


def _may_be_tags(written: str) -> bool:
    if "\\" in written:  # what is escaped is not read here
        return True
    return speaks_of_draft(written) or _IN_OTHER_TAGS.search(composed(written).casefold()) is not None
