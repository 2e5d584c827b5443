"""What the plan of a site needs to know of all articles, in arrays, because there may be a million of them."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from refeed.model import Entry, RecordMeta
from refeed.options import Options
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.pipeline.second_pass.run import SecondPass
from refeed.records.filters import matching_filters, passes
from refeed.startup.named_tuple import NamedTuple

NAMED = "feeds"
"""The kind of a feed that a table [feeds.NAME] asks for."""


T_co = TypeVar("T_co", covariant=True)


class ByPosition(Protocol[T_co]):
    """Values of the articles by their positions; some may lie on other machines."""

    def __len__(self) -> int: ...  # of all articles

    def __getitem__(self, position: int, /) -> T_co: ...


class Facet(NamedTuple):
    """What the articles of a feed have in common: an outlet, say."""

    kind: str
    name: str


class Articles(NamedTuple):
    """All articles, newest first; an article is known by its position."""

    dates: Sequence[float]  # of the order, in seconds since 1970
    sizes: Sequence[int]  # bytes of the entry in an Atom feed
    members: Mapping[Facet, Sequence[int]]  # the positions of the articles that have it, in order


class EntryDetails(NamedTuple):
    """What feeds say of their entries as a whole is made of these, by the positions of the articles."""

    updates: ByPosition[float]  # in seconds since 1970
    languages: ByPosition[str | None]


def articles_of(
    second: SecondPass, options: Options, facets: Iterable[Iterable[Facet]] | None
) -> tuple[Articles, EntryDetails]:
    """Read all entries once, unless the facets of each are known."""
    if facets is None:
        facets = (facets_of(unpack_entry(packed), options) for packed in second.entries)
    members = {Facet(NAMED, name): array("Q") for name in options.named_feeds}
    for position, those in enumerate(facets):
        for facet in those:
            members.setdefault(facet, array("Q")).append(position)
    return Articles(second.dates, second.sizes, members), EntryDetails(second.made.updates, second.made.languages)


def facets_of(entry: Entry | RecordMeta, options: Options) -> Iterator[Facet]:
    """Return what an article has in common with others."""
    stated: dict[str, Iterable[str | None]] = {
        "author": entry.authors,
        "category": entry.categories,
        "language": (entry.language,),
        "outlet": (entry.outlet,),
    }
    for kind in options.feeds:
        yield from (Facet(kind, name) for name in dict.fromkeys(stated.get(kind, ())) if name)
    for name, feed in options.named_feeds.items():
        if passes(matching_filters(entry, feed), feed):
            yield Facet(NAMED, name)
