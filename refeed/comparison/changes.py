"""What can happen to an entry between two states of its feed, as values."""

from enum import StrEnum

from refeed.comparison.fields import FieldChange
from refeed.comparison.published import PublishedEntry
from refeed.startup.named_tuple import NamedTuple


class Kind(StrEnum):
    """What became of an entry."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"  # it has another id
    REPEATED = "repeated"  # it stands there under two ids
    RETURNED = "returned"
    GONE = "gone"
    OUT_OF_WINDOW = "out of window"  # not gone: newer entries or a limit took its place


class Harm(StrEnum):
    """The changes that no subscriber should see."""

    TWICE = "shows twice"
    OLD_NEWS = "old news"


class Change(NamedTuple):
    """An entry that changed, and what a subscriber sees of that."""

    kind: Kind
    entry: PublishedEntry  # as it is now; as it was, if it is not there any more
    reason: str = ""  # how that is known, if it is not plain
    old_id: str = ""  # of the entry that it is, too
    fields: tuple[FieldChange, ...] = ()
    harm: Harm | None = None
