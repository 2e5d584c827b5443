"""Assemble the contents of a list of articles: the home page, the page of a feed, that of a month."""

from collections.abc import Sequence
from typing import Final

from refeed.feeds.articles import Articles, Facet
from refeed.pages.contents import Contents, contents_of_feeds, contents_of_months, heading_of, month_link, month_name
from refeed.pages.rendering import Choice, Paging, ShownEntry, Visit
from refeed.serve.on_demand.archive import Archive
from refeed.serve.on_demand.names import NO_NAMES
from refeed.serve.published import Published
from refeed.serve.views.listing import Choices, chosen, page_of
from refeed.serve.views.pages import Listing

_QUICK: Final = 1_000  # articles whose headers are read in a moment; of more the page is shown before that is done


async def home(choices: Choices, published: Published, archive: Archive, visit: Visit) -> Listing | None:
    """Return a page of the list of all articles, or of those that pass the filters."""
    if choices.facets:
        articles: Articles | None = await archive.articles()
    else:
        articles = await archive.articles_in_a_moment() if archive.number <= _QUICK else archive.articles_so_far
    positions = chosen(choices, archive.dates, articles.members if articles else {})
    found = await _page(positions, choices, archive, visit)
    if found is None:
        return None
    listed, paging = found
    return Listing(
        heading=published.feed.title,
        here="articles",
        listed=listed,
        total=archive.number,
        paging=paging,
        number_in_feed=len(published.entries),
        chosen=choices.values,
        outlets=_choices("outlet", archive, articles, choices),
        number_of_outlets=archive.names.get("outlet", NO_NAMES).number if articles else 0,
        categories=_choices("category", archive, articles, choices),
    )


async def of_feed(folder: str, choices: Choices, archive: Archive, visit: Visit) -> Listing | None:
    """Return a page of the list of the articles of a feed; None if there is none with this folder."""
    plan = await archive.plan()
    feed = next((feed for feed in plan.feeds if feed.folder == folder), None)
    if feed is None or feed.facet is None:
        return None
    articles = await archive.articles()
    within = choices._replace(facets=tuple(facet for facet in choices.facets if facet.kind != feed.facet.kind))
    positions = chosen(within._replace(facets=(feed.facet, *within.facets)), archive.dates, articles.members)
    found = await _page(positions, within, archive, visit)
    if found is None:
        return None
    listed, paging = found
    return Listing(
        heading=heading_of(feed, archive.site),
        here="list",
        listed=listed,
        total=feed.total,
        paging=paging,
        number_in_feed=len(feed.positions),
        chosen=within.values,
        folder=feed.folder,
    )


async def of_month(path: str, choices: Choices, archive: Archive, visit: Visit) -> Listing | None:
    """Return a page of the list of the articles of a month; None if there is none with this path."""
    months = archive.months
    number = next((number for number, month in enumerate(months) if month.path == path), None)
    found = await _page(months[number].positions, choices, archive, visit) if number is not None else None
    if number is None or found is None:
        return None
    listed, paging = found
    return Listing(
        heading=month_name(months[number]),
        here="month",
        listed=listed,
        total=paging.total,
        paging=paging,
        newer=month_link(months[number + 1]) if number + 1 < len(months) else None,
        older=month_link(months[number - 1]) if number else None,
    )


async def _page(
    positions: Sequence[int], choices: Choices, archive: Archive, visit: Visit
) -> tuple[list[ShownEntry], Paging] | None:
    """Return the articles on the page that is asked for, and what leads to its neighbours; None if there is none."""
    found = page_of(positions, choices, pictures=visit.pictures)
    if found is None:
        return None
    some, paging = found
    return [*(await archive.listed(some)).values()], paging


def of_months(archive: Archive) -> Contents:
    """Return the list of all months."""
    return contents_of_months(archive.months)


async def of_feeds(archive: Archive) -> Contents:
    """Return the list of all feeds."""
    return contents_of_feeds(await archive.plan(), archive.site)


def _choices(kind: str, archive: Archive, articles: Articles | None, choices: Choices) -> Sequence[Choice]:
    """Return names of a kind, those of most articles first and the one that is chosen; none before they are known."""
    if articles is None:
        return ()
    most, name = archive.names.get(kind, NO_NAMES).most, choices.values.get(kind)
    members = articles.members.get(Facet(kind, name)) if name else None
    own = Choice(name, len(members)) if name and members else None
    return [*most, own] if own and own not in most else most
