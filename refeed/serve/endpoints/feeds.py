"""The endpoints for readers of feeds: the feed in every format, those of outlets and so on, and the archive."""

import asyncio
from functools import partial
from io import BytesIO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from refeed.feeds.documents import OPML, FeedDocuments
from refeed.outputs import load_output
from refeed.pages.rendering import Visit
from refeed.serve.endpoints.answers import QUALITY, Answers, Shown
from refeed.serve.http.codings import make_variants
from refeed.serve.http.conditions import Resource
from refeed.serve.http.headers import feed_headers, list_headers
from refeed.serve.http.middleware import Sent
from refeed.serve.on_demand.other_formats import address_of, written_as

_DOCUMENTS_AT_ONCE = 2  # each may hold as many bytes as a feed


class FeedEndpoints:
    """Answers readers."""

    def __init__(self, answers: Answers) -> None:
        """Take what all endpoints have in common."""
        self._answers = answers
        self._documents = asyncio.Semaphore(_DOCUMENTS_AT_ONCE)

    async def feed(self, request: Request) -> Response:
        """Answer with the feed of the newest articles, which is always there."""
        shown = self._answers.shown()
        if shown is None:
            return Sent(self._answers.nothing_yet(self._answers.visit(request)))
        return Sent(shown.feed.answer(request.headers.raw))

    async def other_format(self, name: str, request: Request) -> Response:
        """Answer with that feed in another format."""
        return await self._answers.made(request, partial(self._make_other, name))

    async def document(self, request: Request) -> Response:
        """Answer with any other feed, or a document of the archive."""
        path = request.scope["path"].removeprefix("/")
        return await self._answers.made(request, partial(self._make_document, path))

    async def opml(self, request: Request) -> Response:
        """Answer with the list of all feeds, by the addresses that this visitor sees."""
        visit = self._answers.visit(request)
        make = partial(self._make_list, visit)
        return await self._answers.made(request, make, visit=visit)

    async def _make_other(self, name: str, shown: Shown) -> Resource:
        output = load_output(name)
        document = await run_in_threadpool(written_as, output, shown.published)
        variants = await run_in_threadpool(make_variants, document, quality=QUALITY)
        addresses = self._answers.addresses
        address = address_of(output, addresses.feed_url)
        return Resource(variants, feed_headers(address, addresses.root, output.media_type), shown.modified)

    async def _make_document(self, path: str, shown: Shown) -> Resource | None:
        async with self._documents:
            found = await shown.archive.document(path)
        if found is None:
            return None
        document, output = found
        variants = await run_in_threadpool(make_variants, document, quality=QUALITY)
        own, root = shown.archive.site.addresses.own(path), self._answers.addresses.root
        folder, _, name = path.rpartition("/")
        page = quote(f"{folder}/{name.removesuffix('.xml')}.html" if folder.startswith("archive/") else f"{folder}/")
        return Resource(variants, feed_headers(own, root + page, output.media_type))

    async def _make_list(self, visit: Visit, shown: Shown) -> Resource:
        plan = await shown.archive.plan()
        site = shown.archive.site_as_seen_from(visit.feed_url)
        out = BytesIO()
        await run_in_threadpool(FeedDocuments(plan, site).write_opml, out)
        return Resource(make_variants(out.getvalue(), quality=QUALITY), list_headers(OPML))
