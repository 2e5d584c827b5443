"""Draw numbers by day as bars: an SVG, with the same numbers as a table for those who cannot see it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from refeed.startup.named_tuple import NamedTuple

MOST: Final = 60
"""Columns; where there are more days each is a month, where there are more months a year."""

_UNITS: Final[Mapping[int, str]] = {4: "Year", 7: "Month", 10: "Day"}  # by the length of their names
_NOTHING: Final[Mapping[str, int]] = MappingProxyType({})
_OTHERS: Final = "Others"
_WIDTH: Final = 600  # of the drawing, in its own units
_HEIGHT: Final = 160
_FILLED: Final = 0.8  # share of a column that its bar takes
_MARKS: Final[Mapping[int, int]] = {4: 6, 7: 6, 10: 3}  # by the length of their names: so many stand below it


class Bar(NamedTuple):
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float
    series: int  # number of its series


class Mark(NamedTuple):
    """A name below the drawing."""

    x: float
    name: str


class Row(NamedTuple):
    """The numbers of one day, month or year."""

    name: str
    numbers: tuple[int, ...]  # by series
    covered: int = 0  # of the articles those that are in the feed


class Span(NamedTuple):
    """Some columns of the drawing."""

    x: float
    width: float


class Chart(NamedTuple):
    """All that a template needs to draw it."""

    title: str
    unit: str  # "Day", "Month" or "Year"
    series: tuple[str, ...]
    rows: tuple[Row, ...]  # the oldest first
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    highest: int  # of the columns
    covered: tuple[Span, ...] = ()  # what the feed covers
    width: int = _WIDTH
    height: int = _HEIGHT


def chart_of(
    title: str,
    counts: Mapping[tuple[str, str], int],
    most_series: int,
    covered: Mapping[str, int] = _NOTHING,
) -> Chart:
    """Draw counts by day, as "2022-10-04", and name; beyond `most_series` names, those with the least are drawn as one.

    `covered` says of how many articles of each day the feed consists.
    """
    columns = _columns({day for day, _ in counts})
    length = len(columns[0])
    totals = Counter[str]()
    for (_, name), number in counts.items():
        totals[name] += number
    named = [name for name, _ in sorted(totals.items(), key=lambda total: (-total[1], total[0]))[:most_series]]
    series = (*named, *[_OTHERS][: len(totals) > len(named)])
    places = {name: number for number, name in enumerate(named)}
    numbers = {column: [0] * len(series) for column in columns}
    for (day, name), number in counts.items():
        numbers[day[:length]][places.get(name, len(named))] += number
    in_feed = Counter[str]()
    for day, number in covered.items():
        in_feed[day[:length]] += number
    rows = tuple(Row(column, tuple(found), in_feed[column]) for column, found in numbers.items())
    highest = max(sum(row.numbers) for row in rows) or 1
    drawn = tuple(_bars(rows, highest)), tuple(_marks(columns)), highest, tuple(_spans(rows))
    return Chart(title, _UNITS[length], series, rows, *drawn)


def _bars(rows: Iterable[Row], highest: int) -> Iterable[Bar]:
    """Put the bars of a column on top of each other."""
    rows = [*rows]
    step = _WIDTH / len(rows)
    for place, row in enumerate(rows):
        top = float(_HEIGHT)
        for series, number in enumerate(row.numbers):
            height = _HEIGHT * number / highest
            top -= height
            if number:
                x = (place + (1 - _FILLED) / 2) * step
                yield Bar(round(x, 2), round(top, 2), round(step * _FILLED, 2), round(height, 2), series)


def _marks(columns: list[str]) -> Iterable[Mark]:
    step, every = _WIDTH / len(columns), -(-len(columns) // _MARKS[len(columns[0])])
    return (Mark(round((place + 0.5) * step, 2), name) for place, name in enumerate(columns) if place % every == 0)


def _spans(rows: tuple[Row, ...]) -> Iterable[Span]:
    """Return the columns of which something is in the feed; those beside each other are one."""
    step, start = _WIDTH / len(rows), None
    for place, row in enumerate((*rows, Row("", ()))):
        if row.covered and start is None:
            start = place
        elif not row.covered and start is not None:
            yield Span(round(start * step, 2), round((place - start) * step, 2))
            start = None


def _columns(days: set[str]) -> list[str]:
    """Return the days from the first to the last, or their months or years; of many years only those with articles."""
    first, last = min(days), max(days)
    length = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    if length <= MOST:
        return [(date.fromisoformat(first) + timedelta(days=number)).isoformat() for number in range(length)]
    numbers = range(_number(first), _number(last) + 1)
    if len(numbers) <= MOST:
        return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
    years = range(int(first[:4]), int(last[:4]) + 1)
    return [f"{year:04}" for year in years] if len(years) <= MOST else sorted({day[:4] for day in days})


def _number(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1
