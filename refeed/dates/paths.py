"""Find the day in a path or an address: /2022/10/12/, 20221012, 2014-10-08-title.md."""

import re
from collections.abc import Container
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from refeed.model import Timestamp
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.english_dates import MONTHS

# Two digits each, lest "2020/10/5-things" or a version be a day; single ones only where folders hold nothing else.
# What follows "%" is a code, "%2019123107" no year.
_YEAR: Final = r"(?<![0-9%])(?P<year>(?:19|20)[0-9]{2}|2100)"
_LONG_MONTHS: Final = (
    *("January", "February", "March", "April", "June", "July", "August", "September", "October", "November"),
    "December",
)
_NUMBER_OF: Final = MappingProxyType({month.lower(): str(number) for number, month in enumerate(MONTHS, 1)})
_DAYS: Final = (
    late_pattern(_YEAR + r"(?P<rule>[-_.]?)(?P<month>[0-9]{2})(?P=rule)(?P<day>[0-9]{2})(?![0-9])"),
    late_pattern(_YEAR + r" ?年 ?(?P<month>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?[日号號]"),
    late_pattern(_YEAR + r"/(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])"),
    late_pattern(_YEAR + r"[-/](?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})(?=[/?#]|\.[a-z]|\Z)"),
    # Two of the three in one folder: /n1/2024/0305/, /news/202403/05/.
    late_pattern(_YEAR + r"(?:/(?=[0-9]{4}/)|(?=[0-9]{2}/[0-9]{2}/))(?P<month>[0-9]{2})/?(?P<day>[0-9]{2})(?=/)"),
    late_pattern(
        _YEAR + rf"/(?:[0-9]{{2}}[-_. ]{{1,3}})?(?P<month>{'|'.join(MONTHS)}|{'|'.join(_LONG_MONTHS)})/"
        r"(?P<day>[0-9]{1,2})(?=[/?#]|\.[a-z]|\Z|(?<=[0-9]{2})[ _-])",
        re.IGNORECASE,
    ),
)
_YEARS: Final = range(1970, 2101)
_YEARS_OF_DIGITS: Final = range(1990, 2101)  # eight digits are a number more often than such an old day
LONGEST: Final = 4_096  # what Linux allows for a path


def path_date(text: str) -> Timestamp | None:
    """Find the day in the last part of a path that has one; in a part with several the first counts."""
    text = text[-LONGEST:]
    best: tuple[int, int, datetime] | None = None
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            day = _day(match)
            if day is None:
                continue
            # A name begins with its own date; another one after it belongs to the title.
            found = (text.count("/", 0, match.end()), -match.start(), day)
            best = found if best is None else max(best, found)
    return Timestamp(best[2], "day", "none", best[2].isoformat()[:10]) if best else None


def _day(match: re.Match[str]) -> datetime | None:
    year, month, day = match.group("year", "month", "day")
    month = _NUMBER_OF[month[:3].lower()] if month.isalpha() else month
    return day_of(year, month, day, years=_YEARS_OF_DIGITS if match[0].isdecimal() else _YEARS)


def day_of(*date: str, years: Container[int] = _YEARS) -> datetime | None:
    """Return a day in UTC; None if there is none, or if its year is none of these."""
    year, month, day = map(int, date)
    try:
        return datetime(year, month, day, tzinfo=UTC) if year in years else None
    except ValueError:
        return None
