"""What all documents of a site have in common."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from refeed.feed_history import Deletion
from refeed.feeds.addresses import Addresses
from refeed.feeds.articles import NAMED, Facet
from refeed.model import Feed
from refeed.options import Options
from refeed.outputs import DEFAULT, load_output
from refeed.pipeline.feed_metadata import feed_of
from refeed.pipeline.output.atomic_write import Write
from refeed.startup.named_tuple import NamedTuple

NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)


class SiteDocument(NamedTuple):
    """A document, and what writes it."""

    path: str  # below the site's folder
    write: Write
    seal: bytes = b""  # digest of all that it is made of; b"": only its bytes tell whether it has changed


@dataclass(frozen=True)
class SiteOfFeeds:
    """A site of feeds: what all of its documents have in common."""

    options: Options
    paths: Sequence[str]  # what was read
    addresses: Addresses
    deletions: tuple[Deletion, ...]

    @cached_property
    def feed(self) -> Feed:
        """What the feed of the newest articles says of itself, without its entries."""
        options = replace(self.options, base_url=self.addresses.root)
        feed = feed_of(options, self.paths, NO_DATE, load_output(DEFAULT).suffix)
        return replace(feed, deletions=self.deletions)

    def page(self, folder: str) -> str | None:
        """Return the address of the page that a feed belongs to: that in its folder, if there are pages."""
        own = self.addresses.own(folder) if folder and self.options.pages != "none" else None
        return own or self.feed.site_url

    def title(self, facet: Facet | None) -> str:
        """Return the title of a feed of the site."""
        whole = self.feed.title
        if facet is None:
            return whole
        own = self.options.named_feeds[facet.name].title if facet.kind == NAMED else None
        return own or f"{facet.name} – {whole}"
