"""Weigh what a record says of its date: header, then dateline, then URL, then file name; every doubt is told."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from refeed.dateline import Dateline, find_dateline
from refeed.dates import Hints, NotADate, parse_date, path_date
from refeed.dates.outlets import outlet_hints
from refeed.model import Dated, Draft, Said
from refeed.options import LATEST, SourceOptions

Doubt = tuple[str, str]
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


class Weighed(NamedTuple):
    """The date that the evidence gives, where it stands, and what is doubtful about it."""

    dated: Dated | None
    where: str
    doubts: tuple[Doubt, ...] = ()


def hints_for(rule: SourceOptions, now: datetime) -> Hints:
    """Say how the dates of a source are to be read."""
    return Hints(
        zone=rule.timezone or "UTC",
        zone_known=rule.timezone is not None,
        day_first=rule.day_first,
        abbreviations=rule.abbreviations or {},
        latest=now + LATEST,
    )


def first_date(text: str, hints: Hints, offset: timedelta) -> Dated | None:
    """Read the header's strongest date, as `header_date` does, for who asks neither for others nor for doubts."""
    dated = parse_date(text, hints)
    if isinstance(dated, NotADate):
        return None
    return _shifted(dated, offset) if offset else dated


def header_date(draft: Draft, hints: Hints, offset: timedelta) -> Weighed:
    """Read the header's date: the first statement that is one wins, and a later one that differs is told."""
    chosen, where = None, ""
    doubts: list[Doubt] = []
    for said in draft.dates:
        dated = parse_date(said.text, hints)
        if isinstance(dated, NotADate):
            doubts.extend(_refused(said, dated, later=chosen is not None))
        elif chosen is None:
            chosen, where = _shifted(dated, offset), said.where
            doubts.extend(_assumed(said, dated, hints))
        elif _apart(chosen, _shifted(dated, offset)):
            doubts.append(
                ("date-conflict", f"{said.where} says {said.text}, {where} says {chosen.value:%Y-%m-%dT%H:%M:%SZ}")
            )
    return Weighed(chosen, where, tuple(doubts))


def stated_update(draft: Draft, hints: Hints, offset: timedelta) -> Weighed:
    """Read when the header says that the article was updated."""
    doubts: list[Doubt] = []
    for said in draft.updates:
        dated = parse_date(said.text, hints)
        if not isinstance(dated, NotADate):
            return Weighed(_shifted(dated, offset), said.where, (*doubts, *_assumed(said, dated, hints)))
        doubts.extend(_refused(said, dated, later=False))
    return Weighed(None, "", tuple(doubts))


def weak_date(opening: str, url_path: str, name: str, hints: Hints, dateline_hints: Hints) -> Weighed:
    """Find a date outside of the header: the body's dateline, the URL, the name of file and folder."""
    dateline = find_dateline(opening)
    dated = parse_date(dateline.text, dateline_hints) if dateline else None
    if dateline and isinstance(dated, Dated):
        return Weighed(dated, DATELINE, tuple(_assumed(Said(dateline.text, DATELINE), dated, dateline_hints)))
    for text, where in ((url_path, URL), (name, FILE_NAME)):
        by_path = path_date(text)
        if by_path and (hints.latest is None or by_path.value <= hints.latest):
            return Weighed(by_path, where)
    return Weighed(None, "")


def dateline_hints(rule: SourceOptions, host: str | None, hints: Hints) -> Hints:
    """Say how an outlet writes its datelines: the user's word, else the table of outlets."""
    known = outlet_hints(host)
    if known is None or rule.timezone is not None:
        return hints
    day_first = rule.day_first if rule.day_first is not None else known.day_first
    return known._replace(
        day_first=day_first, latest=hints.latest, abbreviations={**known.abbreviations, **hints.abbreviations}
    )


def published(header: Dated, dateline: Dateline | None, hints: Hints) -> Weighed:
    """Choose when a record was published: its dateline, if complete and in accord with the header; else the header.

    A dateline that lies later than the header is no evidence: it is in another zone than it seems.
    """
    dated = parse_date(dateline.text, hints) if dateline else None
    if not isinstance(dated, Dated) or dated.precision == "day" or dated.zone not in ("stated", "outlet"):
        return Weighed(header, "header")
    if dated.value > header.value:
        return Weighed(header, "header")
    if dated.value < header.value - DATELINE_REACH:
        message = f"the dateline says {dated.value:%Y-%m-%dT%H:%M:%SZ}, more than 48 h before the header"
        return Weighed(header, "header", (("date-conflict", message),))
    return Weighed(dated, DATELINE)


def _shifted(dated: Dated, offset: timedelta) -> Dated:
    return dated._replace(value=dated.value + offset) if offset and dated.precision != "day" else dated


def _apart(one: Dated, other: Dated) -> bool:
    if "day" in (one.precision, other.precision):
        return abs(one.value - other.value) > timedelta(days=2)
    return abs(one.value - other.value) > _SAME


def _refused(said: Said, why: NotADate, *, later: bool) -> list[Doubt]:
    if why is NotADate.NONE:
        crawled = later and said.where == "epoch comment"
        message = f"{said.where} says {said.text[:40]!r}: the header's date may be that of the crawl"
        return [("crawl-date", message)] if crawled else []
    return [("bad-date", f"{said.where}: {said.text[:60]!r} is {why}")]


def _assumed(said: Said, dated: Dated, hints: Hints) -> list[Doubt]:
    if dated.zone == "assumed":
        return [("date-assumed", f"{said.where}: {said.text[:60]!r} has no zone; read as {hints.zone}")]
    if dated.zone == "ambiguous":
        return [
            ("date-assumed", f"{said.where}: the zone of {said.text[:60]!r} has several meanings; read as {hints.zone}")
        ]
    return []
