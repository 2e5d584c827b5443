"""Work for other processes: a spawned one must find it in a module of its own."""

import os
import signal
import threading
from pathlib import Path

from refeed.model import SourceFile
from refeed.pipeline.guard import guarded, limit_time


def own_id() -> int:
    return os.getpid()


def fail(error: Exception) -> None:
    raise error


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def take_too_long() -> object:
    with limit_time(1):
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
