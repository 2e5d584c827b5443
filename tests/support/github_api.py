"""As much of GitHub's API as reading a repository takes, from a thread of a test."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from local_server import answered_by

REPOSITORY: Final = "/repos/harbour/notes"
_LARGEST: Final = 2**20  # bytes of a file that is told in the answer itself


@dataclass
class Repository:
    """The files on the branch `trunk`, who asked, and after how many answers there are none any more."""

    files: Mapping[str, bytes]
    url: str = ""
    users: list[str] = field(default_factory=list)
    most: int = 1_000


@contextmanager
def github(files: Mapping[str, bytes]) -> Iterator[Repository]:
    """Serve a repository."""
    repository = Repository(files)
    handler = type("Handler", (_Handler,), {"repository": repository})
    with answered_by(handler) as repository.url:
        yield repository


class _Handler(BaseHTTPRequestHandler):
    repository: Repository

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self._send(200, self.repository.files[unquote(self.path[1:])])

    def do_GET(self) -> None:
        """Answer with what is asked for."""
        repository, path = self.repository, unquote(urlsplit(self.path).path)
        repository.users.append(self.headers.get("Authorization", ""))
        if len(repository.users) > repository.most:
            self._send(403, b"{}")
        elif path == REPOSITORY:
            self._answer({"default_branch": "trunk"})
        elif path.startswith(f"{REPOSITORY}/git/trees/"):
            self._answer({"tree": self._tree(path.rpartition("/")[2])})
        elif path.startswith(f"{REPOSITORY}/contents/"):
            self._contents(path.removeprefix(f"{REPOSITORY}/contents/"))
        elif path[1:] in repository.files:
            self._send(200, repository.files[path[1:]])
        else:
            self._send(404, b"{}")

    def _tree(self, sha: str) -> list[dict[str, Any]]:
        """Return what lies in a folder; its name in hexadecimal digits stands for the checksum of its tree."""
        folder = "" if sha == "trunk" else bytes.fromhex(sha).decode() + "/"
        below = [name[len(folder) :] for name in self.repository.files if name.startswith(folder)]
        files = [
            {"path": name, "type": "blob", "mode": "1", "size": len(self.repository.files[folder + name]), "sha": "1"}
            for name in below
            if "/" not in name
        ]
        folders = dict.fromkeys(name.partition("/")[0] for name in below if "/" in name)
        return files + [
            {"path": name, "type": "tree", "mode": "0", "sha": (folder + name).encode().hex()} for name in folders
        ]

    def _contents(self, name: str) -> None:
        data = self.repository.files.get(name)
        if data is None:
            self._send(404, b"{}")
        else:
            content = b64encode(data).decode() if len(data) <= _LARGEST else ""
            self._answer({"content": content, "download_url": f"{self.repository.url}/{name}"})

    def _answer(self, value: dict[str, Any]) -> None:
        self._send(200, json.dumps(value).encode())

    def _send(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
