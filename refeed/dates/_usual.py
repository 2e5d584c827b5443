"""Read the usual spellings of dates directly: nearly every robot writes one of them, and no dialect is loaded."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from refeed.dates.dialect import DateParts, ParsedDate
from refeed.dates.zones import offset_of
from refeed.startup.late_patterns import late_pattern

DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
# `fromisoformat` takes more than it says it does, and other things in every version of Python: only this goes there.
_ISO: Final = late_pattern(
    rf"({DAY}(?:[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,6}})?)?)?)(Z| ?[+-][0-9]{{2}}:?[0-9]{{2}})?"
)
_MINUTE: Final = b"0000-00-00T00:00"
_SECOND: Final = _MINUTE + b":00"
# How nearly all robots write it, with 0 for every digit and T for a blank: to look that up is faster than a pattern.
_BY_SHAPE: Final = MappingProxyType(
    {
        b"0000-00-00": "day",
        _MINUTE: "minute",
        _SECOND: "second",
        _SECOND + b"Z": "second",
        _SECOND + b".000Z": "second",
        _SECOND + b"+00:00": "second",
        _SECOND + b"-00:00": "second",
    }
)
_IN_UTC: Final = frozenset({_SECOND + b"Z", _SECOND + b".000Z"})
_TO_SHAPE: Final = bytes.maketrans(b"123456789 ", b"000000000T")
_MILLISECONDS: Final = len("1665567543000")
_WITH_OFFSET: Final = len("2022-10-12T08:00:00+08:00")
_OFFSET: Final = late_pattern(r" [+-][0-9]{4}")
_WEEKDAYS: Final = frozenset({"Fri, ", "Mon, ", "Sat, ", "Sun, ", "Thu, ", "Tue, ", "Wed, "})
_MONTHS: Final = MappingProxyType(
    {
        " Apr ": "-04-",
        " Aug ": "-08-",
        " Dec ": "-12-",
        " Feb ": "-02-",
        " Jan ": "-01-",
        " Jul ": "-07-",
        " Jun ": "-06-",
        " Mar ": "-03-",
        " May ": "-05-",
        " Nov ": "-11-",
        " Oct ": "-10-",
        " Sep ": "-09-",
    }
)


def may_be_usual(text: str) -> bool:
    """Return whether `parse_usual_date` may read a text, by what stands at one or two places in it."""
    return text[4:5] == "-" or text[25:26] == " " or len(text) == _MILLISECONDS


def parse_usual_date(text: str) -> DateParts | None:
    """Read `2022-10-12`, with a time, as mail has it, or as `1665567543000`; the dialects read them alike.

    Mostly it is a plain tuple: every file asks, and to make one with names takes as long as to look up the shape.
    """
    precision = _BY_SHAPE.get(text.encode("ascii", "replace").translate(_TO_SHAPE))
    if precision and (len(text) < _WITH_OFFSET or offset_of(text[19:])):
        try:
            return datetime.fromisoformat(text), precision, text[:10], "", ""
        except ValueError:  # no such day or time
            return None
    if iso := _ISO.fullmatch(text):
        return _iso(text, iso[1], iso[2])
    if text[25:26] == " ":
        return _mail(text)
    if len(text) == _MILLISECONDS and text.isascii() and text.isdecimal() and text[0] != "0":
        seconds, rest = divmod(int(text), 1000)
        when = datetime.fromtimestamp(seconds, UTC)
        when = when.replace(microsecond=rest * 1000) if rest else when
        return ParsedDate(when, "second", when.date().isoformat())
    return None


def read_in_utc(texts: Sequence[str]) -> Sequence[datetime | None]:
    """Read the dates that are written as most robots do, to the second and in UTC; None for each other text."""
    shapes = "\n".join(texts).encode("ascii", "replace").translate(_TO_SHAPE).split(b"\n")
    if len(shapes) == len(texts):
        with suppress(ValueError):  # no such day or time
            return [
                datetime.fromisoformat(text) if shape in _IN_UTC else None
                for text, shape in zip(texts, shapes, strict=True)
            ]
    return (None,) * len(texts)


def _iso(text: str, local: str, zone: str | None) -> ParsedDate | None:
    precision = "second" if local[16:] else "minute" if local[10:] else "day"
    if zone and precision != "second":  # some dialect may know
        return None
    try:
        if zone is None or zone == "Z":
            return ParsedDate(datetime.fromisoformat(text), precision, text[:10])
        offset = offset_of(zone.strip())
        return (
            ParsedDate(datetime.fromisoformat(local).replace(tzinfo=offset), precision, text[:10]) if offset else None
        )
    except ValueError:
        return None


def _mail(text: str) -> ParsedDate | None:
    month = _MONTHS.get(text[7:12])
    if month is None or text[:5] not in _WEEKDAYS or text[16] != " " or text[19] != ":" or text[22] != ":":
        return None
    day = text[12:16] + month + text[5:7]
    try:
        when = datetime.fromisoformat(f"{day}T{text[17:25]}")  # refuses whatever is no digit
    except ValueError:
        return None
    if text[25:] == " GMT":
        return ParsedDate(when, "second", day, "GMT")
    offset = offset_of(text[26:]) if _OFFSET.fullmatch(text, 25) else None
    return ParsedDate(when.replace(tzinfo=offset), "second", day) if offset else None
