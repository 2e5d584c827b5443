"""Notice that something below the paths changed: by the system's notifications, or else by polling.

It says that something changed, never what: the build looks for itself.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from threading import Event, Thread
from time import monotonic
from typing import Final

from refeed.cache.index_file import belongs_to
from refeed.input.discover import discover
from refeed.input.ignored import NEVER_ENTERED
from refeed.input.walk import FileId
from refeed.model import SourceFile
from refeed.options import Options
from refeed.pipeline.output.destination import own_files
from refeed.problems import ConfigurationError

_QUIET: Final = 50  # milliseconds without a change that end a group of them
_GROUP: Final = 50  # milliseconds after which a group is reported in any case
_ROOTS: Final = 1.0  # seconds between two looks at the given paths themselves: another folder may have taken their name
_TRIES: Final = 5  # to listen where a folder goes at the same moment
_POLL: Final = 2.0  # seconds between two looks at every file, at least
_POLL_SHARE: Final = 20  # and so many times what one look costs, so that it never takes more than 5 % of a core


def watch_dumps(options: Options, note: Callable[[str], None]) -> "FileWatcher":
    """Listen for changes of the dumps of a run; what refeed writes itself does not count."""
    return FileWatcher(
        options.paths or (options.folder,),
        exclude=options.exclude,
        own=lambda: own_files(options.config, options.output),
        index=options.index,
        poll=options.poll,
        note=note,
    )


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
        self._index = os.path.realpath(index) if index else None
        self._changed, self._stop, self._ready = Event(), Event(), Event()
        self._thread = Thread(target=self._poll if poll else self._run, name="changes", daemon=True)
        self._thread.start()
        self._ready.wait()

    def wait(self, seconds: float) -> bool:
        """Wait until something has changed since the last call, at most so long, and return whether it has."""
        changed = self._changed.wait(seconds)
        self._changed.clear()
        return changed

    def close(self) -> None:
        """Stop listening, and wake what waits for a change."""
        self._stop.set()
        self._changed.set()
        self._thread.join()

    def _run(self) -> None:
        """Listen as long as the system reports changes, then poll."""
        failures = 0
        while not self._stop.is_set():
            try:
                self._listen()
                failures = 0
            except FileNotFoundError as error:  # a folder went at this moment
                failures += 1
                if failures == _TRIES:
                    self._note(f"no file notifications ({error}); polling instead")
                    break
            except ImportError:
                self._note("watchfiles is not installed; polling instead")
                break
            except Exception as error:  # noqa: BLE001  whatever it is, changes have to be reported
                self._note(f"no file notifications ({error}); polling instead")
                break
        self._poll()

    def _listen(self) -> None:
        """Listen until another folder takes a given name, of which what listens hears nothing, or something fails.

        Whatever fails once it listens is over when it listens again: a queue that was full, a name that is no text.
        """
        from watchfiles import watch

        roots, stop = self._look_at_roots(), _StopEvent(self._stop, self._is_ready)
        groups = watch(
            *(path for path in self._paths if os.path.isdir(path)),
            watch_filter=None,
            debounce=_GROUP,
            step=_QUIET,
            stop_event=stop,
            rust_timeout=int(_ROOTS * 1000),
            yield_on_timeout=True,
            force_polling=False,
            ignore_permission_denied=True,
        )
        try:
            with closing(groups):
                for group in groups:
                    self._tell(path for _, path in group)
                    if self._look_at_roots() != roots:
                        return
        except Exception:
            if not stop.was_asked:
                raise
            self._stop.wait(_ROOTS)

    def _is_ready(self) -> None:
        """Note that changes are reported from now on; those of a moment ago may have been missed."""
        if self._ready.is_set():
            self._changed.set()
        self._ready.set()

    def _tell(self, paths: Iterable[str]) -> None:
        own = self._own()
        if any(self._matters(path, own) for path in paths):
            self._changed.set()

    def _poll(self) -> None:
        """Look at every file now and then, until told to stop."""
        files = self._look_at_files()
        self._is_ready()
        seconds = 0.0
        while not self._stop.wait(max(_POLL, _POLL_SHARE * seconds)):
            start = monotonic()
            before, files = files, self._look_at_files()
            if files != before:
                self._changed.set()
            seconds = monotonic() - start

    def _look_at_roots(self) -> list[tuple[int, ...] | None]:
        """Identify the given paths: folders by themselves, files by their contents, too."""
        return [_look(path, whole=not os.path.isdir(path)) for path in self._paths]

    def _look_at_files(self) -> Mapping[str, tuple[int, ...] | None]:
        """Identify every file that a build would read."""
        try:
            found = [*discover(self._paths, exclude=self._exclude, own=self._own())]
        except ConfigurationError:  # a given folder is gone for now
            return {}
        return {source.path: _look(source.path) for source in found if isinstance(source, SourceFile)}

    def _matters(self, path: str, own: frozenset[FileId]) -> bool:
        """Return whether a path that changed may be input."""
        real = os.path.realpath(path)
        if self._index and belongs_to(real, self._index):
            return False
        for root in map(os.path.realpath, self._paths):
            if real == root or real.startswith(root.rstrip(os.sep) + os.sep):
                parts = real[len(root) :].split(os.sep)
                if any(part.startswith(".") or part in NEVER_ENTERED for part in parts):
                    continue
                status = _look(path)
                return status is None or status[:2] not in own
        return False


class _StopEvent:
    """Says when to stop; watchfiles asks it again and again from the moment it listens."""

    def __init__(self, stop: Event, begins: Callable[[], None]) -> None:
        """`begins` is called when watchfiles asks for the first time."""
        self.was_asked = False
        self._stop, self._begins = stop, begins

    def is_set(self) -> bool:
        """Return whether to stop."""
        if not self.was_asked:
            self.was_asked = True
            self._begins()
        return self._stop.is_set()


def _look(path: str, *, whole: bool = True) -> tuple[int, ...] | None:
    """Return device and inode, and what changes when the file is written; None if there is no such thing."""
    with suppress(OSError, ValueError):
        status = os.stat(path)
        identity = (status.st_dev, status.st_ino)
        return (*identity, status.st_mtime_ns, status.st_size, status.st_ctime_ns) if whole else identity
    return None
