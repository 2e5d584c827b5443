"""Decide when to build again: soon after a change, seldom while changes do not stop, and now and then in any case."""

from collections.abc import Callable
from time import monotonic
from typing import Final

from refeed.report import Report

Wait = Callable[[float], bool]
"""Waits until something has changed since the last call, at most so many seconds, and tells whether it has."""

_QUIET: Final = 0.15  # seconds without a change after which a group of changes is over
_FIRST: Final = 1.0  # seconds after which a group that does not end is built all the same, and between two builds
_LONGEST: Final = 16.0  # and what that doubles up to, as long as changes do not stop
_DUE: Final = 60.0  # seconds after which an article that is held back may have fallen due
_SELDOM: Final = 900.0  # seconds after which it is looked whether a change went untold, on a network drive say
_SHARE: Final = 20  # a build that nothing calls for never takes more than 5 % of a core


def keep_building(
    build: Callable[[], Report | None],
    wait: Wait,
    *,
    stopped: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = monotonic,
) -> None:
    """Build at once, and again whenever it is time to, until stopped."""
    longest = _FIRST
    while not stopped():
        start = clock()
        report = build()
        if wait(patience_after(report, clock() - start)):
            alone = _settled(wait, clock, start, longest)
            longest = _FIRST if alone else min(2 * longest, _LONGEST)


def _settled(wait: Wait, clock: Callable[[], float], start: float, longest: float) -> bool:
    """Wait for the end of a group of changes, no longer than that, and as long as that after the last build began.

    Tell whether the group ended, and came long enough after that build.
    """
    ends, quiet = clock() + longest, False
    while not quiet and (left := ends - clock()) > 0:
        quiet = not wait(min(_QUIET, left))
    soon = clock() < start + longest
    while (left := start + longest - clock()) > 0:
        wait(left)
    return quiet and not soon


def patience_after(report: Report | None, seconds: float) -> float:
    """Say how long a build stays good that took so many seconds, when no change is told."""
    held_back = report is not None and report.totals.held_back > 0
    return max(_DUE if held_back else _SELDOM, _SHARE * seconds)
