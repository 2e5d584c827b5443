"""Do work in a separate process, one piece after another.

There the work has a main thread: only in one can the time for a file be limited, and only a process without other
threads can be copied for workers. Work that takes all memory, or crashes a library, ends its own process alone.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe, connection, get_context, parent_process
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from refeed.problems import OUT_OF_MEMORY, RefeedError
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

P = ParamSpec("P")
R = TypeVar("R")

_PATIENCE: Final = 5.0  # seconds in which a process that is told to end closes its files
_CHECK: Final = 1.0  # seconds between two looks at whether the parent is there

_KILLED: Final = "the build process was killed, probably out of memory; try --workers 1"
_FAILED: Final = "the build process ended with an error; please report it"


class StoppedError(RefeedError):
    """The process was told to end; whatever it was doing is not done."""


class Answer(NamedTuple):
    """What came of a piece of work."""

    value: Any
    failure: str | None

    def get(self) -> Any:
        """Return the value; a failure is a RefeedError here."""
        if self.failure is not None:
            raise RefeedError(self.failure)
        return self.value


class _Word(NamedTuple):
    """How far a piece of work has come."""

    number: int


_to_parent: list["Connection"] = []
"""In a process that does what it is told: the way to the one that tells it."""


def tell(number: int) -> None:
    """Report how far the work has come, if the caller waits for reports."""
    for pipe in _to_parent:
        pipe.send(_Word(number))


class ChildProcess:
    """A process that does what it is told; one that has died is replaced with the next piece of work."""

    def __init__(self) -> None:
        """Start it. It is a cheap copy of this process as long as that has one thread, so start it early."""
        self.told: Callable[[int], None] = lambda _: None  # hears how far the work has come
        self._closed = False
        self._turn = threading.Lock()  # two threads would take each other's answers
        self._process, self._pipe = _start()

    @property
    def is_alive(self) -> bool:
        """Return whether the process is there."""
        return self._process.is_alive()

    def call(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Have a piece of work done and return what it returns; its failure is a RefeedError here."""
        with self._turn:
            if self._closed:
                raise StoppedError
            if not self.is_alive:
                self._pipe.close()
                self._process, self._pipe = _start()
            try:
                self._pipe.send((work, args, kwargs))
                while isinstance(word := self._pipe.recv(), _Word):
                    self.told(word.number)
                answer: Answer = word
            except (EOFError, OSError):  # it ended, and the pipe with it
                self._process.join()
                status = self._process.exitcode or 0
                if status == 0:  # somebody told it to end
                    raise StoppedError from None
                raise RefeedError(_KILLED if status < 0 else f"{_FAILED} ({status})") from None
        value: R = answer.get()
        return value

    def close(self) -> None:
        """End the process, and with it the work that is under way."""
        self._closed = True
        self._process.terminate()
        self._process.join(_PATIENCE)
        self._process.kill()
        self._process.join()


def _start() -> "tuple[BaseProcess, Connection]":
    # As in the pool: a copy of a process with threads, or on macOS, is not safe.
    can_copy = sys.platform == "linux" and threading.active_count() == 1
    ours, theirs = Pipe()
    arguments = (theirs, ours if can_copy else None)
    process: BaseProcess
    if can_copy:
        gc.freeze()  # as in the pool: what is loaded stays shared as long as nobody looks through it
        process = get_context("fork").Process(target=_serve, args=arguments, name="build")
    else:
        process = get_context("spawn").Process(target=_serve, args=arguments, name="build")
    process.start()
    theirs.close()  # so that this end notices when the process ends
    return process, ours


def _serve(pipe: "Connection", inherited: "Connection | None") -> None:
    """Do what is asked for until the asking process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the parent decides
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is under way cleans up behind itself
    if inherited:
        inherited.close()  # a copy has the parent's end, too, and would wait for itself
    _end_with_parent()
    from refeed.formats import forget  # only the child reads files

    _to_parent.append(pipe)
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError):
        while True:
            work, args, kwargs = pipe.recv()
            pipe.send(attempt(work, args, kwargs))
            forget()  # the last file, which may be large
            gc.collect()  # parsed bodies are cycles: until the next piece of work nothing would free them
            _give_back()


def _give_back() -> None:
    """Give the system what is free again: glibc keeps the memory of a large file for the next one."""
    from ctypes import CDLL  # only the child needs it

    with suppress(AttributeError, OSError, TypeError):  # another C library, or Windows
        CDLL(None).malloc_trim(0)


def attempt(work: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> Answer:
    """Do a piece of work; whatever goes wrong is part of the answer."""
    try:
        return Answer(work(*args, **kwargs), None)
    except (RefeedError, OSError) as error:  # the latter: no room for what is temporary, or for a process
        return Answer(None, str(error))
    except MemoryError:
        return Answer(None, OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001  the next piece of work may be done; this one is reported as a bug
        return Answer(None, f"refeed failed here ({type(error).__name__}: {error}); please report it")


def _end_with_parent() -> None:
    """See to it that this process ends when its parent has, however that ended.

    A timer, no thread: this process may have to be copied for workers.
    """
    parent = parent_process()
    if parent is None or not hasattr(signal, "setitimer"):
        return

    def check(*_: object) -> None:
        if connection.wait([parent.sentinel], 0):
            os._exit(1)

    signal.signal(signal.SIGALRM, check)
    signal.setitimer(signal.ITIMER_REAL, _CHECK, _CHECK)
