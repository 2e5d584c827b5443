"""The endpoints for people: lists of articles, each article, its provenance, and what was left out."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from refeed.pages.parts import part_number
from refeed.pages.rendering import Visit
from refeed.problems import RefeedError
from refeed.report import Origin
from refeed.serve.changes import changes_between
from refeed.serve.endpoints.answers import Answers, Shown
from refeed.serve.http.middleware import Sent
from refeed.serve.on_demand.provenance import Provenance, Tracer
from refeed.serve.published import Published
from refeed.serve.views import lists, pages
from refeed.serve.views.listing import Choices, choices_of
from refeed.startup.named_tuple import NamedTuple


class _Traced(NamedTuple):
    """What an entry was made of, kept because visitors read one part of it after the other."""

    published: Published
    key: str
    found: Provenance | RefeedError | None


class PageEndpoints:
    """Answers browsers."""

    def __init__(self, answers: Answers, tracer: Tracer) -> None:
        """Take what all endpoints have in common, and what finds out what an entry was made of."""
        self._answers, self._tracer = answers, tracer
        self._last: _Traced | None = None

    async def home(self, request: Request) -> Response:
        """Answer with a page of the list of all articles."""
        choices = choices_of(request.query_params)
        shown = self._answers.shown()
        is_known = bool(shown and shown.archive.articles_so_far)
        variant = f"{choices.query(choices.page, pictures=True)}{'+' * is_known}"
        return await self._answers.page(request, partial(_home, choices), variant=variant)

    async def feed(self, request: Request) -> Response:
        """Answer with a page of the list of the articles of a feed."""
        choices = choices_of(request.query_params)
        folder = request.scope["path"].removeprefix("/")
        variant = choices.query(choices.page, pictures=True)
        return await self._answers.page(request, partial(_of_feed, folder, choices), variant=variant)

    async def month(self, request: Request) -> Response:
        """Answer with a page of the list of the articles of a month."""
        choices = Choices(page=choices_of(request.query_params).page)
        path = f"{request.scope['path'].removeprefix('/').removesuffix('.html')}.xml"
        variant = choices.query(choices.page, pictures=True)
        return await self._answers.page(request, partial(_of_month, path, choices), variant=variant)

    async def months(self, request: Request) -> Response:
        """Answer with the list of all months."""
        return await self._answers.page(request, _months)

    async def feeds(self, request: Request) -> Response:
        """Answer with the list of all feeds."""
        return await self._answers.page(request, _feeds)

    async def entry(self, request: Request) -> Response:
        """Answer with an article, whether it is in the feed or older."""
        return await self._answers.page(request, partial(_entry, _key(request), 1))

    async def entry_part(self, request: Request) -> Response:
        """Answer with another part of a long article."""
        return await self._answers.page(request, partial(_entry, *_part(request)))

    async def provenance(self, request: Request) -> Response:
        """Answer with what an article was made of."""
        return await self._answers.page(request, partial(self._provenance, _key(request), 1))

    async def provenance_part(self, request: Request) -> Response:
        """Answer with another part of what a long article was made of."""
        return await self._answers.page(request, partial(self._provenance, *_part(request)))

    async def problems(self, request: Request) -> Response:
        """Answer with what was left out and why."""
        return await self._answers.page(request, _problems)

    async def problems_of(self, request: Request) -> Response:
        """Answer with a page of the problems of one code."""
        choices = Choices(page=choices_of(request.query_params).page)
        variant = choices.query(choices.page, pictures=True)
        of_code = partial(_problems_of, request.path_params["code"], choices)
        return await self._answers.page(request, of_code, variant=variant)

    async def changes(self, request: Request) -> Response:
        """Answer with what subscribers see new since the feed changed last; what was taken out only its owner sees."""
        if not self._answers.visit(request).local:
            return Sent(self._answers.for_its_owner())
        return await self._answers.page(request, self._changes)

    async def _changes(self, shown: Shown, visit: Visit) -> bytes:
        published, changes = shown.published, None
        if published.earlier:
            old, new = published.earlier.variant, published.variants[0]
            is_cut = published.report.totals.beyond_limit > 0
            changes = await self._tracer.done(partial(changes_between, old, new, is_cut=is_cut))
        return await run_in_threadpool(pages.page, "changes.html", published, visit, changes=changes)

    async def _provenance(self, key: str, number: int, shown: Shown, visit: Visit) -> bytes | None:
        entry = await shown.archive.entry(key) if number else None
        if entry is None:
            return None
        published, last = shown.published, self._last
        if last is None or last.published is not published or last.key != key or not number > 1:
            origin = Origin(entry.entry.id, entry.path, entry.line)
            last = _Traced(published, key, await self._tracer.trace(origin, published.options, published.now))
            self._last = last
        return await run_in_threadpool(pages.render_provenance, entry, last.found, published, visit, number)


def _key(request: Request) -> str:
    """Return the key of an entry in an address; a published site has the same addresses with an ending."""
    key: str = request.path_params["key"]
    return key.removesuffix(".html")


def _part(request: Request) -> tuple[str, int]:
    """Return the key of an entry and the number of a part of it."""
    return request.path_params["key"], part_number(request.path_params["part"])


async def _entry(key: str, number: int, shown: Shown, visit: Visit) -> bytes | None:
    newer, entry, older = await shown.archive.around(key)
    if entry is None:
        return None
    return await run_in_threadpool(pages.render_entry, entry, newer, older, shown.published, visit, number)


async def _home(choices: Choices, shown: Shown, visit: Visit) -> bytes | None:
    return await _list(await lists.home(choices, shown.published, shown.archive, visit), shown, visit)


async def _of_feed(folder: str, choices: Choices, shown: Shown, visit: Visit) -> bytes | None:
    return await _list(await lists.of_feed(folder, choices, shown.archive, visit), shown, visit)


async def _of_month(path: str, choices: Choices, shown: Shown, visit: Visit) -> bytes | None:
    return await _list(await lists.of_month(path, choices, shown.archive, visit), shown, visit)


async def _list(listing: pages.Listing | None, shown: Shown, visit: Visit) -> bytes | None:
    return await run_in_threadpool(pages.render_list, listing, shown.published, visit) if listing else None


async def _months(shown: Shown, visit: Visit) -> bytes:
    return await run_in_threadpool(pages.render_contents, lists.of_months(shown.archive), shown.published, visit)


async def _feeds(shown: Shown, visit: Visit) -> bytes:
    return await run_in_threadpool(pages.render_contents, await lists.of_feeds(shown.archive), shown.published, visit)


def _problems_of(code: str, choices: Choices, shown: Shown, visit: Visit) -> bytes | None:
    return pages.render_problems_of(code, choices, shown.published, visit)


def _problems(shown: Shown, visit: Visit) -> bytes:
    return pages.render_problems(shown.published, visit)
