"""Write into the folder of a site: only what differs is touched, only what refeed wrote is replaced or removed.

The manifest names every file before it is written, so that a run that is killed leaves nothing that is nobody's.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, zip_longest
from pathlib import Path
from typing import BinaryIO, Final

from refeed.digests import blake2b
from refeed.input.ignored import PUBLISHED
from refeed.pipeline.output.atomic_write import Write, write_document
from refeed.pipeline.output.temporary_file import remove_leftovers, temporary_in
from refeed.problems import OutputError
from refeed.publish.manifest import Manifest, read_manifest
from refeed.publish.site_writer import SiteWriter, mode_of, stats_of

_UNREADABLE: Final = "what lies in this folder cannot be told from what is not refeed's; empty it or name another one"


class SiteFolder:
    """The folder; `written` and `removed` are the paths of what changed."""

    def __init__(self, root: str) -> None:
        """Read what the last run left there."""
        self.root = Path(os.path.realpath(root))  # the folder itself may be a link
        self.shown = root
        self._writer = SiteWriter(self.root, root)
        self.manifest = self._manifest()
        self._planned = Manifest()
        self.is_announced = False
        self.written: list[str] = []
        self.removed: list[str] = []

    def begin(self, planned: Manifest) -> None:
        """Check that nothing of others is in the way of what is to lie there at the end."""
        self.root.mkdir(parents=True, exist_ok=True)
        remove_leftovers(self.root)
        for path in planned.files.paths:
            self._must_be_ours(path)
        self._planned = planned

    def write(self, path: str, write: Write, seal: bytes = b"") -> None:
        """Write a document if its bytes are others; it need not be made where the seal says that they are not."""
        if seal:
            self._planned.files[path] = seal
            if seal == self.manifest.files[path] and self._writer.has(path):
                return
        if self._writer.write(path, write, self.announce):
            self.written.append(path)

    def known_seal(self, path: str) -> bytes | None:
        """Return the seal of a document of the last run."""
        return self.manifest.files[path]

    def take_over(self, path: str, seal: bytes, *, has_changed: bool) -> None:
        """Note a document that another process has written below the folder, or left as it was."""
        if seal:
            self._planned.files[path] = seal
        if has_changed:
            self.written.append(path)

    def remove_others(self) -> None:
        """Remove documents of earlier runs that are no longer planned, and folders that are empty then."""
        for path in self.manifest.files.paths.without(self._planned.files.paths):
            self.announce()
            if self._remove(path):
                self.removed.append(path)

    def finish(self) -> None:
        """Remember what lies there now."""
        self._remember(self._planned)
        self.manifest = self._planned

    def state(self) -> bytes:
        """Digest how all documents lie there, so that a change of any is seen; reading them would take long."""
        state = blake2b(digest_size=16)
        for path in chain((PUBLISHED,), self.manifest.files.paths):
            state.update(repr((path, stats_of(self.root / path))).encode("utf-8", "backslashreplace"))
        return state.digest()

    def _manifest(self) -> Manifest:
        path = self.root / PUBLISHED
        try:
            with _opened(path) as lines:
                return read_manifest(lines)
        except FileNotFoundError:
            return Manifest()
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise OutputError(f"{path}: cannot be read ({error}): {_UNREADABLE}") from None

    @contextmanager
    def marked(self) -> Iterator[str]:
        """Put a file into the folder, by whose name other processes know that they see the same one."""
        if any(one != other for one, other in zip_longest(self._planned.files.paths, self.manifest.files.paths)):
            self.announce()
        with temporary_in(self.root) as (path, handle):
            os.close(handle)
            yield path.name

    def announce(self) -> None:
        """Remember what will lie in the folder, before anything in it is changed."""
        if self.is_announced:
            return
        self.is_announced = True
        self._remember(self._planned.until_done(self.manifest))

    def _remember(self, manifest: Manifest) -> None:
        def write(out: BinaryIO) -> None:
            out.writelines(manifest.lines())
            out.flush()
            os.fsync(out.fileno())  # without it nobody knows after a power cut which documents are refeed's

        write_document(self.root / PUBLISHED, write, folder=self.root)

    def _must_be_ours(self, path: str) -> None:
        """Refuse to replace what somebody else put there, or to follow a link."""
        folder = ""
        for part in path.split("/")[:-1]:
            folder = f"{folder}{part}/"
            if not self._writer.is_folder(folder):
                return
        mode = mode_of(self.root / path)
        if mode is not None and (path not in self.manifest.files.paths or not stat.S_ISREG(mode)):
            raise OutputError(
                f"{self._name(path)}: is not refeed's and was not touched; remove it, or name another folder"
            )

    def _remove(self, path: str) -> bool:
        """Remove a file unless it has become something else, or a link has come into its way."""
        parts = path.split("/")
        parents = ["/".join(parts[:depth]) for depth in range(len(parts) - 1, 0, -1)]
        modes = [mode_of(self.root / parent) for parent in parents]
        mode = mode_of(self.root / path)
        if mode is None or not stat.S_ISREG(mode) or any(one is None or not stat.S_ISDIR(one) for one in modes):
            return False
        (self.root / path).unlink()
        for parent in parents:
            try:
                (self.root / parent).rmdir()
            except OSError:  # something is in it
                break
            self._writer.forget(f"{parent}/")
        return True

    def _name(self, path: str) -> str:
        return os.path.join(self.shown, path)


def _opened(path: Path) -> BinaryIO:
    """Open a file, but follow no link that a stranger may have put there."""
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")
