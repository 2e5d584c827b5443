"""ISO 8601 dates, and those that people write in the same order with `/` or `.`."""

import re
from datetime import date
from typing import Final

from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate, write_down
from refeed.dates.dialects._clock import CLOCK, clock_of
from refeed.dates.zones import ZONE
from refeed.startup.late_patterns import late_pattern

# A day may have a zone, too (XML Schema, 3.2.9): it stays the day that is written.
_EXTENDED: Final = late_pattern(
    r"(?P<year>[0-9]{4})(?P<rule>[-/.])(?P<month>[0-9]{1,2})(?P=rule)(?P<day>[0-9]{1,2})"
    rf"(?:(?:T|,? | - ){CLOCK}| ?(?:Z|UTC|GMT|\+[0-9]{{2}}:?[0-9]{{2}})| -[0-9]{{2}}:?[0-9]{{2}})?",
    re.ASCII | re.IGNORECASE,
)
# Without separators only what cannot be a plausible epoch: as seconds, ms or µs these lie before 1976 or after 2286.
COMPACT: Final = r"(?:19|20)[0-9]{6}(?:[0-9]{4}(?:[0-9]{2}(?:[0-9]{3})?)?)?"
_BASIC: Final = late_pattern(
    r"(?=(?:19|20)[0-9]{6})(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?:(?P<second>[0-9]{2})(?P<milliseconds>[0-9]{3})?)?"
    rf"|T(?P<hour_t>[0-9]{{2}}):?(?P<minute_t>[0-9]{{2}})(?::?(?P<second_t>[0-9]{{2}})(?:[.,](?P<decimals>[0-9]{{1,12}}))?)?"
    rf" ?(?P<zone>{ZONE})?)?",
    re.ASCII | re.IGNORECASE,
)
_WEEK: Final = late_pattern(r"[0-9]{4}-?W[0-9]{2}-?[1-7]")  # ISO 8601-1:2019, 5.2.4: the day of a week


def _parse(text: str, _hints: Hints) -> ParsedDate | NotADate | None:
    if match := _EXTENDED.fullmatch(text):
        clock = clock_of(match)
        return write_down(match.group("year", "month", "day"), clock, match["zone"]) if clock else NotADate.UNREADABLE
    if match := _BASIC.fullmatch(text):
        suffix = "_t" if match["hour_t"] else ""
        hour, minute, second = match.group(f"hour{suffix}", f"minute{suffix}", f"second{suffix}")
        decimals = match["decimals"] or match["milliseconds"]
        zone = "Z" if match["milliseconds"] else match["zone"]  # TiddlyWiki's, which are in UTC
        return write_down(match.group("year", "month", "day"), (hour, minute, second, decimals), zone)
    if _WEEK.fullmatch(text):
        return _day_of_week(text)
    return None


def _day_of_week(text: str) -> ParsedDate | NotADate:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return NotADate.UNREADABLE
    return write_down((found.year, found.month, found.day))


DIALECT = Dialect("iso", _parse, cost=1)
