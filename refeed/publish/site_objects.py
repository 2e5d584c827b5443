"""Write a site into a store of objects, as `site_folder` does into a folder: only what differs is sent.

The manifest has a seal of every document: what was sent once is not fetched to be compared. Stores have no folders, no
links and no locks: let one run at a time write.
"""

import io
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from typing import Final

from refeed.digests import blake2b
from refeed.input.ignored import PUBLISHED
from refeed.input.remote.file_systems import objects_at
from refeed.outputs import load_outputs
from refeed.pipeline.output.atomic_write import Write
from refeed.problems import OutputError
from refeed.publish.manifest import Manifest, read_manifest
from refeed.publish.names import Names
from refeed.publish.sealed_files import SEAL_SIZE

_AT_ONCE: Final = 16  # documents that are sent at the same time
# What hosts say of a document, by the ending of its name; feeds say it of themselves.
_TYPES: Final = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "opml": "text/x-opml",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "application/xml",
}


class ObjectWriter:
    """Sends documents, for one process."""

    def __init__(self, address: str, send: Callable[[Callable[[], None]], None] = lambda work: work()) -> None:
        """Take the address of the site; `send` does the work of sending, now or soon."""
        self._address, self._send = address, send
        self._objects, self._top = objects_at(address)
        self._feeds = {f"feed{output.suffix}": output.media_type for output in load_outputs().values()}

    def write(
        self, path: str, write: Write, seal: bytes, known: bytes | None, before: Callable[[], None]
    ) -> tuple[bytes, bool]:
        """Send a document if it differs from the one with the known seal; return its seal and whether it does.

        `before` is called in that case.
        """
        if seal and seal == known:
            return seal, False
        out = io.BytesIO()
        write(out)
        data = out.getvalue()
        seal = seal or blake2b(data, digest_size=SEAL_SIZE).digest()
        if seal == known:
            return seal, False
        before()
        self._send(partial(self.put, path, data))
        return seal, True

    def put(self, path: str, data: bytes) -> None:
        """Send bytes."""
        with self._told(path):
            self._objects.write(self._top + path, data, f"{self._media_type(path)}; charset=utf-8")

    def get(self, path: str) -> bytes | None:
        """Return what lies there; None if there is nothing."""
        try:
            with self._told(path):
                return self._objects.read(self._top + path, "", None, None)
        except FileNotFoundError:
            return None

    def remove(self, path: str) -> None:
        """Remove an object."""
        with suppress(FileNotFoundError), self._told(path):
            self._objects.remove(self._top + path)

    def names(self) -> Iterator[str]:
        """Yield the paths of all objects of the site."""
        with self._told(""):
            yield from self._objects.names(self._top)

    def _media_type(self, path: str) -> str:
        name = path.rpartition("/")[2]
        atom = self._feeds["feed.xml"]
        if path.startswith("archive/") and path.endswith(".xml"):
            return atom
        return self._feeds.get(name) or _TYPES.get(name.rpartition(".")[2], "application/octet-stream")

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # whatever the library of a store raises
            from refeed.input.remote.store_errors import lacks_bucket, why_failed

            if isinstance(error, FileNotFoundError) and not lacks_bucket(error):
                raise
            why = why_failed(error, self._address)
            raise OutputError(f"{self._address}{path}: cannot be written: {why}; publish again") from error


class SiteObjects:
    """The site; `written` and `removed` are the paths of what changed."""

    def __init__(self, address: str) -> None:
        """Read what the last run left there."""
        objects_at(address)  # a wrong one is reported as it is written
        self.shown = address
        self.root = address.rstrip("/") + "/"
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._sent = deque[Future[None]]()
        self._writer = ObjectWriter(self.root, self._send)
        self.manifest = self._manifest()
        self._planned = Manifest()
        self._there = Names()
        self._is_last = False
        self.is_announced = False
        self.written: list[str] = []
        self.removed: list[str] = []

    def begin(self, planned: Manifest) -> None:
        """Check that nothing of others is in the way of what is to lie there at the end."""
        self._there = Names(self._writer.names())
        for path in planned.files.paths:
            if path in self._there and path not in self.manifest.files.paths:
                raise OutputError(
                    f"{self.root}{path}: is not refeed's and was not touched; remove it, or name another place"
                )
        self._planned = planned

    def known_seal(self, path: str) -> bytes | None:
        """Return the seal of a document that lies there."""
        return self.manifest.files[path] if path in self._there else None

    def write(self, path: str, write: Write, seal: bytes = b"") -> None:
        """Send a document if it differs; it need not be made where the seal says that it does not."""
        seal, has_changed = self._writer.write(path, write, seal, self.known_seal(path), self.announce)
        self.take_over(path, seal, has_changed=has_changed)

    def take_over(self, path: str, seal: bytes, *, has_changed: bool) -> None:
        """Note a document that was sent, or need not be."""
        self._planned.files[path] = seal
        if has_changed:
            self.written.append(path)

    def remove_others(self) -> None:
        """Remove what was written once and is not planned any more; what is written then is written in order."""
        self.settle()
        for path in self.manifest.files.paths.without(self._planned.files.paths):
            self.announce()
            if path in self._there:
                self._send(partial(self._writer.remove, path))
                self.removed.append(path)
        self.settle()
        self._is_last = True

    def settle(self) -> None:
        """Wait until all is there that was sent."""
        while self._sent:
            self._sent.popleft().result()

    def finish(self) -> None:
        """Remember what lies there now."""
        self.settle()
        self._remember(self._planned)
        self.manifest = self._planned

    def state(self) -> bytes:
        """Digest what lies there: the manifest with the seals of all documents, and all names."""
        state = blake2b(self._remembered or b"", digest_size=SEAL_SIZE)
        for name in Names(self._writer.names()):
            state.update(name.encode("utf-8", "surrogatepass") + b"\0")
        return state.digest()

    def close(self) -> None:
        """Let go of what sends."""
        self._threads.shutdown(cancel_futures=True)

    @contextmanager
    def marked(self) -> Iterator[str]:
        """Return nothing by which workers would have to know the place: all reach the same store."""
        yield ""

    def announce(self) -> None:
        """Before anything is changed remember what will lie there."""
        if self.is_announced:
            return
        self.is_announced = True
        self._remember(self._planned.until_done(self.manifest))

    def _send(self, work: Callable[[], None]) -> None:
        if self._is_last:
            work()
            return
        while len(self._sent) > 2 * _AT_ONCE:
            self._sent.popleft().result()
        self._sent.append(self._threads.submit(work))

    def _manifest(self) -> Manifest:
        try:
            data = self._remembered = self._writer.get(PUBLISHED)
            return read_manifest(data.splitlines(keepends=True)) if data is not None else Manifest()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what = "what lies there cannot be told from what is not refeed's; empty it or name another place"
            raise OutputError(f"{self.root}{PUBLISHED}: cannot be read ({error}): {what}") from None

    def _remember(self, manifest: Manifest) -> None:
        data = b"".join(manifest.lines())
        if data != self._remembered:
            self._writer.put(PUBLISHED, data)
            self._remembered = data
