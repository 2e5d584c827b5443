"""Work for other processes: a spawned one must find it in a module of its own."""

import os
import re
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from refeed.model import SourceFile
from refeed.pipeline.guard import guarded, limit_time
from refeed.pipeline.workers.worker import Worker


def own_id() -> int:
    return os.getpid()


def fail(error: Exception) -> None:
    raise error


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def take_too_long() -> object:
    with limit_time(0):  # the first look at the clock
        return guarded(SourceFile("a.md", "a.md"), never_end, debug=False)


def never_end() -> None:
    while True:
        pass


def touch_and_stay(path: Path) -> None:
    try:
        path.touch()
        never_end()
    finally:
        path.unlink()


def main_thread_and_signals() -> tuple[bool, object]:
    return threading.current_thread() is threading.main_thread(), signal.getsignal(signal.SIGINT)


# Pieces of work for workers of a cluster, which are given the worker first.

ENDLESS = re.compile("(a+)+$")


def be_killed_once(_worker: Worker, mark: Path) -> bool:
    """Kill this process unless that has been done."""
    return _once(mark, os.getpid())


def kill_parent_once(_worker: Worker, mark: Path) -> bool:
    """Kill the process that has started this one unless that has been done."""
    return _once(mark, os.getppid())


def be_killed_always(_worker: Worker) -> None:
    be_killed()


def interrupt(_worker: Worker, pid: int) -> None:
    os.kill(pid, signal.SIGINT)


def kill(_worker: Worker, pid: int, number: int) -> None:
    os.kill(pid, number)


def answer(_worker: Worker) -> int:
    return 42


def set_status(name: str, dask_worker: Any) -> None:
    """Have a worker of Dask take no more work, or take it again; Dask calls it there."""
    from distributed.core import Status

    dask_worker.status = Status[name]


def _once(mark: Path, pid: int) -> bool:
    with suppress(FileExistsError):
        mark.touch(exist_ok=False)
        os.kill(pid, signal.SIGKILL)
    return True
