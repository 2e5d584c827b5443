"""Do the work of a build in fresh processes, which works on every system and beside any threads."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from refeed.pipeline.workers.executor import KILLED
from refeed.pipeline.workers.processes.interruptions import ENDINGS, uninterrupted
from refeed.pipeline.workers.worker import Worker
from refeed.problems import RefeedError

if TYPE_CHECKING:
    from concurrent.futures import Future

P = ParamSpec("P")
R = TypeVar("R")

_AHEAD: Final = 3  # pieces of work that wait for each worker, so that it never waits itself


class SpawnedProcesses:
    """Several processes with a worker each. When one of them is killed, all are replaced once.

    Where the system allows no new ones, this process does the rest.
    """

    def __init__(self, worker: Worker, width: int, executor: ProcessPoolExecutor) -> None:
        """Take processes that were started."""
        self._worker, self._width = worker, width
        self._executor: ProcessPoolExecutor | None = executor
        self._was_replaced = False

    @classmethod
    def started(cls, worker: Worker, width: int) -> "SpawnedProcesses | None":
        """Start `width` processes; None where the system does not allow that."""
        executor = _started(worker, width)
        return cls(worker, width, executor) if executor else None

    @property
    def ahead(self) -> int:
        """How many pieces of work should wait to be done."""
        return self._width * _AHEAD if self._executor else 0

    def submit(self, work: Callable[Concatenate[Worker, P], R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Begin a piece of work in another process; return a function that waits for its result."""
        here = partial(work, self._worker, *args, **kwargs)
        task = partial(_do, work, args, kwargs)
        sent = self._send(task)

        def wait() -> R:
            nonlocal sent
            while sent is not None:
                executor, future = sent
                try:
                    return future.result()
                except BrokenProcessPool:
                    self._replace(executor)
                    sent = self._send(task)
            return here()

        return wait if sent else here

    def _send(self, task: Callable[[], R]) -> "tuple[ProcessPoolExecutor, Future[R]] | None":
        """Hand a piece of work to the processes; None where there are none."""
        while self._executor is not None:
            try:
                with uninterrupted():
                    return self._executor, self._executor.submit(task)
            except BrokenProcessPool:
                self._replace(self._executor)
        return None

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Replace all processes after one was killed; the second time the build ends."""
        if broken is not self._executor:  # that has been done
            return
        if self._was_replaced:
            raise RefeedError(KILLED)
        self._was_replaced = True
        broken.shutdown()
        self._executor = _started(self._worker, self._width)

    def dismiss(self) -> None:
        """Send the workers home, without waiting until they have left."""
        if self._executor:
            with uninterrupted():
                self._executor.shutdown(wait=False)

    def close(self) -> None:
        """Send the workers home; work that none of them has begun is not done."""
        if self._executor:
            with uninterrupted():
                self._executor.shutdown(cancel_futures=True)
            self._executor = None


def _started(worker: Worker, width: int) -> ProcessPoolExecutor | None:
    """Start `width` processes; None where the system does not allow that."""
    worker.close()  # it may have made entries here: what is open then cannot be handed to another process
    context = multiprocessing.get_context("spawn")
    others, threads = {*multiprocessing.active_children()}, {*threading.enumerate()}
    executor = ProcessPoolExecutor(width, context, initializer=_begin, initargs=(worker, width))
    try:
        with _quiet_threads():
            with uninterrupted():
                ready = executor.submit(int)
            _wait_for(ready, threads)
    except (OSError, RuntimeError):  # no process, no thread, or, as BrokenProcessPool, none in a worker
        executor.shutdown(wait=False)
        for process in {*multiprocessing.active_children()} - others:
            process.kill()
            process.join()
        return None
    return executor


def _wait_for(ready: "Future[int]", threads: set[threading.Thread]) -> None:
    """Wait until a worker has answered; RuntimeError where the executor's own thread has failed and nobody will."""
    while True:
        try:
            ready.result(timeout=1.0)
        except TimeoutError:
            if not {*threading.enumerate()} - threads:
                raise RuntimeError("the executor has no thread") from None
        else:
            return


@contextmanager
def _quiet_threads() -> Iterator[None]:
    """Suppress the tracebacks of threads that fail: who waits for them reports what that means."""
    hook, threading.excepthook = threading.excepthook, lambda _: None
    try:
        yield
    finally:
        threading.excepthook = hook


_here: list[Worker] = []
"""In a worker process: the worker."""


def _begin(worker: Worker, width: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process sends the others home
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)  # see uninterrupted
    worker.share_with(width)
    _here.append(worker)
    try:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    except RuntimeError:  # the system allows no more: without a word, the first process does the work itself
        os._exit(1)


def _end_with_parent() -> None:
    """Wait until the process that started this one has ended, however it did."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _do(work: Callable[..., R], args: tuple[object, ...], kwargs: dict[str, object]) -> R:
    return work(_here[0], *args, **kwargs)
