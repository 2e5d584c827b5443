"""What a build was asked for, what its steps share, and its result."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Final

from refeed.cache.build_cache import BuildCache, CachedBuild
from refeed.cache.sqlite_store import CacheStore
from refeed.feed_history import FeedLink
from refeed.options import Options
from refeed.outputs import format_of
from refeed.pipeline.workers.pool import WorkerPool
from refeed.report import Report
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.model import Feed
    from refeed.pipeline.first_pass.article_table import ArticleTable
    from refeed.pipeline.second_pass.run import SecondPass
    from refeed.pipeline.workers.far_entries import Describe

Sink = Callable[[Callable[[BinaryIO], None]], bool]
"""Is handed what writes the feed to a stream, uses it, and returns whether the output changed."""

Check = Callable[[Report], None]
"""Is handed the report before anything is written, and raises RefeedError if nothing may be."""

NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed without entries

ArchiveLinks = Callable[["ArticleTable", Options], tuple[FeedLink, ...]]
"""Returns the links of a feed to the documents of the archive that it is the newest part of."""


class Use(NamedTuple):
    """Uses all that a feed is made of, instead of a sink, for an output of another kind."""

    run: Callable[["SecondPass", Options, Report], bool]  # returns whether the output changed
    kind: bytes  # digest of what decides about the output besides the options of the build
    left: Callable[[], bytes]  # digests what lies there now: where nobody has changed it, it need not be made again
    describe: "Describe | None" = None  # with this of each, it can be run where workers keep the entries


class BuiltFeed(NamedTuple):
    """The result of a build with its entries, for pages and other outputs."""

    report: Report
    updated: datetime
    entries: tuple[bytes, ...]  # packed (see packed_entry), in the order of the feed; none unless they were asked for
    options: Options  # with the sites around the files
    table: "ArticleTable | None" = None  # of the whole archive, where links to it were asked for
    links: tuple[FeedLink, ...] = ()
    state: bytes = b""  # of all files that were read; none where nobody keeps an index, or a file was changed just now

    @property
    def feed(self) -> "Feed":
        """What the feed says of itself; made when it is asked for, because it takes the module of the output."""
        from refeed.outputs import load_output
        from refeed.pipeline.feed_metadata import feed_of

        output = load_output(format_of(self.options))
        feed = feed_of(self.options, paths_of(self.options), self.updated, output.suffix)
        return replace(feed, links=self.links)


class BuildRequest(NamedTuple):
    """What a build is to make besides its report."""

    sink: Sink | None = None  # without one the report holds the feed
    keeps_entries: bool = False
    archive_links: ArchiveLinks | None = None  # a table of all articles is made for them
    use: Use | None = None  # takes the entries, and nobody needs a feed
    check: Check | None = None

    @property
    def kind(self) -> bytes:
        """What makes the output another one than the feed that the options describe: links in it, or a use."""
        return self.use.kind if self.use else b"+" * (self.archive_links is not None)


class BuildContext(NamedTuple):
    """What both passes of a build share."""

    options: Options
    now: datetime
    pool: WorkerPool
    build_cache: BuildCache | None
    request: BuildRequest
    real_paths: tuple[str, ...]  # where the paths given led when it began

    @property
    def known(self) -> CachedBuild | None:
        """The result of the last build, if this one would make the same; after a use, if its output is there."""
        request = self.request
        if self.build_cache is None:
            return None
        known = self.build_cache.result(with_entries=request.keeps_entries and not request.use)
        return None if known and request.use and known.document != request.use.left() else known

    @property
    def store(self) -> CacheStore | None:
        """What remembers finished entries, if anything does."""
        return self.build_cache.index if self.build_cache else None

    @property
    def paths(self) -> Sequence[str]:
        """Where to look for dumps."""
        return paths_of(self.options)


def paths_of(options: Options) -> Sequence[str]:
    """Return where to look for dumps."""
    return options.paths or (options.folder,)
