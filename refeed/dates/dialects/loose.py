"""English dates in any order, "Nov 14th 2020" or "October 12, 2020 5:21 PM EST", through dateutil.

dateutil guesses whatever a text lacks, so it gets nothing but texts with an English month, no other unknown word and no
part twice, and has to show that day, month and year came from the text.
"""

import re
from datetime import datetime
from typing import Final

from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate, write_down
from refeed.dates.dialects import rfc822
from refeed.dates.zones import OFFSET
from refeed.startup.late_patterns import late_pattern

_LONGEST: Final = 80
_COMMENT: Final = late_pattern(r" ?\([^()]*\)\Z")
# An offset behind a time or a blank, a zone's abbreviation, `5p.m.` and `5 p`.
_OFFSET: Final = late_pattern(rf"(?:(?<=:[0-9]{{2}})|(?<= )){OFFSET}(?= |\Z)", re.ASCII | re.IGNORECASE)
_ABBREVIATION: Final = late_pattern(r"(?:(?<=[0-9])|(?<=[0-9MmAaPp.] ))(?:Z|[A-Z]{2,5})(?= |\Z)", re.ASCII)
_HALF: Final = late_pattern(r"(?<=[0-9]) ?([ap])(?:m\b|\.m\.)", re.ASCII | re.IGNORECASE)
_BETWEEN: Final = late_pattern(r"[ ,/-]+")

# Every word of a text is exactly one of these.
_WORD: Final = late_pattern(
    r"(?P<month>(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?)"
    r"|(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?)"
    r"|(?P<year>[0-9]{4})"
    r"|(?P<day>[0-9]{1,2}(?:st|nd|rd|th)?)"
    r"|(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:[ap]m)?|[0-9]{1,2}[ap]m)"
    r"|(?P<filler>at|of|on|the)",
    re.ASCII | re.IGNORECASE,
)
# No part of one stands in the other, so a part that a text lacks moves.
_DEFAULTS: Final = (datetime(2001, 3, 4, 5, 6, 7), datetime(2010, 11, 21, 16, 17, 18))  # noqa: DTZ001


def claims(text: str) -> bool:
    """Return whether a text is in this dialect, which that of other languages must then leave alone."""
    return _sorted(text) is not None


def _parse(text: str, _hints: Hints) -> ParsedDate | NotADate | None:
    found = _sorted(text)
    return None if found is None else _read(*found)


def _sorted(text: str) -> tuple[str, str | None] | None:
    """Return the words of an English date without its zone, and the zone; None if it is something else."""
    if len(text) > _LONGEST or not text.isascii() or rfc822.claims(text):
        return None
    bare, zone = _without_zone(_HALF.sub(r"\1m", _COMMENT.sub("", text)))
    words = _words(bare)
    # Capital letters beside a bare day are no zone but somebody's name.
    if words is None or (zone and "time" not in words):
        return None
    return " ".join(words.values()), zone


def _without_zone(text: str) -> tuple[str, str | None]:
    """Remove the zone: dateutil reverses "UTC+8" and drops zones that it does not know."""
    zones = []
    for pattern in (_OFFSET, _ABBREVIATION):
        match = pattern.search(text)
        while match and _WORD.fullmatch(match[0]):  # "12 OCT 2020", "5 PM"
            match = pattern.search(text, match.end())
        if match:
            text = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
            zones.append(match[0].strip())
    return text, zones[0] if zones else None


def _words(text: str) -> dict[str, str] | None:
    """Sort the words of a text by kind, in their order; None when one is unknown or too many, or there is no month."""
    words: dict[str, str] = {}
    for word in _BETWEEN.split(text):
        match = _WORD.fullmatch(word)
        if match is None or match.lastgroup is None or match.lastgroup in words:
            return None
        if match.lastgroup != "filler":
            words[match.lastgroup] = word.rstrip(".")
    words.pop("weekday", None)  # may be wrong; the day decides
    return words if "month" in words else None


def _read(text: str, zone: str | None) -> ParsedDate | NotADate:
    from dateutil import parser  # slow to import, and few dumps need it

    try:
        one, two = (parser.parse(text, default=default, ignoretz=True) for default in _DEFAULTS)
    except (OverflowError, ValueError):
        return NotADate.UNREADABLE
    if one.date() != two.date():
        return NotADate.UNREADABLE  # a part of the day moved with the default
    if one.hour != two.hour:
        return write_down((one.year, one.month, one.day))
    minute = one.minute if one.minute == two.minute else 0
    second = one.second if one.second == two.second else None
    return write_down((one.year, one.month, one.day), (one.hour, minute, second, f"{one.microsecond:06}"), zone)


DIALECT = Dialect("loose", _parse, cost=6)
