"""Numbers with the era of their year: R6.1.2 (Reiwa), 民國113/1/2, 令和6-1-2, พ.ศ. 2567-01-02, 1402/10/12 هجری شمسی."""

import re
from types import MappingProxyType
from typing import Final

from refeed.dates.calendars import from_persian
from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate, write_down
from refeed.startup.late_patterns import late_pattern

# The year before each era's first.
_ERAS: Final = MappingProxyType(
    {
        "H": 1988,
        "R": 2018,
        "中华民国": 1911,
        "中華民國": 1911,
        "令和": 2018,
        "平成": 1988,
        "民国": 1911,
        "民國": 1911,
        "พ.ศ.": -543,
    }
)
_PATTERN: Final = late_pattern(
    rf"(?P<era>{'|'.join(map(re.escape, _ERAS))}) ?(?P<year>[0-9]{{1,4}})(?P<rule>[-/.])"
    r"(?P<month>[0-9]{1,2})(?P=rule)(?P<day>[0-9]{1,2})"
)
# The Persian calendar, as it is called in Persian and in English (solar Hijri, Anno Persico).
_PERSIAN: Final = late_pattern(
    r"(?P<year>[0-9]{4})(?P<rule>[-/.])(?P<month>[0-9]{1,2})(?P=rule)(?P<day>[0-9]{1,2}) ?"
    r"(?:\(?(?:هجری )?(?:شمسی|خورشیدی)\)?|ه\.? ?ش\.?|SH|AP|A\.P\.)"
)


def _parse(text: str, _hints: Hints) -> ParsedDate | NotADate | None:
    if match := _PERSIAN.fullmatch(text):
        found = from_persian(*map(int, match.group("year", "month", "day")))
        return write_down(found) if found else NotADate.UNREADABLE
    match = _PATTERN.fullmatch(text)
    if match is None:
        return None
    return write_down((_ERAS[match["era"]] + int(match["year"]), match["month"], match["day"]))


DIALECT = Dialect("eras", _parse, cost=5)
