"""Time zones: offsets, abbreviations and IANA names. The machine's own zone is never one of them."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern

# What can follow a time. An offset may be led by UTC or GMT, and then "UTC+8" is +08:00 (POSIX, and dateutil with it,
# reads the sign the other way round; people who write dates do not).
OFFSET: Final = r"(?:UTC|GMT)? ?[+-][0-9]{1,2}(?::?[0-9]{2})?"
# Capitals only, lest "10:00 sharp" have a zone.
_ABBREVIATION: Final = r"(?:Z|UTC|GMT|(?-i:(?!(?:AM|PM)\b)[A-Z]{2,5}))"
# RFC 9557: the name of a zone, or something else in brackets, after the offset or in its place.
_IN_BRACKETS: Final = r"\[!?[A-Za-z_][A-Za-z0-9_+./-]*(?:=[A-Za-z0-9-]+)?\]|\[[+-][0-9]{2}:[0-9]{2}\]"
_NAMED: Final = r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2}"
ZONE: Final = rf"(?:(?:{OFFSET}|{_ABBREVIATION})(?:{_IN_BRACKETS})*|{_NAMED}|(?:{_IN_BRACKETS})+)"

# RFC 822 section 5.1 and RFC 2822 section 4.3. CST is left out: in these dumps it is as often China's. The letters of
# military zones mean nothing either (RFC 2822: their senders got the sign wrong), except Z.
RFC_822: Final = MappingProxyType(
    {
        "CDT": timezone(timedelta(hours=-5)),
        "EDT": timezone(timedelta(hours=-4)),
        "EST": timezone(timedelta(hours=-5)),
        "GMT": UTC,
        "MDT": timezone(timedelta(hours=-6)),
        "MST": timezone(timedelta(hours=-7)),
        "PDT": timezone(timedelta(hours=-7)),
        "PST": timezone(timedelta(hours=-8)),
        "UT": UTC,
        "UTC": UTC,
        "Z": UTC,
    }
)
# Abbreviations of the tz database (2026) that stand for one offset there, and elsewhere for no other. Not among them:
# AST (Halifax, Riyadh), BST (London, Dhaka), CST (Chicago, Shanghai, Havana), IST (Delhi, Dublin, Jerusalem), SST.
ABBREVIATIONS: Final = MappingProxyType(
    RFC_822
    | {
        name: timezone(timedelta(minutes=minutes))
        for name, minutes in (
            *(
                ("AEDT", 660),
                ("AEST", 600),
                ("ACDT", 630),
                ("ACST", 570),
                ("AKDT", -480),
                ("AKST", -540),
                ("AWST", 480),
            ),
            *(("CAT", 120), ("CEST", 120), ("CET", 60), ("EAT", 180), ("EEST", 180), ("EET", 120), ("HKT", 480)),
            *(("HST", -600), ("JST", 540), ("KST", 540), ("MSK", 180), ("NZDT", 780), ("NZST", 720), ("PKT", 300)),
            *(("SAST", 120), ("WAT", 60), ("WEST", 60), ("WIB", 420), ("WIT", 540), ("WITA", 480)),
            *(("MESZ", 120), ("MEZ", 60)),  # CEST and CET in German
        )
    }
)

# The offsets in use lie between Baker Island's and Kiribati's (tz database, 2026).
_WEST: Final = -12 * 60
_EAST: Final = 14 * 60

# `+08:00`, `-0330`, `UTC+8`; the names of IANA: `Asia/Shanghai`.
_OFFSET: Final = late_pattern(r"(?:UTC|GMT)? ?([+-])([0-9]{1,2})(?::?([0-9]{2}))?", re.IGNORECASE)
_NAME: Final = late_pattern(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")

# Days: no zone has changed its clocks and changed them back in less than the 29 of a Ramadan (tz database, 2026).
_STRETCH: Final = 10
_DAY: Final = timedelta(days=1)  # more than any offset: what is in force then is so before or after a change of clocks

# Files beside the zones that are no zones of their own: the machine's, POSIX's default, the unset one.
_NO_ZONES: Final = frozenset({"Factory", "localtime", "posixrules"})


@lru_cache(maxsize=256)
def offset_of(text: str) -> timezone | None:
    """Read "+08:00", "+0800", "-5" or "UTC+8"; None when it is no offset, or none that is in use."""
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes = match.groups(default="0")
    size = int(hours) * 60 + int(minutes)
    size = -size if sign == "-" else size
    if int(minutes) > 59 or not _WEST <= size <= _EAST:
        return None
    return timezone(timedelta(minutes=size)) if size else UTC


def split_zone(text: str) -> tuple[str, str]:
    """Divide what follows a time into an offset or an abbreviation, and else the name of a zone.

    RFC 9557, 4.1: the offset decides, what is in brackets after it is there for people; without it the zone decides.
    """
    before, bracket, rest = text.partition("[")
    if before:
        return ("", before) if "/" in before else (before, "")
    tags = [tag.rstrip("]").removeprefix("!") for tag in rest.split("[")] if bracket else []
    return "", next((tag for tag in tags if "=" not in tag), "")


@lru_cache(maxsize=256)
def _find(name: str) -> tzinfo | None:
    if name in RFC_822 and RFC_822[name] is UTC:
        return UTC
    offset = offset_of(name)
    if offset is not None:
        return offset
    if name in _NO_ZONES or not _NAME.fullmatch(name):
        return None
    from dateutil import tz  # only sources with a named zone pay for it

    zone = tz.gettz(name)
    # gettz also makes zones of POSIX rules ("UTC+3", reversed) and of the machine's own; neither is a name.
    return zone if isinstance(zone, tz.tzfile) else None


def known_zone(name: str) -> bool:
    """Return whether a name is an IANA zone or an offset such as "+08:00"."""
    return _find(name) is not None


def read_in(when: datetime, name: str) -> datetime:
    """Read a naive time in a zone; in a clock's gap or overlap with the offset that was in force before it."""
    zone = _find(name)
    if zone is None:
        raise LookupError(f"no time zone is called {name!r}: use an IANA name or an offset such as +08:00")
    stated = when.replace(tzinfo=UTC)
    if isinstance(zone, timezone):
        return stated - zone.utcoffset(None)
    if (steady := _steady_offset(name, when.toordinal() // _STRETCH)) is not None:
        return stated - steady
    # Only UTC is turned into local time here, because dateutil 2.9 and 4 read a local time in a gap differently.
    before, after = (_offset_at(stated + day, zone) for day in (-_DAY, _DAY))
    for offset in (before, after):
        if _offset_at(stated - offset, zone) == offset:
            return stated - offset
    return stated - before


@lru_cache(maxsize=4096)
def _steady_offset(name: str, stretch: int) -> timedelta | None:
    """Return the offset that a zone has in all of a stretch of days; None if its clocks change then."""
    zone = _find(name)
    try:
        start = datetime.fromordinal(stretch * _STRETCH).replace(tzinfo=UTC)
        offsets = {_offset_at(start + day, zone) for day in (-_DAY, (_STRETCH + 1) * _DAY)} if zone else ()
    except (OverflowError, ValueError):  # at either end of the calendar
        return None
    return next(iter(offsets)) if len(offsets) == 1 else None


def shown_in(moment: datetime, name: str) -> datetime:
    """Return a moment as the clocks of a zone that `known_zone` knows show it."""
    return moment.astimezone(_find(name))


def _offset_at(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).replace(tzinfo=UTC) - moment
