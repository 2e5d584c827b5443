"""Make the pages of a site: a page of every article, lists of them, and what browsers and search engines ask for."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, count
from operator import attrgetter
from pathlib import Path
from posixpath import dirname
from typing import Any, BinaryIO, Final, Protocol
from urllib.parse import quote, urlsplit

from refeed.cache.fingerprint import digest
from refeed.digests import blake2b
from refeed.feeds.articles import ByPosition
from refeed.feeds.plan import FeedPlan, Plan
from refeed.feeds.site import SiteDocument, SiteOfFeeds
from refeed.input.discover import source_at
from refeed.inspection.page_style import SHARED
from refeed.model import Entry
from refeed.pages.contents import (
    FEEDS,
    MONTHS,
    Contents,
    contents_of_feeds,
    contents_of_months,
    month_page,
    pages_of_month,
)
from refeed.pages.fit import SMALL, fit
from refeed.pages.parts import Part
from refeed.pages.rendering import STATIC, ShownEntry, Visit, choices, markup, render, templates_seal
from refeed.pipeline.entries.link import with_link
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.pipeline.output.atomic_write import Write
from refeed.publish.entry_problems import EntryProblems
from refeed.publish.sealed_files import SEAL_SIZE, SealedFiles
from refeed.publish.search_engines import ROBOTS, robots, sitemap_paths, sitemaps
from refeed.report import Origin
from refeed.urls import entry_key

MOST_LISTED: Final = 250  # articles on a page; the months have all
_KEPT: Final = 64  # articles that were read last: the pages of three neighbours show the same one
_ONLY_SERVED: Final = frozenset({"entry.js"})  # it asks the server what an article was made of
_NOT_FOUND: Final = "404.html"


class ShownEntries(Protocol):
    """The entries of a site, newest first, or as many of them as some pages show."""

    @property
    def entries(self) -> ByPosition[bytes]:
        """Return the entries, packed."""

    @property
    def origins(self) -> ByPosition[Origin]:
        """Return where they come from."""

    @property
    def sizes(self) -> ByPosition[int]:
        """Return the bytes of each as it stands in a feed."""


class Pages:
    """The pages of one site."""

    def __init__(
        self,
        second: ShownEntries,
        plan: Plan,
        site: SiteOfFeeds,
        before: SealedFiles,
        problems: EntryProblems,
        parts: ByPosition[int] | None = None,
    ) -> None:
        """Take what they show, and what the last run left; the parts of each article, if they have been counted."""
        self._second, self._plan, self._site, self._before = second, plan, site, before
        self._problems, self._counted = problems, parts
        self._feed = site.feed
        self._shown = lru_cache(_KEPT)(self._read)
        self._parts = lru_cache(1)(self._fitted)
        self._total = cache(self._count)  # of articles that are not small
        self._categories = {
            feed.facet.name: f"{feed.folder}index.html"
            for feed in plan.feeds
            if feed.facet and feed.facet.kind == "category"
        }
        places = [("Months", MONTHS)] * bool(plan.months) + [("Feeds", FEEDS)]
        self._places = tuple(places)
        shared = (self._feed, self._categories, self._places, site.addresses, site.paths)
        self._shared_seal = blake2b(
            digest(site.options, ("base_url", "pages")) + templates_seal(), digest_size=SEAL_SIZE
        )
        self._shared_seal.update(repr(shared).encode("utf-8", "backslashreplace"))

    def paths(self) -> Iterator[str]:
        """Return the paths of all pages, and of the files that they need."""
        if self._site.options.pages == "full":
            for position in range(len(self._second.origins)):
                yield from self.paths_of(position)
        yield from chain.from_iterable(map(pages_of_month, self._plan.months))
        yield from (f"{feed.folder}index.html" for feed in self._plan.feeds)
        if self._plan.months:
            yield MONTHS
        yield from (FEEDS, _NOT_FOUND, ROBOTS, *(f"static/{path.name}" for path in _static()))
        if self._site.addresses.root:
            yield from sitemap_paths(self._number_shown())

    def documents(self) -> Iterator[SiteDocument]:
        """Return the pages one after the other; each is made when it is written."""
        yield from self.static_files()
        if self._site.options.pages == "full":
            yield from self.articles(range(len(self._second.origins)))
        for number, month in enumerate(self._plan.months):
            yield from self.month(number, month.positions)
        yield from self.contents()
        for number in reversed(range(len(self._plan.feeds))):
            yield from self.list_of(number, self._plan.feeds[number].positions)

    def static_files(self) -> Iterator[SiteDocument]:
        """Return the files that pages need."""
        for path in _static():
            yield SiteDocument(f"static/{path.name}", _writer(path.read_bytes))

    def articles(self, positions: Sequence[int]) -> Iterator[SiteDocument]:
        """Return the pages of some articles. Those of their neighbours are shown there, too."""
        for position in positions:
            seal = self._seal(position)
            for number, own_path in enumerate(self.paths_of(position), 1):
                yield SiteDocument(own_path, _writer(partial(self._article, position, number)), seal)

    def month(self, number: int, positions: Sequence[int]) -> Iterator[SiteDocument]:
        """Return the pages of the list of the articles of a month."""
        for part, path in enumerate(pages_of_month(self._plan.months[number])):
            yield SiteDocument(path, _writer(partial(self._month, number, part, positions)))

    def list_of(self, number: int, positions: Sequence[int]) -> Iterator[SiteDocument]:
        """Return the list of the articles of a feed."""
        feed = self._plan.feeds[number]
        yield SiteDocument(f"{feed.folder}index.html", _writer(partial(self._list, feed, positions)))

    def contents(self) -> Iterator[SiteDocument]:
        """Return the pages that show no articles, and what is for search engines."""
        if self._plan.months:
            yield SiteDocument(MONTHS, _writer(partial(self._contents, contents_of_months(self._plan.months))))
        yield SiteDocument(FEEDS, _writer(partial(self._contents, contents_of_feeds(self._plan, self._site))))
        yield SiteDocument(_NOT_FOUND, _writer(self._not_found))
        yield SiteDocument(ROBOTS, _writer(partial(robots, self._site.addresses)))
        if self._site.addresses.root:
            pages = self._number_shown()
            made = sitemaps(self._shown_to_all(), pages, self._site.addresses)
            for name, sitemap in zip(sitemap_paths(pages), made, strict=True):
                yield SiteDocument(name, _writer(partial(bytes, sitemap)))

    def _shown_to_all(self) -> Iterator[str]:
        """Yield the paths of the pages that search engines should know, the newest first."""
        yield from (f"{feed.folder}index.html" for feed in self._plan.feeds)
        yield from chain.from_iterable(map(pages_of_month, reversed(self._plan.months)))
        if self._site.options.pages == "full":
            yield from map(self._path_of, range(len(self._second.origins)))

    def _number_shown(self) -> int:
        return sum(1 for _ in self._shown_to_all())

    def _article(self, position: int, number: int) -> bytes:
        shown, contents = self._shown(position), self._parts(position)
        newest, oldest = position == 0, position + 1 == len(self._second.origins)
        return self._page(
            self._path_of(position, number),
            "entry.html",
            shown=shown,
            part=Part(number, len(contents), markup(contents[number - 1])),
            problems=self._problems.of(self._second.origins[position]),
            newer=None if newest else self._shown(position - 1),
            older=None if oldest else self._shown(position + 1),
        )

    def _seal(self, position: int) -> bytes:
        """Digest what the page of an article shows: the article itself, its origin and problems, and its neighbours."""
        seal, entries = self._shared_seal.copy(), self._second.entries
        for number in neighbourhood(position, len(self._second.origins)):
            seal.update(repr((number - position, self._second.origins[number])).encode("utf-8", "backslashreplace"))
            seal.update(entries[number])
        seal.update(repr(self._problems.of(self._second.origins[position])).encode("utf-8", "backslashreplace"))
        return seal.digest()

    def _list(self, plan: FeedPlan, positions: Sequence[int]) -> bytes:
        listed = [*map(self._shown, positions[:MOST_LISTED])]
        entries = [shown.entry for shown in listed]
        return self._page(
            f"{plan.folder}index.html",
            "home.html",
            here="list" if plan.facet else "articles",
            heading=plan.facet.name if plan.facet else self._feed.title,
            listed=listed,
            total=plan.total,
            changed=None,
            earlier=None,
            outlets=choices(entry.outlet for entry in entries if entry.outlet),
            categories=choices(name for entry in entries for name in dict.fromkeys(entry.categories)),
            pictured=any(entry.image for entry in entries),
        )

    def _month(self, number: int, part: int, positions: Sequence[int]) -> bytes:
        found = month_page(self._plan.months, number, part)
        listed = [*map(self._shown, positions[found.paging.first - 1 : found.paging.last])]
        pictured = any(shown.entry.image for shown in listed)
        return self._page(found.path, "month.html", listed=listed, pictured=pictured, **found.facts)

    def _contents(self, contents: Contents) -> bytes:
        return self._page(contents.here, "contents.html", **contents._asdict())

    def _not_found(self) -> bytes:
        """Make the page that hosts show under any address: its links begin at the root of the host."""
        root = urlsplit(self._site.addresses.root or "/").path
        words = "There is no page at this address. The article may have been withdrawn."
        return self._page(_NOT_FOUND, "contents.html", root=root, heading="Not found", words=words, sections=[])

    def _page(self, path: str, template: str, *, root: str | None = None, **facts: Any) -> bytes:
        root = root if root is not None else "../" * path.count("/") or "./"
        own = "" if template == "home.html" else root
        folder = f"{dirname(path)}/" if template == "home.html" and "/" in path else ""

        def link(target: str) -> str:
            return root + quote(target.removesuffix("index.html"))

        return render(
            template,
            **{"here": "", "paging": None, "chosen": {}, "number_in_feed": 0, **facts},
            feed=self._feed,
            feed_url=self._site.addresses.own(f"{folder}feed.xml") or f"{own}feed.xml",
            feed_folder=own,
            visit=Visit("", root),
            failure=None,
            problems_number=None,
            can_search=False,
            places=self._places,
            link=link,
            link_of_article=partial(self._link_of_article, root),
            link_of_category=lambda name: link(self._categories[name]) if name in self._categories else None,
        )

    def _link_of_article(self, root: str, shown: ShownEntry, part: str = "") -> str | None:
        if self._site.options.pages == "full":
            return f"{root}entry/{shown.key}{part}.html"
        return with_link(shown.entry, self._site.options).url

    def _read(self, position: int) -> ShownEntry:
        origin = self._second.origins[position]
        name = source_at(origin.path, self._site.paths).name  # where the archive lies is nobody's business
        return ShownEntry(entry_key(origin.id), unpack_entry(self._second.entries[position]), name, origin.line)

    def _path_of(self, position: int, number: int = 1) -> str:
        part = f"/{number}" if number > 1 else ""
        return f"entry/{entry_key(self._second.origins[position].id)}{part}.html"

    def paths_of(self, position: int) -> Iterator[str]:
        """Yield the paths of the parts of an article."""
        total = 1 if self._second.sizes[position] <= SMALL else self._total(position)
        return (self._path_of(position, number) for number in range(1, total + 1))

    def _count(self, position: int) -> int:
        """Count the parts of an article; those of the last run are known without cutting it again."""
        if self._counted is not None:
            return self._counted[position]
        if self._before[self._path_of(position)] != self._seal(position):
            return len(self._parts(position))
        return next(number for number in count(1) if self._path_of(position, number + 1) not in self._before.paths)

    def _fitted(self, position: int) -> tuple[str, ...]:
        return parts_of(self._shown(position).entry)


def neighbourhood(position: int, total: int) -> range:
    """Return the positions of the articles that the page of one shows: its own, and its neighbours' in the order."""
    return range(max(position - 1, 0), min(position + 2, total))


def parts_of(entry: Entry) -> tuple[str, ...]:
    """Return the content of an article as its pages show it."""
    return fit(entry.content, pictures=True)


def pages_seal() -> bytes:
    """Digest what all pages are made of besides articles: templates, style sheets, scripts."""
    files = (path.read_bytes() for path in _static())
    return blake2b(b"\0".join((templates_seal(), *files)), digest_size=SEAL_SIZE).digest()


def _static() -> list[Path]:
    files = (path for path in (*STATIC.iterdir(), SHARED) if path.name not in _ONLY_SERVED)
    return sorted(files, key=attrgetter("name"))


def _writer(make: Callable[[], bytes]) -> Write:
    """Return what makes a document and writes it."""

    def write(out: BinaryIO) -> None:
        out.write(make())

    return write
