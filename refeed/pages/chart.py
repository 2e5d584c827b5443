"""Draw counts by month as bars: an SVG for the eye, with the same numbers as a table for who cannot see it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

_MOST: Final = 60  # columns; where there are more months each is a year
_OTHERS: Final = "Others"
_WIDTH: Final = 600  # of the drawing, in its own units
_HEIGHT: Final = 160
_FILLED: Final = 0.8  # share of a column that its bar takes
_MARKS: Final = 6  # columns that are named below the drawing, about


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
    """The numbers of one month, or year."""

    name: str
    numbers: tuple[int, ...]  # by series


class Chart(NamedTuple):
    """All that a template needs to draw it."""

    title: str
    unit: str  # "Month" or "Year"
    series: tuple[str, ...]
    rows: tuple[Row, ...]  # the oldest first
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    highest: int  # of the columns
    width: int = _WIDTH
    height: int = _HEIGHT


def chart_of(title: str, counts: Mapping[tuple[str, str], int], most_series: int) -> Chart:
    """Draw counts by month, as "2022-10", and name; names beyond so many, those with the least, are one."""
    months = {month for month, _ in counts}
    columns = _columns(months)
    length = len(columns[0])
    totals = Counter[str]()
    for (_, name), number in counts.items():
        totals[name] += number
    named = [name for name, _ in sorted(totals.items(), key=lambda total: (-total[1], total[0]))[:most_series]]
    series = (*named, *[_OTHERS][: len(totals) > len(named)])
    places = {name: number for number, name in enumerate(named)}
    numbers = {column: [0] * len(series) for column in columns}
    for (month, name), number in counts.items():
        numbers[month[:length]][places.get(name, len(named))] += number
    rows = tuple(Row(column, tuple(found)) for column, found in numbers.items())
    highest = max(sum(row.numbers) for row in rows)
    unit = "Month" if length > 4 else "Year"
    return Chart(title, unit, series, rows, tuple(_bars(rows, highest)), tuple(_marks(columns)), highest)


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
    step, every = _WIDTH / len(columns), -(-len(columns) // _MARKS)
    return (Mark(round((place + 0.5) * step, 2), name) for place, name in enumerate(columns) if place % every == 0)


def _columns(months: set[str]) -> list[str]:
    """Return the months from the first to the last, or their years; of too many years those that have anything."""
    first, last = min(months), max(months)
    numbers = range(_number(first), _number(last) + 1)
    if len(numbers) <= _MOST:
        return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
    years = range(int(first[:4]), int(last[:4]) + 1)
    return [f"{year:04}" for year in years] if len(years) <= _MOST else sorted({month[:4] for month in months})


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
