"""Numbers with the year last, 13/10/2020: whether day or month comes first is never guessed."""

import re
from typing import Final

from refeed.dates._dialect import Dialect, Hints, NotADate, ParsedDate, write_down
from refeed.dates.zones import ZONE

_PATTERN: Final = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<rule>[-/.])(?P<second_number>[0-9]{1,2})(?P=rule)(?P<year>[0-9]{4})"
    r"(?:(?:,? | - |T)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    rf"(?: ?(?P<half>[AP]M))?(?: ?(?P<zone>{ZONE}))?)?",
    re.ASCII | re.IGNORECASE,
)


def _parse(text: str, hints: Hints) -> ParsedDate | NotADate | None:
    match = _PATTERN.fullmatch(text)
    if match is None:
        return None
    first, second = int(match["first"]), int(match["second_number"])
    day_first = _day_first(first, second, hints)
    if day_first is None:
        return NotADate.AMBIGUOUS
    day, month = (first, second) if day_first else (second, first)
    hour: int | None = None if match["hour"] is None else int(match["hour"])
    if hour is not None and match["half"]:
        if not 1 <= hour <= 12:
            return NotADate.UNREADABLE
        hour = hour % 12 + (12 if match["half"].upper() == "PM" else 0)
    return write_down((match["year"], month, day), (hour, match["minute"], match["second"], None), match["zone"])


def _day_first(first: int, second: int, hints: Hints) -> bool | None:
    if hints.day_first is not None:
        return hints.day_first
    if first == second:
        return True  # both readings are the same day
    if first > 12 or second > 12:
        return first > 12
    return None


DIALECT = Dialect("slash", _parse, cost=4)
