"""Read dates of release and expiry that name no single day: a month, a year, or one of two days."""

from datetime import UTC, datetime, timedelta
from typing import Final

from refeed.dates import Hints, NotADate, parse_date
from refeed.model import Timestamp
from refeed.startup.late_patterns import late_pattern

_MONTH_OR_YEAR: Final = late_pattern(r"(20[0-9]{2})(?:[-/.年](0?[1-9]|1[0-2])月?|年)?")
_DAY: Final = timedelta(days=1)


def vague_times(text: str, hints: Hints, date: Timestamp | None) -> list[datetime]:
    """Return when a time that is not exact is over, in each of its readings; none if the article's date lies in one."""
    spans = _month_or_year(text.strip()) or _two_days(text, hints)
    if date and any(begin <= date.value < max(end, begin + _DAY) for begin, end in spans):
        return []  # the date says it more exactly
    return [end for _, end in spans]


def _month_or_year(text: str) -> list[tuple[datetime, datetime]]:
    found = _MONTH_OR_YEAR.fullmatch(text)
    if found is None:
        return []
    year, month = int(found[1]), int(found[2] or 12)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return [(datetime(year, int(found[2] or 1), 1, tzinfo=UTC), end)]


def _two_days(text: str, hints: Hints) -> list[tuple[datetime, datetime]]:
    if parse_date(text, hints) is not NotADate.AMBIGUOUS:
        return []
    both = (parse_date(text, hints._replace(day_first=day_first, latest=None)) for day_first in (True, False))
    return [(day.value, day.value) for day in both if isinstance(day, Timestamp)]
