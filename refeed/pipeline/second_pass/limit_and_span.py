"""Decide how much goes out: `--limit`, `--span` and `--max-bytes`."""

from datetime import datetime, timedelta
from math import inf

from refeed.options import DEFAULT_LIMIT, DEFAULT_MAX_BYTES, DEFAULT_SPAN, MOST_OF_SPAN, Options
from refeed.startup.named_tuple import NamedTuple


class Window(NamedTuple):
    """How much goes out: a number of articles or everything of a span before the newest, within a number of bytes."""

    limit: int  # 0: no limit
    span: timedelta
    max_bytes: int  # 0: no limit
    most: float = inf  # articles that the span may bring it to

    def holds(self, position: int, date: datetime, newest: datetime) -> bool:
        """Return whether the article at a position (from 0) still belongs to the feed."""
        if not self.limit or position < self.limit:
            return True
        return position < self.most and newest - date < self.span

    def is_passed_by(self, size: int) -> bool:
        """Return whether a document of this size is too large."""
        return bool(self.max_bytes) and size > self.max_bytes


def window_of(options: Options) -> Window:
    """Read the window out of the options: a limit that is given is exact, and only bytes that are given cut it.

    Of the default span only a limited number of articles go out; of one that the user gives, all do.
    """
    if options.limit is not None:
        return Window(options.limit, timedelta(0), options.max_bytes or 0)
    span, most = (DEFAULT_SPAN, MOST_OF_SPAN) if options.span is None else (options.span, inf)
    return Window(DEFAULT_LIMIT, span, DEFAULT_MAX_BYTES if options.max_bytes is None else options.max_bytes, most)
