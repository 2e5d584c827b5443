"""Read the clock, and refuse one that is plainly wrong: it would hold articles back as not yet published."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from refeed.options import Options
from refeed.problems import RefeedError

if TYPE_CHECKING:
    from refeed.report import Report

_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a machine without a battery wakes up in 1970, some in 1980
_WRONG: Final = timedelta(days=1)  # by which clocks of two machines do not differ


def present(options: Options, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> datetime:
    """Return the time that counts as now: the one that was given, else the clock's."""
    if options.now:
        return options.now
    now = clock()
    if now < _EARLIEST:
        raise RefeedError(f"the clock of this machine says {now:%Y-%m-%d}; set it, or give the time with --now")
    return now


def check_of(options: Options, now: datetime, output: str | None) -> "Callable[[Report], None] | None":
    """Return what is asked before an output is replaced: whether the clock still says what it said then.

    Nothing is asked where the time was given, or where no file tells when it was written.
    """
    written = None if options.now or output is None else _written_at(output)
    return partial(must_not_go_back, now, written) if written else None


def must_not_go_back(now: datetime, written: datetime, report: "Report") -> None:
    """Refuse to hold articles back by a clock that says less than when the last output was written."""
    if report.totals.held_back and now < written - _WRONG:
        raise RefeedError(
            f"the clock of this machine says {now:%Y-%m-%d}, but the last output is of {written:%Y-%m-%d}, and "
            "articles would be held back; set the clock, or give the time with --now"
        )


def _written_at(path: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(os.stat(path).st_mtime, UTC)
    except (OSError, OverflowError, ValueError):  # there is none, or its time is none
        return None
