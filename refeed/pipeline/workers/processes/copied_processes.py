"""Do the work of a build in copies of this process, which share what is loaded.

No thread hands out the work. This process does, whenever it submits some or waits for what comes of it: a piece for
each worker, and one more that lies ready in its pipe, so that it goes on at once.
"""

import os
import pickle
import select
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Concatenate, Final, ParamSpec, TypeVar

from refeed.pipeline.workers.executor import KILLED
from refeed.pipeline.workers.processes.copied_process import CopiedProcess, DiedError
from refeed.pipeline.workers.processes.interruptions import uninterrupted
from refeed.pipeline.workers.worker import Worker
from refeed.problems import RefeedError

P = ParamSpec("P")
R = TypeVar("R")

_AHEAD: Final = 3  # pieces of work that wait for each worker, so that it never waits itself
_SPARE: Final = 8  # open files that the build itself must have left to it


class _Group:
    """Several workers. Those that nobody ends do so with this process, however it ends."""

    def __init__(self, worker: Worker, width: int) -> None:
        """Start `width` processes, uninterrupted. Raises OSError where the system does not allow that."""
        self.processes = list[CopiedProcess]()
        self._leaving = list[CopiedProcess]()
        try:
            for _ in range(width):
                self.processes.append(CopiedProcess(worker, width, self.processes))
            _check_spare_files(self.processes[0].answers)
        except OSError:
            self.end()
            raise
        self._poll = select.poll()
        for process in self.processes:
            self._poll.register(process.answers, select.POLLIN)

    def that_answer(self, *, wait: bool) -> list[CopiedProcess]:
        """Return those who have something to say."""
        ends = {end for end, _ in self._poll.poll(None if wait else 0)}
        return [process for process in self.processes if process.answers in ends]

    def dismiss(self) -> None:
        """End all, whatever they are doing; `end` waits until they are gone."""
        while self.processes:
            process = self.processes.pop()
            process.end()
            self._leaving.append(process)

    def end(self) -> None:
        """End all."""
        self.dismiss()
        while self._leaving:
            self._leaving.pop().bury()


class CopiedProcesses:
    """Several processes with a worker each. When one of them is killed, all are replaced once.

    Where the system allows no new ones, this process does the rest.
    """

    def __init__(self, worker: Worker, width: int) -> None:
        """Plan `width` processes."""
        self._worker, self._width = worker, width
        self._group: _Group | None = None
        self._dismissed: _Group | None = None
        self._deaths = 0  # of a whole group
        self._number = 0
        self._tasks: dict[int, bytes] = {}  # until they are answered
        self._waiting = deque[int]()  # those that nobody was given yet
        self._answers: dict[int, bytes] = {}  # until they are asked for

    def start(self) -> None:
        """Start them, where the system allows that. `close` ends them, so whoever calls it must have this by then."""
        self._worker.load()
        self._start()

    @property
    def ahead(self) -> int:
        """How many pieces of work should wait to be done."""
        return self._width * _AHEAD if self._group else 0

    def submit(self, work: Callable[Concatenate[Worker, P], R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Begin a piece of work in another process; return a function that waits for its result."""
        here = partial(work, self._worker, *args, **kwargs)
        if self._deaths > 1:
            raise RefeedError(KILLED)
        if self._group is None:
            return here
        number = self._number = self._number + 1
        self._tasks[number] = pickle.dumps((work, args, kwargs), pickle.HIGHEST_PROTOCOL)
        self._waiting.append(number)
        self._turn(wait=False)
        return partial(self._waited_for, number, here)

    def _waited_for(self, number: int, here: Callable[[], R]) -> R:
        """Wait for the answer to a task."""
        while number in self._tasks:
            if self._deaths > 1:
                raise RefeedError(KILLED)
            if self._group is None:
                return here()
            self._turn(wait=True)
        is_done, result = pickle.loads(self._answers.pop(number))  # noqa: S301  of a process of this one's
        if not is_done:
            raise result
        return result  # type: ignore[no-any-return]

    def _turn(self, *, wait: bool) -> None:
        """Take the answers that are there, or wait for one, and give the workers what they can take."""
        if self._group is None:
            return
        try:
            self._hand_out(self._group)
            for process in self._group.that_answer(wait=wait):
                number, answer = process.take()
                self._answers[number] = answer
                del self._tasks[number]
            self._hand_out(self._group)
        except DiedError:
            self._replace()

    def _hand_out(self, group: _Group) -> None:
        """Give the workers what they can take: first those who have nothing, and those alone near the end."""
        for at_work, left in ((False, 0), (True, self._width)):
            for process in group.processes:
                if len(self._waiting) <= left:
                    return
                number = self._waiting[0]
                if bool(process.given) is at_work and process.takes(self._tasks[number]):
                    process.give(self._waiting.popleft(), self._tasks[number])

    def _replace(self) -> None:
        """Replace all processes after one was killed; the second time the build ends."""
        self._end()
        self._deaths += 1
        if self._deaths > 1:
            raise RefeedError(KILLED)
        self._start()
        self._waiting = deque(self._tasks)
        self._turn(wait=False)

    def _start(self) -> None:
        # It may have made entries here: a connection of SQLite must not be carried into another process.
        self._worker.close()
        with suppress(OSError), uninterrupted():
            self._group = _Group(self._worker, self._width)

    def dismiss(self) -> None:
        """Send the workers home, without waiting until they have left: that takes milliseconds for each."""
        if self._group:
            with uninterrupted():
                self._group.dismiss()
            self._dismissed, self._group = self._group, None

    def close(self) -> None:
        """Send the workers home, whatever they are at."""
        self._end()
        self._tasks.clear()

    def _end(self) -> None:
        if group := self._group or self._dismissed:
            with uninterrupted():
                group.end()
            self._group = self._dismissed = None


def _check_spare_files(end: int) -> None:
    """Raise OSError if a build could hardly open a file beside its workers."""
    spare = list[int]()
    try:
        spare.extend(os.dup(end) for _ in range(_SPARE))
    finally:
        for one in spare:
            os.close(one)
