"""Write into the folder of a site: only what differs is touched, only what refeed wrote is replaced or removed.

The manifest names every file before it is written, so that a run that is killed leaves nothing that is nobody's.
"""

import os
import stat
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from refeed.input.ignored import PUBLISHED
from refeed.pipeline.atomic_write import Write, write_document
from refeed.pipeline.temporary_file import remove_leftovers
from refeed.problems import OutputError
from refeed.publish.manifest import Manifest, read_manifest
from refeed.publish.sealed_files import SealedFiles

_UNREADABLE: Final = "what lies in this folder cannot be told from what is not refeed's; empty it or name another one"


class SiteFolder:
    """The folder; `written` and `removed` are the paths of what changed."""

    def __init__(self, root: str) -> None:
        """Read what the last run left there."""
        self._root = Path(os.path.realpath(root))  # the folder itself may be a link
        self._shown = root
        self._folders = {""}  # those that are known to be folders, and no links
        self.manifest = self._manifest()
        self._planned = Manifest()
        self._is_announced = False
        self.written: list[str] = []
        self.removed: list[str] = []

    def begin(self, planned: Manifest) -> None:
        """Check that nothing of others is in the way of what is to lie there at the end."""
        self._root.mkdir(parents=True, exist_ok=True)
        remove_leftovers(self._root)
        for path in planned.files.paths:
            self._must_be_ours(path)
        self._planned = planned

    def write(self, path: str, write: Write, seal: bytes = b"") -> None:
        """Write a document if its bytes are others; it need not be made where the seal says that they are not."""
        if seal:
            self._planned.files[path] = seal
            mode = _mode(self._root / path)
            if seal == self.manifest.files[path] and mode is not None and stat.S_ISREG(mode):
                return
        self._make_folders(path)
        if write_document(self._root / path, write, folder=self._root, before=self._announce):
            self.written.append(path)

    def remove_others(self) -> None:
        """Remove what was written once and is not planned any more, with the folders that are empty then."""
        for path in self.manifest.files.paths.without(self._planned.files.paths):
            self._announce()
            if self._remove(path):
                self.removed.append(path)

    def finish(self) -> None:
        """Remember what lies there now."""
        self._remember(self._planned)

    def _manifest(self) -> Manifest:
        path = self._root / PUBLISHED
        try:
            with _opened(path) as lines:
                return read_manifest(lines)
        except FileNotFoundError:
            return Manifest()
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise OutputError(f"{path}: cannot be read ({error}): {_UNREADABLE}") from None

    def _announce(self) -> None:
        """Before anything is changed remember what will lie there, so that a run that is killed leaves no stranger.

        No seals: a document may be another one by then. What is out is known for certain only at the end.
        """
        if self._is_announced:
            return
        self._is_announced = True
        before = self.manifest
        files = SealedFiles(chain(self._planned.files.paths, before.files.paths))
        self._remember(Manifest(files=files, entries=before.entries, deletions=self._planned.deletions))

    def _remember(self, manifest: Manifest) -> None:
        def write(out: BinaryIO) -> None:
            out.writelines(manifest.lines())
            out.flush()
            os.fsync(out.fileno())  # without it nobody knows after a power cut which documents are refeed's

        write_document(self._root / PUBLISHED, write, folder=self._root)

    def _must_be_ours(self, path: str) -> None:
        """Refuse to replace what somebody else put there, or to follow a link."""
        folder = ""
        for part in path.split("/")[:-1]:
            folder = f"{folder}{part}/"
            if not self._is_folder(folder):
                return
        mode = _mode(self._root / path)
        if mode is not None and (path not in self.manifest.files.paths or not stat.S_ISREG(mode)):
            raise OutputError(
                f"{self._name(path)}: is not refeed's and was not touched; remove it, or name another folder"
            )

    def _is_folder(self, folder: str) -> bool:
        """Return whether there is such a folder; a link or a file in its place is an error."""
        if folder in self._folders:
            return True
        mode = _mode(self._root / folder.rstrip("/"))
        if mode is None:
            return False
        if not stat.S_ISDIR(mode):
            what = "a link, which is not followed" if stat.S_ISLNK(mode) else "a file, where a folder has to be"
            raise OutputError(f"{self._name(folder)}: is {what}; remove it, or name another folder")
        self._folders.add(folder)
        return True

    def _make_folders(self, path: str) -> None:
        folder = ""
        for part in path.split("/")[:-1]:
            folder = f"{folder}{part}/"
            if not self._is_folder(folder):
                (self._root / folder).mkdir()
                self._folders.add(folder)

    def _remove(self, path: str) -> bool:
        """Remove a file unless it has become something else, or a link has come into its way."""
        parts = path.split("/")
        parents = ["/".join(parts[:depth]) for depth in range(len(parts) - 1, 0, -1)]
        modes = [_mode(self._root / parent) for parent in parents]
        mode = _mode(self._root / path)
        if mode is None or not stat.S_ISREG(mode) or any(one is None or not stat.S_ISDIR(one) for one in modes):
            return False
        (self._root / path).unlink()
        for parent in parents:
            try:
                (self._root / parent).rmdir()
            except OSError:  # something is in it
                break
            self._folders.discard(f"{parent}/")
        return True

    def _name(self, path: str) -> str:
        return os.path.join(self._shown, path)  # noqa: PTH118  paths stay text


def _opened(path: Path) -> BinaryIO:
    """Open a file, but follow no link that a stranger may have put there."""
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
