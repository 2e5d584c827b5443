"""The one place where an unexpected exception becomes a problem: refeed's own mistake costs one file, not the feed.

The same holds for time. A watch looks four times a second of processor time whether the file is still the one that it
was; when that has been so for too long, it ends the work with an exception. In the main thread of a process a timer of
the system does it, which ends a long search of a regular expression too; in another thread a second thread does.
Neither can end a call of a library in C before it returns: what those are given is limited in size instead.
"""

import signal
import threading
import time
import traceback
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


class _TimeLimit:
    """Counts for how many ticks the same piece of work goes on."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._ticks = 0
        self._depth = 0  # of guarded work in guarded work; 0: nothing is under way

    def begin(self) -> tuple[int, int]:
        """Begin a piece of work; what is given back tells of the one around it."""
        around = self._ticks, self._depth
        self._ticks, self._depth = 0, self._depth + 1
        return around

    def end(self, around: tuple[int, int]) -> None:
        """End it; from here on no exception comes for it."""
        self._ticks, self._depth = around

    def tick(self) -> bool:
        """Tell, once, whether the work under way has had its time."""
        self._ticks += 1
        is_over = self._depth > 0 and self._ticks * _TICK > self.seconds
        if is_over:
            self._ticks = 0
        return is_over

    def on_signal(self, *_: object) -> None:
        """Tick, as the handler of a signal."""
        if self.tick():
            raise OverTimeError


class _ThreadTimeLimit(_TimeLimit):
    """The same, where another thread ticks."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self._lock, self._ident = threading.Lock(), threading.get_ident()

    def end(self, around: tuple[int, int]) -> None:
        """End it; an exception that is on its way is called back."""
        with self._lock:
            super().end(around)
            _raise_in(self._ident, None)

    def look(self, done: threading.Event) -> None:
        """Tick for every piece of time in which the thread worked, until all is done."""
        spent = _clock_of(self._ident)
        last = spent()
        while not done.wait(_TICK):
            now = spent()
            with self._lock:
                if now - last >= _TICK / 2 and self.tick():
                    _raise_in(self._ident, OverTimeError)
            last = now


_here = threading.local()


@contextmanager
def limit_time(seconds: int) -> Iterator[None]:
    """Let no guarded work in this thread take longer than so many seconds of processor time, as far as that can be."""
    outer = getattr(_here, "watch", None)
    is_main = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    with (_timer if is_main else _thread)(seconds) as watch:
        _here.watch = watch
        try:
            yield
        finally:
            _here.watch = outer


@contextmanager
def _timer(seconds: int) -> Iterator[_TimeLimit]:
    watch = _TimeLimit(seconds)
    before = signal.signal(signal.SIGVTALRM, watch.on_signal)
    signal.setitimer(signal.ITIMER_VIRTUAL, _TICK, _TICK)
    try:
        yield watch
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def _thread(seconds: int) -> Iterator[_TimeLimit]:
    watch, done = _ThreadTimeLimit(seconds), threading.Event()
    thread = threading.Thread(target=watch.look, args=(done,), daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        done.set()
        thread.join()


def _clock_of(ident: int) -> Callable[[], float]:
    """Return the clock of a thread's processor time; where there is none, time itself."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.monotonic
    clock = time.pthread_getcpuclockid(ident)
    return lambda: time.clock_gettime(clock)


def _raise_in(ident: int, error: type[BaseException] | None) -> None:
    """Have an exception raised in another thread as soon as it comes to its next step; None: call it back."""
    import ctypes  # only where there is no timer

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), ctypes.py_object(error) if error else None)


def guarded(source: SourceFile, work: Callable[[], T], *, debug: bool) -> T | Problem:
    """Do the work on one file; if refeed itself fails on it, or takes too long, give the problem that names it."""
    watch: _TimeLimit | None = getattr(_here, "watch", None)
    if watch is None:
        return _attempt(source, work, debug=debug)
    around = watch.begin()
    try:
        try:
            return _attempt(source, work, debug=debug)
        finally:
            watch.end(around)
    except OverTimeError:
        watch.end(around)
        message = f"left out after {watch.seconds} seconds of work; --allow max-seconds=N gives it more"
        return Problem("over-time", message, source.path)


def _attempt(source: SourceFile, work: Callable[[], T], *, debug: bool) -> T | Problem:
    try:
        return work()
    except RefeedError:
        raise
    except ImportError as error:
        raise RefeedError(f"a package that refeed needs is missing or broken: {error}; install refeed again") from error
    except Exception as error:  # noqa: BLE001  whatever it is, the other files go on, and the exit status tells
        message = f"refeed failed here ({type(error).__name__}: {error}{_format_of(error)}); please report it"
        if debug:
            message += "\n" + "".join(traceback.format_exception(error, limit=-_FRAMES)).rstrip()
        return Problem("internal-error", message, source.path)


def _format_of(error: Exception) -> str:
    """Name the format whose module failed, if one did."""
    modules = [str(frame.f_globals.get("__name__")) for frame, _ in traceback.walk_tb(error.__traceback__)]
    formats = [name.removeprefix(_FORMATS) for name in modules if name.startswith(_FORMATS)]
    return next((f", in the format {name}" for name in reversed(formats) if not name.startswith("_")), "")
