"""What is being served: one value per build, never changed, replaced as a whole."""

from dataclasses import dataclass
from datetime import datetime

from refeed.model import Feed
from refeed.options import Options
from refeed.pipeline.first_pass.article_table import ArticleTable
from refeed.report import Report
from refeed.serve.shown_entries import ShownEntries
from refeed.startup.named_tuple import NamedTuple


class Failure(NamedTuple):
    """Why the newest rebuild did not replace what is served."""

    message: str
    at: datetime  # aware, UTC


class Variant(NamedTuple):
    """The same bytes in one content coding."""

    coding: str  # "identity", "gzip" or "br"
    body: bytes
    etag: str  # strong, with its quotes


class Earlier(NamedTuple):
    """The feed before it changed last, as small as it can be kept."""

    variant: Variant
    last_modified: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One build: the bytes that readers get and the facts that pages show."""

    options: Options  # with the sites around the files
    now: datetime  # the present that the build went by (what is later is held back)
    report: Report  # totals, problems, notes; `report.feed` are the bytes
    variants: tuple[Variant, ...]  # of the feed, identity first
    last_modified: datetime  # when the served bytes last changed; whole seconds, UTC
    feed: Feed
    entries: ShownEntries
    state: bytes = b""  # of the files that were read (see BuildCache.state)
    table: ArticleTable  # of the whole archive
    earlier: Earlier | None = None  # since the server began
    failure: Failure | None = None  # set when a later rebuild failed: this is the last good one
