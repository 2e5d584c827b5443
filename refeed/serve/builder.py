"""Build what is served: at the start, after changes, and when a held-back article may be due."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event
from time import sleep
from typing import Final

from refeed.clock import must_not_go_back, present
from refeed.feeds.documents import archive_links
from refeed.options import Options
from refeed.pipeline.build import build_with_entries
from refeed.pipeline.build_context import BuiltFeed
from refeed.pipeline.first_pass.run import Progress
from refeed.pipeline.output.destination import own_files
from refeed.pipeline.workers.processes.child_process import StoppedError, tell
from refeed.problems import RefeedError
from refeed.report import Report
from refeed.serve.http.codings import make_variants
from refeed.serve.published import Earlier, Failure, Published
from refeed.serve.shown_entries import ShownEntries
from refeed.serve.stamps import Stamp, keep_stamp, next_stamp, read_stamp, stamp_file
from refeed.watch.log import BuildLog
from refeed.watch.schedule import Wait, keep_building

QUALITY: Final = 6  # of the codings: more would cost much time and save little


Counter = Callable[[], AbstractContextManager[Progress | None]]
"""Returns what shows on a terminal how many files have been read."""

Make = Callable[[Options, datetime], BuiltFeed]
"""Builds the feed as of a moment."""


def build_here(options: Options, now: datetime) -> BuiltFeed:
    """Build in this process, with a table of the archive."""
    own = own_files(options.config)
    return build_with_entries(options, now, own=own, archive_links=archive_links, progress=tell)


class Builder:
    """Holds what is served at this moment; only `rebuild` replaces it, in one step."""

    def __init__(
        self,
        options: Options,
        log: BuildLog,
        *,
        make: Make = build_here,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        pause: Callable[[float], object] = sleep,
        told: Callable[[Published], object] = lambda _: None,
        counter: Counter = nullcontext,
    ) -> None:
        """Remember what was served before; nothing is built yet."""
        self.published: Published | None = None
        self.failure: Failure | None = None  # of the newest build, if it failed
        self.builds = 0  # begun so far
        self.files_read = 0  # by the build under way, as far as it has come
        self._options, self._log, self._make, self._clock, self._pause = options, log, make, clock, pause
        self._told = told  # about each build that succeeded
        self._counter = counter
        self._count: Progress | None = None
        self._file = stamp_file(options)
        self._stamp = read_stamp(self._file)
        self._forgetful = False  # the stamp cannot be kept, and that was said

    def run(self, wait: Wait, stop: Event) -> None:
        """Build at once, then whenever files or the schedule ask for it, until told to stop."""
        keep_building(self.rebuild, wait, stopped=stop.is_set)

    def hear(self, files: int) -> None:
        """Take note of how far a build has come."""
        self.files_read = files
        if self._count:
            self._count(files)

    def rebuild(self) -> Report | None:
        """Build, publish, and return the report; a failure is logged, and what was served before stays."""
        self.builds += 1
        try:
            now = present(self._options, self._clock)
            with nullcontext() if self.published else self._counter() as self._count:
                built = self._make(self._options, now)
            if not built.report.written:
                raise RefeedError("there are errors, and `strict` is set")  # noqa: TRY301  it fails like the others
            if self._stamp and not self._options.now:
                must_not_go_back(now, self._stamp.at, built.report)
            self._publish(built, now)
        except StoppedError:  # the server ends
            return None
        except (RefeedError, OSError) as error:  # the latter: no room for what is temporary, or for a process
            self._fail(str(error))
        except Exception as error:  # noqa: BLE001  a server goes on with what it has; this one is reported as a bug
            self._fail(f"refeed failed here ({type(error).__name__}: {error}); please report it")
        else:
            return built.report
        return None

    def _publish(self, built: BuiltFeed, now: datetime) -> None:
        before, report = self.published, built.report
        if built.table is None:
            raise TypeError("a server needs the table of its archive")
        same = before is not None and before.report.feed == report.feed
        variants = before.variants if before and same else make_variants(report.feed, quality=QUALITY)
        published = Published(
            options=built.options,
            now=now,
            report=report,
            variants=variants,
            last_modified=self._stamped(variants[0].etag),
            feed=built.feed,
            entries=ShownEntries(built.entries, report.origins),
            state=built.state,
            table=built.table,
            earlier=before.earlier if before and same else _earlier(before),
        )
        recovered = self.failure is not None
        self.published, self.failure = published, None
        self._told(published)
        if recovered or before is None or not same:
            self._log.built(report)

    def _stamped(self, tag: str) -> datetime:
        """Return the bytes their time, and wait for the end of the second in which others were published."""
        stamp = next_stamp(self._stamp, tag, self._clock())
        if stamp != self._stamp:
            self._keep(stamp)
            ahead = (stamp.at - self._clock()).total_seconds()
            if 0 < ahead <= 1:
                self._pause(ahead)
        return stamp.at

    def _keep(self, stamp: Stamp) -> None:
        # Before the bytes are served: a date that a reader has seen is never forgotten.
        self._stamp = stamp
        reason = keep_stamp(self._file, stamp)
        if reason and not self._forgetful:
            self._log.note(f"{reason}; after a restart readers fetch the feed once more")
        self._forgetful = reason is not None

    def _fail(self, message: str) -> None:
        self.failure = Failure(message, self._clock())
        if self.published:
            self.published = replace(self.published, failure=self.failure)
        self._log.failed(message)


def _earlier(before: Published | None) -> Earlier | None:
    """Keep what was served before."""
    if before is None:
        return None
    return Earlier(min(before.variants, key=lambda variant: len(variant.body)), before.last_modified)
