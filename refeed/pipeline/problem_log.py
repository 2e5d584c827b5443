"""Collect the problems of a run: the first ones of each code, and how many more there are."""

import marshal
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, overload

from refeed.problems import Problem

MOST: Final = 100_000
"""Problems of one code that are listed."""

_PIECE: Final = 4_096  # problems that are packed together: a tenth of their size, or less
_LEVEL: Final = 1  # of zlib: the quickest


class ProblemLog(Sequence[Problem]):
    """Problems in the order in which they came; `beyond` counts by code those that are not listed."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        """Begin with some problems."""
        self._packed = list[bytes]()  # whole pieces, the oldest first
        self._newest = list[Problem]()
        self._numbers = Counter[str]()
        self.beyond = Counter[str]()
        self.extend(problems)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take in more problems."""
        for problem in problems:
            self._numbers[problem.code] += 1
            if self._numbers[problem.code] > MOST:
                self.beyond[problem.code] += 1
                continue
            self._newest.append(problem)
            if len(self._newest) == _PIECE:
                self._packed.append(zlib.compress(marshal.dumps([tuple(one) for one in self._newest]), _LEVEL))
                self._newest = []

    def __len__(self) -> int:
        return len(self._packed) * _PIECE + len(self._newest)

    @overload
    def __getitem__(self, index: int) -> Problem: ...

    @overload
    def __getitem__(self, index: slice) -> list[Problem]: ...

    def __getitem__(self, index: int | slice) -> Problem | list[Problem]:
        if isinstance(index, slice):
            return [*self][index]
        piece, place = divmod(range(len(self))[index], _PIECE)
        return self._newest[place] if piece == len(self._packed) else _unpacked(self._packed[piece])[place]

    def __iter__(self) -> Iterator[Problem]:
        for piece in self._packed:
            yield from _unpacked(piece)
        yield from self._newest


def _unpacked(piece: bytes) -> list[Problem]:
    return [Problem(*values) for values in marshal.loads(zlib.decompress(piece))]  # noqa: S302  its own, in memory
