"""Compare a feed with the one that a build would write in its place."""

from datetime import datetime

from refeed.comparison.compare import compare
from refeed.comparison.places import FeedChanges
from refeed.comparison.published import published_in, read_published
from refeed.input.walk import FileId
from refeed.model import Document, SourceFile
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.pipeline.output.destination import own_files


def compare_with_build(feed: str, options: Options, now: datetime, own: frozenset[FileId]) -> FeedChanges:
    """Return what a subscriber of the feed sees when a build with these options replaces it."""
    old = read_published(feed)
    report = build(options, now, own=own | own_files(feed))
    new = published_in(Document(SourceFile("the new feed", "feed"), report.feed, is_utf8=True))
    return FeedChanges("", tuple(compare(old, new, is_cut=report.totals.beyond_limit > 0)))
