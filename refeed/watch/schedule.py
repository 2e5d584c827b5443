"""Decide when to build again: soon after a change, less often while changes go on, and now and then anyway."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from refeed.report import Report

Wait = Callable[[float], bool]
"""Waits until something has changed since the last call, at most so many seconds, and returns whether it has."""

_QUIET: Final = 0.15  # seconds without a change after which those that came together are there
_CALM: Final = 1.0  # and where changes came one after the other: so many seconds, or as many as a build takes
_FIRST: Final = 1.0  # seconds after which it is built all the same
_LONGEST: Final = 16.0  # and what that doubles up to, build by build, as long as changes do not stop
_SELDOM: Final = 900.0  # seconds after which it is looked whether a change went untold, on a network drive say
_SHARE: Final = 20  # a build that nothing calls for never takes more than 5 % of a core
_RETRY: Final = 2.0  # seconds after which a build that failed is tried again; each failure in a row doubles them


def keep_building(
    build: Callable[[], Report | None],
    wait: Wait,
    *,
    stopped: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = monotonic,
) -> None:
    """Build at once, and again whenever it is time to, until stopped; a build that fails returns nothing."""
    longest, failures = _FIRST, 0
    while not stopped():
        start = clock()
        report = build()
        seconds = clock() - start
        failures = failures + 1 if report is None else 0
        date = datetime.now(UTC)
        patience = patience_after(report, seconds, date) if report else patience_after_failures(failures, seconds)
        if not wait(patience):
            continue
        now = clock()
        if now - start > 2 * longest:
            longest = _FIRST
            _settle(wait, clock, _QUIET, now + longest)
        else:  # it is changing still, or again
            _settle(wait, clock, max(_CALM, seconds), max(start + longest, now + _FIRST))
            longest = min(2 * longest, _LONGEST)


def _settle(wait: Wait, clock: Callable[[], float], quiet: float, ends: float) -> None:
    """Wait until nothing has changed for `quiet` seconds, but not beyond `ends`."""
    while (left := ends - clock()) > 0 and wait(min(quiet, left)):
        pass


def patience_after(report: Report, seconds: float, now: datetime) -> float:
    """Return how long a build that took `seconds` stays good when no change is reported."""
    seldom = max(_SELDOM, _SHARE * seconds)
    if report.due is None or report.due <= now:  # due and still held back: it has a `now` of its own
        return seldom
    return min((report.due - now).total_seconds(), seldom)


def patience_after_failures(failures: int, seconds: float) -> float:
    """Return how long to wait after a number of failures in a row: what was missing may be back in a moment."""
    retry = _RETRY * 2.0 ** min(failures - 1, 16)
    return min(max(retry, seconds), max(_SELDOM, _SHARE * seconds))
