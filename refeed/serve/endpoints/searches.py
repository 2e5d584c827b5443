"""The endpoints of the search over all articles."""

from starlette.requests import Request
from starlette.responses import Response

from refeed.serve.endpoints.answers import Answers
from refeed.serve.endpoints.search_answers import Searches
from refeed.serve.http.conditions import plain
from refeed.serve.http.middleware import Sent


class SearchEndpoints:
    """Answers who looks for something."""

    def __init__(self, answers: Answers, searches: Searches) -> None:
        """Take what all endpoints have in common, and what finds articles."""
        self._answers, self._searches = answers, searches

    async def page(self, request: Request) -> Response:
        """Answer with the page of a search."""
        shown, visit = self._answers.shown(), self._answers.visit(request)
        if shown is None:
            return Sent(self._answers.nothing_yet(visit))
        page = await self._searches.page(request.query_params, shown.published, visit)
        return Sent(page.answer(request.headers.raw) if page else self._answers.not_found())

    async def browse(self, request: Request) -> Response:
        """Answer with the page of the whole archive."""
        shown, visit = self._answers.shown(), self._answers.visit(request)
        if shown is None:
            return Sent(self._answers.nothing_yet(visit))
        page = await self._searches.browse(request.query_params, shown.published, visit)
        return Sent(page.answer(request.headers.raw))

    async def feed(self, name: str, request: Request) -> Response:
        """Answer with a search as a feed."""
        shown = self._answers.shown()
        if shown is None:
            return Sent(self._answers.nothing_yet(self._answers.visit(request)))
        root = self._answers.addresses.root
        feed = await self._searches.feed(name, request.query_params, shown.published, root)
        if feed is None:
            return Sent(
                plain(503, "This search cannot be answered now. Ask again in a moment.", [("retry-after", "5")])
            )
        return Sent(feed.answer(request.headers.raw))
