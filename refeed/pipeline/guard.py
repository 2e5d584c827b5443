"""The one place where an unexpected exception becomes a problem: refeed's own mistake costs one file, not the feed.

The same holds for time. Four times a second of processor time a timer of the system looks whether the work is still on
the file that it was on; when that has been so for too long, it ends the work with an exception, even in the middle of a
long search of a regular expression. It cannot end a call of a library in C before it returns: what those are given is
limited in size instead. Timers reach the main thread of a process alone; elsewhere there is no limit, which is why
`serve` and `watch` build in a process apart from themselves.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from refeed.model import SourceFile
from refeed.problems import Problem, RefeedError

T = TypeVar("T")

_TICK: Final = 0.25  # seconds
_FRAMES: Final = 8  # that a trace shows
_FORMATS: Final = "refeed.formats."


class OverTimeError(BaseException):
    """The work on one file takes too long; no handler of mere exceptions may swallow it."""


class Spent:
    """What work that is done in parts has had of its time up to now."""

    ticks = 0


class _TimeLimit:
    """Counts for how many ticks the same piece of work goes on."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._ticks = 0
        self._depth = 0  # of guarded work in guarded work; 0: nothing is under way

    def begin(self, spent: Spent) -> tuple[int, int]:
        """Begin a piece of work, or go on with it, and return where the one around it stands."""
        around = self._ticks, self._depth
        self._ticks, self._depth = spent.ticks, self._depth + 1
        return around

    def end(self, around: tuple[int, int]) -> int:
        """End it, and return how many ticks it has had; from here on no exception comes for it."""
        had = self._ticks
        self._ticks, self._depth = around
        return had

    def tick(self) -> bool:
        """Return, once, whether the work under way has had its time."""
        self._ticks += 1
        is_over = self._depth > 0 and self._ticks * _TICK > self.seconds
        if is_over:
            self._ticks = 0
        return is_over

    def on_signal(self, *_: object) -> None:
        """Tick, as the handler of a signal."""
        if self.tick():
            raise OverTimeError


_current: list[_TimeLimit] = []
"""The limits around the work under way in the main thread, the innermost last."""


@contextmanager
def limit_time(seconds: int) -> Iterator[None]:
    """Limit all guarded work to `seconds` of processor time, which only a main thread can do."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    limit = _TimeLimit(seconds)
    before = signal.signal(signal.SIGVTALRM, limit.on_signal)
    timer = signal.setitimer(signal.ITIMER_VIRTUAL, _TICK, _TICK)
    _current.append(limit)
    try:
        yield
    finally:
        _current.pop()
        signal.setitimer(signal.ITIMER_VIRTUAL, *timer)
        signal.signal(signal.SIGVTALRM, before)


def guarded(source: SourceFile, work: Callable[[], T], *, debug: bool, spent: Spent | None = None) -> T | Problem:
    """Do the work on one file; if refeed itself fails on it, or takes too long, return the problem that names it.

    `spent` is what other parts of the same work have had of its time.
    """
    if not _current or threading.current_thread() is not threading.main_thread():
        return _attempt(source, work, debug=debug)
    limit = _current[-1]
    spent = spent or Spent()
    around = limit.begin(spent)
    try:
        try:
            return _attempt(source, work, debug=debug)
        finally:
            spent.ticks = limit.end(around)
    except OverTimeError:
        limit.end(around)
        message = f"left out after {limit.seconds} seconds of work; --allow max-seconds=N gives it more"
        return Problem("over-time", message, source.path)


def _attempt(source: SourceFile, work: Callable[[], T], *, debug: bool) -> T | Problem:
    try:
        return work()
    except RefeedError:
        raise
    except ImportError as error:
        raise RefeedError(f"a package that refeed needs is missing or broken: {error}; install refeed again") from error
    except MemoryError:
        return Problem("unreadable", "out of memory while reading it; other files go on", source.path)
    except Exception as error:  # noqa: BLE001  whatever it is, the other files go on, and the exit status shows it
        message = f"refeed failed here ({type(error).__name__}: {error}{_format_of(error)}); please report it"
        if debug:
            import traceback  # as `_format_of`, for a bug alone

            message += "\n" + "".join(traceback.format_exception(error, limit=-_FRAMES)).rstrip()
        return Problem("internal-error", message, source.path)


def _format_of(error: Exception) -> str:
    """Name the format whose module failed, if one did."""
    import traceback

    modules = [str(frame.f_globals.get("__name__")) for frame, _ in traceback.walk_tb(error.__traceback__)]
    formats = [name.removeprefix(_FORMATS) for name in modules if name.startswith(_FORMATS)]
    return next((f", in the format {name}" for name in reversed(formats) if not name.startswith("_")), "")
