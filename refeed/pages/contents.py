"""Lists of pages: of the months of an archive, and of its feeds by what their articles have in common."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from refeed.feeds.plan import ArchivePlan, FeedPlan, Plan
from refeed.feeds.site import SiteOfFeeds
from refeed.pages.rendering import Paging
from refeed.startup.named_tuple import NamedTuple

MONTHS: Final = "archive/index.html"
FEEDS: Final = "feeds.html"
PER_PAGE: Final = 100
"""Articles on a page of a month in a published site."""

_KINDS: Final[Mapping[str, str]] = {
    "author": "Authors",
    "category": "Categories",
    "feeds": "Chosen",
    "language": "Languages",
    "outlet": "Outlets",
}


class PageLink(NamedTuple):
    """A page that another one leads to."""

    path: str
    name: str
    number: int  # of its articles


class MonthPage(NamedTuple):
    """A page of the list of the articles of a month."""

    path: str
    heading: str
    paging: Paging
    newer: PageLink | None  # another month
    older: PageLink | None

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {name: value for name, value in self._asdict().items() if name != "path"}


class Section(NamedTuple):
    """Some of them, under a heading."""

    title: str
    links: Sequence[PageLink]


class Contents(NamedTuple):
    """What such a page shows."""

    here: str  # its own path
    heading: str
    words: str
    sections: Sequence[Section]


def contents_of_months(months: Sequence[ArchivePlan]) -> Contents:
    """Return the list of all months by their years, the newest first."""
    links = [*map(month_link, reversed(months))]
    sections = [Section(year, [*group]) for year, group in groupby(links, key=lambda link: link.name[:4])]
    return Contents(MONTHS, "Months", "", sections)


def contents_of_feeds(plan: Plan, site: SiteOfFeeds) -> Contents:
    """Return the list of all feeds by what their articles have in common."""
    whole = site.feed.title
    sections = [Section("All", [PageLink("index.html", whole, plan.feeds[0].total)])]
    for kind, group in groupby(plan.feeds[1:], key=lambda feed: feed.facet.kind if feed.facet else ""):
        links = [PageLink(page_of_feed(feed), heading_of(feed, site), feed.total) for feed in group]
        sections.append(Section(_KINDS[kind], links))
    return Contents(FEEDS, "Feeds", "Each page has an address to subscribe to.", sections)


def heading_of(plan: FeedPlan, site: SiteOfFeeds) -> str:
    """Return the heading of the page of a feed: its title without that of the whole."""
    whole = site.title(None)
    return site.title(plan.facet).removesuffix(f" – {whole}") if plan.facet else whole


def page_of_feed(plan: FeedPlan) -> str:
    """Return the path of the page of a feed."""
    return f"{plan.folder}index.html"


def _page_of_month(month: ArchivePlan) -> str:
    """Return the path of the page of a month."""
    return month.path.removesuffix(".xml") + ".html"


def pages_of_month(month: ArchivePlan) -> list[str]:
    """Return the paths of the pages of a month that a published site has: none lists too many articles."""
    first = _page_of_month(month)
    total = -(-len(month.positions) // PER_PAGE)
    return [first, *(f"{first.removesuffix('.html')}/{number}.html" for number in range(2, total + 1))]


def month_page(months: Sequence[ArchivePlan], number: int, part: int) -> MonthPage:
    """Return a page of a month in a published site; its parts are counted from 0."""
    month, first = months[number], part * PER_PAGE
    paths, total = pages_of_month(month), len(month.positions)
    root = "../" * paths[part].count("/")
    newer, older = (root + paths[beside] if 0 <= beside < len(paths) else None for beside in (part - 1, part + 1))
    return MonthPage(
        paths[part],
        month_name(month),
        Paging(first + 1, min(first + PER_PAGE, total), total, newer, older),
        month_link(months[number + 1]) if number + 1 < len(months) else None,
        month_link(months[number - 1]) if number else None,
    )


def month_name(month: ArchivePlan) -> str:
    """Return the name of a month: 2022-10, or 2022-10, part 2."""
    year, _, rest = month.path.removeprefix("archive/").removesuffix(".xml").partition("/")
    number, _, part = rest.partition("-")
    return f"{year}-{number}, part {part}" if part else f"{year}-{number}"


def month_link(month: ArchivePlan) -> PageLink:
    """Return a link to the page of a month."""
    return PageLink(_page_of_month(month), month_name(month), len(month.positions))
