"""What a date dialect is, and the values that go in and come out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from refeed.dates.zones import known_zone, offset_of, split_zone
from refeed.startup.named_tuple import NamedTuple

NO_ABBREVIATIONS: Final[Mapping[str, str]] = MappingProxyType({})


class Hints(NamedTuple):
    """What a source is known to mean where its dates leave something open."""

    zone: str = "UTC"  # IANA name or "+08:00": how a text without zone is read
    zone_known: bool = False  # a table or the user said so; otherwise it is an assumption
    day_first: bool | None = None  # how 03/04/2021 is read; None: it is not
    by_mark: bool = False  # the month comes first before a slash, the day before any other mark: PHP's rule
    abbreviations: Mapping[str, str] = NO_ABBREVIATIONS  # "CST" → IANA name or offset
    latest: datetime | None = None  # aware; a later date is not plausible


class NotADate(StrEnum):
    """Why a text gives no date."""

    NONE = "none"  # it says that there is no date
    UNREADABLE = "unreadable"
    IMPLAUSIBLE = (
        "implausible"  # before 1970-01-02, a number of seconds before 1990, or seconds beyond what datetime holds
    )
    TOO_LATE = "too late"  # after 9999, or after the latest that the hints allow: another day it may be a date
    AMBIGUOUS = "ambiguous"  # two readings, and no hint which


class ParsedDate(NamedTuple):
    """What a date text says, before anybody asks what it means."""

    when: datetime  # aware where the text states its offset, else naive
    precision: str  # "second", "minute" or "day"
    day: str  # the calendar day as written, YYYY-MM-DD
    abbreviation: str = ""  # the zone's abbreviation, upper-case, where the text has one
    zone: str = ""  # the zone's IANA name, where the text has one and no offset


DateParts = tuple[datetime, str, str, str, str]
"""The fields of a ParsedDate."""


class Dialect(NamedTuple):
    """One way of writing dates: None for a text that is not in it, and no two dialects claim the same text."""

    name: str
    parse: Callable[[str, Hints], ParsedDate | NotADate | None]
    cost: int  # dialects are tried cheapest first; as they are disjoint, this decides about speed alone


def write_down(
    date: Sequence[str | int],
    time: Sequence[str | int | None] = (None, None, None, None),
    zone: str | None = None,
) -> ParsedDate | NotADate:
    """Put the parts of a date text together: (year, month, day), (hour, minute, second, its decimals), zone."""
    hour, minute, second, decimals = time
    try:
        year, month, day = map(int, date)
        when = _moment((year, month, day), (int(hour or 0), int(minute or 0), int(second or 0)))
    except (ValueError, OverflowError):
        return NotADate.UNREADABLE
    written = f"{year:04}-{month:02}-{day:02}"
    if hour is None:
        return ParsedDate(when, "day", written)
    if decimals:
        when = when.replace(microsecond=int(str(decimals).ljust(6, "0")[:6]))
    precision = "minute" if second is None else "second"
    return _with_zone(ParsedDate(when, precision, written), zone) if zone else ParsedDate(when, precision, written)


def _with_zone(naive: ParsedDate, zone: str) -> ParsedDate | NotADate:
    offset, name = (zone, "") if zone.isalnum() else split_zone(zone)
    if offset.isalpha():
        return naive._replace(abbreviation=offset.upper())
    if not offset and not name:  # nothing but annotations
        return naive
    if name:
        return naive._replace(zone=name) if known_zone(name) else NotADate.UNREADABLE
    found = offset_of(offset)
    return NotADate.UNREADABLE if found is None else naive._replace(when=naive.when.replace(tzinfo=found))


def _moment(date: tuple[int, int, int], clock: tuple[int, int, int]) -> datetime:
    # A leap second is read as the one before it; 24:00 ends its day (ISO 8601-1:2019, 5.3.2).
    if clock == (24, 0, 0):
        return datetime(*date) + timedelta(days=1)  # noqa: DTZ001  the zone comes later
    hour, minute, second = clock
    return datetime(*date, hour, minute, 59 if second == 60 else second)  # noqa: DTZ001  the zone comes later
