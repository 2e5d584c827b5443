"""Dates in words that the other dialects lack: 2024-01-02 at 15h04, PM 3:04, (UTC+8), 北京时间, 2024-01-02 EST, A ~ B.

The text is written in plainer words, and the other dialects read it. Of an interval the beginning counts.
"""

import re
from types import MappingProxyType
from typing import Final

from refeed.dates.calendars import from_buddhist
from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate
from refeed.dates.dialects import chinese, eras, iso, loose, numbered, rfc822, slash, weekday, words
from refeed.dates.dialects._times import with_plain_time
from refeed.dates.zones import ABBREVIATIONS, ZONE
from refeed.startup.late_patterns import late_pattern

_LONGEST: Final = 90
_OTHERS: Final = (iso, rfc822, slash, chinese, eras, numbered, weekday, words, loose)

# What people call the time of a place that has no other.
_PLACES: Final = MappingProxyType(
    {
        r"北京时间|北京時間|中国标准时间|中國標準時間|Beijing(?: Time)?|China (?:Standard )?Time": "Asia/Shanghai",
        "台北时间|台北時間|臺北時間|台灣時間|台北標準時間|Taipei (?:Standard )?Time": "Asia/Taipei",
        "香港时间|香港時間": "Asia/Hong_Kong",
        "日本时间|日本時間|日本標準時|Japan (?:Standard )?Time": "Asia/Tokyo",
        "한국 ?시간|(?:대한민국|한국) 표준시|Korean? (?:Standard )?Time": "Asia/Seoul",
        "India(?:n)? Standard Time": "Asia/Kolkata",
        "мск|по Москве|по московскому времени|Moscow (?:Standard )?Time": "Europe/Moscow",
        "Eastern (?:(?:Standard|Daylight) )?Time": "America/New_York",
        "Central (?:Standard|Daylight) Time": "America/Chicago",
        "Mountain (?:Standard|Daylight) Time": "America/Denver",
        "Pacific (?:(?:Standard|Daylight) )?Time": "America/Los_Angeles",
        "Central European (?:(?:Standard|Summer) )?Time|Mitteleuropäische (?:Sommer|Normal)?zeit": "Europe/Berlin",
        "Greenwich Mean Time|Coordinated Universal Time": "UTC",
    }
)
_PLACE: Final = tuple(
    (re.compile(rf" ?(?:\((?:{names})\)|(?:{names}))(?![^\W\d_]) ?", re.IGNORECASE), zone)
    for names, zone in _PLACES.items()
)
# Go's `Time.String` writes offset and abbreviation, JavaScript's `Date` the name of the zone in brackets.
_TWICE: Final = late_pattern(
    r"(?<=[0-9])( ?(?:Z|(?:UTC|GMT)?[+-][0-9]{2}:?[0-9]{2})) ?(?:\([^()]*\)|[A-Z]{2,5})(?: m=[+-][0-9.]+)?\Z"
)
_IN_BRACKETS: Final = late_pattern(rf"(?<=[0-9mM.]) ?\(({ZONE})\)\Z")
# Behind a day without a time a zone says nothing: the day stays what is written. Other capitals are somebody's name.
_ABBREVIATIONS: Final = "|".join(sorted({*ABBREVIATIONS, "AST", "BST", "CST", "IST", "SST"}))
_OF_DAY: Final = late_pattern(
    rf"(?<=[0-9日号號.)]) ?(?:\(?(?:{_ABBREVIATIONS}|(?:UTC|GMT) ?[+-][0-9]{{1,2}}(?::?[0-9]{{2}})?)\)?"
    r"|\[?[A-Z][A-Za-z_]+/[A-Z][A-Za-z_/]+\]?)\Z"
)
_CLOCK: Final = late_pattern(r"[0-9][:：T][0-9]|[0-9]{12}")
_DAY: Final = r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
_INTERVAL: Final = late_pattern(
    rf"({_DAY}(?:[T ][0-9:]+)?) ?(?:/|~|-|to|bis|至) ?{_DAY}(?:[T ][0-9:]+)?"
)  # ISO 8601, 5.5
_TIME: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
# A span of time on one day; only its beginning counts.
_HOURS: Final = late_pattern(rf"({_DAY}[T ]{_TIME}) ?(?:~|-|–|to|bis|至) ?{_TIME}")
_TWO_CLOCKS: Final = late_pattern(rf"({_DAY})[T ]{_TIME} {_TIME}")  # which of them nobody knows: the day is sure
# A day with blanks between its numbers: `2024 01 02`.
_BLANKS: Final = late_pattern(r"(?:19|20)[0-9]{2} [01][0-9] [0-3][0-9](?![0-9])")
_ERA: Final = late_pattern(r" ?(?:\bBE\b|\bB\.E\.|พ\.ศ\.) ?")  # the Buddhist one
_YEAR_OF_ERA: Final = late_pattern(r"(?<![0-9])2[4-6][0-9]{2}(?![0-9])")


def _plainer(text: str) -> str:
    """Return a text in plainer words, or as it is."""
    interval = _INTERVAL.fullmatch(text) or _HOURS.fullmatch(text) or _TWO_CLOCKS.fullmatch(text)
    text = _with_named_zone(_TWICE.sub(r"\1", interval[1] if interval else text))
    text = _IN_BRACKETS.sub(r" \1", text)
    if blanks := _BLANKS.match(text):
        text = blanks[0].replace(" ", "-") + text[blanks.end() :]
    text = with_plain_time(_in_common_years(text))
    day = _OF_DAY.sub("", text)
    return text if _CLOCK.search(day) else day


def _with_named_zone(text: str) -> str:
    for pattern, zone in _PLACE:
        if found := pattern.search(text):
            return " ".join(part for part in (text[: found.start()], text[found.end() :], zone) if part)
    return text


def _in_common_years(text: str) -> str:
    """Return a text that says that its year is Buddhist with the common year."""
    bare, marks = _ERA.subn(" ", text)
    year = _YEAR_OF_ERA.search(bare) if marks == 1 else None
    if year is None:
        return text
    return f"{bare[: year.start()]}{from_buddhist(int(year[0]))}{bare[year.end() :]}".strip()


def _parse(text: str, hints: Hints) -> ParsedDate | NotADate | None:
    if len(text) > _LONGEST or any(other.DIALECT.parse(text, hints) is not None for other in _OTHERS):
        return None
    plain = _plainer(text)
    if plain == text:
        return None
    found = (other.DIALECT.parse(plain, hints) for other in _OTHERS)
    return next((said for said in found if said is not None), None)


DIALECT = Dialect("respelled", _parse, cost=7)
