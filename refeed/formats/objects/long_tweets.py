"""Find the whole text of a post that X's archive cuts: it is of the same second and begins alike."""

from collections.abc import Mapping
from html import escape, unescape
from typing import Any, Final

from refeed.vocabulary.english_dates import MONTHS

_ALIKE: Final = 20  # letters: posts of a thread may be written in one second
_OPEN: Final = "Unprotect"


LongTexts = dict[str, list[Mapping[str, Any]]]
"""By the second in which they were written."""


def changes_of_protection(item: Mapping[str, Any]) -> list[Any] | None:
    """Return when an account began to be for some readers only, and to be for all again, if the object says that."""
    changes = item.get("protectedHistory")
    return changes if isinstance(changes, list) else None


def is_protected(changes: list[Any]) -> bool:
    """Return whether the last change leaves an account protected; so does what is no change as X writes it."""
    inner = [change.get("protectedHistory") if isinstance(change, dict) else None for change in changes]
    said = [change if isinstance(change, dict) else {} for change in inner]
    last = max(said, key=lambda change: str(change.get("protectedAt", "no day")), default={"action": _OPEN})
    return last.get("action") != _OPEN


def long_text(item: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what an object of an archive holds, if that is a long text."""
    note = item.get("noteTweet")
    return note if isinstance(note, dict) else None


def keep(note: Mapping[str, Any], texts: LongTexts) -> None:
    """Keep a text."""
    second = _second(note.get("createdAt"))
    if second and isinstance(note.get("core"), dict):
        texts.setdefault(second, []).append(note["core"])


def with_long_text(item: Mapping[str, Any], texts: LongTexts) -> Mapping[str, Any]:
    """Return a post with its whole text, if that is among these."""
    tweet = item.get("tweet")
    if not isinstance(tweet, dict):
        return item
    start = unescape(str(tweet.get("full_text", "")))[:_ALIKE]
    for core in texts.get(_second(tweet.get("created_at")), ()):
        text = unescape(str(core.get("text", "")))
        if start and text.startswith(start):
            return {"tweet": _lengthened(tweet, core, escape(text, quote=False))}
    return item


def _lengthened(tweet: Mapping[str, Any], core: Mapping[str, Any], text: str) -> dict[str, Any]:
    entities = tweet.get("entities")
    urls = core.get("urls")
    more = [
        {"url": one.get("shortUrl"), "expanded_url": one.get("expandedUrl"), "display_url": one.get("displayUrl")}
        for one in (urls if isinstance(urls, list) else ())
        if isinstance(one, dict)
    ]
    known = entities if isinstance(entities, dict) else {}
    listed = known.get("urls")
    both = [*(listed if isinstance(listed, list) else ()), *more]
    return {**tweet, "full_text": text, "entities": {**known, "urls": both}}


def _second(written: object) -> str:
    """Return the second of a moment, "Sat Mar 09 13:14:15 +0000 2024" or "2024-03-09T13:14:15.000Z"; "" for none."""
    text = written if isinstance(written, str) else ""
    if len(text) != len("Sat Mar 09 13:14:15 +0000 2024"):
        return text[:19]
    month = MONTHS.index(text[4:7]) + 1 if text[4:7] in MONTHS else 0
    return f"{text[-4:]}-{month:02}-{text[8:10]}T{text[11:19]}"
