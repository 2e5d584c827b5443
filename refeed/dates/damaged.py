"""Repair a date in which one or two characters were damaged: the earliest moment that the others allow.

No dialect: this is asked only where nothing else dates an article. What is no damage is left alone: a date with two
readings (`03/04`), one that does not exist (`02-30`), a part that its writer left open (`2020-03-XX`).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Final

from refeed.dates import Hints, parse_date
from refeed.dates._fold import narrow
from refeed.model import Timestamp
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.english_dates import MONTHS, WEEKDAYS

_MOST: Final = 2  # damaged characters
_LEAST_WITH_ZONE: Final = len("2020-03-04T10:00:00Z")
_MOST_WITH_ZONE: Final = len("Wed, 04 Mar 2020 10:00:00 +0000")
_HOURS: Final = tuple(f"{sign}{hour:02}" for sign in "+-" for hour in range(15))
_ZONES: Final = tuple(map("".join, product(_HOURS, ("00", "30", "45"))))


def _numbers(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{number:02}" for number in range(first, last + 1))


# What may stand for each directive, as in strftime's manual; `%e` and `%n` have one digit, `%0` is any.
_VALUES: Final = MappingProxyType(
    {
        "%a": WEEKDAYS,
        "%d": _numbers(1, 31),
        "%e": tuple("123456789"),
        "%b": MONTHS,
        "%m": _numbers(1, 12),
        "%n": tuple("123456789"),
        "%Y": _numbers(1990, 2099),
        "%H": _numbers(0, 23),
        "%M": _numbers(0, 59),
        "%S": _numbers(0, 59),
        "%z": _ZONES,
        "%:z": tuple(f"{zone[:3]}:{zone[3:]}" for zone in _ZONES),
        "%Z": ("GMT", "UTC"),
        "%0": tuple("0123456789"),
    }
)
_CLOCK: Final = ("%H:%M:%S", "%H:%M")
_ISO_ZONE: Final = ("", "Z", "%:z", "%z", " %z", " %:z")
# How programs write dates (RFC 5322, 3.3; ISO 8601; Unix time in seconds and milliseconds; Chinese and Japanese).
_WAYS: Final = (
    *(f"%a, {day} %b %Y {clock} {zone}" for day in ("%d", "%e") for clock in _CLOCK for zone in ("%z", "%Z")),
    *(f"{day} %b %Y {clock} {zone}" for day in ("%d", "%e") for clock in _CLOCK for zone in ("%z", "%Z")),
    *("%Y-%m-%d", "%Y/%m/%d", "%d %b %Y", "%b %d, %Y", "%Y%m%d"),
    *(f"%Y-%m-%d{mark}{clock}{zone}" for mark in "T " for clock in _CLOCK for zone in _ISO_ZONE),
    *(f"%Y-%m-%dT%H:%M:%S.{decimals}{zone}" for decimals in ("%0%0%0", "%0" * 6) for zone in ("Z", "%:z")),
    *(f"%Y/%m/%d {clock}" for clock in _CLOCK),
    *(
        f"%Y年{month}月{day}日{clock}"
        for month in ("%m", "%n")
        for day in ("%d", "%e")
        for clock in ("", " %H:%M", " %H:%M:%S")
    ),
    *("%0" * 10, "%0" * 13),
)
_DIRECTIVE: Final = late_pattern(r"(%:?[A-Za-z0])")
_DIGIT: Final = "%0"
_LOST: Final = "\ufffd"


class _Part(NamedTuple):
    """A part of a way to write dates: what may stand there, all of one width."""

    directive: str  # or the characters between two
    values: tuple[str, ...]
    width: int


class _Fitted(NamedTuple):
    """A damaged text beside a way to write dates; the fewer of its characters are damaged the better it fits."""

    damaged: int
    weekday: int  # from 0 for Monday; -1 if the text has none that can be read
    readings: tuple[str, ...]


def complete(text: str, hints: Hints) -> Timestamp | None:
    """Return the earliest moment that a damaged date can mean; None for one that is not damaged, or too badly."""
    text = narrow(text).strip()
    if whole := _beside_damage(text, hints):
        return whole
    found = [fitted for way in _ways().get(len(text), ()) if (fitted := _fit(text, way))]
    first_lost = _LOST + text  # a damaged blank or quotation mark, of which nothing is left
    found = found or [
        fitted for way in _ways().get(len(first_lost), ()) if _has_clock(way) and (fitted := _fit(first_lost, way))
    ]
    if not found:
        return None
    best = min(found)
    dates = [read for reading in best.readings if isinstance(read := parse_date(reading, hints), Timestamp)]
    on_its_day = [read for read in dates if date.fromisoformat(read.day).weekday() == best.weekday]
    return min(on_its_day or dates, key=lambda read: read.value, default=None)


def _beside_damage(text: str, hints: Hints) -> Timestamp | None:
    """Return the date beside which a blank was damaged, or the line break, so that it goes on with the next line."""
    behind = parse_date(text[1:], hints) if text and not text[0].isdecimal() else None
    if isinstance(behind, Timestamp) and behind.precision != "day":  # the blank behind the key was damaged
        return behind
    ends = (end for end in range(_LEAST_WITH_ZONE, min(len(text), _MOST_WITH_ZONE + 1)) if not text[end].isdecimal())
    parts = [text[:end] for end in ends] if len(text) > _LEAST_WITH_ZONE else []
    dates = (parse_date(part, hints) for part in parts)
    found = [one for one in dates if isinstance(one, Timestamp) and one.zone == "stated"]
    return found[-1] if found else None


@cache
def _ways() -> Mapping[int, list[tuple[_Part, ...]]]:
    """Return the ways to write dates by how long the dates are."""
    by_length: dict[int, list[tuple[_Part, ...]]] = {}
    for way in _WAYS:
        parts = tuple(_part(part) for part in _DIRECTIVE.split(way) if part)
        by_length.setdefault(sum(part.width for part in parts), []).append(parts)
    return by_length


def _part(text: str) -> _Part:
    values = _VALUES.get(text, (text,))
    return _Part(text, values, len(values[0]))


def _fit(text: str, way: tuple[_Part, ...]) -> _Fitted | None:
    """Return what a text of the same length can mean as a date written so, if a few of its characters are damaged."""
    at, damaged, weekday = 0, 0, -1
    readings: list[tuple[str, ...]] = []
    is_number = all(part.directive == _DIGIT for part in way)
    has_clock = _has_clock(way)
    for part in way:
        piece = text[at : at + part.width]
        at += part.width
        if piece in part.values:
            readings.append((piece,))
            weekday = WEEKDAYS.index(piece) if part.directive == "%a" else weekday
            continue
        damaged += 1 if part.directive in _VALUES else sum(map(str.__ne__, piece, part.directive))
        values = tuple(
            value for value in part.values if part.directive not in _VALUES or _may_be(piece, value, has_clock)
        )
        if not values or damaged > (1 if is_number else _MOST):
            return None
        readings.append(values)
    return _Fitted(damaged, weekday, tuple(map("".join, product(*readings)))) if damaged else None


def _has_clock(way: tuple[_Part, ...]) -> bool:
    return any(part.directive == "%H" for part in way)


def _may_be(piece: str, value: str, has_clock: bool) -> bool:
    """Return whether a value may have stood there before one of its characters was damaged.

    That it was replaced by a digit is assumed only in dates with a clock, which people do not write: `72 Jul`.
    """
    apart = [(now, before) for now, before in zip(piece, value, strict=True) if now != before]
    return len(apart) == 1 and (has_clock or not (apart[0][0].isdecimal() and apart[0][1].isdecimal()))
