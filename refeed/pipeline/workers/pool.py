"""Share the work of a build among workers; the result does not depend on how many there are, nor where."""

import os
import sys
import threading
from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec, TypeVar

from refeed.input.place import Sharing
from refeed.options import Options
from refeed.pipeline.workers.executor import Executor, InThisProcess, Keeper
from refeed.pipeline.workers.worker import Worker

P = ParamSpec("P")
R = TypeVar("R")

_PIECE: Final = 256  # files that are read at once
_LARGE_PIECE: Final = 1_024  # where there are many, and on a cluster, where each piece takes a while on its way
_PIECES: Final = 16  # of the size of one, for each worker, there have been then: so none has much left when others end
_MOST: Final = 8  # workers that are started unasked; beyond that the one that hands out the work is the slowest


class WorkerPool:
    """Workers: the one in this process, or once `start` was called those in processes of their own or on a cluster.

    Where the system allows no more processes, this one does all.
    """

    def __init__(self, worker: Worker, width: int | None, cluster: str | None = None) -> None:
        """Plan `width` workers; by default as many as there are processors for this process.

        `cluster` is the address of one that does the work instead.
        """
        self._worker, self._cluster = worker, cluster
        self._asked = width is not None or cluster is not None
        self._width = width or min(_processors(), _MOST)
        self._executor: Executor = InThisProcess(worker)
        self.keeper: Keeper | None = None  # workers that keep what they make, and hand it to each other
        self._is_settled = self._width == 1 and cluster is None  # who does the work from here on

    def piece(self, found: int) -> int:
        """Return how many files make a piece of work that is worth sending, after `found` others."""
        if self._cluster is not None:
            return _LARGE_PIECE
        return max(_PIECE, min(found // (_PIECES * self._width), _LARGE_PIECE))

    @property
    def needs(self) -> Sharing:
        """What a place must allow so that these workers can read it."""
        return Sharing.ALL if self._cluster is None else Sharing.PROGRAMS

    @property
    def ahead(self) -> int:
        """How many pieces of work should wait to be done."""
        return self._executor.ahead

    @property
    def share(self) -> int | None:
        """The bytes that a file may have for these workers to read it beside each other; None: as many as any."""
        return self._worker.share_of(self._width) if self._executor.ahead and self.keeper is None else None

    @property
    def shares(self) -> bool:
        """Whether the processes that `start` may start are copies of this one: what it has compiled they need not."""
        return not self._is_settled and self._cluster is None and _can_copy()

    def start(self, *, pays: bool) -> None:
        """Start the processes, if there is enough work for them or the user wants them."""
        if self._is_settled or not (self._asked or pays):
            return
        if self._cluster is not None:
            from refeed.pipeline.workers.processes.cluster import DaskCluster  # an extra

            self._executor = self.keeper = DaskCluster(self._cluster, self._worker)
            self._is_settled = True
            return
        # Neither is loaded where one process does all.
        if _can_copy():
            from refeed.pipeline.workers.processes.copied_processes import CopiedProcesses

            self._executor = copies = CopiedProcesses(self._worker, self._width)
            copies.start()
        elif self._asked:
            from refeed.pipeline.workers.processes.spawned_processes import SpawnedProcesses

            self._executor = SpawnedProcesses.started(self._worker, self._width) or self._executor
        else:
            return
        self._is_settled = True

    def do_here(self, work: Callable[Concatenate[Worker, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do a piece of work in this process, now."""
        return work(self._worker, *args, **kwargs)

    def submit(self, work: Callable[Concatenate[Worker, P], R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Begin a piece of work; return a function that waits for its result, or does the work here."""
        return self._executor.submit(work, *args, **kwargs)

    def dismiss(self) -> None:
        """Send the workers home when all work is done: they leave meanwhile, and keep no memory."""
        self._executor.dismiss()
        self._worker.close()

    def close(self) -> None:
        """Send the workers home; work that none of them has begun is not done."""
        self._executor.close()
        self._worker.close()


def pool_for(worker: Worker, options: Options) -> WorkerPool:
    """Return the workers that a run asks for."""
    return WorkerPool(worker, options.workers, options.cluster)


def _can_copy() -> bool:
    """Return whether workers can be copies of this process, which share all that is loaded.

    With threads beside it, or on macOS, that is not safe. What is begun from nothing instead takes its time, and needs
    a main module that can be loaded: that is done only where workers are asked for.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
