"""A scheduler of Dask and two workers, each a program of its own, as on other machines."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from programs import free_port

# What programs of Dask do while there is nothing to do: by default fifty times a second.
QUIET = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "2s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}


class Cluster(NamedTuple):
    """A scheduler and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    start_worker: Callable[[], subprocess.Popen[bytes]]

    def replace_workers(self) -> None:
        """Start two others, which join late, and kill those that are there."""
        before = self.workers.copy()
        self.workers[:] = [self.start_worker() for _ in before]
        for process in before:
            process.kill()
            process.wait()


@contextmanager
def running_cluster(folder: Path, variables: Mapping[str, str]) -> Iterator[Cluster]:
    """Start a scheduler and two workers with these variables; they write their log into a folder."""

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        log = (folder / "log").open("ab")
        return subprocess.Popen(command, cwd=folder, env={**variables, **QUIET}, stderr=log)

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
            process.wait()
