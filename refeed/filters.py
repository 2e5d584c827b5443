"""Which records and articles the user wants. Pure: no file, no body."""

from datetime import datetime

from refeed.model import Head, Key
from refeed.options import Options


def look_at_heads(options: Options) -> bool:
    """Tell whether any filter needs more than a key."""
    return bool(options.category or options.author or options.source or options.match)


def passes(head: Head, options: Options) -> bool:
    """Tell whether a record passes: every kind of filter must hold, and of one kind any value."""
    return (
        (not options.category or any(name in head.categories for name in options.category))
        and (not options.author or any(name in head.authors for name in options.author))
        and (not options.source or head.outlet in options.source)
        and (not options.match or any(pattern.search(head.title) for pattern in options.match))
    )


def is_within(date: datetime, options: Options) -> bool:
    """Tell whether an article's date passes."""
    since, until = options.since, options.until
    return (since is None or date >= since) and (until is None or date < until)


def is_held_back(key: Key, options: Options, now: datetime) -> bool:
    """Tell whether a record is dated later than now and has to wait."""
    return key.date is not None and key.date.value > now and options.future == "hold"
