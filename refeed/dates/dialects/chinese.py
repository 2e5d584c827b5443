"""Dates as they are written in Chinese and Japanese: 2022年10月12日 下午5:21, 民國111年, 2022/10/12(水)."""

import re
from types import MappingProxyType
from typing import Final

from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate, write_down
from refeed.dates.zones import ZONE
from refeed.startup.late_patterns import late_pattern

# The year before each era's first (Republic of China 1912, Heisei 1989, Reiwa 2019); 公元 and 西元 are the common era.
_ERAS: Final = MappingProxyType(
    {
        "中华民国": 1911,
        "中華民國": 1911,
        "令和": 2018,
        "公元": 0,
        "平成": 1988,
        "民国": 1911,
        "民國": 1911,
        "西元": 0,
    }
)
_DIGITS: Final = MappingProxyType(
    {
        "〇": 0,
        "零": 0,
        "一": 1,
        "二": 2,
        "三": 3,
        "四": 4,
        "五": 5,
        "六": 6,
        "七": 7,
        "八": 8,
        "九": 9,
    }
)
# Parts of the day (CLDR's for zh and ja, and what newspapers write), by what they do to the hour: after "am" 12 is
# midnight, "noon" is from 11 to 2, "pm" adds twelve; "night" too, but its 12 and its small hours may be the next day's.
_HALVES: Final = MappingProxyType(
    {
        "上午": "am",
        "下午": "pm",
        "中午": "noon",
        "傍晚": "pm",
        "凌晨": "am",
        "午前": "am",
        "午后": "pm",
        "午後": "pm",
        "夜间": "night",
        "夜間": "night",
        "早上": "am",
        "早晨": "am",
        "晚上": "night",
        "晚间": "night",
        "晚間": "night",
        "深夜": "night",
        "清晨": "am",
    }
)

_NOON: Final = MappingProxyType({1: 13, 2: 14, 11: 11, 12: 12, 13: 13, 14: 14})

_NUMBER: Final = "[0-9一二三四五六七八九十]{1,3}"
_DATE: Final = (
    rf"(?P<era>{'|'.join(_ERAS)})? ?(?P<year>[0-9]{{1,4}}|[〇零一二三四五六七八九十百]{{1,6}}|元) ?年 ?"
    rf"(?P<month>{_NUMBER}) ?月 ?(?P<day>{_NUMBER}) ?[日号號]"
)
_NUMERIC_DATE: Final = r"(?P<year_n>[0-9]{4})(?P<rule>[-/.])(?P<month_n>[0-9]{1,2})(?P=rule)(?P<day_n>[0-9]{1,2})"
_WEEKDAY: Final = "(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?"
_TIME: Final = (
    rf"(?:(?P<half>{'|'.join(_HALVES)}) ?)?(?P<hour>[0-9]{{1,2}}) ?"
    r"(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<decimals>[0-9]{1,9}))?)?"
    r"|[时時点點](?: ?(?:(?P<minute_c>[0-9]{1,2}) ?分(?: ?(?P<second_c>[0-9]{1,2}) ?秒)?|整))?)"
    rf"(?: ?(?P<zone>{ZONE}))?"
)
_PATTERN: Final = late_pattern(
    rf"(?:(?:{_WEEKDAY}),? ?)?(?:{_DATE}|{_NUMERIC_DATE})"
    rf"(?:,? ?(?:{_WEEKDAY}|\((?:{_WEEKDAY}|[一二三四五六日月火水木金土])\)))?"
    rf"(?:(?:,? ?| - ){_TIME})?"
)


def _parse(text: str, _hints: Hints) -> ParsedDate | NotADate | None:
    match = None if text.isascii() else _PATTERN.fullmatch(text)
    if match is None:
        return None
    date = _date(match)
    if date is None:
        return NotADate.UNREADABLE
    if match["hour"] is None:
        return write_down(date)
    hour = _hour(int(match["hour"]), match["half"])
    if isinstance(hour, NotADate):
        return hour
    minute = match["minute"] or match["minute_c"] or 0
    return write_down(date, (hour, minute, match["second"] or match["second_c"], match["decimals"]), match["zone"])


def _date(match: re.Match[str]) -> tuple[int, int, int] | None:
    if match["year_n"]:
        return int(match["year_n"]), int(match["month_n"]), int(match["day_n"])
    year, month, day = _year(match["era"], match["year"]), _number(match["month"]), _number(match["day"])
    return None if year is None or month is None or day is None else (year, month, day)


def _year(era: str | None, text: str) -> int | None:
    """Complete the year of an era; without one only four digits are a year."""
    if text == "元":
        return _ERAS[era] + 1 if era else None
    digits = "".join(str(_DIGITS.get(character, character)) for character in text)
    if era:
        number = int(digits) if digits.isdecimal() else _number(text)
        return None if number is None else _ERAS[era] + number
    return int(digits) if len(digits) == 4 and digits.isdecimal() else None


def _number(text: str) -> int | None:
    """Read 7, 07, 七, 十七, 二十七 or 一百一十三; None when it is a jumble of both scripts."""
    if text.isdecimal():
        return int(text)
    hundreds, hundred, below = text.rpartition("百")
    if hundred:
        rest = _number(below.removeprefix("零")) if below else 0
        return None if rest is None or hundreds not in _DIGITS else 100 * _DIGITS[hundreds] + rest
    tens, ten, units = text.rpartition("十")
    if any(digit and digit not in _DIGITS for digit in (tens, units)):
        return None
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(units, 0)


def _hour(hour: int, half: str | None) -> int | NotADate:
    """Turn an hour with its part of the day into one of the 24; 24-hour times that agree with it stay."""
    kind = _HALVES[half] if half else ""
    if kind == "night" and (hour < 5 or hour == 12):
        return NotADate.AMBIGUOUS
    if kind == "am":
        return hour % 12 if hour <= 12 else NotADate.UNREADABLE
    if kind == "noon":
        return _NOON.get(hour, NotADate.UNREADABLE)
    return hour + 12 if kind and hour < 12 else hour


DIALECT = Dialect("chinese", _parse, cost=5)
