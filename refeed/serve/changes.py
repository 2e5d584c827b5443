"""Say what subscribers see new since the feed changed last."""

from typing import Final

from refeed.comparison.compare import compare
from refeed.comparison.lines import Described, described, summary_line
from refeed.comparison.places import FeedChanges
from refeed.comparison.published import PublishedFeed, published_in
from refeed.model import Document, SourceFile
from refeed.serve.http.codings import decoded
from refeed.serve.published import Variant
from refeed.startup.named_tuple import NamedTuple
from refeed.urls import entry_key

_MOST_BYTES: Final = 2**25  # of a feed; a larger one takes too long while somebody waits
_MOST_SHOWN: Final = 200


class ShownChange(NamedTuple):
    """What became of an entry, and the key of its page; None if it is not there any more."""

    key: str | None
    words: Described


class Changes(NamedTuple):
    """What became of a feed."""

    summary: str
    shown: tuple[ShownChange, ...]
    total: int


def changes_between(old: Variant, new: Variant, *, is_cut: bool) -> Changes | None:
    """Compare two states of the feed; None if they are too large for that."""
    before, after = decoded(old), decoded(new)
    if max(len(before), len(after)) > _MOST_BYTES:
        return None
    feed = _feed(after)
    found = tuple(compare(_feed(before), feed, is_cut=is_cut))
    there = {entry.id for entry in feed.entries}
    shown = (
        ShownChange(entry_key(change.entry.id) if change.entry.id in there else None, described(change))
        for change in found[:_MOST_SHOWN]
    )
    return Changes(summary_line([FeedChanges("", found)]), tuple(shown), len(found))


def _feed(data: bytes) -> PublishedFeed:
    return published_in(Document(SourceFile("the feed", "feed"), data, is_utf8=True))
