"""The process on a worker of a cluster that does refeed's work, one piece after the other.

Dask runs tasks in threads, where no time limit can end the work on one file: here it has a main thread. A program of
its own and not a process of `multiprocessing`, which the workers of Dask may not start. Requests come on stdin and
answers go to stdout: how many parts there are, and each of them after its size.
"""

import io
import os
import pickle
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Final

from refeed.cache.fingerprint import release
from refeed.digests import blake2b
from refeed.input.address import is_address
from refeed.input.source_files import close_places
from refeed.paths import INTO
from refeed.pipeline.workers.processes.child_process import attempt
from refeed.pipeline.workers.worker import Worker
from refeed.problems import RefeedError
from refeed.records.selection.far_bytes import Made
from refeed.startup.named_tuple import NamedTuple

_SIZE: Final = 8  # bytes that tell the size of what follows
_IDLE: Final = 120  # seconds without work after which the process ends


class Home(NamedTuple):
    """What all pieces of work of a build have in common."""

    run: bytes  # differs from build to build: what one has read may be something else in the next
    folder: str  # where relative paths begin
    paths: tuple[str, ...]
    worker: Worker


class Piece(NamedTuple):
    """A piece of work as it travels: plain values, and the release that can read the bytes."""

    release: str
    home: bytes  # pickled Home
    work: bytes  # pickled: a method of Worker, its arguments and keywords


def send(stream: IO[bytes], parts: Sequence[bytes]) -> None:
    """Write a message."""
    stream.write(len(parts).to_bytes(_SIZE, "big"))
    for data in parts:
        stream.write(len(data).to_bytes(_SIZE, "big"))
        stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> list[bytes] | None:
    """Read a message; None where the other side has ended."""
    number = _number(stream)
    parts = list[bytes]()
    while number is not None and len(parts) < number:
        size = _number(stream)
        data = stream.read(size) if size is not None else b""
        if size is None or len(data) < size:
            return None
        parts.append(data)
    return None if number is None else parts


def _number(stream: IO[bytes]) -> int | None:
    head = stream.read(_SIZE)
    return int.from_bytes(head, "big") if len(head) == _SIZE else None


def answer(request: bytes, *inputs: bytes) -> list[bytes]:
    """Do what a request asks for, with these bytes; return the pickled Answer, and what is to stay on the worker."""
    found = attempt(_do, (Piece(*pickle.loads(request)), inputs), {})  # noqa: S301  from the client of the build
    if isinstance(found.value, Made):
        return [pickle.dumps(found._replace(value=found.value.told)), *found.value.kept]
    return [pickle.dumps(found)]


class _Unpickler(pickle.Unpickler):
    """Unpacks a piece of work; bytes that came from another worker take their places in it."""

    def __init__(self, work: bytes, inputs: Sequence[bytes]) -> None:
        super().__init__(io.BytesIO(work))
        self._inputs = inputs

    def persistent_load(self, number: int) -> bytes:
        """Return the bytes with a number."""
        return self._inputs[number]


def _do(piece: Piece, inputs: Sequence[bytes]) -> object:
    if piece.release != release():
        theirs = f"runs refeed {release()}, and this is {piece.release}"
        raise RefeedError(f"a worker on {socket.gethostname()} {theirs}; install the same on all of them")
    worker = _worker(piece.home)
    work, args, kwargs = _Unpickler(piece.work, inputs).load()
    return work(worker, *args, **kwargs)


_at_home: dict[bytes, Worker] = {}
"""The worker of the build that was served last, by a digest of its Home."""


def _worker(packed: bytes) -> Worker:
    """Return the worker for a build, which keeps what it knows until another build comes."""
    key = blake2b(packed, digest_size=16).digest()
    if key not in _at_home:
        for before in _at_home.values():
            before.close()
        _at_home.clear()
        close_places()
        home: Home = pickle.loads(packed)  # noqa: S301
        _must_be_here(home)
        with suppress(OSError):  # where all paths are absolute it need not exist
            os.chdir(home.folder)
        _at_home[key] = home.worker
    return _at_home[key]


def _must_be_here(home: Home) -> None:
    for path in home.paths:
        if not is_address(path) and not os.path.lexists(os.path.join(home.folder, path.partition(INTO)[0])):
            message = "every worker needs the same files under the same names"
            raise RefeedError(f"{path}: a worker on {socket.gethostname()} does not have it; {message}")


def main() -> None:
    """Answer requests until the asking process ends, or has been silent for long."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal; the client decides
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    while (request := _next(requests)) is not None:
        send(answers, answer(*request))


def _next(requests: IO[bytes]) -> list[bytes] | None:
    if not hasattr(signal, "alarm"):
        return receive(requests)
    signal.alarm(_IDLE)  # ends the process
    request = receive(requests)
    signal.alarm(0)
    return request
