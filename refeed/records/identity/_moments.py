"""When a record says that it was written, to the minute, in any usual spelling. FROZEN, as the whole package.

Deliberately not the work of refeed.dates: no new dialect, option or clock may move an id. A time with an offset is
taken in UTC, and so is an epoch; any other as it is written, whatever its zone.
"""

import re
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from refeed.records.identity._texts import fold
from refeed.startup.late_patterns import late_pattern

_FIRST_DAY: Final = "1970-01-02"
_AFTER_LAST_DAY: Final = "2200"
_LONGEST: Final = 256
# A day, perhaps with a time without offset or in UTC, as nearly every program writes it.
_DAY: Final = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_MINUTE: Final = r"[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]"
_USUAL: Final = late_pattern(rf"{_DAY}(?:{_MINUTE}(?::[0-9]{{2}}(?:\.[0-9]{{1,9}})?)?Z?)?")
# The same with an offset, as Hugo has it.
_USUAL_ELSEWHERE: Final = late_pattern(rf"{_DAY}{_MINUTE}:[0-9]{{2}}([+-])([0-9]{{2}}):([0-9]{{2}})")
# The same as mail has it, in Greenwich.
_USUAL_MAIL: Final = late_pattern(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (0[1-9]|[12][0-9]|3[01]) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"([0-9]{4}) ((?:[01][0-9]|2[0-3]):[0-5][0-9]):[0-9]{2} GMT"
)
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59"  # also Arabic, Persian, Devanagari, Thai

# `2021-12-09…`, `2021/12/9 …`, `2021年12月9日…`, `20211209T0805…`.
_IN_NUMBERS: Final = late_pattern(r"([0-9]{4})([-/.年]) ?([0-9]{1,2})[-/.月] ?([0-9]{1,2})(?![0-9])")
_COMPACT: Final = late_pattern(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])")
_MONTH_NAME: Final = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
# `Thu, 09 Dec 2021 …`, `9 December 2021`; `Thu Dec 09 2021 …`, `December 9th, 2021`.
_DAY_FIRST: Final = late_pattern(rf"{_WEEKDAY}([0-9]{{1,2}})[ -]{_MONTH_NAME}[ -]([0-9]{{4}})(?![0-9])")
_MONTH_FIRST: Final = late_pattern(rf"{_WEEKDAY}{_MONTH_NAME} ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})(?![0-9])")
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"

# `08:05`, `8時05分`, `T0805`; 12-hour clocks say which half before or after it.
_TIME: Final = late_pattern(r"(?<![0-9:+-])(?:([0-9]{1,2})(?:[:时時点點]|시 ?)([0-9]{2})|(?<=t)([0-9]{2})([0-9]{2}))")
_AFTERNOON: Final = late_pattern(r"(?<![a-z])p\.? ?m\b|下午|晚上|午后|午後|오후")
_MORNING: Final = late_pattern(r"(?<![a-z])a\.? ?m\b|上午|凌晨|早上|午前|오전")

# What follows a time that says its offset: `:09.123+08:00`, ` PM -0500`, `:09 GMT+0100`.
_OFFSET: Final = late_pattern(
    r"(?::?[0-9]{2})?(?:[.,][0-9]{1,9})?(?: ?[ap]\.? ?m\.?)? ?(?:gmt|utc)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?(?![0-9:])"
)
# Seconds, milli-, micro- and nanoseconds since 1970: from 2001 to 2286 they have so many digits.
_EPOCHS: Final = MappingProxyType({10: 1, 13: 10**3, 16: 10**6, 19: 10**9})

_NUMBER: Final = late_pattern(rf"[{_DIGITS}]+")

# What file names and folders hold: `2014-10-08-title.md`, `2024/2/1/index.md`, `2024年1月2日`; `20240102030405-x.md`.
_IN_NAME: Final = late_pattern(r"(?<![0-9])((?:19|20)[0-9]{2})[-_./年]([0-9]{1,2})[-_./月]([0-9]{1,2})(?![0-9])")
_COMPACT_IN_NAME: Final = late_pattern(
    r"(?<![0-9])((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})(?:[0-9]{2})?)?(?![0-9])"
)
_LONGEST_NAME: Final = 4096  # what Linux allows for a path


