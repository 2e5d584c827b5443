"""Show search results with what they have in common, and a page to browse the whole archive."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from html import escape
from typing import Final
from urllib.parse import urlencode

from refeed.model import Entry
from refeed.pages.chart import MOST as MOST_COLUMNS
from refeed.pages.chart import Chart, chart_of
from refeed.pages.rendering import ShownEntry, Visit, markup
from refeed.records.rows import key_mark
from refeed.search.catalogue import STATED
from refeed.search.excerpts import Piece, excerpt, marked, text_of
from refeed.search.find import NOTHING, Finder, Found
from refeed.search.query import LONGEST, Query
from refeed.search.reader import NotReadyError, TooSlowError
from refeed.serve.published import Published
from refeed.serve.views.pages import page
from refeed.serve.views.search_request import PER_PAGE, SearchRequest
from refeed.startup.named_tuple import NamedTuple
from refeed.urls import entry_key

_FEW: Final = 12  # names of a kind that are listed beside results
_MOST: Final = 300  # on the page to browse
_SERIES: Final = 5  # outlets in a chart, the largest; the others are one more
_TITLES: Final[Mapping[str, str]] = {
    "year": "Years",
    "month": "Months",
    "day": "Days",
    "outlet": "Outlets",
    "category": "Categories",
    "author": "Authors",
}
_DATES: Final = ("year", "month", "day")
_PERIODS: Final = ("year", "month")  # that have charts of their own
_BROWSED: Final = ("month", *STATED)
_NONE: Final[Mapping[str, int]] = {}
_READING: Final = "The articles are still being read. Search again in a moment."


class _Link(NamedTuple):
    """A name that articles can be chosen by."""

    name: str
    number: int  # of articles
    address: str


class _Facet(NamedTuple):
    """The names of one kind."""

    title: str
    links: list[_Link]
    left_out: int  # names


class _Hit(NamedTuple):
    """How an article that was found is shown: safe HTML."""

    title: str
    excerpt: str


def render_search(request: SearchRequest, finder: Finder | None, published: Published, visit: Visit) -> bytes | None:
    """Show one page of the articles that a search found; None if there are fewer pages."""
    query, address = request.question.query, _address_in(visit)
    found, problem = _found(request, finder)
    if request.page > 1 and not problem and not request.slice_of(found.numbers):
        return None
    entries = finder.entries(request.slice_of(found.numbers)) if finder else []
    listed = [ShownEntry(entry_key(entry.id), entry, "", 0) for entry in entries]
    last = -(-len(found.numbers) // PER_PAGE)
    return page(
        "search.html",
        published,
        visit,
        request=request,
        problem=problem,
        read=LONGEST if query.is_cut else None,
        total=len(found.numbers),
        searchable=finder,
        listed=listed,
        hits={shown.key: _hit(shown.entry, query) for shown in listed},
        pictured=any(entry.image for entry in entries),
        chosen=[_Link(name, 0, address(request.choosing(kind, None))) for kind, name in request.chosen.items()],
        facets=[*_facets(_kinds(request, found), request, found, address, _FEW)],
        switched=_address_in(visit._replace(pictures=not visit.pictures))(request),
        other_order=address(request._replace(by_rank=not request.by_rank, page=1)),
        pages=[
            (word, address(request._replace(page=number)))
            for word, number in _neighbours(request)
            if 0 < number <= last
        ],
        feed_address=f"{visit.root}search.xml?{request.feed_query}",
    )


def _found(request: SearchRequest, finder: Finder | None) -> tuple[Found, str]:
    """Return what was found, and why that is nothing, if it is not because nothing fits."""
    question, reason = request.question, ""
    if finder is None:
        reason = _READING
    elif request.is_wordless:
        reason = "There is nothing to search for: the query has no letters or digits."
    else:
        try:
            return finder.find(question), ""
        except TooSlowError:
            reason = "That took too long. Longer words are found more quickly."
        except NotReadyError:
            reason = _READING
    return NOTHING, reason


def render_browse(request: SearchRequest, finder: Finder | None, published: Published, visit: Visit) -> bytes:
    """Show what there is, or what there is of a year or month: dates, outlets, categories, authors, and charts."""
    period = next((one for one in (request.chosen.get("month"), request.chosen.get("year")) if one), None)
    request = SearchRequest("", {kind: name for kind, name in request.chosen.items() if kind in _PERIODS})
    found = finder.find(request.question) if finder else None
    kinds = _kinds(request, found) if found and period else _BROWSED
    facets = [*_facets(kinds, request, found, _address_in(visit), _MOST)] if found else []
    charts = [*_charts(finder, request, published)] if finder else []
    return page(
        "browse.html",
        published,
        visit,
        searchable=finder,
        period=period,
        total=len(found.numbers) if found else 0,
        facets=facets,
        charts=charts,
        covered=_covered(published),
        address_of=partial(_address_of_row, visit),
        listed=_address_in(visit)(request),
    )


def _charts(finder: Finder, request: SearchRequest, published: Published) -> Iterator[Chart]:
    """Yield what becomes of articles and problems in time, and where that is too long the same of the newest days."""
    catalogue = finder.catalogue
    positions = catalogue.having(request.chosen, finder.positions())
    marks = {key_mark(key) for key in published.entries.positions}
    covered = catalogue.marked(marks, positions)
    daily = catalogue.daily("outlet", positions)
    articles = {(day, name or "(no outlet)"): number for (day, name), number in daily.items()}
    found = catalogue.problems_by_day(positions)
    # On the days of the articles, so that the two can be compared.
    problems = {(day, "Problems"): found[day] for day, _ in daily} if found else {}
    for title, counts, shown in (("Articles", articles, covered), ("Problems of articles", problems, _NONE)):
        if not counts:
            continue
        chart = chart_of(title, counts, _SERIES, shown)
        yield chart
        newest = _newest_days(counts)
        if chart.unit != "Day" and any(newest.values()):
            yield chart_of(f"{title} of the newest {MOST_COLUMNS} days", newest, _SERIES, shown)


def _newest_days(counts: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Return the counts of as many days as a chart shows one by one."""
    last = date.fromisoformat(max(day for day, _ in counts))
    first = date.fromordinal(max(last.toordinal() - MOST_COLUMNS + 1, 1)).isoformat()
    return {key: number for key, number in counts.items() if key[0] >= first}


