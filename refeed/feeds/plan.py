"""Plan a site: which documents it consists of, and which articles each holds. Pure: no file, no clock, no entry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from refeed.feeds.articles import NAMED, Articles, Facet
from refeed.feeds.folder_names import folder_names
from refeed.options import Options
from refeed.pipeline.second_pass.limit_and_span import Window, window_of
from refeed.startup.named_tuple import NamedTuple

_MOST_ENTRIES: Final = 500  # of a document of the archive
_MOST_BYTES: Final = 4_000_000


class FeedPlan(NamedTuple):
    """A feed to subscribe to, which is written in every format."""

    folder: str  # below the site's own, "" or with "/" at its end
    facet: Facet | None  # what its articles have in common; None: the newest of all
    positions: Sequence[int]  # of its articles, newest first
    total: int  # of the articles that there are of it, in the feed or older


class ArchivePlan(NamedTuple):
    """A document of the archive."""

    path: str  # below the site's folder
    positions: Sequence[int]  # of its articles, newest first


class Plan(NamedTuple):
    """All documents of a site that hold entries."""

    feeds: tuple[FeedPlan, ...]  # that of the newest articles first
    months: tuple[ArchivePlan, ...]  # the oldest first; every article is in one of them
    archive: tuple[ArchivePlan, ...]  # the same, or none where there shall be no documents of them


def plan_of(articles: Articles, options: Options, head: int) -> Plan:
    """Plan the site; `head` are the bytes of a feed without entries, which count where bytes are limited."""
    total = len(articles.dates)
    newest = FeedPlan("", None, _newest(articles, range(total), window_of(options), head), total)
    others = tuple(_feeds(articles, options, head))
    months = tuple(months_of(articles.dates, articles.sizes))
    return Plan((newest, *others), months, months if options.archive == "month" else ())


def _feeds(articles: Articles, options: Options, head: int) -> Iterator[FeedPlan]:
    """Plan the feeds of outlets, categories and so on, each kind in the order of their names."""
    kinds: dict[str, dict[str, Sequence[int]]] = {}
    for (kind, name), positions in articles.members.items():
        if kind == NAMED or len(positions) >= options.min_articles:
            kinds.setdefault(kind, {})[name] = positions
    for kind in sorted(kinds):
        for name, folder in sorted(_folders(kinds[kind]).items()):
            window = _window(options, Facet(kind, name))
            held = _newest(articles, kinds[kind][name], window, head)
            yield FeedPlan(f"{kind}/{folder}/", Facet(kind, name), held, len(kinds[kind][name]))


def _folders(members: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """Name their folders. Of two names the one of the older articles stays what it is when another comes."""
    return folder_names(sorted(members, key=lambda name: (-max(members[name], default=0), name)))


def _window(options: Options, facet: Facet) -> Window:
    limit = options.named_feeds[facet.name].limit if facet.kind == NAMED else None
    return window_of(options if limit is None else replace(options, limit=limit))


def _newest(articles: Articles, positions: Sequence[int], window: Window, head: int) -> tuple[int, ...]:
    """Return as many of the articles as a feed holds: at least one, and those of a prefix of the order."""
    held, size = list[int](), head
    for position in positions:
        size += articles.sizes[position]
        first = held[0] if held else position
        if not window.holds(len(held), _moment(articles.dates[position]), _moment(articles.dates[first])):
            break
        if held and window.is_passed_by(size):
            break
        held.append(position)
    return tuple(held)


def months_of(dates: Sequence[float], sizes: Sequence[int]) -> Iterator[ArchivePlan]:
    """Divide all articles by the months of their dates, and large months in the order of dates."""
    oldest_first = range(len(dates) - 1, -1, -1)
    for month, positions in groupby(oldest_first, key=lambda position: f"{_moment(dates[position]):%Y/%m}"):
        for number, part in enumerate(_parts(positions, sizes), 1):
            name = f"{month}-{number}" if number > 1 else month
            yield ArchivePlan(f"archive/{name}.xml", tuple(reversed(part)))


def _parts(positions: Iterator[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    part, size = list[int](), 0
    for position in positions:
        if part and (len(part) == _MOST_ENTRIES or size + sizes[position] > _MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(position)
        size += sizes[position]
    if part:
        yield part


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
