"""Turn date texts into points in time: dialects say what a text says, this module what it then means."""

import importlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Final

from refeed.dates._fold import fold
from refeed.dates._usual import may_be_usual, parse_usual_date, read_in_utc
from refeed.dates.dialect import DateParts, Dialect, Hints, NotADate, ParsedDate
from refeed.dates.file_names import name_date
from refeed.dates.paths import path_date
from refeed.dates.zones import ABBREVIATIONS, known_zone, read_in
from refeed.model import Timestamp
from refeed.startup.module_names import module_names

__all__ = [
    "NO_HINTS",
    "Dialect",
    "Hints",
    "NotADate",
    "ParsedDate",
    "by_dialects",
    "fold",
    "known_zone",
    "load_dialects",
    "may_be_usual",
    "name_date",
    "parse_date",
    "parse_usual_date",
    "path_date",
    "timestamp",
    "usual_timestamps",
]

EARLIEST: Final = datetime(1970, 1, 2, tzinfo=UTC)  # programs write the day before for no date

_LONGEST: Final = 100
NO_HINTS: Final = Hints()

# What programs write for a date that they do not have; the last two are the zero of MySQL.
_NO_DATE: Final = frozenset(
    {
        "",
        "-",
        "--",
        "n/a",
        "nan",
        "never",
        "nat",
        "nil",
        "none",
        "null",
        "undefined",
        "unknown",
        "invalid date",
        "0000-00-00",
        "0000-00-00 00:00:00",
    }
)
_FIRST_DAY: Final = "0001-01-01"  # the zero of Go and of .NET, in whichever zone


@cache
def load_dialects() -> Mapping[str, Dialect]:
    """Import every dialect, cheapest first."""
    from refeed.dates import dialects  # nearly every date is written in a usual way, and needs none

    modules = (importlib.import_module(f"{dialects.__name__}.{name}") for name in module_names(dialects.__path__))
    found = [module.DIALECT for module in modules if isinstance(getattr(module, "DIALECT", None), Dialect)]
    return MappingProxyType({dialect.name: dialect for dialect in sorted(found, key=lambda one: (one.cost, one.name))})


def parse_date(text: str, hints: Hints = NO_HINTS) -> Timestamp | NotADate:
    """Read a whole text as a date, or say why it is not one."""
    text = fold(text)
    if text.casefold() in _NO_DATE:
        return NotADate.NONE
    if len(text) > _LONGEST:
        return NotADate.UNREADABLE
    usual = parse_usual_date(text)
    return timestamp(usual, hints) if usual else by_dialects(text, hints)


def by_dialects(text: str, hints: Hints) -> Timestamp | NotADate:
    """Read a folded text as the first dialect reads it that knows it."""
    # Every date has a digit, but for those whose numbers are written 二〇二一年: most lines of bodies have neither.
    if "年" not in text and not any(map(str.isdigit, text)):
        return NotADate.UNREADABLE
    for dialect in load_dialects().values():
        said = dialect.parse(text, hints)
        if said is not None:
            return said if isinstance(said, NotADate) else timestamp(said, hints)
    return NotADate.UNREADABLE


def timestamp(written: DateParts, hints: Hints) -> Timestamp | NotADate:
    """Return the point in time that a date means, or why it is not plausible."""
    value, precision, day, _, _ = written
    if value.tzinfo is UTC and precision != "day":  # nearly always
        zone = "stated"
    else:
        try:
            value, zone = _place(written, hints)
        except OverflowError:  # in UTC it lies before year 1 or after 9999
            return NotADate.TOO_LATE if value.year > EARLIEST.year else _too_early(day)
    if value < EARLIEST:
        return _too_early(day)
    if hints.latest is not None and value > hints.latest:
        return NotADate.TOO_LATE
    return Timestamp._make((value, precision, zone, day))


def usual_timestamps(texts: Sequence[str], hints: Sequence[Hints]) -> list[Timestamp | None]:
    """Return the points in time that usual spellings of dates mean, each with its hints; None for any other text.

    It is what `parse_date` gives for each, but most are read together.
    """
    times = list[Timestamp | None]()
    for text, read, hint in zip(texts, read_in_utc(texts), hints, strict=True):
        if read and read >= EARLIEST and hint.latest and read <= hint.latest:  # nearly always
            times.append(Timestamp._make((read, "second", "stated", text[:10])))
        else:
            usual = parse_usual_date(text)
            time = timestamp(usual, hint) if usual else None
            times.append(None if isinstance(time, NotADate) else time)
    return times


def _too_early(day: str) -> NotADate:
    return NotADate.NONE if day == _FIRST_DAY else NotADate.IMPLAUSIBLE


def _place(written: DateParts, hints: Hints) -> tuple[datetime, str]:
    """Return what was written its place in UTC, and tell how its zone was known."""
    when, precision, _, abbreviation, zone = written
    if precision == "day":
        return when.replace(tzinfo=UTC), "none"
    if when.tzinfo is not None:
        return (when if when.tzinfo is UTC else when.astimezone(UTC)), "stated"
    if zone:
        return read_in(when, zone), "stated"
    return _place_abbreviated(when, abbreviation, hints)


def _place_abbreviated(when: datetime, abbreviation: str, hints: Hints) -> tuple[datetime, str]:
    """Return the place of a time whose text has an abbreviation for a zone, or nothing at all."""
    if not abbreviation:
        return read_in(when, hints.zone), "outlet" if hints.zone_known else "assumed"
    if abbreviation in hints.abbreviations:
        return read_in(when, hints.abbreviations[abbreviation]), "outlet"
    if abbreviation in ABBREVIATIONS:
        placed = when.replace(tzinfo=ABBREVIATIONS[abbreviation])
        return (placed if placed.tzinfo is UTC else placed.astimezone(UTC)), "stated"
    return read_in(when, hints.zone), "ambiguous"
