"""Read the clock, and refuse one that is plainly wrong: it would hold every article back as not yet published."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from refeed.options import Options
from refeed.problems import RefeedError

_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a machine without a battery wakes up in 1970, some in 1980


def present(options: Options, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> datetime:
    """Return the time that counts as now: the one that was given, else the clock's."""
    if options.now:
        return options.now
    now = clock()
    if now < _EARLIEST:
        raise RefeedError(f"the clock of this machine says {now:%Y-%m-%d}; set it, or give the time with --now")
    return now
