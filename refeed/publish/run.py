"""Publish: build all entries once, plan the site, and write what differs."""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from refeed.cache.fingerprint import digest
from refeed.feeds.addresses import addresses_of
from refeed.feeds.articles import articles_of
from refeed.feeds.documents import OPML, FeedDocuments
from refeed.feeds.plan import plan_of
from refeed.feeds.site import SiteOfFeeds
from refeed.input.address import is_address
from refeed.input.ignored import PUBLISHED
from refeed.input.walk import FileId
from refeed.options import Options
from refeed.outputs import DEFAULT, load_output
from refeed.pipeline.build import build_and_use
from refeed.pipeline.build_context import Check, Use
from refeed.pipeline.first_pass.run import Progress
from refeed.pipeline.second_pass.run import SecondPass
from refeed.problems import PASSING, ConfigurationError
from refeed.publish.about_entry import AboutEntry, about_entry
from refeed.publish.entry_problems import entry_problems
from refeed.publish.fragments import Fragments
from refeed.publish.manifest import Manifest, deletions_of
from refeed.publish.names import Names
from refeed.publish.only_writer import only_writer
from refeed.publish.pages import Pages, pages_seal
from refeed.publish.sealed_files import SealedFiles
from refeed.publish.site_folder import SiteFolder
from refeed.report import Report
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.publish.on_workers import AnySite


# The settings that decide what a site is besides those that decide what its entries are.
_OF_SITES: Final = ("archive", "feeds", "limit", "max_bytes", "min_articles", "named_feeds", "pages", "site", "span")


class PublishedSite(NamedTuple):
    """The result of a run."""

    report: Report
    files: int  # documents of the site
    written: Sequence[str]  # paths below its folder, of what is new or differs
    removed: Sequence[str]


def publish(
    options: Options,
    now: datetime,
    *,
    own: frozenset[FileId] = frozenset(),
    progress: Progress | None = None,
    check: Check | None = None,
) -> PublishedSite:
    """Write the site of `options.paths` into the folder `options.site`, or into a store of objects.

    Raises RefeedError as a build does, and where something that is not refeed's is in the way.
    """
    if options.site is None:
        raise ConfigurationError("publish needs a folder to write into; give -o FOLDER")
    if options.withheld == "include":
        raise ConfigurationError("publish shows its site to others: it writes no drafts; leave out `withheld`")
    _must_hold_no_dumps(options.site, options.paths or (options.folder,))
    if is_address(options.site):
        from refeed.publish.site_objects import SiteObjects  # an extra

        with closing(SiteObjects(options.site)) as objects:
            return _published(options, now, objects, own, progress, check)
    root = Path(os.path.realpath(options.site))
    with only_writer(root, options.site):
        # What lies in the folder is no input, whoever put it there.
        return _published(options, now, SiteFolder(options.site), own | {_id_of(root)}, progress, check)


def manifest_of(options: Options) -> str | None:
    """Name the file that a run leaves in the folder of a site; None for a store of objects."""
    site = options.site
    return None if site is None or is_address(site) else os.path.join(site, PUBLISHED)


def _id_of(folder: Path) -> FileId:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _published(
    options: Options,
    now: datetime,
    folder: "AnySite",
    own: frozenset[FileId],
    progress: Progress | None,
    check: Check | None,
) -> PublishedSite:
    def write(second: SecondPass, built: Options, report: Report) -> bool:
        stated = replace(built, limit=options.limit, span=options.span, max_bytes=options.max_bytes)
        _write_site(second, stated, now, folder, is_whole=PASSING.isdisjoint(one.code for one in report.left_out))
        return bool(folder.written or folder.removed)

    def left() -> bytes:
        # Withdrawn entries are announced for some time only.
        told = deletions_of(folder.manifest, folder.manifest.entries, now)
        return folder.state() + repr(told).encode()

    root = addresses_of(options).root
    entry_pages = f"{root}entry/{{}}.html" if root and options.pages == "full" else None
    everything = replace(options, limit=0, span=None, max_bytes=0)
    whole = replace(everything, output=None, format=DEFAULT, entry_pages=entry_pages)
    kind = digest(options, _OF_SITES) + pages_seal()
    report = build_and_use(whole, now, Use(write, kind, left, about_entry), own=own, progress=progress, check=check)
    return PublishedSite(report, len(folder.manifest.files.paths), tuple(folder.written), tuple(folder.removed))


def _must_hold_no_dumps(site: str, paths: Iterable[str]) -> None:
    """Refuse to mix a site with what it is made of: nothing in the folder of a site is ever read."""
    real = Path(os.path.realpath(site))
    for path in paths:
        is_in_site = (
            f"{path}/".startswith(f"{site.rstrip('/')}/")
            if is_address(site)
            else Path(os.path.realpath(path)).is_relative_to(real)
        )
        if is_in_site:
            raise ConfigurationError(f"{site}: holds what is to be published ({path}); name a folder of its own")


def _write_site(second: SecondPass, options: Options, now: datetime, folder: "AnySite", *, is_whole: bool) -> None:
    """Write what differs, and remove what has gone; what may lie in a file that could not be read is not withdrawn."""
    entries = Names(origin.id for origin in second.origins)
    if not is_whole:
        entries = Names(chain(entries, folder.manifest.entries.without(entries)))
    deletions = deletions_of(folder.manifest, entries, now)
    site = SiteOfFeeds(options, options.paths or (options.folder,), addresses_of(options), deletions)
    far = second.made.far
    abouts = cast("list[AboutEntry]", far.abouts) if far else None
    articles, details = articles_of(second, options, [about.facets for about in abouts] if abouts is not None else None)
    plan = plan_of(articles, options, _size_of_head(site))
    problems = entry_problems(second.findings, second.origins)
    parts = [about.parts for about in abouts] if abouts is not None else None
    pages = Pages(second, plan, site, folder.manifest.files, problems, parts) if options.pages != "none" else None
    feeds = FeedDocuments(plan, site)
    files = SealedFiles(chain(feeds, (OPML,), pages.paths() if pages else ()))
    folder.begin(Manifest(files=files, entries=entries, deletions=deletions))
    if far and parts is not None:
        from refeed.publish.on_workers import FarSite  # only with a cluster

        FarSite(far, second, plan, problems, parts, folder).write(site, pages, feeds)
    else:
        with closing(Fragments(second, details, options)) as fragments:
            _write_here(folder, pages, feeds, fragments)
    folder.finish()


def _write_here(folder: "AnySite", pages: Pages | None, feeds: FeedDocuments, fragments: Fragments) -> None:
    for document in pages.documents() if pages else ():
        folder.write(*document)
    for path in feeds.older:
        folder.write(path, partial(feeds[path].write, fragments))
    folder.write(OPML, feeds.write_opml)
    folder.remove_others()
    # It comes last: what it leads to is there by now, and what is withdrawn is gone.
    for path in feeds.newest:
        folder.write(path, partial(feeds[path].write, fragments))


def _size_of_head(site: SiteOfFeeds) -> int:
    """Count the bytes of a feed without entries."""
    empty = BytesIO()
    load_output(DEFAULT).write(site.feed, (), empty)
    return len(empty.getvalue())
