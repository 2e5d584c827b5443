"""Answer a question: the articles in which the words stand, and how many there are of each outlet, month and so on."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from refeed.model import Entry
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.pipeline.first_pass.article_table import ArticleTable
from refeed.search.catalogue import KINDS, Catalogue, Chosen
from refeed.search.query import Query
from refeed.search.reader import Reader
from refeed.startup.named_tuple import NamedTuple

SECONDS: Final = 2.0
"""How long a question may take."""


class Question(NamedTuple):
    """What a visitor wants to see."""

    query: Query
    chosen: Chosen
    by_rank: bool = False  # the best first, else the newest


class Found(NamedTuple):
    """What there is."""

    numbers: Sequence[int]  # of the articles, in the order that was asked for
    counts: Mapping[str, Counter[str]]  # of the names of each kind among them


NOTHING: Final = Found((), {kind: Counter() for kind in KINDS})


@dataclass(frozen=True, slots=True)
class Finder:
    """Answers from one state of the catalogue."""

    reader: Reader
    catalogue: Catalogue
    total: int  # of the articles, also of those that cannot be found yet
    hidden: frozenset[int] = frozenset()  # positions of what was withdrawn since
    table: ArticleTable | None = None  # of the build all of whose articles can be found as they are in it

    @property
    def number(self) -> int:
        """How many articles can be found."""
        return len(self.catalogue) - len(self.hidden)

    @property
    def is_whole(self) -> bool:
        """Return whether all articles can be found."""
        return len(self.catalogue) == self.total

    def showing(self, marks: Collection[int]) -> "Finder":
        """Return what finds only articles with these marks."""
        shown = frozenset(marks)
        hidden = frozenset(place for place, mark in enumerate(self.catalogue.marks) if mark not in shown)
        return replace(self, hidden=hidden)

    def positions(self) -> Sequence[int]:
        """Return all that can be found."""
        return self._shown(range(len(self.catalogue)))

    def find(self, question: Question) -> Found:
        """Return what fits; without words all articles do. Raises TooSlowError and NotReadyError."""
        catalogue = self.catalogue
        left = catalogue.having(question.chosen, self._matching(question) if question.query else self.positions())
        counts = {kind: catalogue.counts(kind, left) for kind in KINDS}
        return Found([catalogue.numbers[position] for position in left], counts)

    def marked(self, marks: Collection[int]) -> list[Entry]:
        """Return the articles with these marks, as far as they can be found."""
        pairs = zip(self.catalogue.numbers, self.catalogue.marks, strict=True)
        return self.entries([number for number, mark in pairs if mark in marks])

    def entries(self, numbers: Sequence[int]) -> list[Entry]:
        """Return articles; what has just gone is left out."""
        return [*map(unpack_entry, self.reader.entries(numbers))]

    def _matching(self, question: Question) -> Sequence[int]:
        numbers = self.reader.matching(question.query.match, by_rank=question.by_rank, seconds=SECONDS)
        positions = self.catalogue.positions(numbers)
        return self._shown(positions if question.by_rank else sorted(positions))

    def _shown(self, positions: Sequence[int]) -> Sequence[int]:
        if not self.hidden:  # nearly always
            return positions
        return [position for position in positions if position not in self.hidden]


def load_finder(reader: Reader) -> Finder:
    """Read the catalogue, and what is said of all articles: perhaps not all of them can be found yet."""
    catalogue = Catalogue(reader.rows())
    total = max(int(reader.fact("total") or 0), len(catalogue))
    return Finder(reader, catalogue, total)
