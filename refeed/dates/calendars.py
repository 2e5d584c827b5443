"""Convert years and days of other calendars to the Gregorian one."""

import re
from datetime import date
from typing import Final

from refeed.startup.late_patterns import late_pattern

# Thailand counts from 543 before the common era. Until 2400 no text means that era: it would lie before 1857.
_BUDDHIST: Final = 543
_BUDDHIST_FROM: Final = 2400

# The Persian year begins at the vernal equinox. Between 1178 and 1633 its leap years are those of a cycle of 33 years
# (Borkowski, "The Persian calendar for 3000 years", 1996): in them 8 of 33.
_PERSIAN_YEARS: Final = range(1300, 1500)
_NEW_YEAR_1403: Final = date(2024, 3, 20).toordinal()
_IN_PERSIAN_DIGITS: Final = late_pattern(
    "(?<![۰-۹])(?P<year>۱[۳۴][۰-۹]{2})(?P<rule>[-/.])(?P<month>[۰-۹]{1,2})(?P=rule)(?P<day>[۰-۹]{1,2})(?![۰-۹])"
)


def from_buddhist(year: int) -> int:
    """Return the year that a Thai text means, which may be of either era."""
    return year - _BUDDHIST if year >= _BUDDHIST_FROM else year


def from_persian(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """Return the common date of a day in the Persian calendar; None if it has no such day."""
    last = 31 if month <= 6 else 30 if month <= 11 or _is_leap(year) else 29
    if year not in _PERSIAN_YEARS or not 1 <= month <= 12 or not 1 <= day <= last:
        return None
    before = (month - 1) * 31 - max(0, month - 7)
    found = date.fromordinal(_new_year(year) + before + day - 1)
    return found.year, found.month, found.day


def with_common_day(text: str) -> str:
    """Return a text in which a day of the Persian calendar is the common one.

    Its years in its own digits are no other calendar's: the common one had them before there were blogs.
    """
    return _IN_PERSIAN_DIGITS.sub(_common_day, text)


def _common_day(match: re.Match[str]) -> str:
    found = from_persian(*map(int, match.group("year", "month", "day")))
    return date(*found).isoformat() if found else match[0]


def _new_year(year: int) -> int:
    return _NEW_YEAR_1403 + 365 * (year - 1403) + _leap_days(year) - _leap_days(1403)


def _leap_days(year: int) -> int:
    """Count the leap days before a year, from some year on."""
    return (8 * year + 21) // 33


def _is_leap(year: int) -> bool:
    return _leap_days(year + 1) > _leap_days(year)
