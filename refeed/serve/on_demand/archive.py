"""The whole archive behind the feed: its articles, its feeds, and their entries on demand."""

import asyncio
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from io import BytesIO
from typing import Final

from anyio import to_thread

from refeed.clean.types import BodyRules
from refeed.feeds.addresses import Addresses, addresses_of
from refeed.feeds.articles import NAMED, Articles, Facet
from refeed.feeds.documents import FeedDocument, FeedDocuments, Summed
from refeed.feeds.plan import ArchivePlan, FeedPlan, Plan, months_of, plan_of
from refeed.feeds.site import SiteOfFeeds
from refeed.outputs import DEFAULT, Output, load_output
from refeed.pages.rendering import ShownEntry
from refeed.pipeline.build_context import paths_of
from refeed.pipeline.entries.link import folder_of_feed, with_link
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.pipeline.entries.task import BuiltEntry
from refeed.pipeline.entry_maker import ArchiveOfBuild
from refeed.records.rows import key_mark
from refeed.rules.offered import OfferedArticle
from refeed.rules.trial import Trial, trial_of
from refeed.search.find import Finder
from refeed.serve.on_demand.entries import OnDemand
from refeed.serve.on_demand.names import Names, names_of
from refeed.serve.on_demand.rule_trials import nearest_effects
from refeed.serve.published import Published
from refeed.urls import entry_key
from refeed.vocabulary.languages import language_of_most

_BROWSED: Final = ("outlet", "category", "author", "language")
_HEADS: Final = 1_000  # articles whose headers are asked for at once
_PATIENCE: Final = 5.0  # seconds that somebody waits for all of them; a reader would give up soon after
_MOMENT: Final = 1.0  # seconds that a page waits which is as good without


class NotYetError(Exception):
    """What is asked for takes so long that it is better to ask again later."""


