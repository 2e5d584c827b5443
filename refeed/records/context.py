"""What a run knows besides the file: its settings, its present, and what the user says about a site."""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from refeed.addresses.snapshots import publisher
from refeed.dates import Hints
from refeed.input.discover import prefix_of
from refeed.model import SourceFile
from refeed.options import MAX_AHEAD, Options, SiteOptions, site_options
from refeed.site import Site, Sites
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.work_tree import WorkTree

NO_SITE: Final = SiteOptions()
# Of a path that is given, and of the folders above it, no other name counts: whole archives are kept in `private`.
_DRAFTS: Final = late_pattern(r"/_drafts?/", re.IGNORECASE)


class Context(NamedTuple):
    """What a run knows beside the file: its settings, its present, how dates without more are read, the sites."""

    options: Options
    now: datetime
    hints: Hints
    sites: Sites
    of_sites: Mapping[tuple[str, str], Hints]  # how dates are read by the time zone of a site, and its generator
    pages: tuple[str, ...]  # what the paths of files begin with that are pages of their sites, not posts
    work_trees: Mapping[str, WorkTree]  # by what the paths of their files begin with; only where they are needed
    is_plain: bool  # nothing is known of any source, nor of a site around it
    drafts: frozenset[str]  # files that were given, or what the paths below a given folder begin with: all are drafts
    share: int | None = None  # bytes that a file read in this process may have, while others read some, too

    def is_given_as_draft(self, source: SourceFile) -> bool:
        """Return whether the path that a file was found by leads to drafts, whatever the file is called below it."""
        return source.path in self.drafts or source.path[: len(source.path) - len(source.name)] in self.drafts


def context_for(options: Options, now: datetime) -> Context:
    """Return what every record will be read with."""
    hints = _hints_for(NO_SITE, now)
    said = {(site.timezone, site.order) for site in options.sites} - {("", "")}
    of_sites = {one: _as_its_site_says(hints, *one) for one in said}
    pages = tuple(prefix for site in options.sites for prefix in site.page_prefixes())
    work_trees = {tree.below: tree for tree in options.work_trees}
    drafts = _drafts(options.paths or (options.folder,))
    is_plain = not options.sources and not options.sites
    return Context(
        options=options,
        now=now,
        hints=hints,
        sites=Sites(options.sites),
        of_sites=of_sites,
        pages=pages,
        work_trees=work_trees,
        is_plain=is_plain,
        drafts=drafts,
    )


def _hints_for(site: SiteOptions, now: datetime) -> Hints:
    """Return how the dates of a source are to be read."""
    return Hints(
        zone=site.timezone or "UTC",
        zone_known=site.timezone is not None,
        day_first=site.day_first,
        abbreviations=site.abbreviations or {},
        latest=now + MAX_AHEAD,
    )


def _drafts(paths: Iterable[str]) -> frozenset[str]:
    """Return which of the paths that were given are, or lead to, drafts, as files and as folders."""
    drafts = [path for path in paths if _DRAFTS.search(f"{os.path.realpath(path)}/")]
    return frozenset([*drafts, *map(prefix_of, drafts)])


def site_options_for(source: SourceFile, url: str | None, context: Context) -> SiteOptions:
    """Return what the user knows of this file or of its article's host; the address is one that opens."""
    if not context.options.sources:
        return NO_SITE
    return site_options(context.options, source.name, publisher(url) if url else None)


def hints_of(stated: SiteOptions, source: SourceFile, context: Context) -> Hints:
    """Return how the dates of a file are to be read: the user's word, else that of the site around it."""
    hints = context.hints if stated is NO_SITE else _hints_for(stated, context.now)
    site = context.sites.around(source.path) if context.of_sites and not stated.timezone else None
    if site is None or not (site.timezone or site.order):
        return hints
    said = (site.timezone, site.order)
    return context.of_sites[said] if stated is NO_SITE else _as_its_site_says(hints, *said)


def _as_its_site_says(hints: Hints, zone: str, order: str) -> Hints:
    in_zone = hints._replace(zone=zone, zone_known=True) if zone else hints
    is_stated = order in {"day", "month"} and hints.day_first is None
    day_first = order == "day" if is_stated else hints.day_first
    return in_zone._replace(by_mark=order == "mark", day_first=day_first)


def site_of(stated: SiteOptions, source: SourceFile, context: Context) -> Site | None:
    """Return the site that a file belongs to; what the user says of it counts more than what was found."""
    site = context.sites.around(source.path)
    if stated.site is None and stated.permalink is None:
        return site
    site = site or Site(below=source.path[: len(source.path) - len(source.name)])
    address = stated.site.rstrip("/") + "/" if stated.site else site.address
    permalinks = (("", stated.permalink),) if stated.permalink else site.permalinks
    return site._replace(address=address, permalinks=permalinks)
