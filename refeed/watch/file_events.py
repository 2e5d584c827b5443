"""Tell when something below the paths changed: by watchfiles where it works, else by looking at the files.

It says that something changed, never what: the build looks for itself.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from refeed.cache.store import SUFFIXES
from refeed.input.discover import discover
from refeed.input.ignored import NEVER_ENTERED
from refeed.input.walk import FileId
from refeed.model import SourceFile
from refeed.problems import ConfigurationError

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

_QUIET: Final = 50  # milliseconds without a change that end a group of them
_GROUP: Final = 50  # milliseconds after which a group is told in any case
_ROOTS: Final = 1.0  # seconds between two looks at the given paths themselves: another folder may have taken their name
_TRIES: Final = 5  # to listen where a folder goes at the same moment
_POLL: Final = 2.0  # seconds between two looks at every file, at least
_POLL_SHARE: Final = 20  # and so many times what one look costs, so that it never takes more than 5 % of a core


class FileWatcher:
    """Listens from the moment it is made until it is closed.

    `own` names refeed's own files at that moment, by device and inode: what it writes itself is no change. Nor is what
    happens to `index`, and to the files that SQLite makes and deletes beside it.
    """

    def __init__(
        self,
        paths: Sequence[str],
        *,
        exclude: Iterable[str] = (),
        own: Callable[[], frozenset[FileId]] = frozenset,
        index: str | None = None,
        poll: bool = False,
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Begin to listen; paths that do not exist are a mistake, unless they go later."""
        next(discover(paths), None)
        self._paths, self._exclude, self._own, self._note = tuple(paths), tuple(exclude), own, note
        self._index = frozenset(os.path.realpath(index) + suffix for suffix in SUFFIXES) if index else frozenset()
        self._changed, self._stop = Event(), Event()
        self._poll = poll
        self._roots = self._look_at_roots()
        self._notifier = self._listener()
        self._files = {} if self._notifier else self._look_at_files()
        self._thread = Thread(target=self._listen, name="changes", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait until something has changed since the last call, at most so long, and return whether it has."""
        changed = self._changed.wait(seconds)
        self._changed.clear()
        return changed

    def close(self) -> None:
        """Stop listening; whoever waits goes on."""
        self._stop.set()
        self._changed.set()
        self._thread.join()

    def _listen(self) -> None:
        while not self._stop.is_set():
            if self._notifier is None:
                self._poll_once()
                continue
            try:
                with self._notifier:
                    self._listen_to(self._notifier)
            except Exception as error:  # noqa: BLE001  whatever it is, changes have to be told
                self._note(f"the system tells of changes no more ({error}): every file is looked at every few seconds")
                self._poll = True
            # Another folder lies under a given name: what listens hears nothing of it.
            self._roots = self._look_at_roots()
            self._notifier = self._listener()
            self._files = {} if self._notifier else self._look_at_files()
            self._changed.set()

    def _listen_to(self, notifier: "RustNotify") -> None:
        while not self._stop.is_set() and self._look_at_roots() == self._roots:
            found = notifier.watch(_GROUP, _QUIET, int(_ROOTS * 1000), self._stop)
            if isinstance(found, set):
                own = self._own()
                if any(self._matters(path, own) for _, path in found):
                    self._changed.set()

    def _poll_once(self) -> None:
        start = monotonic()
        files = self._look_at_files()
        if files != self._files:
            self._files = files
            self._changed.set()
        self._stop.wait(max(_POLL, _POLL_SHARE * (monotonic() - start)))

    def _listener(self) -> "RustNotify | None":
        """Start listening to the folders; None where every file has to be looked at."""
        if self._poll:
            return None
        try:
            from watchfiles._rust_notify import (
                RustNotify,
            )  # the layer under `watch` that can be started and then waited on
        except ImportError:
            self._note("watchfiles is not installed: every file is looked at every few seconds instead")
            return None
        for _ in range(_TRIES):
            folders = [path for path in self._paths if os.path.isdir(path)]  # noqa: PTH112  paths stay text
            try:
                return RustNotify(folders, False, False, 0, True, True)
            except FileNotFoundError:  # it went at this moment
                continue
            except OSError as error:
                reason = error
                break
        else:
            reason = FileNotFoundError("folders come and go")
        self._note(f"the system does not tell of changes here ({reason}): every file is looked at every few seconds")
        return None

    def _look_at_roots(self) -> list[tuple[int, ...] | None]:
        """Know the given paths again: folders by which they are, files by what they hold too."""
        return [_look(path, whole=not os.path.isdir(path)) for path in self._paths]  # noqa: PTH112

    def _look_at_files(self) -> Mapping[str, tuple[int, ...] | None]:
        """Know every file again that a build would read."""
        try:
            found = [*discover(self._paths, exclude=self._exclude, own=self._own())]
        except ConfigurationError:  # a given folder is gone for now
            return {}
        return {place.path: _look(place.path) for place in found if isinstance(place, SourceFile)}

    def _matters(self, path: str, own: frozenset[FileId]) -> bool:
        """Return whether a path that changed may be input."""
        real = os.path.realpath(path)
        if real in self._index:
            return False
        for root in map(os.path.realpath, self._paths):
            if real == root or real.startswith(root.rstrip(os.sep) + os.sep):
                parts = real[len(root) :].split(os.sep)  # noqa: PTH206  text, not a Path
                if any(part.startswith(".") or part in NEVER_ENTERED for part in parts):
                    continue
                status = _look(path)
                return status is None or status[:2] not in own
        return False


def _look(path: str, *, whole: bool = True) -> tuple[int, ...] | None:
    """Return device and inode, and what changes when the file is written; None if there is no such thing."""
    with suppress(OSError, ValueError):
        status = os.stat(path)  # noqa: PTH116
        identity = (status.st_dev, status.st_ino)
        return (*identity, status.st_mtime_ns, status.st_size, status.st_ctime_ns) if whole else identity
    return None
