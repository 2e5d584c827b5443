"""The documents that hold entries: the feeds in every format and the archive, each by its path."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import BinaryIO, Final, Protocol

from refeed.feed_history import FeedLink
from refeed.feeds.addresses import addresses_of
from refeed.feeds.opml import Outline, opml
from refeed.feeds.plan import FeedPlan, Plan, months_of
from refeed.feeds.site import SiteOfFeeds
from refeed.model import Feed
from refeed.options import Options
from refeed.outputs import DEFAULT, Output, load_output, load_outputs
from refeed.pipeline.feed_metadata import id_by_name
from refeed.pipeline.first_pass.article_table import ArticleTable
from refeed.startup.named_tuple import NamedTuple

OPML: Final = "feeds.opml"


class Summed(NamedTuple):
    """What a feed says of its entries as a whole."""

    updated: datetime  # the newest update
    language: str | None  # of most


class Entries(Protocol):
    """Where the entries of a document come from, by the positions of their articles."""

    def fragments(self, output: Output, positions: Sequence[int]) -> Iterator[bytes]:
        """Return the entries as they stand in a feed."""

    def summed(self, positions: Sequence[int]) -> Summed:
        """Return what they have in common."""


class FeedDocument(NamedTuple):
    """A feed in one format, or a document of the archive."""

    path: str  # below the site's folder
    output: Output
    positions: Sequence[int]  # of its articles, newest first
    feed: Feed  # without what its entries say

    def write(self, entries: Entries, out: BinaryIO) -> None:
        """Write the document."""
        updated, language = entries.summed(self.positions)
        feed = replace(self.feed, updated=updated, language=self.feed.language or language)
        self.output.write(feed, entries.fragments(self.output, self.positions), out)


class FeedDocuments(Mapping[str, FeedDocument]):
    """All documents of a site by their paths; each is put together when it is asked for."""

    def __init__(self, plan: Plan, site: SiteOfFeeds) -> None:
        """Take the plan."""
        self._plan, self._site = plan, site
        self._atom = load_output(DEFAULT)
        # Atom comes last: whoever sees it finds the others.
        self._outputs = sorted(load_outputs().values(), key=lambda output: output.name == DEFAULT)
        self._made: Mapping[str, Callable[[], FeedDocument]] = dict(self._all())

    def __getitem__(self, path: str) -> FeedDocument:
        return self._made[path]()

    def __iter__(self) -> Iterator[str]:
        """Return the paths in the order in which the documents are written, the newest feed last."""
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    @property
    def newest(self) -> tuple[str, ...]:
        """The paths of the feed of the newest articles."""
        return tuple(path_of(self._plan.feeds[0], output) for output in self._outputs)

    @property
    def older(self) -> Iterator[str]:
        """The paths of all others."""
        newest = {*self.newest}
        return (path for path in self if path not in newest)

    def write_opml(self, out: BinaryIO) -> None:
        """Write the list of all feeds."""
        out.write(opml(self._site.title(None), map(self._outline, self._plan.feeds)))

    def _all(self) -> Iterator[tuple[str, Callable[[], FeedDocument]]]:
        for number, one in enumerate(self._plan.archive):
            yield one.path, partial(self._archive, number)
        for feed in (*self._plan.feeds[1:], self._plan.feeds[0]):
            for output in self._outputs:
                yield path_of(feed, output), partial(self._feed, feed, output)

    def _archive(self, number: int) -> FeedDocument:
        """Return a document of the archive: RFC 5005, 4."""
        archive = self._plan.archive
        page = archive[number].path
        links = [self._link("current", f"feed{self._atom.suffix}", page)]
        if number:
            links.append(self._link("prev-archive", archive[number - 1].path, page))
        if number + 1 < len(archive):
            links.append(self._link("next-archive", archive[number + 1].path, page))
        own = self._site.addresses.own(page)
        feed = replace(self._site.feed, self_url=own, deletions=(), is_archive=True, links=tuple(links))
        return FeedDocument(page, self._atom, archive[number].positions, feed)

    def _feed(self, plan: FeedPlan, output: Output) -> FeedDocument:
        path = path_of(plan, output)
        feed = replace(self._site.feed, self_url=self._site.addresses.own(path))
        if plan.facet:
            own = id_by_name(f"{feed.id} {plan.facet.kind} {plan.facet.name}")
            feed = replace(feed, id=own, title=self._site.title(plan.facet), subtitle=None, deletions=())
            feed = replace(feed, site_url=self._site.page(plan.folder))
        elif self._plan.archive:
            page = path_of(plan, self._atom)
            feed = replace(feed, links=(self._link("prev-archive", self._plan.archive[-1].path, page),))
        return FeedDocument(path, output, plan.positions, feed)

    def _link(self, relation: str, path: str, page: str) -> FeedLink:
        return FeedLink(relation, self._site.addresses.link(path, page))

    def _outline(self, plan: FeedPlan) -> Outline:
        address = self._site.addresses.link(path_of(plan, self._atom), OPML)
        return Outline(self._site.title(plan.facet), address, self._site.page(plan.folder))


def path_of(plan: FeedPlan, output: Output) -> str:
    """Return the path of a feed in one format."""
    return f"{plan.folder}feed{output.suffix}"


def archive_links(table: ArticleTable, options: Options) -> tuple[FeedLink, ...]:
    """Return the links of the feed of the newest articles to the archive that holds all of them."""
    months = [*months_of(table.dates(), table.sizes())]
    if not months or options.archive == "none":
        return ()
    page = f"feed{load_output(DEFAULT).suffix}"
    return (FeedLink("prev-archive", addresses_of(options).link(months[-1].path, page)),)