class Archive:
    """The archive of one build. It holds numbers and names; an entry is made when somebody asks for it."""

    def __init__(
        self, published: Published, on_demand: OnDemand, finder: Callable[[], Finder | None] = lambda: None
    ) -> None:
        """Take the build, and what finds articles that were read for the search; nothing is made yet."""
        self._finder = finder
        options = replace(published.options, feeds=_BROWSED)
        self._build = ArchiveOfBuild(published.table, options, published.now)
        self._options = published.options
        self._entries, self._on_demand = published.entries, on_demand
        self._articles: Articles | None = None
        self._reading: asyncio.Task[Articles] | None = None
        self._plan: Plan | None = None
        self._is_left = False
        self.headers_read = 0  # of articles, so far
        self.names: Mapping[str, Names] = {}  # by their kind, once it is known what the articles have in common
        self.number = published.table.number
        self.site = SiteOfFeeds(published.options, paths_of(published.options), addresses_of(published.options), ())

    @cached_property
    def dates(self) -> Sequence[float]:
        """The dates of all articles, in seconds since 1970, the newest first."""
        return self._build.table.dates()

    @cached_property
    def months(self) -> tuple[ArchivePlan, ...]:
        """The months of the archive, the oldest first."""
        return tuple(months_of(self.dates, self._sizes))

    async def shown(self, positions: Sequence[int]) -> dict[int, ShownEntry]:
        """Return the entries of these articles by their positions, without those that cannot be made any more."""
        found = {position: self._entries[at] for position in positions if (at := self._in_feed(position)) is not None}
        missing = [position for position in positions if position not in found]
        for position, built in (await self.built(missing)).items():
            origin = built.origin
            entry = unpack_entry(built.entry)
            found[position] = ShownEntry(entry_key(origin.id), entry, origin.path, origin.line)
        return {position: found[position] for position in positions if position in found}

    async def listed(self, positions: Sequence[int]) -> dict[int, ShownEntry]:
        """Return entries for a list, which names no file: what was read for the search is not made again."""
        older = frozenset(position for position in positions if self._in_feed(position) is None)
        found = await to_thread.run_sync(self._read_for_search, older) if older else {}
        found |= await self.shown([position for position in positions if position not in found])
        return {position: found[position] for position in positions if position in found}

    async def built(self, positions: Sequence[int]) -> dict[int, BuiltEntry]:
        """Have the entries of these articles made."""
        made = await self._on_demand.entries(self._build, positions)
        return {position: built for position, built in zip(positions, made, strict=True) if built}

    async def entry(self, key: str) -> ShownEntry | None:
        """Return the entry with a key."""
        position = self._build.table.find(key)
        found = await self.shown([position]) if position is not None else {}
        return next((shown for shown in found.values() if shown.key == key), None)

    async def around(self, key: str) -> tuple[ShownEntry | None, ShownEntry | None, ShownEntry | None]:
        """Return the entry with a key, between the next newer and the next older one."""
        position = self._build.table.find(key)
        if position is None:
            return None, None, None
        found = await self.shown([*range(max(position - 1, 0), min(position + 2, self.number))])
        shown = found.get(position)
        if shown is None or shown.key != key:
            return None, None, None
        return found.get(position - 1), shown, found.get(position + 1)

    async def offered(self, key: str) -> OfferedArticle | None:
        """Return the lines of an article with rules for each; None if it cannot be read any more."""
        position = self._build.table.find(key)
        return None if position is None else await self._on_demand.offered(self._build, position)

    async def tried(self, key: str, offered: OfferedArticle, rules: BodyRules) -> Trial | None:
        """Return what rules do to an article, and to others of its source."""
        position = self._build.table.find(key)
        if position is None:
            return None
        effects = partial(self._on_demand.effects, self._build, offered.source, rules)
        own = next(iter(await effects([position])), None)
        others = await nearest_effects(position, self.number, effects)
        return own and trial_of(offered.source, offered.rules.plus(rules), own, others)

    @property
    def articles_so_far(self) -> Articles | None:
        """What the articles have in common, once that is known; nobody waits for it."""
        if self._articles is None and not self._is_left:
            self._begin_to_read()
        return self._articles

    async def articles(self) -> Articles:
        """Return what the articles have in common; NotYetError says that it is still being found out."""
        return await self._articles_within(_PATIENCE)

    async def articles_in_a_moment(self) -> Articles | None:
        """Return what the articles have in common, if that is found out while a page can wait."""
        try:
            return await self._articles_within(_MOMENT)
        except NotYetError:
            return None

    async def _articles_within(self, seconds: float) -> Articles:
        if self._articles is not None:
            return self._articles
        if self._is_left:
            raise NotYetError
        reading = self._begin_to_read()
        try:
            return await asyncio.wait_for(asyncio.shield(reading), seconds)
        except TimeoutError:
            raise NotYetError from None
        except asyncio.CancelledError:
            if reading.cancelled():  # by `leave`, not who asks
                raise NotYetError from None
            raise

    def leave(self) -> None:
        """Read no further: a newer build has another archive, and the two would keep each other from reading."""
        self._is_left = True
        if self._reading is not None:
            self._reading.cancel()

    async def plan(self) -> Plan:
        """Return the plan of all feeds."""
        if self._plan is None:
            self._plan = await to_thread.run_sync(self._plan_of, await self.articles())
        return self._plan

    async def document(self, path: str) -> tuple[bytes, Output] | None:
        """Return a feed, or a document of the archive, and its format; None if there is none at this path."""
        plan = await (to_thread.run_sync(self._plan_of_months) if path.startswith("archive/") else self.plan())
        document = FeedDocuments(plan, self.site).get(path)
        if document is None:
            return None
        built = await self.built(document.positions)
        return await to_thread.run_sync(self._written, document, built), document.output

    def site_as_seen_from(self, feed_url: str) -> SiteOfFeeds:
        """Return the site with the addresses that a visitor sees, where it does not know its own."""
        return (
            self.site if self.site.addresses.root else replace(self.site, addresses=Addresses(folder_of_feed(feed_url)))
        )

    def _written(self, document: FeedDocument, built: Mapping[int, BuiltEntry]) -> bytes:
        out = BytesIO()
        document.write(_Made(built, self), out)
        return out.getvalue()

    def linked(self, built: BuiltEntry, output: Output) -> bytes:
        """Return an entry as it stands in a feed."""
        if output.name == DEFAULT:
            return built.fragment
        return output.entry(with_link(unpack_entry(built.entry), self._options))

    def _read_for_search(self, positions: Collection[int]) -> dict[int, ShownEntry]:
        finder = self._finder()
        if finder is None or finder.table is not self._build.table:  # it is of what the files were before
            return {}
        by_mark = {self._build.table.marks[position]: position for position in positions}
        shown = (ShownEntry(entry_key(entry.id), entry, "", 0) for entry in finder.marked(by_mark.keys()))
        return {by_mark[key_mark(one.key)]: one for one in shown}

    def _in_feed(self, position: int) -> int | None:
        return self._positions_in_feed.get(self._build.table.marks[position])

    @cached_property
    def _positions_in_feed(self) -> Mapping[int, int]:
        return {key_mark(key): position for key, position in self._entries.positions.items()}

    @cached_property
    def _sizes(self) -> Sequence[int]:
        return self._build.table.sizes()

    def _begin_to_read(self) -> "asyncio.Task[Articles]":
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        return self._reading

    async def _read(self) -> Articles:
        """Read the headers of all articles, file by file."""
        by_file = self._build.table.by_file()
        members = {Facet(NAMED, name): array("Q") for name in self._options.named_feeds}
        for start in range(0, len(by_file), _HEADS):
            some = by_file[start : start + _HEADS]
            for position, facets in zip(some, await self._on_demand.facets(self._build, some), strict=True):
                for facet in facets:
                    members.setdefault(facet, array("Q")).append(position)
            self.headers_read = min(start + _HEADS, len(by_file))
        if by_file:
            await self._on_demand.keep_facets(self._build)
        # In a thread, so that nobody waits for the sorting.
        found, self.names = await to_thread.run_sync(self._in_order, members)
        self._articles = found
        return found

    def _in_order(self, members: "Mapping[Facet, array[int]]") -> tuple[Articles, Mapping[str, Names]]:
        """Return what the articles have in common, their positions in order, and the names of that."""
        in_order = {facet: array("Q", sorted(positions)) for facet, positions in members.items()}
        return Articles(self.dates, self._sizes, in_order), names_of(in_order)

    def _plan_of(self, articles: Articles) -> Plan:
        """Plan the feeds that the options ask for."""
        wanted = {*self._options.feeds, NAMED}
        members = {facet: found for facet, found in articles.members.items() if facet.kind in wanted}
        head = BytesIO()
        load_output(DEFAULT).write(self.site.feed, (), head)
        return plan_of(articles._replace(members=members), self._options, len(head.getvalue()))

    def _plan_of_months(self) -> Plan:
        newest = FeedPlan("", None, (), self.number)
        return Plan((newest,), self.months, self.months if self._options.archive == "month" else ())


class _Made:
    """The entries of a document that could be made."""

    def __init__(self, built: Mapping[int, BuiltEntry], archive: Archive) -> None:
        self._built, self._archive = built, archive

    def fragments(self, output: Output, positions: Sequence[int]) -> Iterator[bytes]:
        return (
            self._archive.linked(self._built[position], output) for position in positions if position in self._built
        )

    def summed(self, positions: Sequence[int]) -> Summed:
        made = [self._built[position] for position in positions if position in self._built]
        newest = max((one.updated for one in made), default=datetime.fromtimestamp(0, UTC))
        return Summed(newest, language_of_most([one.facts.language for one in made]))
