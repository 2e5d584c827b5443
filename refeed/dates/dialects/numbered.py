"""Dates whose months are numbers among words: 2024년 1월 2일 오후 3:04, 2 tháng 1, 2024, Julia's Date(2024, 1, 2)."""

import re
from types import MappingProxyType
from typing import Final

from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate, write_down
from refeed.dates.dialects._clock import CLOCK, clock_of, hour_of_24
from refeed.dates.zones import ZONE
from refeed.startup.late_patterns import late_pattern

_KOREAN: Final = late_pattern(
    r"(?P<year>[0-9]{4})(?:년|\.) ?(?P<month>[0-9]{1,2})(?:월|\.) ?(?P<day>[0-9]{1,2})"
    # The last dot may be missing where blanks tell it from an ISO date.
    r"(?:일|\.|(?<=\. [0-9])|(?<=\. [0-9]{2}))"
    r"(?:,? ?\(?[일월화수목금토](?:요일)?\)?)?"
    r"(?:,? (?:(?P<half>오전|오후) ?)?(?P<hour>[0-9]{1,2})"
    r"(?:시 ?(?:(?P<minute_k>[0-9]{1,2})분(?: ?(?P<second_k>[0-9]{1,2})초)?)?"
    rf"|:(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}))?)(?: ?(?P<zone>{ZONE}))?)?"
)
# Vietnamese numbers its months, also in words and in the abbreviations of CLDR and of WordPress: tháng ba, thg 3, Th3.
_MONTHS: Final = MappingProxyType(
    {
        "một": 1,
        "giêng": 1,
        "hai": 2,
        "ba": 3,
        "tư": 4,
        "năm": 5,
        "sáu": 6,
        "bảy": 7,
        "tám": 8,
        "chín": 9,
        "mười": 10,
        "mười một": 11,
        "mười hai": 12,
        "chạp": 12,
    }
)
_VIETNAMESE: Final = late_pattern(
    r"(?:(?:thứ [^\W\d_]{2,4}|chủ nhật),? )?(?:ngày )?(?P<day>[0-9]{1,2})"
    rf" (?:tháng |thg\.? ?|th\.? ?)(?P<month>[0-9]{{1,2}}|{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
    rf"(?:,| năm|, năm)? (?P<year>[0-9]{{4}})(?:,? {CLOCK})?",
    re.IGNORECASE,
)
# What a page of Franklin's computes its day with: Date(2024, 1, 2), Dates.Date("2024-01-02").
_JULIA: Final = late_pattern(
    r"(?:Dates\.)?Date\((?P<quote>\"?)(?P<year>[0-9]{4})(?:-|, ?)(?P<month>[0-9]{1,2})(?:-|, ?)(?P<day>[0-9]{1,2})"
    r"(?P=quote)\)"
)


def _parse(text: str, _hints: Hints) -> ParsedDate | NotADate | None:
    if match := _VIETNAMESE.fullmatch(text):
        clock, month = clock_of(match), match["month"]
        date = (match["year"], _MONTHS.get(month.lower(), month), match["day"])
        return write_down(date, clock, match["zone"]) if clock else NotADate.UNREADABLE
    if match := _JULIA.fullmatch(text):
        return write_down(match.group("year", "month", "day"))
    match = _KOREAN.fullmatch(text)
    if match is None:
        return None
    if match["hour"] is None:
        return write_down(match.group("year", "month", "day"))
    hour = int(match["hour"])
    told = hour_of_24(hour, "p" if match["half"] == "오후" else "a") if match["half"] else hour
    if told is None:
        return NotADate.UNREADABLE
    minute = match["minute"] or match["minute_k"] or "0"
    return write_down(
        match.group("year", "month", "day"), (told, minute, match["second"] or match["second_k"], None), match["zone"]
    )


DIALECT = Dialect("numbered", _parse, cost=5)
