"""Numbers with the year last, 13/10/2020: whether day or month comes first is never guessed, unless dots part them."""

import re
from typing import Final

from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate, write_down
from refeed.dates.dialects._clock import CLOCK, clock_of
from refeed.startup.late_patterns import late_pattern

_PATTERN: Final = late_pattern(
    r"(?P<first>[0-9]{1,2})(?P<rule>[-/.])(?P<second_number>[0-9]{1,2})(?P=rule)(?P<year>[0-9]{4})"
    rf"(?:(?:,? | - |T){CLOCK})?",
    re.ASCII | re.IGNORECASE,
)


def _parse(text: str, hints: Hints) -> ParsedDate | NotADate | None:
    match = _PATTERN.fullmatch(text)
    if match is None:
        return None
    first, second = int(match["first"]), int(match["second_number"])
    day_first, clock = _day_first(first, second, match["rule"], hints), clock_of(match)
    if day_first is None:
        return NotADate.AMBIGUOUS
    if clock is None:
        return NotADate.UNREADABLE
    day, month = (first, second) if day_first else (second, first)
    return write_down((match["year"], month, day), clock, match["zone"])


def _day_first(first: int, second: int, mark: str, hints: Hints) -> bool | None:
    if hints.day_first is not None:
        return hints.day_first
    if first == second:
        return True  # both readings are the same day
    if first > 12 or second > 12:
        return first > 12
    if mark == ".":
        return True  # no country writes the month first between dots (CLDR: not one pattern of its locales does)
    return mark != "/" if hints.by_mark else None


DIALECT = Dialect("slash", _parse, cost=4)
