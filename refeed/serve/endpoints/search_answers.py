"""Answer searches a few at a time, so that any number of them leaves the processor to readers of the feed."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar
from urllib.parse import urljoin

from starlette.concurrency import run_in_threadpool

from refeed.outputs import Output, load_output
from refeed.pages.rendering import Visit
from refeed.pipeline.entries.link import with_link
from refeed.pipeline.feed_metadata import id_by_name
from refeed.search.find import NOTHING, Finder
from refeed.search.reader import NotReadyError, TooSlowError
from refeed.serve.http.codings import make_variants
from refeed.serve.http.conditions import Resource
from refeed.serve.http.headers import feed_headers, page_headers
from refeed.serve.published import Published
from refeed.serve.views.search_pages import render_browse, render_search
from refeed.serve.views.search_request import SearchRequest, feed_request, search_request

if TYPE_CHECKING:
    from refeed.pipeline.first_pass.article_table import ArticleTable

P = ParamSpec("P")
R = TypeVar("R")

_AT_ONCE: Final = 2
_MOST_BROWSED: Final = 32  # pages that are kept as long as nothing changes
_QUALITY: Final = 4  # of the codings, which are made while somebody waits and used once


class Searches:
    """Makes the answers. Those of searches are not kept, because hardly any is asked for twice."""

    def __init__(self, finder: Callable[[], Finder | None]) -> None:
        """Take what returns the finder of this moment."""
        self._finder = finder
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._last: tuple[Finder, ArticleTable, Finder] | None = None
        self._browsed = dict[tuple[Visit, str | None, str | None], Resource]()
        self._browsed_of: tuple[Finder | None, Published] | None = None

    async def page(self, parameters: Mapping[str, str], published: Published, visit: Visit) -> Resource | None:
        """Return one page of a search; None if there are fewer pages."""
        return await self._made(self._page_of_search, search_request(parameters), published, visit)

    async def browse(self, parameters: Mapping[str, str], published: Published, visit: Visit) -> Resource:
        """Return the page of the whole archive, or of one of its years or months: all articles are counted for it."""
        request = search_request(parameters)
        key, state = (visit, request.chosen.get("month"), request.chosen.get("year")), (self._finder(), published)
        of = self._browsed_of
        is_new = of is None or of[0] is not state[0] or of[1] is not state[1]
        if is_new or len(self._browsed) >= _MOST_BROWSED:
            self._browsed.clear()
            self._browsed_of = state
        if key not in self._browsed:
            self._browsed[key] = await self._made(self._page_to_browse, request, published, visit)
        return self._browsed[key]

    async def feed(self, name: str, parameters: Mapping[str, str], published: Published, root: str) -> Resource | None:
        """Return a search as a feed; None as long as it cannot be answered."""
        return await self._made(self._feed, load_output(name), feed_request(parameters), published, root)

    async def _made(self, make: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        async with self._slots:
            return await run_in_threadpool(make, *arguments, **named)

    def _shown(self, published: Published) -> Finder | None:
        """Return a finder of articles that a build has: what it withdrew is hidden even before the index is updated."""
        finder, table = self._finder(), published.table
        if finder is None:
            return None
        last = self._last
        if last is None or last[0] is not finder or last[1] is not table:
            last = self._last = finder, table, finder.showing(table.marks)
        return last[2]

    def _page_of_search(self, request: SearchRequest, published: Published, visit: Visit) -> Resource | None:
        page = render_search(request, self._shown(published), published, visit)
        return None if page is None else _resource(page, visit)

    def _page_to_browse(self, request: SearchRequest, published: Published, visit: Visit) -> Resource:
        return _resource(render_browse(request, self._shown(published), published, visit), visit)

    def _feed(self, output: Output, request: SearchRequest, published: Published, root: str) -> Resource | None:
        finder = self._shown(published)
        if finder is None:
            return None
        try:
            document, address = _written(output, request, finder, published)
        except (NotReadyError, TooSlowError):
            return None
        return Resource(make_variants(document, quality=_QUALITY), feed_headers(address, root, output.media_type))


def _resource(page: bytes, visit: Visit) -> Resource:
    return Resource(make_variants(page, quality=_QUALITY), page_headers(visit))


def _written(output: Output, request: SearchRequest, finder: Finder, published: Published) -> tuple[bytes, str | None]:
    """Return the newest articles that fit as a document, and its address if it is known."""
    newest = request._replace(by_rank=False, page=1)
    found = NOTHING if request.is_wordless else finder.find(newest.question)
    entries = finder.entries(newest.slice_of(found.numbers))
    feed, query = published.feed, request.feed_query
    address = urljoin(feed.self_url, f"search{output.suffix}?{query}") if feed.self_url else None
    own = replace(
        feed,
        id=id_by_name(f"{feed.id} search {query}"),
        title=f"{', '.join(filter(None, (request.typed, *request.chosen.values())))} – {feed.title}",
        updated=max((entry.updated for entry in entries), default=feed.updated),
        self_url=address,
        site_url=urljoin(feed.self_url, f"search?{query}") if feed.self_url else feed.site_url,
        links=(),
        deletions=(),
    )
    document = BytesIO()
    output.write(own, (output.entry(with_link(entry, published.options)) for entry in entries), document)
    return document.getvalue(), address