def _covered(published: Published) -> tuple[datetime, datetime] | None:
    """Return the dates of the oldest and of the newest article in the feed."""
    dates = [shown.entry.published or shown.entry.updated for shown in published.entries]
    return (min(dates), max(dates)) if dates else None


def _address_of_row(visit: Visit, name: str) -> str:
    """Return where a row of a chart leads: a year and a month to their own charts, a day to its articles."""
    kind = _DATES[name.count("-")]
    request = SearchRequest("", {kind: name})
    return _address_in(visit, "search" if kind == "day" else "browse")(request)


def _hit(entry: Entry, query: Query) -> _Hit:
    """Mark what was looked for; without words an article is shown as in other lists."""
    found = excerpt(text_of(entry.content), query) if query else ()
    return _Hit(_html(marked(entry.title, query)), _html(found or marked(entry.summary, query)))


def _html(pieces: Iterable[Piece]) -> str:
    written = (f"<mark>{escape(piece.text)}</mark>" if piece.is_found else escape(piece.text) for piece in pieces)
    return markup("".join(written))


def _kinds(request: SearchRequest, found: Found) -> Iterator[str]:
    """Yield what tells these articles apart: of dates years, or the months of one year, or the days of one month."""
    dates = next((kind for kind in _DATES if len(found.counts[kind]) > 1), None)
    yield from (kind for kind in (dates, *STATED) if kind and kind not in request.chosen)


def _facets(
    kinds: Iterable[str], request: SearchRequest, found: Found, address: Callable[[SearchRequest], str], most: int
) -> Iterator[_Facet]:
    """Yield the names of these kinds: the newest dates first, of other names those with most articles."""
    for kind in kinds:
        counts = found.counts[kind]
        names = sorted(counts, reverse=True)
        if kind not in _DATES:
            names = sorted(counts, key=lambda name: (-counts[name], name))
        links = [_Link(name, counts[name], address(request.choosing(kind, name))) for name in names[:most]]
        if links:
            yield _Facet(_TITLES[kind], links, len(names) - len(links))


def _address_in(visit: Visit, place: str = "search") -> Callable[[SearchRequest], str]:
    """Return what gives the addresses of searches in a visit; pictures stay off where they are."""
    kept = {} if visit.pictures else {"pictures": "off"}

    def address(request: SearchRequest) -> str:
        query = urlencode({**request.parameters(), **kept})
        return f"{visit.root}{place}{'?' if query else ''}{query}"

    return address


def _neighbours(request: SearchRequest) -> tuple[tuple[str, int], tuple[str, int]]:
    """Return what the pages beside this one are called, and their numbers."""
    before, after = ("Previous", "Next") if request.by_rank else ("Newer", "Older")
    return (before, request.page - 1), (after, request.page + 1)
