"""What a feed says of its past: documents with older entries (RFC 5005), entries that were deleted (RFC 6721)."""

from datetime import datetime

from refeed.startup.named_tuple import NamedTuple


class FeedLink(NamedTuple):
    """A link of a feed to another document."""

    rel: str
    href: str


class Deletion(NamedTuple):
    """An entry that is no longer published."""

    id: str
    when: datetime  # aware, UTC
