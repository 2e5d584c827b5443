"""Share the work of a build among processes. What comes out does not depend on how many there are."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from refeed.pipeline.worker import Worker
from refeed.problems import RefeedError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

P = ParamSpec("P")
R = TypeVar("R")

_MOST: Final = 8  # workers that are started unasked; beyond that the one that hands out the work is the slowest
_AHEAD: Final = 3  # pieces of work that wait for each worker, so that it never waits itself

_ENDINGS: Final = (signal.SIGINT, signal.SIGTERM)
_KILLED: Final = (
    "a worker process was killed, probably out of memory; try --workers 1 "
    '(in a program of your own: build under `if __name__ == "__main__":`)'
)


class WorkerPool:
    """Workers: the one in this process, or several in processes of their own once `start` was called."""

    def __init__(self, worker: Worker, width: int | None) -> None:
        """Plan so many workers; by default as many as there are processors for this process."""
        self._worker = worker
        self._asked = width is not None
        self._width = width or min(_processors(), _MOST)
        self._pool: ProcessPoolExecutor | None = None

    @property
    def ahead(self) -> int:
        """How many pieces of work should wait to be done."""
        return self._width * _AHEAD if self._pool else 0

    def start(self, *, pays: bool) -> None:
        """Start the processes, if there is enough work for them or the user wants them."""
        # A copy of this process shares all that is loaded; with threads beside it, or on macOS, that is not safe. What
        # is begun from nothing instead takes its time, and needs a main module that can be loaded: only if asked for.
        can_copy = sys.platform == "linux" and threading.active_count() == 1
        if self._pool or self._width == 1 or not (self._asked or (pays and can_copy)):
            return
        import multiprocessing  # heavy, and not needed where one process does all
        from concurrent.futures import ProcessPoolExecutor

        if can_copy:
            self._worker.load()
        context = multiprocessing.get_context("fork" if can_copy else "spawn")
        self._pool = ProcessPoolExecutor(self._width, context, initializer=_begin, initargs=(self._worker,))

    def submit(self, work: Callable[Concatenate[Worker, P], R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Have a piece of work done, by another process or when it is asked for; what is given back waits for it."""
        if self._pool is None:
            return partial(work, self._worker, *args, **kwargs)
        from concurrent.futures.process import BrokenProcessPool

        try:
            with _uninterrupted():
                future = self._pool.submit(_do, work, args, kwargs)
        except BrokenProcessPool:
            raise RefeedError(_KILLED) from None

        def wait() -> R:
            try:
                return future.result()
            except BrokenProcessPool:
                raise RefeedError(_KILLED) from None

        return wait

    def close(self) -> None:
        """Send the workers home; work that none of them has begun is not done."""
        if self._pool:
            with _uninterrupted():
                self._pool.shutdown(cancel_futures=True)
            self._pool = None
        self._worker.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM wait: a worker complains before its `_begin`, and a pool that is half begun never ends."""
    if threading.current_thread() is not threading.main_thread():  # Ctrl-C comes to the main one
        yield
        return
    came: list[signal.Signals] = []
    handlers = {
        number: signal.signal(number, lambda which, _: came.append(signal.Signals(which))) for number in _ENDINGS
    }
    # A worker that begins from nothing has no handler yet, but it does have the mask.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS) if sys.platform != "win32" else None
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in handlers.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
    for number in came:
        signal.raise_signal(number)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_here: list[Worker] = []
"""In a worker process: the worker."""


def _begin(worker: Worker) -> None:
    _here.append(worker)
    gc.freeze()  # what was loaded before is never garbage: to look through it would copy the memory that is shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process sends the others home
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)  # see _uninterrupted
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait until the process that started this one is no more, however it ended."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _do(work: Callable[..., R], args: tuple[object, ...], kwargs: dict[str, object]) -> R:
    return work(_here[0], *args, **kwargs)
