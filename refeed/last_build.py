"""Give again what came of the last build with the same settings, as long as all that it depends on is the same."""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, Final, NamedTuple

from refeed.fingerprint import digest
from refeed.index import Index
from refeed.options import Options
from refeed.problems import Problem
from refeed.report import Origin, Report, Totals

_LARGEST: Final = 2**24  # bytes of a feed that is kept; larger ones are put together again from their entries


class Result(NamedTuple):
    """What came of a build."""

    report: Report
    feed: bytes


def known_result(index: Index, options: Options, state: bytes, now: datetime) -> Result | None:
    """Give the result for files in this state, unless the clock has made something of it untrue."""
    kept = index.result(digest(options))
    if kept is None:
        return None
    end = 4 + int.from_bytes(kept[:4], "big")
    facts = json.loads(kept[4:end])
    if facts["state"] != state.hex() or not facts["since"] <= now.timestamp() < facts["until"]:
        return None
    report = Report(
        totals=Totals(**facts["totals"]),
        left_out=_problems(facts["left_out"]),
        doubts=_problems(facts["doubts"]),
        notes=tuple(facts["notes"]),
        origins=tuple(Origin(*origin) for origin in facts["origins"]),
    )
    return Result(report, kept[end:])


def keep_result(
    index: Index,
    options: Options,
    state: bytes,
    report: Report,
    write: Callable[[BinaryIO], None],
    *,
    size: int,
    since: datetime,
    until: float,
) -> None:
    """Remember a result: the report, and the feed of about `size` bytes that `write` writes.

    It holds from one instant on until another one, which is given in seconds since 1970.
    """
    if size > _LARGEST or until <= since.timestamp():
        return
    feed = BytesIO()
    write(feed)
    facts = {
        "state": state.hex(),
        "since": since.timestamp(),
        "until": until,
        "totals": report.totals.as_dict(),
        "left_out": report.left_out,
        "doubts": report.doubts,
        "notes": report.notes,
        "origins": report.origins,
    }
    head = json.dumps(facts).encode()
    index.keep_result(digest(options), len(head).to_bytes(4, "big") + head + feed.getvalue())


def _problems(facts: list[tuple[str, str, int, str]]) -> tuple[Problem, ...]:
    return tuple(Problem(*fact) for fact in facts)
