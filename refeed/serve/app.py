"""Answer requests: fixed addresses, each from what was published last."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import UTC, datetime
from functools import cache, partial
from inspect import iscoroutinefunction
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from refeed.inspection.page_style import SHARED
from refeed.outputs import load_output, output_names
from refeed.pages.rendering import STATIC, Visit
from refeed.report import Origin
from refeed.search.find import Finder
from refeed.serve import pages
from refeed.serve.addresses import Addresses
from refeed.serve.builder import Builder
from refeed.serve.codings import make_variants
from refeed.serve.conditions import Answer, Resource, plain
from refeed.serve.headers import TYPES, feed_headers, page_headers, static_headers
from refeed.serve.middleware import Sent, is_forwarded, only_direct, only_local, with_one_host, without_prefix
from refeed.serve.other_formats import OTHERS, address_of, written_as
from refeed.serve.provenance import Tracer
from refeed.serve.published import Published
from refeed.serve.searches import Searches

_QUALITY = 5  # of the codings of pages, which are made while somebody waits
_PAGES_BYTES = 2**24  # of pages that are kept; beyond that all are dropped


Render = Callable[[Published, Visit], bytes | None] | Callable[[Published, Visit], Awaitable[bytes | None]]
"""Makes a page; None if there is none."""


class _ResourceCache:
    """What is made of one Published on demand: once for the same visit, however many ask at once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, Visit | None], asyncio.Task[Resource | None]] = {}

    async def get(
        self, path: str, visit: Visit | None, make: Callable[[], Coroutine[None, None, Resource | None]]
    ) -> Resource | None:
        """Return what is made, None if there is nothing; what is the same for all visits has none in its key."""
        key = (path, visit)
        task = self._made.get(key)
        if task is None:
            task = self._made[key] = asyncio.create_task(make())
            task.add_done_callback(partial(self._tidy, key))
        return await asyncio.shield(task)  # who hangs up ends it for nobody else

    def _tidy(self, key: tuple[str, Visit | None], task: "asyncio.Task[Resource | None]") -> None:
        """Keep no page that is none, and not more bytes than may be kept."""
        if task.cancelled() or task.exception() or task.result() is None:
            self._made.pop(key, None)
            return
        done = {other: page for other, made in self._made.items() if made.done() and (page := made.result())}
        if sum(page.size for page in done.values()) > _PAGES_BYTES:
            for other in done.keys() - {key}:
                del self._made[other]


class _Shown(NamedTuple):
    """What was made of one Published."""

    published: Published
    modified: datetime | None
    feed: Resource
    resources: _ResourceCache


class _Server:
    """The endpoints."""

    def __init__(self, builder: Builder, addresses: Addresses, tracer: Tracer, searches: Searches) -> None:
        self._builder, self._addresses, self._tracer, self._searches = builder, addresses, tracer, searches
        self._shown: _Shown | None = None

    def shown(self) -> _Shown | None:
        """Return what is served at this moment; a request looks once, so that it never sees two builds."""
        published = self._builder.published
        if published is None:
            return None
        if self._shown is None or self._shown.published is not published:
            # Where the clock was set back, the time of the change is still to come: it is not sent then.
            past = published.last_modified <= datetime.now(UTC)
            modified = published.last_modified if past else None
            headers = feed_headers(self._addresses.feed_url, self._addresses.root)
            self._shown = _Shown(published, modified, Resource(published.variants, headers, modified), _ResourceCache())
        return self._shown

    async def feed(self, request: Request) -> Response:
        shown = self.shown()
        return Sent(shown.feed.answer(request.headers.raw) if shown else self._nothing_yet(self._visit(request)))

    async def other_format(self, name: str, request: Request) -> Response:
        shown = self.shown()
        if shown is None:
            return Sent(self._nothing_yet(self._visit(request)))
        feed = await shown.resources.get(request.scope["path"], None, partial(self._make_other, name, shown))
        return Sent(feed.answer(request.headers.raw) if feed else _not_found())

    async def _make_other(self, name: str, shown: _Shown) -> Resource:
        output = load_output(name)
        document = await run_in_threadpool(written_as, output, shown.published)
        variants = await run_in_threadpool(make_variants, document, quality=_QUALITY)
        address = address_of(output, self._addresses.feed_url)
        return Resource(variants, feed_headers(address, self._addresses.root, output.media_type), shown.modified)

    async def home(self, request: Request) -> Response:
        return await self._page(request, pages.render_home)

    async def entry(self, request: Request) -> Response:
        return await self._page(request, partial(pages.render_entry, request.path_params["key"]))

    async def provenance(self, request: Request) -> Response:
        return await self._page(request, partial(self._provenance, request.path_params["key"]))

    async def problems(self, request: Request) -> Response:
        return await self._page(request, pages.render_problems)

    async def search(self, request: Request) -> Response:
        shown, visit = self.shown(), self._visit(request)
        if shown is None:
            return Sent(self._nothing_yet(visit))
        page = await self._searches.page(request.query_params, shown.published, visit)
        return Sent(page.answer(request.headers.raw))

    async def browse(self, request: Request) -> Response:
        shown, visit = self.shown(), self._visit(request)
        if shown is None:
            return Sent(self._nothing_yet(visit))
        page = await self._searches.browse(shown.published, visit)
        return Sent(page.answer(request.headers.raw))

    async def search_feed(self, name: str, request: Request) -> Response:
        shown = self.shown()
        if shown is None:
            return Sent(self._nothing_yet(self._visit(request)))
        feed = await self._searches.feed(name, request.query_params, shown.published, self._addresses.root)
        return Sent(feed.answer(request.headers.raw) if feed else _not_yet("The articles are still being read."))

    async def _provenance(self, key: str, published: Published, visit: Visit) -> bytes | None:
        position = published.entries.find(key)
        if position is None:
            return None
        shown = published.entries[position]
        origin = Origin(shown.entry.id, shown.path, shown.line)
        found = await self._tracer.trace(origin, published.options, published.now)
        return await run_in_threadpool(pages.render_provenance, shown, found, published, visit)

    async def _page(self, request: Request, render: Render) -> Response:
        """Answer with a page."""
        shown, visit = self.shown(), self._visit(request)
        if shown is None:
            return Sent(self._nothing_yet(visit))
        path = request.scope["path"]  # request.url may hold what the Host header says
        page = await shown.resources.get(path, visit, partial(_make_page, render, shown.published, visit))
        return Sent(page.answer(request.headers.raw) if page else _not_found())

    def _visit(self, request: Request) -> Visit:
        return self._addresses.visit(
            request.headers.get("host"),
            request.scope.get("server"),
            pictures=request.query_params.get("pictures") != "off",
            forwarded=is_forwarded(request.headers.raw),
        )

    def _nothing_yet(self, visit: Visit) -> Answer:
        failure = self._builder.failure
        if failure is None:
            return _not_yet()
        return _not_yet(f"The feed could not be built: {failure.message if visit.local else 'its log says why'}")

    async def health(self, _: Request) -> Response:
        published, failure = self._builder.published, self._builder.failure
        state = "failing" if failure else "ok" if published else "starting"
        facts: dict[str, object] = {"state": state, "builds": self._builder.builds}
        if published:
            facts["entries"] = len(published.entries)
            facts["last_modified"] = published.last_modified.isoformat()
        headers = [] if published else [("retry-after", "5")]
        return Sent(plain(200 if published else 503, json.dumps(facts), headers, kind="application/json"))

    async def static(self, request: Request) -> Response:
        found = _static_files().get(request.path_params["name"])
        return Sent(found.answer(request.headers.raw) if found else _not_found())


