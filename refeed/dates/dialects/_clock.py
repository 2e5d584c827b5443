"""The time of day behind a date, on a clock of 24 or 12 hours."""

import re
from typing import Final

from refeed.dates.zones import ZONE

_HALF: Final = r"[ap](?:m|\.m\.)(?![a-z])"
# "3:04", "15:04:05.123", "3:04 PM", "3 p.m."; an hour alone is one only with its half of the day.
CLOCK: Final = (
    r"(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{1,2})(?:[.,](?P<decimals>[0-9]{1,12}))?)?"
    rf"(?: ?(?P<half>{_HALF}))?| ?(?P<half_alone>{_HALF}))"
    rf"(?: ?(?P<zone>{ZONE}))?"
)
"""A pattern to be matched without regard to case; its groups are what `clock_of` reads."""

Clock = tuple[int | None, str | None, str | None, str | None]
"""Hour of 24, minute, second and its decimals; None for what the text lacks."""


def clock_of(match: re.Match[str]) -> Clock | None:
    """Return the time of day of a match; None if its hour and its half of the day are at odds."""
    if match["hour"] is None:
        return None, None, None, None
    half = match["half"] or match["half_alone"]
    hour = hour_of_24(int(match["hour"]), half[0]) if half else int(match["hour"])
    return None if hour is None else (hour, match["minute"], match["second"], match["decimals"])


def hour_of_24(hour: int, half: str) -> int | None:
    """Return the hour that a clock of 12 hours means."""
    return hour % 12 + (12 if half in "pP" else 0) if 1 <= hour <= 12 else None
