"""Count the names that the articles of an archive have in common, for people to choose from."""

from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import Final

from refeed.feeds.articles import Facet
from refeed.pages.rendering import Choice
from refeed.startup.named_tuple import NamedTuple

_MOST: Final = 300  # names of a kind


class Names(NamedTuple):
    """The names of one kind."""

    most: Sequence[Choice]  # those of most articles
    number: int  # of all


NO_NAMES: Final = Names((), 0)
"""Those of a kind that no article states."""


def names_of(members: Mapping[Facet, Sequence[int]]) -> dict[str, Names]:
    """Return the names to choose from by their kind; of an archive they are counted once, not for each page."""
    counted = dict[str, list[tuple[int, str]]]()
    for facet, positions in members.items():
        counted.setdefault(facet.kind, []).append((-len(positions), facet.name))
    return {
        kind: Names([Choice(name, -number) for number, name in nsmallest(_MOST, found)], len(found))
        for kind, found in counted.items()
    }
