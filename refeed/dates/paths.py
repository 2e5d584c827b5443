"""The day that a path or an address carries: /2022/10/12/, 20221012, 2014-10-08-title.md, 20240102T030405--title.md."""

import re
from datetime import UTC, datetime
from typing import Final

from refeed.model import Timestamp

# Two digits each, lest "2020/10/5-things" or a version be a day; single ones only where folders hold nothing else.
# What follows "%" is a code, "%2019123107" no year.
_YEAR: Final = r"(?<![0-9%])(?P<year>(?:19|20)[0-9]{2}|2100)"
_DAYS: Final = (
    re.compile(_YEAR + r"(?P<rule>[-_.]?)(?P<month>[0-9]{2})(?P=rule)(?P<day>[0-9]{2})(?![0-9])"),
    re.compile(_YEAR + r" ?年 ?(?P<month>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?[日号號]"),
    re.compile(_YEAR + r"/(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])"),
    re.compile(_YEAR + r"[-/](?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})(?=[/?#]|\.[a-z]|\Z)"),
)
# At the beginning of the name of a file or of its folder, which is the owner's own, also what in an address may count
# something else: Jekyll takes one digit, too; Zettelkasten and denote write a minute or a second.
_OWN: Final = re.compile(
    r"[\[(（【]?(?P<year>(?:19|20)[0-9]{2})"
    r"(?:(?P<rule>[-_])(?P<month>[0-9]{1,2})(?P=rule)(?P<day>[0-9]{1,2})"
    r"|(?P<month_s>[0-9]{2})(?P<day_s>[0-9]{2})T?(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?)(?![0-9])"
)
_YEARS: Final = range(1990, 2101)
_LONGEST: Final = 4_096  # what Linux allows for a path


def path_date(text: str) -> Timestamp | None:
    """Find the day in the last part of a path that has one; in a part with several the first counts."""
    text = text[-_LONGEST:]
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


def name_date(name: str) -> Timestamp | None:
    """Find the day that the name of a file, or that of its folder, begins with; else one in its path."""
    for part in reversed(name[-_LONGEST:].split("/")[-2:]):
        if match := _OWN.match(part):
            day = _checked(match["year"], match["month"] or match["month_s"], match["day"] or match["day_s"])
            if day:
                return Timestamp(day, "day", "none", day.isoformat()[:10])
    return path_date(name)


def _day(match: re.Match[str]) -> datetime | None:
    return _checked(*match.group("year", "month", "day"))


def _checked(*date: str) -> datetime | None:
    year, month, day = map(int, date)
    try:
        return datetime(year, month, day, tzinfo=UTC) if year in _YEARS else None
    except ValueError:
        return None
