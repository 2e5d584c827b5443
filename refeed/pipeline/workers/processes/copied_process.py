"""One copy of this process that does pieces of work, and the pipes between the two."""

import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fcntl import F_GETPIPE_SZ, F_SETFL, F_SETOWN, F_SETPIPE_SZ, fcntl
from functools import partial
from gc import freeze
from typing import Any, Final, NoReturn

from refeed.pipeline.workers.processes.interruptions import ENDINGS
from refeed.pipeline.workers.worker import Worker
from refeed.startup.kept_code import KEPT_CODE
from refeed.startup.kept_patterns import KEPT_PATTERNS

_LENGTH: Final = 8  # bytes before an answer that tell its size
_KEPT: Final = (KEPT_CODE, KEPT_PATTERNS)  # a worker ends without what else Python does then
_ANSWER: Final = 2**20  # bytes that lie in a pipe before a worker has to wait until somebody takes its answer


class DiedError(Exception):
    """A worker has died."""


class CopiedProcess:
    """A worker, as this process sees it."""

    def __init__(self, worker: Worker, width: int, others: "Sequence[CopiedProcess]") -> None:
        """Start one of `width` processes. Raises OSError where the system does not allow that."""
        self.given = deque[int]()  # what it is at, and what lies in its pipe
        tasks, self._tasks = os.pipe()
        opened = [tasks, self._tasks]
        try:
            self.answers, answers = os.pipe()
            opened += self.answers, answers
            alive, self._alive = os.pipe()  # nothing comes on it until this process ends
            opened += alive, self._alive
            self.id = os.fork()
        except OSError:
            for end in opened:
                os.close(end)
            raise
        if not self.id:
            _live(worker, width, (tasks, answers, alive), [*_ends([self, *others])])
        for end in (tasks, answers, alive):
            os.close(end)
        with suppress(OSError):  # a user may have no more than so many bytes in all pipes
            fcntl(self.answers, F_SETPIPE_SZ, _ANSWER)
        self._room = fcntl(self._tasks, F_GETPIPE_SZ) // 2

    @property
    def ends(self) -> tuple[int, int, int]:
        """The ends of its pipes that are open here."""
        return self._tasks, self.answers, self._alive

    def takes(self, task: bytes) -> bool:
        """Return whether a task can be given to it without waiting until it has done another one."""
        return not self.given or (len(self.given) == 1 and len(task) < self._room)

    def give(self, number: int, task: bytes) -> None:
        """Give it a task. Raises DiedError if it has died."""
        self.given.append(number)
        _write(self._tasks, task)

    def take(self) -> tuple[int, bytes]:
        """Return the number of its oldest task, and its answer. Raises DiedError if it has died."""
        answer = _read(self.answers, int.from_bytes(_read(self.answers, _LENGTH), "big"))
        return self.given.popleft(), answer

    def end(self) -> None:
        """End it, whatever it is doing; an idle one ends by itself."""
        if self.given:
            with suppress(ProcessLookupError):  # it is gone, and the system has buried it: see bury
                os.kill(self.id, signal.SIGKILL)
        os.close(self._tasks)
        os.close(self.answers)

    def bury(self) -> None:
        """Wait until it is gone."""
        with suppress(ChildProcessError):  # somebody else has, or the system, as who started us ignores SIGCHLD
            os.waitpid(self.id, 0)
        os.close(self._alive)


def _ends(processes: Sequence[CopiedProcess]) -> Iterator[int]:
    for process in processes:
        yield from process.ends


def _read(end: int, size: int) -> bytes:
    """Read `size` bytes. Raises DiedError if fewer come."""
    parts = list[bytes]()
    while size:
        if not (part := os.read(end, size)):
            raise DiedError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write(end: int, data: bytes) -> None:
    """Write all of it. Raises DiedError if the reader has ended."""
    left = memoryview(data)
    try:
        while left:
            left = left[os.write(end, left) :]
    except BrokenPipeError:
        raise DiedError from None


def _live(worker: Worker, width: int, own: tuple[int, int, int], others: list[int]) -> NoReturn:
    """Be a worker: do tasks until there are no more. `others` are the ends of pipes that only the first process has."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process ends the others
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)  # see uninterrupted
        for end in others:
            os.close(end)
        worker.share_with(width)
        for kept in _KEPT:
            kept.leave_to_original()
        freeze()  # what was loaded before is never garbage: to look through it would copy the memory that is shared
        tasks, answers, alive = own
        _end_with_parent(alive)
        _serve(worker, tasks, answers)
        for kept in _KEPT:
            kept.keep()
        status = 0
    finally:
        os._exit(status)


def _end_with_parent(alive: int) -> None:
    """Have the system end this process, whatever it is at, when the one that started it is no more.

    It sends SIGIO then, as the other end of the pipe is closed.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGIO])
    with suppress(OSError):  # a system that cannot; what this process is at is ended before it notices
        fcntl(alive, F_SETOWN, os.getpid())
        fcntl(alive, F_SETFL, os.O_ASYNC)


def _serve(worker: Worker, tasks: int, answers: int) -> None:
    with os.fdopen(tasks, "rb") as stream, suppress(EOFError, DiedError):
        while True:
            work, args, kwargs = pickle.load(stream)  # noqa: S301  of the process that started this one
            answer = _packed(partial(work, worker, *args, **kwargs))
            _write(answers, len(answer).to_bytes(_LENGTH, "big") + answer)


def _packed(work: Callable[[], Any]) -> bytes:
    """Do a piece of work; return whether that went well, and the result or the exception, as bytes."""
    try:
        return pickle.dumps((True, work()), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001  whoever waits for the answer gets it
        import traceback  # for a bug alone

        error.add_note("".join(traceback.format_exception(error)))
        return _packed_error(error)


def _packed_error(error: Exception) -> bytes:
    """Return an exception as bytes. Of one that cannot be made of them again its name, words and notes are left."""
    with suppress(Exception):
        packed = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(packed)  # noqa: S301  of this process
        return packed
    told = RuntimeError(f"{type(error).__name__}: {error}")
    told.__notes__ = error.__notes__
    return pickle.dumps((False, told), pickle.HIGHEST_PROTOCOL)
