"""Answer requests for the current build: a request sees one build only, and each thing is made once."""

from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from inspect import iscoroutinefunction
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from refeed.pages.rendering import Visit
from refeed.search.find import Finder
from refeed.serve.builder import Builder
from refeed.serve.http.addresses import Addresses
from refeed.serve.http.codings import make_variants
from refeed.serve.http.conditions import Answer, Resource
from refeed.serve.http.headers import feed_headers, page_headers
from refeed.serve.http.middleware import Sent, is_forwarded
from refeed.serve.on_demand.archive import Archive, NotYetError
from refeed.serve.on_demand.entries import OnDemand
from refeed.serve.on_demand.resource_cache import ResourceCache
from refeed.serve.published import Published
from refeed.serve.views.messages import failed_at_first, for_its_owner, not_found, not_yet, still_reading
from refeed.startup.named_tuple import NamedTuple

QUALITY: Final = 5
"""Of the codings of what is made while somebody waits."""


class Shown(NamedTuple):
    """What is served at this moment, and what was made of it."""

    published: Published
    archive: Archive
    modified: datetime | None
    feed: Resource
    resources: ResourceCache


Render = Callable[[Shown, Visit], bytes | None] | Callable[[Shown, Visit], Awaitable[bytes | None]]
"""Makes a page; None if there is none."""

Make = Callable[[Shown], Coroutine[None, None, Resource | None]]
"""Makes something that is served; None if there is nothing."""


class Answers:
    """What all endpoints have in common."""

    def __init__(
        self,
        builder: Builder,
        addresses: Addresses,
        on_demand: OnDemand,
        finder: Callable[[], Finder | None] = lambda: None,
    ) -> None:
        """Take what is built, where it is served, and what finds articles."""
        self.addresses, self.builder = addresses, builder
        self._on_demand, self._finder = on_demand, finder
        self._shown: Shown | None = None

    def shown(self) -> Shown | None:
        """Return what is served at this moment; a request looks once, so that it never sees two builds."""
        published = self.builder.published
        if published is None:
            return None
        if self._shown is None or self._shown.published is not published:
            # Where the clock was set back, the time of the change is still to come: it is not sent then.
            past = published.last_modified <= datetime.now(UTC)
            modified = published.last_modified if past else None
            feed = Resource(published.variants, feed_headers(self.addresses.feed_url, self.addresses.root), modified)
            self._shown = Shown(published, self._archive(published), modified, feed, ResourceCache())
        return self._shown

    async def page(self, request: Request, render: Render, *, variant: str = "") -> Response:
        """Answer with a page; `variant` is what it depends on beside its path and the visit."""
        shown, visit = self.shown(), self.visit(request)
        if shown is None:
            return Sent(self.nothing_yet(visit))
        path = request.scope["path"] + variant  # request.url may hold what the Host header says
        return await self._made(request, path, visit, partial(_make_page, render, shown, visit), shown)

    async def made(self, request: Request, make: Make, *, visit: Visit | None = None) -> Response:
        """Answer with something that no page is; what is the same for all visits needs none."""
        shown = self.shown()
        if shown is None:
            return Sent(self.nothing_yet(self.visit(request)))
        return await self._made(request, request.scope["path"], visit, partial(make, shown), shown)

    async def _made(
        self,
        request: Request,
        path: str,
        visit: Visit | None,
        make: Callable[[], Coroutine[None, None, Resource | None]],
        shown: Shown,
    ) -> Response:
        try:
            found = await shown.resources.get(path, visit, make)
        except NotYetError:
            archive, title = shown.archive, shown.published.feed.title
            return Sent(still_reading(self.addresses.root, title, archive.headers_read, archive.number))
        return Sent(found.answer(request.headers.raw) if found else self.not_found())

    def visit(self, request: Request) -> Visit:
        """Return what pages depend on of a request."""
        return self.addresses.visit(
            request.headers.get("host"),
            request.scope.get("server"),
            pictures=request.query_params.get("pictures") != "off",
            forwarded=is_forwarded(request.headers.raw),
        )

    def not_found(self) -> Answer:
        """Answer for an address that leads nowhere."""
        shown = self.shown()
        return not_found(self.addresses.root, shown.published.feed.title if shown else None)

    def for_its_owner(self) -> Answer:
        """Answer at another machine for what only the owner sees."""
        shown = self.shown()
        return for_its_owner(self.addresses.root, shown.published.feed.title if shown else None)

    def nothing_yet(self, visit: Visit) -> Answer:
        """Answer before the first build that did not fail."""
        failure = self.builder.failure
        if failure is None:
            return not_yet(visit.root, self.builder.files_read)
        return failed_at_first(visit.root, failure.message if visit.local else "its log says why")

    def _archive(self, published: Published) -> Archive:
        """Return the archive of a build; of the same table it is the same one, and what it knows is not read again."""
        before = self._shown
        if before and before.published.table is published.table:
            return before.archive
        if before:
            before.archive.leave()
        return Archive(published, self._on_demand, self._finder)


async def _make_page(render: Render, shown: Shown, visit: Visit) -> Resource | None:
    if iscoroutinefunction(render):
        page = await render(shown, visit)
    else:
        page = await run_in_threadpool(render, shown, visit)
    return None if page is None else await run_in_threadpool(_resource, page, visit)


def _resource(page: bytes, visit: Visit) -> Resource:
    return Resource(make_variants(page, quality=QUALITY), page_headers(visit))
