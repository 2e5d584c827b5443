"""Keep the search up to date after each build, in a separate process, while the server answers."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from queue import Empty, Queue
from time import monotonic
from typing import Final, TypeVar

from refeed.options import Options
from refeed.pipeline.entry_maker import ArchiveOfBuild
from refeed.pipeline.first_pass.article_table import ArticleTable
from refeed.pipeline.workers.processes.child_process import StoppedError
from refeed.problems import RefeedError
from refeed.search.find import Finder, load_finder
from refeed.search.reader import Reader
from refeed.search.store import DamagedError, discard, keep
from refeed.search.update import State, is_up_to_date, made_for, update
from refeed.serve.published import Published
from refeed.watch.log import BuildLog

_PIECE: Final = 5.0  # seconds of work after which what is written can be found
_POLITE: Final = 10  # of 19: builds and answers come first
_USED: Final = 3_600.0  # seconds after which it is said again that the file is in use
_LOOK: Final = 1.0  # seconds after which it is looked whether the server ends
_AGAIN: Final = 60.0  # seconds after which it is tried again, where the disk was full or the like

R = TypeVar("R")

Call = Callable[..., int | None]
"""Has a piece of the update done somewhere, and waits for it: it returns where the next one begins."""


def _politely(work: Callable[..., R], *arguments: object) -> R:
    """Do a piece of work in a process that gives way to others."""
    with suppress(OSError, AttributeError):  # the latter: Windows
        os.setpriority(os.PRIO_PROCESS, 0, _POLITE)
    return work(*arguments)


class Indexer:
    """Holds what answers questions at this moment; only `update` replaces it, in one step."""

    def __init__(self, options: Options, path: str, log: BuildLog, call: Call) -> None:
        """Take the options of the builds, and the file for the words of their articles."""
        self.finder: Finder | None = None
        self._log, self._call, self._failure = log, call, ""
        self._path, self._settings = path, made_for(options)
        self._reader = Reader(self._path, self._settings)
        self._news: Queue[Published] = Queue()

    def tell(self, published: Published) -> None:
        """Take note of a build; the work is done later."""
        self._news.put(published)

    def run(self, stopped: Callable[[], bool]) -> None:
        """Keep up with the builds until the server ends."""
        used = tried = monotonic()
        failed: Published | None = None
        while not stopped():
            if monotonic() > used + _USED:
                keep(self._path)
                used = monotonic()
            published = self._newest() or (failed if monotonic() > tried + _AGAIN else None)
            if published:
                failed = None if self.update(published) else published
                tried = monotonic()

    def _newest(self) -> Published | None:
        """Return the newest build that nobody has looked at, if one comes soon; the others do not matter."""
        published = None
        with suppress(Empty):
            published = self._news.get(timeout=_LOOK)
            while True:
                published = self._news.get_nowait()
        return published

    def update(self, published: Published) -> bool:
        """Bring up to date what can be searched; a failure is logged, and what could be found before still is.

        Return whether nothing is left to do.
        """
        due = published.report.due
        state = State(published.state.hex(), due.isoformat() if due else "")
        archive = ArchiveOfBuild(published.table, published.options, published.now)
        try:
            self._follow(archive, state)
        except StoppedError:  # the server ends
            pass
        except (RefeedError, OSError, sqlite3.Error) as error:
            if str(error) != self._failure:  # else the log has it
                self._log.note(f"search: {error}")
            self._failure = str(error)
            return False
        self._failure = ""
        return True

    def _follow(self, archive: ArchiveOfBuild, state: State) -> None:
        try:
            if not is_up_to_date(self._reader, state):
                self._bring_up_to_date(archive, state)
            elif self.finder is None or self.finder.table is not archive.table:  # an earlier server has done it
                self._load(archive.table)
        except DamagedError as error:
            self._log.note(f"search: {error}; building it again")
            self._bring_up_to_date(archive, state)

    def _bring_up_to_date(self, archive: ArchiveOfBuild, state: State) -> None:
        """Have the work done in pieces, so that what is written is found; a newer build ends it."""
        work = _politely, update, self._path, self._settings, archive, state
        begin = self._call(*work, _PIECE)
        while begin is not None and self._news.empty():
            self._load()
            begin = self._call(*work, _PIECE, begin)
        self._load(archive.table if begin is None else None)

    def _load(self, table: ArticleTable | None = None) -> None:
        try:
            self.finder = replace(load_finder(self._reader), table=table)
        except sqlite3.OperationalError:  # it is locked
            raise
        except sqlite3.DatabaseError as error:
            discard(self._path)
            raise DamagedError(f"{self._path}: {error}") from None
