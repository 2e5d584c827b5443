"""Read the feeds of two places, files or folders of `refeed publish`, and compare each with its counterpart."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from refeed.comparison.changes import Change
from refeed.comparison.compare import compare
from refeed.comparison.published import PublishedFeed, read_published
from refeed.problems import ConfigurationError
from refeed.startup.named_tuple import NamedTuple

# What a published feed is called; the first one that is there is compared, because all hold the same entries.
_NAMES: Final = ("feed.xml", "feed.rss", "feed.json")
_ARCHIVE: Final = "archive"  # beside a feed: documents that hold all of its entries (RFC 5005, 4)

Feeds = Mapping[str, PublishedFeed]
"""The feeds of a place by their folders in it; a file is one without a folder."""


class FeedChanges(NamedTuple):
    """What became of one feed."""

    folder: str  # below the place; "" for its own feed
    changes: tuple[Change, ...] = ()
    status: str = ""  # "new" or "gone", if only one of the two places has it

    @property
    def is_harmful(self) -> bool:
        """Whether an article would show twice, or an old one as news."""
        return any(change.harm for change in self.changes)


def compare_places(old: str, new: str) -> list[FeedChanges]:
    """Return what became of every feed; if one place is a file, only the other one's own feed is compared with it."""
    before, after = _feeds_at(old), _feeds_at(new)
    if not (Path(old).is_dir() and Path(new).is_dir()):
        before, after = {"": before[""]}, {"": after[""]}
    return [*_each(before, after)]


def _each(before: Feeds, after: Feeds) -> Iterator[FeedChanges]:
    for folder in sorted(before.keys() | after.keys()):
        if folder not in after:
            yield FeedChanges(folder, status="gone")
        elif folder not in before:
            yield FeedChanges(folder, status="new")
        else:
            yield FeedChanges(folder, tuple(compare(before[folder], after[folder])))


def _feeds_at(place: str) -> Feeds:
    root = Path(place)
    if not root.is_dir():
        return {"": read_published(place)}
    folders = {found.parent for name in _NAMES for found in root.rglob(name)}
    if root not in folders:
        names = ", ".join(_NAMES)
        raise ConfigurationError(
            f"{place}: holds no feed ({names}); for a folder of dumps: refeed check --against FEED"
        )
    found = {folder.relative_to(root).as_posix() if folder != root else "": _feed_in(folder) for folder in folders}
    withdrawn = found[""].withdrawn  # only the newest feed of a site says it
    return {folder: feed._replace(withdrawn=feed.withdrawn | withdrawn) for folder, feed in found.items()}


def _feed_in(folder: Path) -> PublishedFeed:
    feed = read_published(str(next(folder / name for name in _NAMES if (folder / name).is_file())))
    archives = sorted((folder / _ARCHIVE).rglob("*.xml"))
    ids = {entry.id for path in archives for entry in read_published(str(path)).entries}
    return feed._replace(archived=frozenset(ids))
