"""Servers that tests start in a thread: a web server with ranges, and as much of S3 as refeed asks for."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler
from random import Random
from time import sleep
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

from local_server import answered_by

_MOMENT: Final = "2020-05-01T08:00:00.000Z"
_STAMP: Final = "Fri, 01 May 2020 08:00:00 GMT"
_PAGE: Final = 1_000  # keys in an answer
_PAUSE: Final = 0.05  # seconds by which a slow answer comes later


@dataclass
class Faults:
    """Failures at random, the same ones for the same seed: which request of a path fails, and how."""

    seed: int
    rate: float  # of requests that fail
    seen: dict[str, int] = field(default_factory=dict)

    def next(self, path: str) -> str | None:
        """Return how the next request of a path fails; None: it does not."""
        number = self.seen[path] = self.seen.get(path, 0) + 1
        chance = Random(f"{self.seed} {number} {path}")  # noqa: S311  not for secrets
        return chance.choice(("503", "half", "reset", "slow")) if chance.random() < self.rate else None


@dataclass
class Store:
    """Files by their paths from the top of the server, what was asked for and by whom, and when it fails."""

    files: dict[str, bytes]
    url: str = ""
    asked: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)  # what was written or removed, in order
    types: dict[str, str] = field(default_factory=dict)  # of what was written
    senders: dict[str, str] = field(default_factory=dict)  # who has written it
    users: list[str] = field(default_factory=list)  # who asked, as they sign for S3
    missing: str = "-"  # a bucket that does not exist
    fails_after: int | None = None  # requests
    busy: int | None = None  # one request in so many is put off
    faults: Faults | None = None
    gate: threading.Event | None = None  # what a request for a dump waits for


@contextmanager
def serving(files: Mapping[str, bytes]) -> Iterator[Store]:
    """Serve files over HTTP; a path with `list-type=2` lists a bucket, as S3 does."""
    store = Store({**files})
    handler = type("Handler", (_Handler,), {"store": store})
    with answered_by(handler) as store.url:
        yield store


class _Handler(BaseHTTPRequestHandler):
    store: Store
    protocol_version = "HTTP/1.1"
    _fault: str | None = None

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self._answer()

    def do_GET(self) -> None:
        """Answer with a file, a part of it, or a list."""
        self._answer()

    def do_PUT(self) -> None:
        """Keep a file."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if self.store.fails_after is not None and len(self.store.sent) >= self.store.fails_after:
            self._send(403, b"<Error><Code>AccessDenied</Code></Error>")
            return
        self.store.files[path], self.store.types[path] = data, self.headers["Content-Type"]
        self.store.sent.append(path)
        self.store.senders[path] = self._user()
        self._send(200, b"", {"ETag": f'"{md5(data, usedforsecurity=False).hexdigest()}"'})

    def do_POST(self) -> None:
        """Remove files: DeleteObjects."""
        asked = fromstring(self.rfile.read(int(self.headers["Content-Length"])))  # noqa: S314  refeed's own
        bucket = urlsplit(self.path).path.strip("/")
        keys = [key.text or "" for key in asked.findall(".//{*}Key")]
        for key in keys:
            self.store.files.pop(f"{bucket}/{key}", None)
            self.store.sent.append(f"{bucket}/{key}")
        deleted = "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in keys)
        self._send(200, f"<DeleteResult>{deleted}</DeleteResult>".encode())

    def _user(self) -> str:
        return self.headers.get("Authorization", "").partition("Credential=")[2].partition("/")[0]

    def _put_off(self, path: str) -> None:
        """Wait as long as the store wants it, and find out how the request fails."""
        self._fault = self.store.faults.next(f"{self.command} {self.path}") if self.store.faults else None
        if self.store.gate and path.endswith(".md"):
            self.store.gate.wait()
        if self._fault == "slow":
            sleep(_PAUSE)

    def _answer(self) -> None:
        path, query = unquote(urlsplit(self.path).path), parse_qs(urlsplit(self.path).query)
        self.store.asked.append(path)
        self.store.users.append(self._user())
        self._put_off(path)
        failing = self.store.fails_after is not None and len(self.store.asked) > self.store.fails_after
        if path.startswith(f"/{self.store.missing}"):
            self._send(404, b"<Error><Code>NoSuchBucket</Code></Error>")
        elif failing:
            self._send(403, b"<Error><Code>AccessDenied</Code></Error>")
        elif self.store.busy and not len(self.store.asked) % self.store.busy:
            self._send(503, b"<Error><Code>SlowDown</Code></Error>")
        elif self._fault in {"503", "reset"}:
            if self._fault == "503":
                self._send(503, b"<Error><Code>SlowDown</Code></Error>")
            self.close_connection = True
        elif "list-type" in query:
            self._send(200, _listing(path.strip("/"), query, self.store.files))
        elif path.lstrip("/") in self.store.files:
            data = self.store.files[path.lstrip("/")]
            tag = f'"{md5(data, usedforsecurity=False).hexdigest()}"'
            unit, _, span = self.headers.get("Range", "").partition("=")
            if self.headers.get("If-Match", tag) != tag:
                self._send(412, b"<Error><Code>PreconditionFailed</Code></Error>")
            elif unit == "bytes" and span:
                first, _, last = span.partition("-")
                start, end = int(first), int(last or len(data) - 1)
                more = {"Content-Range": f"bytes {start}-{min(end, len(data) - 1)}/{len(data)}"}
                self._send(206, data[start : end + 1], {"ETag": tag, "Last-Modified": _STAMP, **more})
            else:
                self._send(200, data, {"ETag": tag, "Last-Modified": _STAMP, "Accept-Ranges": "bytes"})
        else:
            self._send(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def _send(self, status: int, data: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data if self._fault != "half" else data[: len(data) // 2])
        self.close_connection |= self._fault == "half"


def _listing(bucket: str, query: Mapping[str, list[str]], files: Mapping[str, bytes]) -> bytes:
    """Return what ListObjectsV2 answers: keys, and with a delimiter the folders in this one; a thousand at a time."""
    prefix, after = query.get("prefix", [""])[0], query.get("continuation-token", query.get("start-after", [""]))[0]
    keys = sorted(path.removeprefix(f"{bucket}/") for path in [*files] if path.startswith(f"{bucket}/{prefix}"))
    if "delimiter" in query:
        keys = list(dict.fromkeys(_down_to_folder(key, prefix) for key in keys))
    found = [key for key in keys if key > after]
    shown = found[:_PAGE]
    objects = "".join(_object(key, files[f"{bucket}/{key}"]) for key in shown if f"{bucket}/{key}" in files)
    folders = (key for key in shown if f"{bucket}/{key}" not in files)
    prefixes = "".join(f"<CommonPrefixes><Prefix>{escape(key)}</Prefix></CommonPrefixes>" for key in folders)
    more = len(found) > len(shown)
    token = f"<NextContinuationToken>{escape(shown[-1])}</NextContinuationToken>" if more else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>'
        f"<ListBucketResult><Name>{bucket}</Name><Prefix>{escape(prefix)}</Prefix>"
        f"<KeyCount>{len(shown)}</KeyCount><IsTruncated>{str(more).lower()}</IsTruncated>{token}{objects}{prefixes}"
        "</ListBucketResult>"
    ).encode()


def _down_to_folder(key: str, prefix: str) -> str:
    """Return a key, or the beginning of it that names the folder in which it is."""
    name, slash, _ = key[len(prefix) :].partition("/")
    return prefix + name + slash


def _object(key: str, data: bytes) -> str:
    return (
        f"<Contents><Key>{escape(key)}</Key><LastModified>{_MOMENT}</LastModified><Size>{len(data)}</Size>"
        f"<ETag>&quot;{md5(data, usedforsecurity=False).hexdigest()}&quot;</ETag></Contents>"
    )
