"""Gather the problems of a run: the first of each code, and how many more there are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, overload

from refeed.problems import Problem

MOST: Final = 100_000
"""Problems of one code that are listed: about 100 MB."""


class ProblemLog(Sequence[Problem]):
    """Problems in the order in which they came; `beyond` counts by code those that are not listed."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        """Begin with these."""
        self._listed = list[Problem]()
        self._numbers = Counter[str]()
        self.beyond = Counter[str]()
        self.extend(problems)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take in more."""
        for problem in problems:
            self._numbers[problem.code] += 1
            if self._numbers[problem.code] <= MOST:
                self._listed.append(problem)
            else:
                self.beyond[problem.code] += 1

    def __len__(self) -> int:
        return len(self._listed)

    @overload
    def __getitem__(self, index: int) -> Problem: ...

    @overload
    def __getitem__(self, index: slice) -> list[Problem]: ...

    def __getitem__(self, index: int | slice) -> Problem | list[Problem]:
        return self._listed[index]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._listed)