def make_app(
    builder: Builder,
    base_url: str | None,
    tracer: Tracer | None = None,
    finder: Callable[[], Finder | None] | None = None,
    *,
    local: bool = False,
    is_preview: bool = False,
) -> ASGIApp:
    """Make the application; a local one answers only who asks for this machine, or for the base URL, by name.

    One that is a preview shows what is not published, and answers no request that came through a proxy.
    """
    addresses = Addresses(base_url, local=local)
    server = _Server(builder, addresses, tracer or Tracer(), Searches(finder or (lambda: None)))
    endpoints: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/feed.xml": server.feed,
        **{f"/feed.{name}": partial(server.other_format, name) for name in OTHERS},
        "/": server.home,
        "/entry/{key}": server.entry,
        "/entry/{key}/provenance": server.provenance,
        "/problems": server.problems,
        **(_searched(server) if finder else {}),
        "/healthz": server.health,
        "/static/{name}": server.static,
    }
    routes = [Route(path, endpoint, methods=["GET"]) for path, endpoint in endpoints.items()]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: _broken})
    app.router.redirect_slashes = False  # it would trust the Host header
    guarded = only_local(app, urlsplit(base_url or "").netloc) if local else app
    direct = only_direct(guarded) if is_preview else guarded
    return with_one_host(without_prefix(direct, addresses.root))


def _searched(server: _Server) -> Mapping[str, Callable[[Request], Awaitable[Response]]]:
    """Return what there is where articles can be searched."""
    feeds = {f"/search{load_output(name).suffix}": partial(server.search_feed, name) for name in output_names()}
    return {"/search": server.search, "/browse": server.browse, **feeds}


async def _make_page(render: Render, published: Published, visit: Visit) -> Resource | None:
    if iscoroutinefunction(render):
        page = await render(published, visit)
    else:
        page = await run_in_threadpool(render, published, visit)
    return None if page is None else await run_in_threadpool(_resource, page, visit)


def _resource(page: bytes, visit: Visit) -> Resource:
    return Resource(make_variants(page, quality=_QUALITY), page_headers(visit))


@cache
def _static_files() -> Mapping[str, Resource]:
    """Read all that pages need; a name that is not among them is never opened."""
    found = [path for path in sorted((*STATIC.glob("*"), SHARED)) if path.suffix in TYPES]
    return {
        path.name: Resource(make_variants(path.read_bytes(), quality=9), static_headers(path.suffix)) for path in found
    }


def _not_yet(text: str = "The feed is being built for the first time.") -> Answer:
    return plain(503, text, [("retry-after", "5")])


def _not_found() -> Answer:
    return plain(404, "There is nothing here.")


def _refused(_: Request, error: Exception) -> Response:
    """Answer for an address that does not exist, or a method that it does not have."""
    if isinstance(error, HTTPException) and error.status_code == 405:
        return Sent(plain(405, "Only GET and HEAD.", [("allow", "GET, HEAD")]))
    return Sent(_not_found())


def _broken(_: Request, __: Exception) -> Response:
    return Sent(plain(500, "refeed failed here; its log says how."))
