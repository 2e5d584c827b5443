"""Have a cluster's workers, which hold the entries of a site, make and write its documents."""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import BinaryIO, Final

from refeed.feeds.documents import OPML, FeedDocuments
from refeed.feeds.plan import Plan
from refeed.feeds.site import SiteOfFeeds
from refeed.pages.contents import page_of_feed, pages_of_month
from refeed.pipeline.second_pass.run import SecondPass
from refeed.pipeline.workers.far_entries import FarEntries
from refeed.publish.entry_problems import EntryProblems
from refeed.publish.pages import MOST_LISTED, Pages, neighbourhood
from refeed.publish.shipped_site import DocumentOrder, MadeDocument, SiteKit, hold, make_documents
from refeed.publish.site_folder import SiteFolder
from refeed.publish.site_objects import SiteObjects
from refeed.records.selection.far_bytes import FarBytes

_ARTICLES: Final = 64  # whose pages a worker makes at once

AnySite = SiteFolder | SiteObjects

_Wait = Callable[[], tuple[MadeDocument, ...] | None]


class FarSite:
    """A site whose entries are with workers. This process plans it, and writes only what shows no entries."""

    def __init__(
        self,
        far: FarEntries,
        second: SecondPass,
        plan: Plan,
        problems: EntryProblems,
        parts: Sequence[int],
        folder: AnySite,
    ) -> None:
        """Take what is known here; `parts` are the pages of each article."""
        self._folder = folder
        self._far, self._second, self._plan, self._problems, self._parts = far, second, plan, problems, parts

    def write(self, site: SiteOfFeeds, pages: Pages | None, feeds: FeedDocuments) -> None:
        """Write what differs, remove what has gone, and write the newest feed last."""
        with self._folder.marked() as mark:
            kit = self._hand_out(site, mark)
            if pages:
                self._write_pages(pages, site, kit)
            self._write(kit, (self._of_feed(feeds, path) for path in feeds.older))
            self._folder.write(OPML, feeds.write_opml)
            self._folder.remove_others()
            for path in feeds.newest:  # one after the other: that of Atom comes last
                self._write(kit, [self._of_feed(feeds, path)])

    def _write_pages(self, pages: Pages, site: SiteOfFeeds, kit: FarBytes) -> None:
        for document in pages.static_files():
            self._folder.write(*document)
        if site.options.pages == "full":
            self._write(kit, self._of_articles(pages))
        months = (
            self._order("month", number, month.positions, pages_of_month(month))
            for number, month in enumerate(self._plan.months)
        )
        self._write(kit, months)
        for document in pages.contents():
            self._folder.write(*document)
        feeds = self._plan.feeds
        for numbers in (range(len(feeds) - 1, 0, -1), range(1)):  # the list of all comes last
            lists = (
                self._order("list", number, feeds[number].positions[:MOST_LISTED], [page_of_feed(feeds[number])])
                for number in numbers
            )
            self._write(kit, lists)

    def _hand_out(self, site: SiteOfFeeds, mark: str) -> FarBytes:
        """Give the workers what all documents have in common."""
        counted = Plan(
            tuple(feed._replace(positions=range(len(feed.positions))) for feed in self._plan.feeds),
            tuple(month._replace(positions=range(len(month.positions))) for month in self._plan.months),
            tuple(one._replace(positions=range(len(one.positions))) for one in self._plan.archive),
        )
        own = str(self._folder.root), self._folder.shown, mark
        kit = SiteKit(site.options, counted, site.paths, site.addresses, site.deletions, len(self._parts), *own)
        kept = self._far.keeper.keep(hold, pickle.dumps(kit))
        kept.told()
        return kept[0]

    def _of_articles(self, pages: Pages) -> Iterator[DocumentOrder]:
        """Order the pages of all articles, some at a time."""
        for start in range(0, len(self._parts), _ARTICLES):
            positions = range(start, min(start + _ARTICLES, len(self._parts)))
            shown = range(
                neighbourhood(start, len(self._parts))[0], neighbourhood(positions[-1], len(self._parts))[-1] + 1
            )
            paths = [path for position in positions for path in pages.paths_of(position)]
            yield self._order("articles", 0, positions, paths, shown)._replace(
                problems=self._problems.only(self._second.origins[position].path for position in shown),
                parts={position: self._parts[position] for position in positions},
            )

    def _of_feed(self, feeds: FeedDocuments, path: str) -> DocumentOrder:
        return self._order("feed", path, feeds[path].positions, [path])

    def _order(
        self,
        kind: str,
        which: int | str,
        positions: Sequence[int],
        paths: Iterable[str],
        shown: Sequence[int] | None = None,
    ) -> DocumentOrder:
        shipment = self._far.shipment(positions if shown is None else shown)
        seals = {path: seal for path in paths if (seal := self._folder.known_seal(path))}
        return DocumentOrder(kind, which, positions, shipment, EntryProblems({}, {}), {}, seals)

    def _write(self, kit: FarBytes, orders: Iterable[DocumentOrder]) -> None:
        """Have documents made and written, some at the same time."""
        keeper = self._far.keeper
        waiting = deque[tuple[DocumentOrder, _Wait]]()
        for order in orders:
            waiting.append((order, keeper.submit(make_documents, kit, order, may_write=self._folder.is_announced)))
            if len(waiting) > keeper.ahead:
                self._take_over(kit, *waiting.popleft())
        while waiting:
            self._take_over(kit, *waiting.popleft())

    def _take_over(self, kit: FarBytes, order: DocumentOrder, wait: _Wait) -> None:
        made = wait()
        if made is None:
            self._folder.announce()
            made = self._far.keeper.submit(make_documents, kit, order, may_write=True)()
        for path, seal, has_changed, data in made or ():
            if data is None:
                self._folder.take_over(path, seal, has_changed=has_changed)
            else:  # the worker does not see the folder
                self._folder.write(path, partial(_put, data), seal)


def _put(data: bytes, out: BinaryIO) -> None:
    out.write(data)
