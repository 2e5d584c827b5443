"""Answer a question: the articles in which the words stand, and how many there are of each outlet, month and so on."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from refeed.model import Entry
from refeed.pipeline.packed_entry import unpack_entry
from refeed.search.catalogue import KINDS, Catalogue, Chosen
from refeed.search.query import Query
from refeed.search.store import Reader

SECONDS: Final = 2.0
"""How long a question may take."""


class Question(NamedTuple):
    """What somebody wants to see."""

    query: Query
    chosen: Chosen
    by_rank: bool = False  # the best first, else the newest


class Found(NamedTuple):
    """What there is."""

    numbers: Sequence[int]  # of the articles, in the order that was asked for
    counts: Mapping[str, Counter[str]]  # of the names of each kind among them


NOTHING: Final = Found((), {kind: Counter() for kind in KINDS})


class Finder:
    """Answers from one state of the catalogue."""

    def __init__(self, reader: Reader) -> None:
        """Read the catalogue, and what is said of all articles: perhaps not all of them can be found yet."""
        self._reader = reader
        self.catalogue = Catalogue(reader.rows())
        self.total = max(int(reader.fact("total") or 0), len(self.catalogue))
        self.problems: Mapping[str, int] = json.loads(reader.fact("problems") or "{}")  # of articles, by month

    @property
    def is_whole(self) -> bool:
        """Return whether all articles can be found."""
        return len(self.catalogue) == self.total

    def find(self, question: Question) -> Found:
        """Return what fits; without words all articles do. Raises TooSlowError."""
        catalogue, query = self.catalogue, question.query
        positions = None
        if query:
            matching = self._reader.matching(query.match, by_rank=question.by_rank, seconds=SECONDS)
            positions = catalogue.positions(matching)
            if not question.by_rank:
                positions.sort()
        left = catalogue.having(question.chosen, positions)
        counts = {kind: catalogue.counts(kind, left) for kind in KINDS}
        return Found([catalogue.numbers[position] for position in left], counts)

    def entries(self, numbers: Sequence[int]) -> list[Entry]:
        """Return articles; what has just gone is left out."""
        return [*map(unpack_entry, self._reader.entries(numbers))]
