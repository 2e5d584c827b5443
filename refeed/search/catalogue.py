"""What articles share, in memory: the outlet, category, author and day of each, by its position."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain
from typing import Final

from refeed.search.reader import Row

STATED: Final = ("outlet", "category", "author")
"""What articles say themselves, in the order in which the store keeps it."""

KINDS: Final = (*STATED, "year", "month", "day")
"""All that articles can be chosen by."""

_DAY: Final = 86_400  # seconds
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Chosen = Mapping[str, str]
"""Kind → the one name that articles must have."""


class Catalogue:
    """All articles, newest first; an article is known by its position."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Read them; names, and groups of names, stand in memory once."""
        self.numbers, self.marks, self.problems = array("Q"), array("Q"), array("Q")
        self._names: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in KINDS}
        groups = dict[tuple[str, ...], tuple[str, ...]]()
        texts = dict[str, str]()
        for row in rows:
            self.numbers.append(row.number)
            self.marks.append(row.mark)
            self.problems.append(row.problems)
            day = _day_of(row.date)
            for kind, names in zip(KINDS, (*row.facets, [day[:4]], [day[:7]], [day]), strict=True):
                group = tuple(texts.setdefault(name, name) for name in names)
                self._names[kind].append(groups.setdefault(group, group))
        self._positions = array("q", [-1]) * (max(self.numbers, default=0) + 1)
        for position, number in enumerate(self.numbers):
            self._positions[number] = position

    def __len__(self) -> int:
        return len(self.numbers)

    def positions(self, numbers: Iterable[int]) -> list[int]:
        """Return the positions of articles in the order of their numbers; those that have come since have none."""
        last = len(self._positions)
        found = (self._positions[number] for number in numbers if number < last)
        return [position for position in found if position >= 0]

    def having(self, chosen: Chosen, positions: Sequence[int]) -> Sequence[int]:
        """Return those of the articles that have every name that is chosen."""
        for kind, name in chosen.items():
            names = self._names[kind]
            positions = [position for position in positions if name in names[position]]
        return positions

    def counts(self, kind: str, positions: Iterable[int]) -> Counter[str]:
        """Count the names of these articles."""
        names = self._names[kind]
        return Counter(chain.from_iterable(names[position] for position in positions))

    def problems_by_day(self, positions: Iterable[int]) -> Counter[str]:
        """Count the problems of these articles, by their days."""
        days, found = self._names["day"], Counter[str]()
        for position in positions:
            if problems := self.problems[position]:
                found[days[position][0]] += problems
        return found

    def daily(self, kind: str, positions: Iterable[int]) -> Counter[tuple[str, str]]:
        """Count the names of these articles, day by day; those without any stand under none."""
        names, days = self._names[kind], self._names["day"]
        return Counter((days[position][0], name) for position in positions for name in names[position] or ("",))

    def marked(self, marks: Collection[int], positions: Iterable[int]) -> Counter[str]:
        """Count those of these articles that have one of the marks, by their days."""
        days = self._names["day"]
        return Counter(days[position][0] for position in positions if self.marks[position] in marks)


def _day_of(date: float) -> str:
    return _name_of(int(date // _DAY))


@cache
def _name_of(day: int) -> str:
    """Name a day by its number since 1970; many articles share one."""
    return (_EPOCH + timedelta(days=day)).date().isoformat()
