"""Dates with the name of a month in one of 38 languages: "2 janvier 2024 à 15h04", "6 มิถุนายน 2554"."""

import re
from typing import Final

from refeed.dates.calendars import from_buddhist, from_persian
from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate, write_down
from refeed.dates.dialects import loose, rfc822
from refeed.dates.dialects._clock import CLOCK, clock_of
from refeed.dates.dialects._names import folded, months, persian_months, weekdays
from refeed.dates.dialects._times import with_plain_time
from refeed.startup.late_patterns import late_pattern

_LONGEST: Final = 80
_YEAR: Final = late_pattern("[0-9]{4}")  # a text without one costs no more than to see that
_TIME: Final = late_pattern(rf"(?<=[^0-9:]){CLOCK}\Z", re.IGNORECASE)
# A number, with what makes it an ordinal, or a word; and what may stand between them.
_ORDINAL: Final = r"\.|[ºª°]|(?:er|re|e|η|ης|-?го|-?е)(?![^\W\d_])"
_TOKEN: Final = late_pattern(
    rf"(?>[ ,()/-]*)(?:(?P<number>[0-9]{{1,4}})(?:{_ORDINAL})?(?![0-9])|(?P<word>[^\s\d,()/-]+))(?>[ ,()/-]*)"
)
_TWO_WORDS: Final = late_pattern(r"[^\s\d,()/-]+[ -][^\s\d,()/-]+")  # terça-feira, thứ ba, كانون الثاني
# What stands between the parts of a date and says nothing of it.
_FILLERS: Final = frozenset(
    (
        "al",
        "an",
        "año",
        "any",
        "ano",
        "d",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "do",
        "el",
        "g",
        "gada",
        "il",
        "l",
        "la",
        "le",
        "m",
        "na",
        "pada",
        "r",
        "rok",
        "roku",
        "the",
        "van",
        "vom",
        "г",
        "года",
        "год",
        "р",
        "року",
        "рік",
        "ค.ศ",
        "วันที่",
        "ที่",
        "เดือน",
        "ปี",
        "سنة",
        "عام",
    )
)
_BUDDHIST: Final = "พ.ศ"
_THAI: Final = late_pattern("[\u0e00-\u0e7f]")


def _parse(text: str, _hints: Hints) -> ParsedDate | NotADate | None:
    if len(text) > _LONGEST or not _YEAR.search(text) or loose.claims(text) or rfc822.claims(text):
        return None
    text = with_plain_time(text)
    time = _TIME.search(text)
    parts = _parts(text[: time.start()] if time else text)
    if parts is None:
        return None
    date = _date(*parts, text)
    if isinstance(date, NotADate) or time is None:
        return date if isinstance(date, NotADate) else write_down(date)
    clock = clock_of(time)
    return write_down(date, clock, time["zone"]) if clock else NotADate.UNREADABLE


def _parts(text: str) -> tuple[int, str, int] | None:
    """Return day, name of the month and year; None if one is missing or there twice, or another word is there."""
    days, names, years, start = list[int](), list[str](), list[int](), 0
    while start < len(text):
        token = _TOKEN.match(text, start)
        if token is None:
            return None
        start = token.end()
        if token["number"]:
            (years if len(token["number"]) == 4 else days).append(int(token["number"]))
            continue
        pair = _TWO_WORDS.match(text, token.start("word"))
        name = folded(pair[0]) if pair else ""
        if pair and (name in months() or name in weekdays()):
            start = pair.end()
        else:
            name = _bare(token["word"])
        if name in months() or name in persian_months():
            names.append(name)
        elif name not in weekdays() and name not in _FILLERS and name != _BUDDHIST:
            return None
    names = _without_weekday(names)
    return (days[0], names[0], years[0]) if len(days) == len(names) == len(years) == 1 else None


def _bare(word: str) -> str:
    """Return a word as the tables have it, without an article or a preposition (d'abril, בינואר, วันอังคารที่)."""
    name = re.sub("^[dl]['’]", "", folded(word)).removesuffix("ที่")
    return name[1:] if name.startswith("ב") and name[1:] in months() else name


def _without_weekday(names: list[str]) -> list[str]:
    """Leave the first of two names out if it may be a weekday's (Spanish `mar`)."""
    return names[1:] if len(names) == 2 and names[0] in weekdays() else names


def _date(day: int, name: str, year: int, text: str) -> tuple[int, int, int] | NotADate:
    if name in persian_months() and name not in months():
        return from_persian(year, persian_months()[name], day) or NotADate.UNREADABLE
    month, *others = months()[name]
    if others:  # Croatia's listopad is October, Poland's November
        return NotADate.AMBIGUOUS
    return (from_buddhist(year) if _THAI.search(text) else year), month, day


DIALECT = Dialect("words", _parse, cost=5)