def written_moment(text: str) -> str | None:
    """Return "2024-01-02T08:05", or "2024-01-02" without a time or at midnight; None if the text says no day.

    A text that says it in some other way is its own moment, folded.
    """
    if usual := _usual_moment(text):
        return usual
    folded = fold(text[:_LONGEST])
    if len(folded) in _EPOCHS and folded.isascii() and folded.isdecimal() and folded[0] != "0":
        when = datetime.fromtimestamp(int(folded) // _EPOCHS[len(folded)], UTC)
        shown = when.isoformat()
        return shown[:10] + _clock(shown[11:13], shown[14:16])
    found = _stated_day(folded)
    if found is None:
        numbers = _NUMBER.findall(folded)
        return folded if len(numbers) > 1 or any(len(number) >= 8 for number in numbers) else None
    day, end = found
    rest = folded[end:]
    time = _TIME.search(rest) if day else None
    if time is None:
        return day or None
    clock = _time(time, rest)
    offset = _OFFSET.match(rest, time.end()) if clock else None
    return _in_utc(day + clock, offset) if offset else day + clock


def _usual_moment(text: str) -> str | None:
    """Return the moment of a text that is written as by most programs; the way of all others would find the same."""
    if mail := _USUAL_MAIL.fullmatch(text):
        written = _day(mail[3], str(_MONTHS.index(mail[2].lower()) // 3 + 1), mail[1])
        return written if not written or mail[4] == "00:00" else f"{written}T{mail[4]}"
    if not _FIRST_DAY <= text < _AFTER_LAST_DAY:
        return None
    day, clock = text[:10], text[11:16]
    if _USUAL.fullmatch(text):
        return f"{day}T{clock}" if clock and clock != "00:00" else day
    elsewhere = _USUAL_ELSEWHERE.fullmatch(text)
    if elsewhere and clock != "00:00":
        return _in_utc(f"{day}T{clock}", elsewhere)
    return day if elsewhere else None


def moment_of_name(name: str) -> str | None:
    """Return the moment in the last part of a path that has one; of several in that part the first."""
    name = name[-_LONGEST_NAME:]
    best: tuple[int, int, str] | None = None
    for pattern in (_IN_NAME, _COMPACT_IN_NAME):
        for match in pattern.finditer(name):
            year, month, day, *time = match.groups()
            shown = _day(year, month, day)
            if shown:
                clock = _clock(time[0], time[1]) if time and time[0] else ""
                found = (name.count("/", 0, match.end()), -match.start(), shown + clock)
                best = found if best is None else max(best, found)
    return best[2] if best else None


def _stated_day(text: str) -> tuple[str, int] | None:
    """Return the day that a folded text begins with ("" if there is no such day), and where it ends."""
    for pattern, year, month, day in ((_IN_NUMBERS, 1, 3, 4), (_COMPACT, 1, 2, 3)):
        if match := pattern.match(text):
            return _day(match[year], match[month], match[day]), match.end()
    for pattern, year, month, day in ((_DAY_FIRST, 3, 2, 1), (_MONTH_FIRST, 3, 1, 2)):
        if match := pattern.match(text):
            number = str(_MONTHS.index(match[month]) // 3 + 1)
            return _day(match[year], number, match[day]), match.end()
    return None


def _day(year: str, month: str, day: str) -> str:
    """Return the ISO form; "" for no day, and for one that programs write where they know none (0001, 1970, 9999)."""
    shown = f"{year}-{int(month):02}-{int(day):02}"
    is_day = 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    return shown if is_day and _FIRST_DAY <= shown < _AFTER_LAST_DAY else ""


def _time(match: re.Match[str], rest: str) -> str:
    hour, minute = match[1] or match[3], match[2] or match[4]
    if _AFTERNOON.search(rest) and int(hour) < 12:
        hour = str(int(hour) + 12)
    elif _MORNING.search(rest) and int(hour) == 12:
        hour = "0"
    return _clock(hour, minute)


def _in_utc(moment: str, offset: re.Match[str]) -> str:
    """Return a moment in UTC; as it is written if there is no such day."""
    span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    try:
        written = datetime.fromisoformat(moment)
        when = written - span if offset[1] == "+" else written + span
    except (OverflowError, ValueError):
        return moment
    return when.isoformat()[:16]  # midnight, too: it was none where it was written


def _clock(hour: str, minute: str) -> str:
    """Return "T08:05"; "" for midnight, which programs write for a day without a time, and for what is no time."""
    known = 0 <= int(hour) < 24 and int(minute) < 60 and (int(hour), int(minute)) != (0, 0)
    return f"T{int(hour):02}:{int(minute):02}" if known else ""
