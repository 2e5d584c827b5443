"""Ask a server: the application in this process, where a test decides when it builds, or a process of its own."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from copies import Copy
from starlette.types import ASGIApp, Message, Scope

PATIENCE = 60.0  # seconds after which what a test waits for counts as never happening
NOTHING: Final[Mapping[str, float]] = MappingProxyType({})
_PAUSE = 0.05  # seconds between two looks: who waits leaves the processor to what is waited for


class Reply(NamedTuple):
    """What a client gets."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> Reply:
    """Ask an application; `If_None_Match="…"` is the header If-None-Match."""
    address, _, query = path.partition("?")
    scope: Scope = {
        "type": "http",
        "method": method,
        "path": address,
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()],
        "server": ("127.0.0.1", 8000),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await app(scope, receive, send)

    asyncio.run(run())
    start = sent[0]
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return Reply(start["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))


def fetch(url: str, method: str = "GET", **headers: str) -> Reply:
    """Ask a server over a connection of its own."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), headers=told)
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def at_home(folder: Path) -> dict[str, str]:
    """Return a program an environment of its own, with its home and its caches in a folder."""
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / ".cache")}
    return {**home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def until(condition: Callable[[], bool]) -> None:
    """Ask again and again until something holds."""
    end = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < end, "it never happened"
        sleep(_PAUSE)


class Live(NamedTuple):
    """A program that runs."""

    process: "Copy | subprocess.Popen[str]"
    url: str  # of the feed, where it serves one

    def shows(self, text: str) -> bool:
        """Return whether the feed holds a text."""
        return text.encode() in fetch(self.url).body


@contextmanager
def running(
    *arguments: str, cwd: Path, ready: str, anew: bool = False, changed: Mapping[str, float] = NOTHING
) -> Iterator[Live]:
    """Run refeed until the block ends; it is there when a line of stderr fits `ready`, whose group is the address.

    It is a copy of a process that has imported refeed, in which some constants may be changed, unless it starts anew.
    """
    with _started(arguments, cwd, changed, anew=anew) as process:
        try:
            assert process.stderr
            found = next((match for line in process.stderr if (match := re.search(ready, line))), None)
            assert found, f"refeed {' '.join(arguments)} ended before it was ready"
            yield Live(process, found[1] if found.re.groups else "")
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _started(
    arguments: Sequence[str], folder: Path, changed: Mapping[str, float], *, anew: bool
) -> "Copy | subprocess.Popen[str]":
    if not anew:
        return Copy(arguments, folder, at_home(folder), changed)
    command = [sys.executable, "-m", "refeed", *arguments]
    return subprocess.Popen(command, cwd=folder, env=at_home(folder), stderr=subprocess.PIPE, text=True)


@contextmanager
def serving(
    folder: Path,
    *arguments: str,
    name: str = "archive",
    anew: bool = False,
    changed: Mapping[str, float] = NOTHING,
) -> Iterator[Live]:
    """Serve `folder/archive` at a free port; the first build is done."""
    paths = [name] if name else []
    command = ("serve", *paths, "--port", "0", *arguments)
    with running(*command, cwd=folder, ready=r"serving (http\S+)", anew=anew, changed=changed) as live:
        until(lambda: fetch(live.url.replace("//0.0.0.0", "//127.0.0.1")).status != 503)
        yield live
