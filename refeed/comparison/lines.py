"""Show what changed in feeds: as lines for people, as facts for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, Final

from refeed.comparison.changes import Change, Harm, Kind
from refeed.comparison.fields import FieldChange
from refeed.comparison.places import FeedChanges
from refeed.quantities import amount
from refeed.startup.named_tuple import NamedTuple

_SHOWN: Final = 60  # characters of a text, from a little before the place where the two part
_BEFORE: Final = 15


class Described(NamedTuple):
    """What became of an entry, in words."""

    kind: str
    day: str
    title: str
    told: str  # what is wrong with it, and how that is known
    fields: tuple[tuple[str, str, str], ...]  # that differ: the name, and what parts the old from the new text


def change_lines(feeds: Iterable[FeedChanges]) -> Iterator[str]:
    """Return a line for each entry, and one for each field of it that differs."""
    for feed in feeds:
        if feed.status:
            yield f"{feed.folder}: the whole feed is {feed.status}"
        elif feed.folder and feed.changes:
            yield f"{feed.folder}:"
        for change in feed.changes:
            yield from _lines(change)


def summary_line(feeds: Iterable[FeedChanges]) -> str:
    """Return how many entries there are of each kind, and what is wrong with them."""
    changes = [change for feed in feeds for change in feed.changes]
    if not changes:
        return "nothing changed"
    kinds = Counter(change.kind for change in changes)
    line = ", ".join(f"{kinds[kind]:,} {kind}" for kind in Kind if kinds[kind])
    harms = Counter(change.harm for change in changes)
    if twice := harms[Harm.TWICE]:
        line += f"; {amount(twice, 'article')} would show twice"
    if old_news := harms[Harm.OLD_NEWS]:
        line += f"; {amount(old_news, 'old article')} would show as news"
    return line


def facts(feeds: Iterable[FeedChanges]) -> dict[str, Any]:
    """Return everything as `--json` shows it."""
    listed = [*feeds]
    harms = Counter(change.harm for feed in listed for change in feed.changes)
    shown = [
        {"folder": feed.folder, "status": feed.status or "compared", "changes": [*map(_facts_of, feed.changes)]}
        for feed in listed
    ]
    return {"feeds": shown, "twice": harms[Harm.TWICE], "old_news": harms[Harm.OLD_NEWS]}


def _facts_of(change: Change) -> dict[str, Any]:
    entry = change.entry
    return {
        "kind": str(change.kind),
        "id": entry.id,
        "old_id": change.old_id or None,
        "title": entry.title,
        "link": entry.link or None,
        "published": entry.published and entry.published.isoformat(),
        "harm": change.harm and str(change.harm),
        "reason": change.reason or None,
        "fields": [field._asdict() for field in change.fields],
    }


def described(change: Change) -> Described:
    """Say in words what became of an entry."""
    entry = change.entry
    return Described(
        str(change.kind),
        f"{entry.published:%Y-%m-%d}" if entry.published else "no date",
        entry.title or entry.id,
        "; ".join(filter(None, (change.harm and change.harm.upper(), change.reason))),
        tuple((field.name, *_parting(field)) for field in change.fields),
    )


def _lines(change: Change) -> Iterator[str]:
    kind, day, title, told, fields = described(change)
    yield f"{kind}: {day} {title}" + (f" ({told})" if told else "")
    if change.old_id:
        yield f"    id: {change.old_id} → {change.entry.id}"
    yield from (f"    {name}: {old} → {new}" for name, old, new in fields)


def _parting(field: FieldChange) -> tuple[str, str]:
    """Return both texts from a little before the place where they part."""
    pairs = enumerate(zip_longest(field.old, field.new))
    start = max(next((place for place, (old, new) in pairs if old != new), 0) - _BEFORE, 0)
    return _excerpt(field.old, start), _excerpt(field.new, start)


def _excerpt(text: str, start: int) -> str:
    if not text:
        return "nothing"
    if len(text) <= _SHOWN:
        return repr(text)
    end = start + _SHOWN
    return "…" * bool(start) + repr(text[start:end]) + "…" * (end < len(text))
