"""Run refeed as a copy of a process that has imported it: of a short run, that is most of the time.

A copy has its own folder, environment, stderr and end. What an interpreter is told at its start alone, such as how to
seed hashes and encode streams, it has from the first process: tests of that start a program anew.
"""

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Self

# What `build`, `watch` and `serve` import where they first need it, and the build of one dump does not.
_LATE = ("anyio._backends._asyncio", "refeed.cli", "refeed.serve.run", "segno", "uvicorn.loops.uvloop")

_SIZE = 4  # bytes that say how long an order is


class Copy:
    """A program that runs, used as one of `subprocess.Popen`."""

    def __init__(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], changed: Mapping[str, float]
    ) -> None:
        """Start `refeed ARGUMENTS` in a folder; `changed` are constants of refeed, such as times to wait."""
        (said, saying), (told, telling) = os.pipe(), os.pipe()
        order = json.dumps([[*arguments], str(folder), {**environment}, {**changed}]).encode()
        socket.send_fds(_original(), [len(order).to_bytes(_SIZE), order], [saying, telling])
        os.close(saying)
        os.close(telling)
        self.stderr: IO[str] = os.fdopen(said, encoding="utf-8")
        self._told = os.fdopen(told)
        self.pid = int(self._told.readline())
        self._status: int | None = None

    def __enter__(self) -> Self:
        """Use it until the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for its end."""
        self.wait()
        self.stderr.close()
        self._told.close()

    def wait(self, timeout: float | None = None) -> int:
        """Return the status with which it ended, negative for a signal."""
        if self._status is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("refeed", timeout or 0)
            self._status = int(self._told.readline())
        return self._status

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Tell it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


@cache
def _original() -> socket.socket:
    """Start the process that copies are made of, which ends with this one, and return the way to it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)  # macOS has no packets here
    with theirs:
        process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def _be_original(orders: socket.socket) -> None:
    """Import everything, and make a copy for each order; the copy alone returns before there are no more."""
    _import_all()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches all processes: copies decide
    while True:
        size, handles, _, _ = socket.recv_fds(orders, _SIZE, 2, socket.MSG_WAITALL)
        order = orders.recv(int.from_bytes(size), socket.MSG_WAITALL) if size else b""
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not order:
            break
        if not os.fork():
            orders.close()
            _keep(*json.loads(order), *handles)
            return
        for handle in handles:
            os.close(handle)
    with suppress(ChildProcessError):  # they have ended, or will
        while True:
            os.wait()


def _import_all() -> None:
    """Do what a server does once: import, read the templates, and build a feed of one dump."""
    for name in _LATE:
        import_module(name)
    import refeed
    from refeed.pages.rendering import load_templates

    load_templates()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.md").write_text("---\ntitle: Tide\ndate: 2020-05-01\n---\n\n<p>High *water*.</p>\n")
        refeed.build(folder)
    gc.collect()
    gc.freeze()  # looking for garbage in it would cost each copy a copy of its memory


def _keep(
    arguments: list[str],
    folder: str,
    environment: dict[str, str],
    changed: dict[str, float],
    stderr: int,
    telling: int,
) -> None:
    """Start the program, and tell who it is and how it ended; the program alone returns."""
    program = os.fork()
    if program:
        os.close(stderr)
        os.write(telling, b"%d\n" % program)
        status = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
        with suppress(BrokenPipeError):
            os.write(telling, b"%d\n" % status)
        os._exit(0)
    os.close(telling)
    os.dup2(stderr, sys.stderr.fileno())
    os.close(stderr)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name, value in changed.items():
        module, _, constant = name.rpartition(".")
        getattr(sys.modules[module], constant)  # it is there
        setattr(sys.modules[module], constant, value)
    sys.argv, sys.path[0] = ["refeed", *arguments], folder


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as given:
        _be_original(given)
    if sys.argv[0] == "refeed":
        from refeed.cli import main

        raise SystemExit(main())
