"""Make documents of a site where its entries are, and write them there: the work of a cluster's worker.

Where the worker sees the folder of the site it writes into that; what it cannot write goes back to whoever asked.
"""

import io
import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from refeed.feed_history import Deletion
from refeed.feeds.addresses import Addresses
from refeed.feeds.articles import ByPosition, EntryDetails
from refeed.feeds.documents import FeedDocuments
from refeed.feeds.plan import Plan
from refeed.feeds.site import SiteDocument, SiteOfFeeds
from refeed.input.address import is_address
from refeed.options import Options
from refeed.pipeline.entries.task import KeptEntry
from refeed.pipeline.workers.far_entries import Shipment
from refeed.pipeline.workers.worker import Worker
from refeed.publish.entry_problems import EntryProblems
from refeed.publish.fragments import Fragments
from refeed.publish.pages import Pages
from refeed.publish.sealed_files import SealedFiles
from refeed.publish.site_writer import SiteWriter
from refeed.records.selection.far_bytes import Made, here
from refeed.records.selection.select import Rows
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.publish.site_objects import ObjectWriter
    from refeed.report import Origin

T = TypeVar("T")


class SiteKit(NamedTuple):
    """What all documents of a site have in common."""

    options: Options
    plan: Plan  # with the numbers of the articles instead of their positions
    paths: Sequence[str]
    addresses: Addresses
    deletions: tuple[Deletion, ...]
    articles: int
    root: str  # the folder, and how its name is shown
    shown: str
    mark: str  # a file that lies in it as long as the run lasts: who sees it sees the folder


class DocumentOrder(NamedTuple):
    """Documents that are to be made of some entries."""

    kind: str  # "articles", "month", "list", "feed"
    which: int | str  # the number of the month or of the list, the path of the feed
    positions: Sequence[int]  # of the articles
    shipment: Shipment  # of their entries, and of those that are shown beside them
    problems: EntryProblems
    parts: Mapping[int, int]  # pages of each article
    seals: Mapping[str, bytes]  # of what the last run wrote


class MadeDocument(NamedTuple):
    """A document that was made, or need not be."""

    path: str
    seal: bytes
    has_changed: bool
    data: bytes | None = None  # what nobody has written yet


class _AnnounceFirstError(Exception):
    """Something differs, and no change has been announced yet."""


def hold(_: Worker, data: bytes) -> Made[None]:
    """Keep bytes for those who need them."""
    return Made(None, (data,))


def make_documents(_: Worker, kit: Rows, order: DocumentOrder, *, may_write: bool) -> tuple[MadeDocument, ...] | None:
    """Make documents; None if something differs and nothing may be written yet."""
    try:
        return tuple(_unpacked(here(kit)).make(order, may_write=may_write))
    except _AnnounceFirstError:
        return None


def _object_writer(address: str) -> "ObjectWriter":
    from refeed.publish.site_objects import ObjectWriter  # an extra

    return ObjectWriter(address)


@lru_cache(1)
def _unpacked(kit: bytes) -> "_ShippedSite":
    return _ShippedSite(pickle.loads(kit))  # noqa: S301  from the client of the build


class _ShippedSite:
    """A site as a worker knows it."""

    def __init__(self, kit: SiteKit) -> None:
        self._kit = kit
        self._site = SiteOfFeeds(kit.options, kit.paths, kit.addresses, kit.deletions)
        self._feeds = FeedDocuments(kit.plan, self._site)
        self._writer = SiteWriter(Path(kit.root), kit.shown)
        self._objects = _object_writer(kit.root) if is_address(kit.root) else None

    def make(self, order: DocumentOrder, *, may_write: bool) -> Iterator[MadeDocument]:
        """Make documents, and write those that differ."""

        def announced() -> None:
            if not may_write:
                raise _AnnounceFirstError

        sees_folder = self._objects is None and (Path(self._kit.root) / self._kit.mark).exists()
        entries = _Shipped(order.shipment.unpacked(), self._kit.articles)
        with closing(Fragments(entries, entries.details, self._kit.options)) as fragments:
            for path, write, seal in self._documents(order, entries, fragments):
                known = order.seals.get(path)
                if self._objects:
                    yield MadeDocument(path, *self._objects.write(path, write, seal, known, announced))
                elif sees_folder and seal and seal == known and self._writer.has(path):
                    yield MadeDocument(path, seal, has_changed=False)
                elif sees_folder:
                    yield MadeDocument(path, seal, self._writer.write(path, write, announced))
                else:
                    out = io.BytesIO()
                    write(out)
                    yield MadeDocument(path, seal, has_changed=False, data=out.getvalue())

    def _documents(self, order: DocumentOrder, entries: "_Shipped", fragments: Fragments) -> Iterator[SiteDocument]:
        if order.kind == "feed":
            document = self._feeds[str(order.which)]._replace(positions=order.positions)
            yield SiteDocument(document.path, partial(document.write, fragments))
            return
        before = SealedFiles(order.seals)
        pages = Pages(entries, self._kit.plan, self._site, before, order.problems, order.parts)
        if order.kind == "articles":
            yield from pages.articles(order.positions)
        else:
            make = pages.month if order.kind == "month" else pages.list_of
            yield from make(int(order.which), order.positions)


class _Shipped:
    """The entries that came to a worker, by their positions among all."""

    def __init__(self, kept: Mapping[int, KeptEntry], articles: int) -> None:
        self.entries: ByPosition[bytes] = _Values({at: one.entry for at, one in kept.items()}, articles)
        self.fragments: ByPosition[bytes] = _Values({at: one.fragment for at, one in kept.items()}, articles)
        self.origins: ByPosition[Origin] = _Values({at: one.origin for at, one in kept.items()}, articles)
        self.sizes: ByPosition[int] = _Values({at: len(one.fragment) for at, one in kept.items()}, articles)
        updates = _Values({at: one.updated for at, one in kept.items()}, articles)
        languages = _Values({at: one.language for at, one in kept.items()}, articles)
        self.details = EntryDetails(updates, languages)


class _Values(Generic[T]):
    """Values of some of the articles."""

    def __init__(self, values: Mapping[int, T], articles: int) -> None:
        self._values, self._articles = values, articles

    def __len__(self) -> int:
        return self._articles

    def __getitem__(self, position: int) -> T:
        return self._values[position]
