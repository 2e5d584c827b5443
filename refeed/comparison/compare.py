"""Say what a subscriber sees when one state of a feed follows another: two sequences of entries, a list of changes.

Readers know an entry by its id alone (RFC 4287, 4.2.6). So the same article under another id shows twice, and an old
article under an id that they have never seen is news to them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from refeed.comparison.changes import Change, Harm, Kind
from refeed.comparison.fields import TEXTS, changed_fields
from refeed.comparison.published import PublishedEntry, PublishedFeed
from refeed.comparison.same_article import Twin, twins
from refeed.options import DEFAULT_SPAN

# Articles reach an archive in some disorder: within this time of the newest one they are late, not old.
_LATE: Final = DEFAULT_SPAN


def compare(old: PublishedFeed, new: PublishedFeed, *, is_cut: bool | None = None) -> list[Change]:
    """Return what changed: first the entries of the new feed in its order, then those that it lacks.

    `is_cut` says whether a limit kept entries out of the new feed; None: nobody knows.
    """
    before, after = _by_id(old), _by_id(new)
    known = twins(old, new)
    same_format = old.format == new.format
    newest = max((entry.published for entry in old.entries if entry.published), default=None)
    changes = list[Change]()
    for id_, entry in after.items():
        if id_ in before:
            changes += _changed(before[id_], entry, same_format=same_format)
        elif twin := known.get(id_):
            fields = changed_fields(twin.entry, entry, same_format=same_format)
            changes.append(Change(twin.kind, entry, twin.reason, twin.entry.id, fields, Harm.TWICE))
        else:
            changes.append(_added(entry, old, newest))
    return [*changes, *_left(before, new, known, is_cut=is_cut)]


def _by_id(feed: PublishedFeed) -> dict[str, PublishedEntry]:
    """Return the entries by their ids, in their order; the first of two with the same id, as most readers do."""
    found = dict[str, PublishedEntry]()
    for entry in feed.entries:
        found.setdefault(entry.id, entry)
    return found


def _changed(old: PublishedEntry, new: PublishedEntry, *, same_format: bool) -> Iterator[Change]:
    fields = changed_fields(old, new, same_format=same_format)
    if not fields:
        return
    is_later = _is_later(old.updated, new.updated) or _is_later(old.published, new.published)
    if is_later and not any(field.name in TEXTS for field in fields):
        yield Change(Kind.CHANGED, new, "its date moved, its text did not", fields=fields, harm=Harm.OLD_NEWS)
    else:
        yield Change(Kind.CHANGED, new, fields=fields)


def _is_later(old: datetime | None, new: datetime | None) -> bool:
    return bool(old and new and old < new)


def _added(entry: PublishedEntry, old: PublishedFeed, newest: datetime | None) -> Change:
    if entry.id in old.archived:
        return Change(Kind.RETURNED, entry, "it was in the archive of the old feed")
    if entry.id in old.withdrawn:
        return Change(Kind.RETURNED, entry, "the old feed said that it was deleted")
    if newest and entry.published and entry.published < newest - _LATE:
        reason = "its id is new, and its date more than 48 h before the newest entry of the old feed"
        return Change(Kind.NEW, entry, reason, harm=Harm.OLD_NEWS)
    return Change(Kind.NEW, entry)


def _left(
    before: dict[str, PublishedEntry], new: PublishedFeed, known: dict[str, Twin], *, is_cut: bool | None
) -> Iterator[Change]:
    """Say of each entry that is not there any more whether it is gone: at the end of the old feed it need not be."""
    moved = {twin.entry.id: id_ for id_, twin in known.items() if twin.kind is Kind.MOVED}
    after = {entry.id for entry in new.entries}
    end = max((place for place, id_ in enumerate(before) if id_ in after or id_ in moved), default=-1)
    if is_cut is None:  # the feed says that it goes on, or something came in that may have pushed others out
        is_cut = new.continues or bool(after - before.keys() - set(moved.values()))
    for place, (id_, entry) in enumerate(before.items()):
        if id_ in after or id_ in moved:
            continue
        if id_ in new.archived:
            yield Change(Kind.OUT_OF_WINDOW, entry, "it is in the archive")
        elif id_ in new.withdrawn:
            yield Change(Kind.GONE, entry, "the new feed says that it was deleted")
        else:
            yield Change(Kind.OUT_OF_WINDOW if is_cut and place > end and after else Kind.GONE, entry)
