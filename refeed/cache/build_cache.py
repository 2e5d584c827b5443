"""What a build knows of the last ones: which files are the same, which entries are made, and what came of it all."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from math import isfinite
from typing import BinaryIO, Final, NamedTuple

from refeed.cache.fingerprint import READING, digest
from refeed.cache.known_files import KnownFiles
from refeed.cache.store import CacheStore
from refeed.options import LATEST, Options
from refeed.problems import Problem
from refeed.report import Origin, Report, Totals

_LARGEST: Final = 2**24  # bytes of a feed or a report that is kept; larger ones are put together again


class CachedBuild(NamedTuple):
    """What came of a build."""

    report: Report
    feed: bytes


class BuildCache:
    """An index on behalf of one build."""

    def __init__(self, index: CacheStore, options: Options, now: datetime) -> None:
        """Ask the index for what these options have made of the archive."""
        self.index = index
        self._options, self._now = options, now.timestamp()
        # The clock tells which files are too young to be trusted; it never reaches the feed.
        started, latest = time.time_ns(), (now + LATEST).timestamp()
        self.known_files = KnownFiles(index, digest(options, READING), started=started, latest=latest)

    def result(self) -> CachedBuild | None:
        """Return what came of the last build, if all files are what they were, unless the clock has made it untrue."""
        kept = self.index.result(digest(self._options))
        if kept is None:
            return None
        end = 4 + int.from_bytes(kept[:4], "big")
        facts = json.loads(kept[4:end])
        if facts["state"] != self.known_files.state.hex() or not facts["since"] <= self._now < facts["until"]:
            return None
        report = Report(
            totals=Totals(**facts["totals"]),
            left_out=_problems(facts["left_out"]),
            entry_problems=_problems(facts["doubts"]),
            notes=tuple(facts["notes"]),
            origins=tuple(Origin(*origin) for origin in facts["origins"]),
            due=datetime.fromtimestamp(facts["until"], UTC) if isfinite(facts["until"]) else None,
        )
        return CachedBuild(report, kept[end:])

    def keep_result(self, report: Report, write: Callable[[BinaryIO], None], *, size: int, until: float) -> None:
        """Remember the report, and the feed of about `size` bytes that `write` writes.

        Both hold from now until another instant, in seconds since 1970.
        """
        if size > _LARGEST or until <= self._now or not self.known_files.is_settled:
            return
        feed = BytesIO()
        write(feed)
        facts = {
            "state": self.known_files.state.hex(),
            "since": self._now,
            "until": until,
            "totals": report.totals.as_dict(),
            "left_out": report.left_out,
            "doubts": report.entry_problems,
            "notes": report.notes,
            "origins": report.origins,
        }
        head = json.dumps(facts).encode()
        if len(head) > _LARGEST:
            return
        self.index.keep_result(digest(self._options), len(head).to_bytes(4, "big") + head + feed.getvalue())


def _problems(facts: list[tuple[str, str, str, int]]) -> tuple[Problem, ...]:
    return tuple(Problem(*fact) for fact in facts)
