"""Weigh what a record says of its date: header, then dateline, then URL, then file name; every doubt is told."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from refeed.dates import Hints, NotADate, parse_date, path_date
from refeed.dates.dateline import Dateline, find_dateline
from refeed.dates.outlets import outlet_hints
from refeed.model import RawRecord, Statement, Timestamp
from refeed.options import LATEST, SiteOptions

Finding = tuple[str, str]
"""A problem's code and message, before anybody knows the file."""

# Where a date may come from beside the header; what a header's statement is called, its format says.
DATELINE: Final = "dateline"
URL: Final = "URL"
FILE_NAME: Final = "file name"
FILE_TIME: Final = "file time"
NOWHERE: Final = "none"
NOT_THE_HEADER: Final = frozenset({DATELINE, FILE_NAME, FILE_TIME, NOWHERE, URL})

_SAME: Final = timedelta(minutes=1)  # two statements of one date may differ by their rounding
DATELINE_REACH: Final = timedelta(hours=48)  # real datelines precede the header by 25 min (median), 6.6 h (p99)


class DateDecision(NamedTuple):
    """The date that the evidence gives, where it stands, and what is doubtful about it."""

    timestamp: Timestamp | None
    origin: str
    findings: tuple[Finding, ...] = ()


def hints_for(rule: SiteOptions, now: datetime) -> Hints:
    """Say how the dates of a source are to be read."""
    return Hints(
        zone=rule.timezone or "UTC",
        zone_known=rule.timezone is not None,
        day_first=rule.day_first,
        abbreviations=rule.abbreviations or {},
        latest=now + LATEST,
    )


def first_date(text: str, hints: Hints, offset: timedelta) -> Timestamp | None:
    """Read the header's strongest date, as `header_date` does, for who asks neither for others nor for doubts."""
    timestamp = parse_date(text, hints)
    if isinstance(timestamp, NotADate):
        return None
    return _shifted(timestamp, offset) if offset else timestamp


def header_date(raw: RawRecord, hints: Hints, offset: timedelta) -> DateDecision:
    """Read the header's date: the first statement that is one wins, and a later one that differs is told."""
    chosen, origin = None, ""
    findings: list[Finding] = []
    for statement in raw.dates:
        timestamp = parse_date(statement.text, hints)
        if isinstance(timestamp, NotADate):
            findings.extend(_refused(statement, timestamp, later=chosen is not None))
        elif chosen is None:
            chosen, origin = _shifted(timestamp, offset), statement.origin
            findings.extend(_assumed(statement, timestamp, hints))
        elif _apart(chosen, _shifted(timestamp, offset)):
            findings.append(
                (
                    "date-conflict",
                    f"{statement.origin} says {statement.text}, {origin} says {chosen.value:%Y-%m-%dT%H:%M:%SZ}",
                )
            )
    return DateDecision(chosen, origin, tuple(findings))


def stated_update(raw: RawRecord, hints: Hints, offset: timedelta) -> DateDecision:
    """Read when the header says that the article was updated."""
    findings: list[Finding] = []
    for statement in raw.updates:
        timestamp = parse_date(statement.text, hints)
        if not isinstance(timestamp, NotADate):
            return DateDecision(
                _shifted(timestamp, offset), statement.origin, (*findings, *_assumed(statement, timestamp, hints))
            )
        findings.extend(_refused(statement, timestamp, later=False))
    return DateDecision(None, "", tuple(findings))


def weak_date(opening: str, url_path: str, name: str, hints: Hints, dateline_hints: Hints) -> DateDecision:
    """Find a date outside of the header: the body's dateline, the URL, the name of file and folder."""
    dateline = find_dateline(opening)
    timestamp = parse_date(dateline.text, dateline_hints) if dateline else None
    if dateline and isinstance(timestamp, Timestamp):
        return DateDecision(
            timestamp, DATELINE, tuple(_assumed(Statement(dateline.text, DATELINE), timestamp, dateline_hints))
        )
    for text, origin in ((url_path, URL), (name, FILE_NAME)):
        by_path = path_date(text)
        if by_path and (hints.latest is None or by_path.value <= hints.latest):
            return DateDecision(by_path, origin)
    return DateDecision(None, "")


def dateline_hints(rule: SiteOptions, host: str | None, hints: Hints) -> Hints:
    """Say how an outlet writes its datelines: the user's word, else the table of outlets."""
    known = outlet_hints(host)
    if known is None or rule.timezone is not None:
        return hints
    day_first = rule.day_first if rule.day_first is not None else known.day_first
    return known._replace(
        day_first=day_first, latest=hints.latest, abbreviations={**known.abbreviations, **hints.abbreviations}
    )


def published(header: Timestamp, dateline: Dateline | None, hints: Hints) -> DateDecision:
    """Choose when a record was published: its dateline, if complete and in accord with the header; else the header.

    A dateline that lies later than the header is no evidence: it is in another zone than it seems.
    """
    timestamp = parse_date(dateline.text, hints) if dateline else None
    if (
        not isinstance(timestamp, Timestamp)
        or timestamp.precision == "day"
        or timestamp.zone not in ("stated", "outlet")
    ):
        return DateDecision(header, "header")
    if timestamp.value > header.value:
        return DateDecision(header, "header")
    if timestamp.value < header.value - DATELINE_REACH:
        message = f"the dateline says {timestamp.value:%Y-%m-%dT%H:%M:%SZ}, more than 48 h before the header"
        return DateDecision(header, "header", (("date-conflict", message),))
    return DateDecision(timestamp, DATELINE)


def _shifted(timestamp: Timestamp, offset: timedelta) -> Timestamp:
    return timestamp._replace(value=timestamp.value + offset) if offset and timestamp.precision != "day" else timestamp


def _apart(one: Timestamp, other: Timestamp) -> bool:
    if "day" in (one.precision, other.precision):
        return abs(one.value - other.value) > timedelta(days=2)
    return abs(one.value - other.value) > _SAME


def _refused(statement: Statement, why: NotADate, *, later: bool) -> list[Finding]:
    if why is NotADate.NONE:
        crawled = later and statement.origin == "epoch comment"
        message = f"{statement.origin} says {statement.text[:40]!r}: the header's date may be that of the crawl"
        return [("crawl-date", message)] if crawled else []
    return [("bad-date", f"{statement.origin}: {statement.text[:60]!r} is {why}")]


def _assumed(statement: Statement, timestamp: Timestamp, hints: Hints) -> list[Finding]:
    if timestamp.zone == "assumed":
        return [("date-assumed", f"{statement.origin}: {statement.text[:60]!r} has no zone; read as {hints.zone}")]
    if timestamp.zone == "ambiguous":
        return [
            (
                "date-assumed",
                f"{statement.origin}: the zone of {statement.text[:60]!r} has several meanings; read as {hints.zone}",
            )
        ]
    return []
