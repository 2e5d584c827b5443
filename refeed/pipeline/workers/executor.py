"""The seam between a build and whatever does its work: this process, processes of this machine, or a cluster.

A piece of work is a method of Worker with plain values: read a batch of files and return rows, fold a part of the rows,
or make a handful of entries. What comes of it depends on nothing else, so it may be done anywhere, in any order, and
once more.
"""

from collections.abc import Callable
from functools import partial
from typing import Concatenate, Final, ParamSpec, Protocol, TypeVar

from refeed.pipeline.workers.worker import Worker
from refeed.records.selection.far_bytes import FarBytes, Made

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

KILLED: Final = (
    "a worker process was killed, probably out of memory; try --workers 1 "
    '(in a program of your own: build under `if __name__ == "__main__":`)'
)
"""What is said when one of the processes that do the work is no more."""


class Kept(Protocol[T_co]):
    """The result of a piece of work, on the worker that made it, as long as anything refers to it."""

    def told(self) -> T_co:
        """Wait for the answer."""

    def __getitem__(self, number: int) -> FarBytes:
        """Return some of what is kept, to be handed to other work."""


class Executor(Protocol):
    """Does pieces of work."""

    @property
    def ahead(self) -> int:
        """How many pieces of work should wait to be done."""

    def submit(self, work: Callable[Concatenate[Worker, P], R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Begin a piece of work; return a function that waits for its result."""

    def dismiss(self) -> None:
        """Begin to release the processes, because all work is done."""

    def close(self) -> None:
        """Release the processes; work that has not begun is not done."""


class Keeper(Executor, Protocol):
    """Does pieces of work whose outcome stays with the workers."""

    def keep(self, work: Callable[Concatenate[Worker, P], Made[T]], *args: P.args, **kwargs: P.kwargs) -> Kept[T]:
        """Have a piece of work done, now or soon."""


class InThisProcess:
    """Does each piece of work here, when it is asked for."""

    ahead = 0

    def __init__(self, worker: Worker) -> None:
        """Take the worker that does it."""
        self._worker = worker

    def submit(self, work: Callable[Concatenate[Worker, P], R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Put it off until it is asked for."""
        return partial(work, self._worker, *args, **kwargs)

    def dismiss(self) -> None:
        """Do nothing: as `close`."""

    def close(self) -> None:
        """Do nothing: the worker is closed by what made it."""
