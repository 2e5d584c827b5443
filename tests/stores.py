"""Servers that tests start in a thread: a web server with ranges, and as much of S3 as reading takes."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

_MOMENT: Final = "2020-05-01T08:00:00.000Z"
_STAMP: Final = "Fri, 01 May 2020 08:00:00 GMT"


@dataclass
class Store:
    """Files by their paths from the top of the server, what was asked for and by whom, and when it fails."""

    files: dict[str, bytes]
    url: str = ""
    asked: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)  # who asked, as they sign for S3
    fails_after: int | None = None  # requests
    busy: int | None = None  # one request in so many is put off


@contextmanager
def serving(files: Mapping[str, bytes]) -> Iterator[Store]:
    """Serve files over HTTP; a path with `list-type=2` lists a bucket, as S3 does."""
    store = Store({**files})
    handler = type("Handler", (_Handler,), {"store": store})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        store.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield store
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    store: Store
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self._answer()

    def do_GET(self) -> None:
        """Answer with a file, a part of it, or a list."""
        self._answer()

    def _answer(self) -> None:
        path, query = unquote(urlsplit(self.path).path), parse_qs(urlsplit(self.path).query)
        self.store.asked.append(path)
        self.store.users.append(self.headers.get("Authorization", "").partition("Credential=")[2].partition("/")[0])
        failing = self.store.fails_after is not None and len(self.store.asked) > self.store.fails_after
        if failing:
            self._send(403, b"<Error><Code>AccessDenied</Code></Error>")
        elif self.store.busy and not len(self.store.asked) % self.store.busy:
            self._send(503, b"<Error><Code>SlowDown</Code></Error>")
        elif "list-type" in query:
            self._send(200, _listing(path.strip("/"), query.get("prefix", [""])[0], self.store.files))
        elif path.lstrip("/") in self.store.files:
            data = self.store.files[path.lstrip("/")]
            tag = f'"{md5(data, usedforsecurity=False).hexdigest()}"'
            unit, _, span = self.headers.get("Range", "").partition("=")
            if unit == "bytes" and span:
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
            self.wfile.write(data)


def _listing(bucket: str, prefix: str, files: Mapping[str, bytes]) -> bytes:
    """Return what ListObjectsV2 answers: the keys in a folder, and the folders in it."""
    keys = sorted(path.removeprefix(f"{bucket}/") for path in files if path.startswith(f"{bucket}/{prefix}"))
    here = [key for key in keys if "/" not in key[len(prefix) :]]
    folders = dict.fromkeys(prefix + key[len(prefix) :].partition("/")[0] + "/" for key in keys if key not in here)
    objects = "".join(
        f"<Contents><Key>{escape(key)}</Key><LastModified>{_MOMENT}</LastModified><Size>{len(files[f'{bucket}/{key}'])}"
        f"</Size><ETag>&quot;{md5(files[f'{bucket}/{key}'], usedforsecurity=False).hexdigest()}&quot;</ETag></Contents>"
        for key in here
    )
    prefixes = "".join(f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in folders)
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>'
        f"<ListBucketResult><Name>{bucket}</Name><Prefix>{escape(prefix)}</Prefix>"
        f"<KeyCount>{len(keys)}</KeyCount><IsTruncated>false</IsTruncated>{objects}{prefixes}</ListBucketResult>"
    )
    return text.encode()
