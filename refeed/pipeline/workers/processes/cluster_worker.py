"""What a worker of a Dask cluster runs: it hands each piece of work to a process of its own."""

import subprocess
import sys
from collections.abc import Sequence
from typing import IO, Final, cast

from refeed.pipeline.workers.processes.cluster_process import receive, send

_PROGRAM: Final = (sys.executable, "-c", "from refeed.pipeline.workers.processes.cluster_process import main; main()")


class WorkerDiedError(Exception):
    """The process that did the work has died; another one may do the same work."""


class _Process:
    """A process that does one piece of work at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(_PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  ours
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def call(self, *request: bytes) -> list[bytes]:
        """Return the answer; WorkerDiedError where none will come."""
        try:
            send(self._requests, request)
            answer = receive(self._answers)
        except BrokenPipeError:
            answer = None
        if answer is None:
            raise WorkerDiedError(f"exit status {self._process.wait()}")
        return answer


_idle: list[_Process] = []
"""Processes that wait for work: at most one for each thread of the worker."""


def run(request: bytes, inputs: Sequence[bytes]) -> list[bytes]:
    """Do the piece of work that is pickled in these bytes; return the pickled Answer, and what else it has made."""
    process = _waiting() or _Process()
    answer = process.call(request, *inputs)
    _idle.append(process)
    return answer


def told(made: Sequence[bytes]) -> tuple[tuple[int, ...], bytes]:
    """Return the pickled Answer alone, and the sizes of the rest."""
    return tuple(map(len, made[1:])), made[0]


def nth(made: Sequence[bytes], number: int) -> bytes:
    """Return a part of what was made."""
    return made[number]


def _waiting() -> _Process | None:
    while _idle:
        process = _idle.pop()
        if process.is_alive:
            return process
    return None
