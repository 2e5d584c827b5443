"""Unix time: seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by magnitude."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate
from refeed.dates.dialects.iso import COMPACT
from refeed.startup.late_patterns import late_pattern

# A number, with decimals or without; eight digits may be a day.
_NUMBER: Final = re.compile(rf"(?!{COMPACT}\Z)([+-]?[0-9]+)(?:\.([0-9]+))?")
_IN_JSON: Final = late_pattern(r"\\?/Date\(([0-9]{1,14})(?:[+-][0-9]{4})?\)\\?/")  # .NET's, with its own zone beside it
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)  # smaller numbers are years, days and stamps of other clocks

# Below each limit, how many of the unit make a second. Between 1973 and 5138 no number fits two units.
_UNITS: Final = (
    (10**11, 1),
    (10**14, 1_000),
    (10**17, 1_000_000),
    (10**20, 1_000_000_000),
)


def _parse(text: str, _hints: Hints) -> ParsedDate | NotADate | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        in_json = _IN_JSON.fullmatch(text)
        return _since_start(int(in_json[1]), 1_000, None) if in_json else None
    number = int(match[1])
    if not number:
        return NotADate.NONE  # what programs write for a date that they do not have
    if number < 0:
        return NotADate.IMPLAUSIBLE
    for limit, unit in _UNITS:
        if number < limit:
            since_start = _since_start(number, unit, match[2])
            return since_start if since_start.when >= _EARLIEST else NotADate.IMPLAUSIBLE
    return NotADate.IMPLAUSIBLE


def _since_start(number: int, unit: int, decimals: str | None) -> ParsedDate:
    seconds, rest = divmod(number, unit)
    micros = rest * 1_000_000 // unit
    if unit == 1 and decimals:
        micros = int(decimals.ljust(6, "0")[:6])
    when = _START + timedelta(seconds=seconds, microseconds=micros)
    return ParsedDate(when, "second", when.isoformat()[:10])


DIALECT = Dialect("epoch", _parse, cost=2)
