"""What a worker of a Dask cluster runs: it hands each piece of work to a process of its own."""

import subprocess
import sys
from typing import IO, Final, cast

from refeed.pipeline.cluster_process import receive, send

_PROGRAM: Final = (sys.executable, "-c", "from refeed.pipeline.cluster_process import main; main()")


class WorkerDiedError(Exception):
    """The process that did the work is no more; the same work may be done by another one."""


class _Process:
    """A process that does one piece of work at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(_PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  ours
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def call(self, request: bytes) -> bytes:
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


def run(request: bytes) -> bytes:
    """Have a piece of work done, and return the pickled Answer."""
    process = _waiting() or _Process()
    answer = process.call(request)
    _idle.append(process)
    return answer


def _waiting() -> _Process | None:
    while _idle:
        process = _idle.pop()
        if process.is_alive:
            return process
    return None
