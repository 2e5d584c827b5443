"""A visitor's search as its address states it: words, choices, order, page."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from refeed.search.catalogue import KINDS, STATED
from refeed.search.find import Question
from refeed.search.query import LONGEST, Query
from refeed.serve.http.parameters import name_in, page_in, period_in, word_in
from refeed.startup.named_tuple import NamedTuple

PER_PAGE: Final = 50
"""Articles on a page of results, and in the feed of a search."""

_BY_RANK: Final = "best"
_ORDERS: Final = (_BY_RANK, "newest")


class SearchRequest(NamedTuple):
    """A search as a visitor asked for it."""

    typed: str
    chosen: Mapping[str, str]  # kind → name
    by_rank: bool = False
    page: int = 1

    @property
    def question(self) -> Question:
        """Return what to look for."""
        return Question(Query(self.typed), self.chosen, self.by_rank)

    @property
    def is_wordless(self) -> bool:
        """Return whether nothing of what was typed can be looked for, so that nothing fits."""
        return bool(self.typed) and not self.question.query

    def slice_of(self, numbers: Sequence[int]) -> Sequence[int]:
        """Return what stands on the page."""
        return numbers[(self.page - 1) * PER_PAGE : self.page * PER_PAGE]

    def choosing(self, kind: str, name: str | None) -> "SearchRequest":
        """Return the same search with another choice, or without one, from its first page on."""
        others = {key: value for key, value in self.chosen.items() if key != kind}
        return self._replace(chosen=others if name is None else {**others, kind: name}, page=1)

    def parameters(self, *, with_page: bool = True) -> dict[str, str]:
        """Return the request as the parameters of an address; a feed has neither order nor page."""
        found = {"q": self.typed, **self.chosen} if self.typed else {**self.chosen}
        if with_page and self.by_rank:
            found["order"] = _BY_RANK
        if with_page and self.page > 1:
            found["page"] = str(self.page)
        return found

    @property
    def feed_query(self) -> str:
        """Return the query part of the feed's address: the same for the same search."""
        return urlencode(self.parameters(with_page=False))


def search_request(parameters: Mapping[str, str]) -> SearchRequest:
    """Read the parameters of an address; HTTPException says which of them cannot be read."""
    named = ((kind, (name_in if kind in STATED else period_in)(parameters, kind)) for kind in KINDS)
    chosen = {kind: name for kind, name in named if name}
    by_rank = word_in(parameters, "order", _ORDERS) == _BY_RANK
    return SearchRequest(parameters.get("q", "").strip(), chosen, by_rank, page_in(parameters))


def feed_request(parameters: Mapping[str, str]) -> SearchRequest:
    """Read the parameters of a feed, of which its readers show no error: it has what can be read of them.

    A day that is none chooses nothing; a name that is too long, the order and the page count as if they were not there.
    """
    named = ((kind, parameters.get(kind, "")) for kind in KINDS)
    return SearchRequest(
        parameters.get("q", "").strip(), {kind: name for kind, name in named if 0 < len(name) <= LONGEST}
    )
