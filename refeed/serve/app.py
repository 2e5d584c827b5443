"""The web application: fixed routes, each answered from what was published last."""

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, partial
from typing import Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from refeed.feeds.documents import OPML
from refeed.inspection.page_style import SHARED
from refeed.outputs import load_outputs
from refeed.pages.contents import FEEDS
from refeed.pages.rendering import STATIC
from refeed.search.find import Finder
from refeed.serve.builder import Builder
from refeed.serve.endpoints.answers import Answers
from refeed.serve.endpoints.feeds import FeedEndpoints
from refeed.serve.endpoints.pages import PageEndpoints
from refeed.serve.endpoints.rules import RuleEndpoint
from refeed.serve.endpoints.search_answers import Searches
from refeed.serve.endpoints.searches import SearchEndpoints
from refeed.serve.http.addresses import Addresses
from refeed.serve.http.codings import make_variants
from refeed.serve.http.conditions import Resource, plain
from refeed.serve.http.headers import TYPES, static_headers
from refeed.serve.http.middleware import Sent, only_direct, only_local, with_one_host, without_prefix
from refeed.serve.on_demand.entries import OnDemand
from refeed.serve.on_demand.other_formats import OTHERS
from refeed.serve.on_demand.provenance import Tracer
from refeed.serve.views.messages import broken, unreadable

Endpoint = Callable[[Request], Awaitable[Response]]

_KINDS: Final = ("author", "category", "feeds", "language", "outlet")  # of feeds; each has a folder


class _Server:
    """The endpoints of the server itself."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def health(self, _: Request) -> Response:
        builder = self._answers.builder
        published, failure = builder.published, builder.failure
        state = "failing" if failure else "ok" if published else "starting"
        facts: dict[str, object] = {"state": state, "builds": builder.builds}
        if published:
            facts["entries"] = len(published.entries)
            facts["last_modified"] = published.last_modified.isoformat()
        elif builder.files_read:
            facts["files_read"] = builder.files_read
        headers = [] if published else [("retry-after", "5")]
        return Sent(plain(200 if published else 503, json.dumps(facts), headers, kind="application/json"))

    async def static(self, request: Request) -> Response:
        found = _static_files().get(request.path_params["name"])
        return Sent(found.answer(request.headers.raw) if found else self._answers.not_found())

    async def refused(self, _: Request, error: Exception) -> Response:
        """Answer for an address that does not exist or says what cannot be read, or a method that it does not have."""
        if isinstance(error, HTTPException) and error.status_code == 405:
            return Sent(plain(405, "Only GET and HEAD.", [("allow", "GET, HEAD")]))
        if isinstance(error, HTTPException) and error.status_code == 400:
            return Sent(unreadable(self._answers.addresses.root, error.detail))
        return Sent(self._answers.not_found())

    async def broken(self, _: Request, __: Exception) -> Response:
        return Sent(broken(self._answers.addresses.root))


def make_app(
    builder: Builder,
    base_url: str | None,
    *,
    tracer: Tracer | None = None,
    finder: Callable[[], Finder | None] | None = None,
    on_demand: OnDemand | None = None,
    local: bool = False,
    is_preview: bool = False,
) -> ASGIApp:
    """Make the application; a local one answers only requests whose host is this machine or that of the base URL.

    `tracer` shows what entries were made of, `finder` returns what answers searches (None: there are none), `on_demand`
    makes entries that the feed does not hold. A preview shows what is not published, and answers no request that came
    through a proxy.
    """
    addresses = Addresses(base_url, local=local)
    answers = Answers(builder, addresses, on_demand or OnDemand(), finder or (lambda: None))
    server = _Server(answers)
    endpoints = {
        **_of_feeds(FeedEndpoints(answers)),
        "/entry/{key}/rules": RuleEndpoint(answers).page,
        **_of_pages(PageEndpoints(answers, tracer or Tracer())),
        **(_of_searches(SearchEndpoints(answers, Searches(finder))) if finder else {}),
        "/healthz": server.health,
        "/static/{name}": server.static,
    }
    routes = [Route(path, endpoint, methods=["GET"]) for path, endpoint in endpoints.items()]
    app = Starlette(routes=routes, exception_handlers={HTTPException: server.refused, Exception: server.broken})
    app.router.redirect_slashes = False  # it would trust the Host header
    guarded = only_local(app, urlsplit(base_url or "").netloc) if local else app
    direct = only_direct(guarded) if is_preview else guarded
    return with_one_host(without_prefix(direct, addresses.root))


def _of_searches(searches: SearchEndpoints) -> Mapping[str, Endpoint]:
    """Return what there is where articles can be searched."""
    feeds = {f"/search{output.suffix}": partial(searches.feed, name) for name, output in load_outputs().items()}
    return {"/search": searches.page, "/browse": searches.browse, **feeds}


def _of_feeds(feeds: FeedEndpoints) -> Mapping[str, Endpoint]:
    endings = [output.suffix for output in load_outputs().values()]
    return {
        "/feed.xml": feeds.feed,
        **{f"/feed.{name}": partial(feeds.other_format, name) for name in OTHERS},
        **{f"/{kind}/{{folder}}/feed{ending}": feeds.document for kind in _KINDS for ending in endings},
        "/archive/{year}/{month}.xml": feeds.document,
        f"/{OPML}": feeds.opml,
    }


def _of_pages(pages: PageEndpoints) -> Mapping[str, Endpoint]:
    return {
        "/": pages.home,
        "/entry/{key}": pages.entry,
        "/entry/{key}/provenance": pages.provenance,
        "/entry/{key}/provenance/{part}": pages.provenance_part,
        "/entry/{key}/{part}": pages.entry_part,
        "/changes": pages.changes,
        "/problems": pages.problems,
        "/problems/{code}": pages.problems_of,
        "/archive/": pages.months,
        "/archive/{year}/{month}.html": pages.month,
        f"/{FEEDS}": pages.feeds,
        **{f"/{kind}/{{folder}}/": pages.feed for kind in _KINDS},
    }


@cache
def _static_files() -> Mapping[str, Resource]:
    """Read all that pages need; a name that is not among them is never opened."""
    found = [path for path in sorted((*STATIC.glob("*"), SHARED)) if path.suffix in TYPES]
    return {
        path.name: Resource(make_variants(path.read_bytes(), quality=9), static_headers(path.suffix)) for path in found
    }
