"""Answer requests: fixed addresses, each from what was published last."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from refeed.inspection.page_style import SHARED
from refeed.serve import pages
from refeed.serve.addresses import Addresses, is_local
from refeed.serve.builder import Builder
from refeed.serve.codings import make_variants
from refeed.serve.conditions import Answer, Resource, plain
from refeed.serve.headers import TYPES, feed_headers, page_headers, static_headers
from refeed.serve.published import Published, Visit

_QUALITY = 5  # of the codings of pages, which are made while somebody waits
_PAGES_BYTES = 2**24  # of pages that are kept; beyond that all are dropped


class Sent(Response):
    """An answer as starlette sends it."""

    def __init__(self, answer: Answer) -> None:
        """Take it as it is."""
        self.status_code, self.raw_headers, self.body = answer
        self.background = None


class _Shown(NamedTuple):
    """What was made of one Published."""

    published: Published
    feed: Resource
    pages: dict[tuple[str, Visit], Resource]


class _Server:
    """The endpoints."""

    def __init__(self, builder: Builder, addresses: Addresses) -> None:
        self._builder, self._addresses = builder, addresses
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
            feed = Resource(published.variants, feed_headers(self._addresses), modified)
            self._shown = _Shown(published, feed, {})
        return self._shown

    async def feed(self, request: Request) -> Response:
        shown = self.shown()
        return Sent(shown.feed.answer(request.headers.raw) if shown else self._nothing_yet())

    async def home(self, request: Request) -> Response:
        return await self._page(request, pages.render_home)

    async def entry(self, request: Request) -> Response:
        return await self._page(request, partial(_of_entry, pages.render_entry, request.path_params["key"]))

    async def provenance(self, request: Request) -> Response:
        return await self._page(request, partial(_of_entry, pages.render_provenance, request.path_params["key"]))

    async def problems(self, request: Request) -> Response:
        return await self._page(request, pages.render_problems)

    async def _page(self, request: Request, render: Callable[[Published, Visit], bytes | None]) -> Response:
        """Answer with a page; one that was made for the same build and visit is not made again."""
        shown = self.shown()
        if shown is None:
            return Sent(self._nothing_yet())
        pictures = request.query_params.get("pictures") != "off"
        visit = self._addresses.visit(request.headers.get("host"), request.scope.get("server"), pictures=pictures)
        name = (request.scope["path"], visit)  # request.url may hold what the Host header says
        page = shown.pages.get(name)
        if page is None:
            page = await run_in_threadpool(_make_page, render, shown.published, visit)
            if page is None:
                return Sent(_not_found())
            if page.size + sum(kept.size for kept in shown.pages.values()) > _PAGES_BYTES:
                shown.pages.clear()
            shown.pages[name] = page
        return Sent(page.answer(request.headers.raw))

    def _nothing_yet(self) -> Answer:
        failure = self._builder.failure
        return _not_yet(f"The feed could not be built: {failure.message}") if failure else _not_yet()

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


def make_app(builder: Builder, base_url: str | None, *, local: bool = False) -> ASGIApp:
    """Make the application; a local one answers only who asks for this machine, or for the base URL, by name."""
    addresses = Addresses(base_url)
    server = _Server(builder, addresses)
    endpoints: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/feed.xml": server.feed,
        "/": server.home,
        "/entry/{key}": server.entry,
        "/entry/{key}/provenance": server.provenance,
        "/problems": server.problems,
        "/healthz": server.health,
        "/static/{name}": server.static,
    }
    routes = [Route(path, endpoint, methods=["GET"]) for path, endpoint in endpoints.items()]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: _broken})
    app.router.redirect_slashes = False  # it would trust the Host header
    return _without_prefix(_only_local(app, urlsplit(base_url or "").netloc) if local else app, addresses.root)


def _only_local(app: ASGIApp, own: str) -> ASGIApp:
    """Keep web pages out whose name was made to lead here: to a browser they would be the owner of what they read."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        host = Headers(scope=scope).get("host") if scope["type"] == "http" else None
        if host and host.lower() != own.lower() and not is_local(host):
            text = "This server is for its own machine; give --base-url to serve it under a name."
            await Sent(plain(421, text))(scope, receive, send)
        else:
            await app(scope, receive, send)

    return inner


def _without_prefix(app: ASGIApp, root: str) -> ASGIApp:
    """Take the path of the base URL off, where the proxy in front has left it on."""
    if root == "/":
        return app

    prefix = unquote(root)

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(prefix):
            scope = {**scope, "path": scope["path"][len(prefix) - 1 :]}
        await app(scope, receive, send)

    return inner


def _of_entry(
    render: Callable[[Published, str, Visit], bytes | None], key: str, published: Published, visit: Visit
) -> bytes | None:
    return render(published, key, visit)


def _make_page(
    render: Callable[[Published, Visit], bytes | None], published: Published, visit: Visit
) -> Resource | None:
    page = render(published, visit)
    return None if page is None else Resource(make_variants(page, quality=_QUALITY), page_headers(visit))


@cache
def _static_files() -> Mapping[str, Resource]:
    """Read all that pages need; a name that is not among them is never opened."""
    found = [path for path in sorted((*pages.STATIC.glob("*"), SHARED)) if path.suffix in TYPES]
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
