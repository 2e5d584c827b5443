"""Run refeed as a process that is a copy of this one: nearly all the time of a new one would go into its imports."""

import gc
import os
import select
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from refeed.cli import main


class Forked:
    """A run of refeed in a process of its own, with what tests need of subprocess.Popen."""

    def __init__(self, arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], without: str = "") -> None:
        """Start it, as where a package is not installed; what it says on stderr is read here."""
        ours, theirs = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _forget(without)
            _run(arguments, cwd, env, theirs)
        os.close(theirs)
        self.stderr: TextIO = open(ours, encoding="utf-8")  # noqa: PTH123, SIM115  a descriptor, open until the end
        self._handle = os.pidfd_open(self.pid)
        self._status: int | None = None

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self._status is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Tell it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        """Wait for its end, and return its status; minus a signal where that ended it."""
        if self._status is None:
            ended, _, _ = select.select([self._handle], [], [], timeout)
            assert ended, "it does not end"
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            os.close(self._handle)
        return self._status


def _forget(package: str) -> None:
    """Let a package be missing for what is imported from now on, and forget what would have needed it."""
    if package:
        for name in [name for name in sys.modules if name.startswith((f"{package}.", "refeed.serve"))]:
            del sys.modules[name]
        sys.modules[package] = None  # type: ignore[assignment]


def _run(arguments: Sequence[str], cwd: Path, env: Mapping[str, str], stderr: int) -> None:
    """Be a program that a shell has just started."""
    status = 1
    try:
        os.dup2(stderr, 2)
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(0, 1)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # the other ends of what tests wait for
        sys.stdin, sys.stdout = os.fdopen(0, "r"), os.fdopen(1, "w")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
        os.environ.clear()
        os.environ.update(env)
        time.tzset()
        os.chdir(cwd)
        for number in (signal.SIGALRM, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        warnings.resetwarnings()
        gc.unfreeze()
        status = main(arguments)
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)
