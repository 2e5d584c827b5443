"""A scheduler of Dask and two workers, each a process that shares nothing with this one, as on other machines.

They are copies of a process that has loaded Dask, which takes more than a second, and nothing else.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import NamedTuple

from programs import free_port

# What programs of Dask do while there is nothing to do: by default fifty times a second.
QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "2s",
    "distributed.admin.system-monitor.interval": "10s",
}


class Cluster(NamedTuple):
    """A scheduler and its workers."""

    address: str
    scheduler: ForkServerProcess
    workers: list[ForkServerProcess]
    start_worker: Callable[[], ForkServerProcess]

    def replace_workers(self) -> None:
        """Start two others, which join late, and kill those that are there."""
        before = self.workers.copy()
        self.workers[:] = [self.start_worker() for _ in before]
        for process in before:
            process.kill()
            process.join()


def be_program(name: str, arguments: tuple[str, ...], folder: Path, variables: Mapping[str, str]) -> None:
    """Be the scheduler or a worker, as `dask NAME` is one; write its log into a folder."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    with Path("log").open("ab") as log:
        os.dup2(log.fileno(), 2)
    import dask
    from distributed.cli import dask_scheduler, dask_worker

    dask.config.set(QUIET)
    program = {"scheduler": dask_scheduler, "worker": dask_worker}[name]
    program.main([*arguments, "--no-dashboard"])


@contextmanager
def running_cluster(folder: Path, variables: Mapping[str, str]) -> Iterator[Cluster]:
    """Start a scheduler and two workers with these variables; they write their log into a folder."""

    def start(name: str, *arguments: str) -> ForkServerProcess:
        process = copies.Process(target=be_program, args=(name, arguments, folder, variables))
        process.start()
        return process

    copies = multiprocessing.get_context("forkserver")
    copies.set_forkserver_preload(["distributed"])
    host, port = "127.0.0.1", free_port()
    address = f"tcp://{host}:{port}"
    scheduler = start("scheduler", "--host", host, "--port", str(port))
    join = partial(start, "worker", address, "--nthreads", "1", "--no-nanny", "--memory-limit", "0")
    started = Cluster(address, scheduler, [join(), join()], join)
    try:
        yield started
    finally:
        for process in (*started.workers, scheduler):
            process.kill()
            process.join()
