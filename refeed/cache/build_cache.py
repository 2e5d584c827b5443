"""What a build knows of earlier ones: unchanged files, finished entries, and the last result."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from math import isfinite
from typing import Any, BinaryIO, Final

from refeed.cache.fingerprint import digest, names_of_reading, recall_sources
from refeed.cache.known_files import KnownFiles
from refeed.cache.sqlite_store import CacheStore
from refeed.options import MAX_AHEAD, Options
from refeed.problems import Problem
from refeed.report import FilterCount, Origin, Report, Totals
from refeed.startup.named_tuple import NamedTuple

_LARGEST: Final = 2**24  # bytes of a feed or a report that is kept; larger ones are put together again


class CachedBuild(NamedTuple):
    """The result of an earlier build."""

    report: Report
    updated: datetime  # of the feed
    document: bytes
    entries: tuple[bytes, ...]  # packed, if that build kept them


class BuildCache:
    """The index, as one build reads and writes it."""

    def __init__(self, index: CacheStore, options: Options, now: datetime, *, kind: bytes = b"") -> None:
        """Ask the index for what these options have made of the archive; of another kind is, say, a whole site."""
        self.index = index
        self._now = now.timestamp()
        # The clock tells which files are too young to be trusted; it never reaches the feed.
        started, latest = time.time_ns(), (now + MAX_AHEAD).timestamp()
        recall_sources(index, started, whole=False)
        self._key = digest(options, whole=False) + kind
        reader = digest(options, names_of_reading(options), whole=False)
        self.known_files = KnownFiles(index, reader, started=started, latest=latest)

    @property
    def state(self) -> bytes:
        """Return a digest of all files, or none if one changed so recently that its next change may go unnoticed."""
        return self.known_files.state if self.known_files.is_settled else b""

    def result(self, *, with_entries: bool) -> CachedBuild | None:
        """Return what came of the last build, if all files are what they were, unless the clock has made it untrue."""
        kept = self.index.result(self._key)
        if kept is None:
            return None
        end = 4 + int.from_bytes(kept[:4], "big")
        facts = json.loads(kept[4:end])
        if facts["state"] != self.known_files.state.hex() or not facts["since"] <= self._now < facts["until"]:
            return None
        if with_entries and len(facts["entries"]) != len(facts["origins"]):
            return None
        document, *entries = _divided(kept[end:], facts["document"], *facts["entries"])
        return CachedBuild(_report(facts), datetime.fromisoformat(facts["updated"]), document, tuple(entries))

    def keep_result(
        self,
        report: Report,
        write: Callable[[BinaryIO], None],
        entries: Iterable[bytes] = (),
        *,
        size: int,
        updated: datetime,
        until: float,
    ) -> None:
        """Remember the report, the feed that `write` writes, and the entries if they were kept.

        Both have about `size` bytes. They hold from now until another instant, in seconds since 1970.
        """
        if report.beyond or size > _LARGEST or until <= self._now or not self.known_files.is_settled:
            return
        document = BytesIO()
        write(document)
        facts = {
            "state": self.known_files.state.hex(),
            "since": self._now,
            "until": until,
            "totals": report.totals.as_dict(),
            "left_out": report.left_out,
            "entry_problems": report.entry_problems,
            "notes": report.notes,
            "filters": report.filters,
            "origins": report.origins,
            "updated": updated.isoformat(),
            "document": len(document.getvalue()),
            "entries": [len(entry) for entry in entries],
        }
        head = json.dumps(facts).encode()
        if len(head) > _LARGEST:
            return
        pieces = (len(head).to_bytes(4, "big"), head, document.getvalue(), *entries)
        self.index.keep_result(self._key, b"".join(pieces))


def _report(facts: dict[str, Any]) -> Report:
    return Report(
        totals=Totals(**facts["totals"]),
        left_out=_problems(facts["left_out"]),
        entry_problems=_problems(facts["entry_problems"]),
        notes=tuple(facts["notes"]),
        filters=tuple(FilterCount(*one) for one in facts["filters"]),
        origins=tuple(Origin(*origin) for origin in facts["origins"]),
        due=datetime.fromtimestamp(facts["until"], UTC) if isfinite(facts["until"]) else None,
    )


def _divided(data: bytes, *sizes: int) -> Iterator[bytes]:
    start = 0
    for size in sizes:
        yield data[start : start + size]
        start += size


def _problems(facts: list[tuple[str, str, str, int, str]]) -> tuple[Problem, ...]:
    return tuple(Problem(*fact) for fact in facts)
