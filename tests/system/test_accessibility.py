"""Every kind of page can be used by everybody, as far as axe-core can tell: at three widths, in light and dark colours.

The pages are made in this process; the browser is handed them, and asks nobody else.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pytest
from asking import Reply, ask
from bs4 import BeautifulSoup
from chromium import MISSING, PROGRAM, driven
from command_line import dump
from playwright.sync_api import Browser, Page, Route

from refeed.options import Options
from refeed.publish.run import publish
from refeed.serve.app import make_app
from refeed.serve.builder import Builder
from refeed.serve.http.conditions import Answer
from refeed.serve.indexer import Indexer
from refeed.serve.views.messages import broken, failed_at_first
from refeed.watch.log import BuildLog

pytestmark = pytest.mark.skipif(PROGRAM is None and not os.environ.get("CI"), reason=MISSING)

NOW: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOST: Final = "http://127.0.0.1:8000"
AXE: Final = files("axe_playwright_python").joinpath("axe.min.js")
WIDTHS: Final = (390, 820, 1440)
# Most rules look at elements alone. These look at sizes, and the last one at colours.
OF_WIDTH: Final = ("scrollable-region-focusable", "target-size", "css-orientation-lock")
OF_COLOUR: Final = ("color-contrast",)
WIDE: Final = "<table><tr>" + "<th>A column of tides</th>" * 20 + "</tr><tr>" + "<td>12,345</td>" * 20 + "</tr></table>"
BODY: Final = (
    f"<h2>At the quay</h2><p>The <a href='https://x.example/'>ferry</a> is back.</p>{WIDE}<pre>{'tide ' * 200}</pre>"
)
MEDIA: Final = "<p><img src='https://p.example/1.jpg'></p><p>Boats.</p><video src='https://f.example/1.mp4'></video>"

Pages = Mapping[str, Reply]


def archive(folder: Path) -> Path:
    """Write nine articles of three outlets over two months, one with a wide table, one with a film; and a draft."""
    for number in range(9):
        dump(
            folder,
            f"{number}.md",
            title=f"{'Donaudampfschifffahrt' * 12 if number == 8 else 'Tide'} {number}",
            date=f"2025-0{number // 5 + 1}-{number + 1:02}T08:00:00Z",
            source=("Harbour Ledger", "港口日报", "Gazette")[number % 3],
            tags="[tides, 潮]" if number % 2 else "[ferry]",
            author="Ada Reed",
            body=BODY if number == 8 else MEDIA if number == 7 else "<p>Text enough to be read.</p>",
        )
    dump(folder, "long.md", title="Long", date="2025-01-20", body=f"<p>{'The tide is high. ' * 30}</p>" * 160)
    for number in range(12):
        (folder / f"{number}.txt").write_bytes(b"")
    dump(folder, "plan.md", title="Plan", draft="true")
    return folder


def here(_: Callable[..., object], work: Callable[..., int | None], *arguments: object) -> int | None:
    return work(*arguments)


def served(root: Path) -> Pages:
    """Return a page of each kind that the server has."""
    options = Options(paths=(str(archive(root / "in")),), workers=1, limit=3, min_articles=1, index=str(root / "index"))
    builder = Builder(options, BuildLog(lambda *_: None), clock=lambda: NOW)
    indexer = Indexer(options, str(root / "index-search"), BuildLog(lambda *_: None), here)
    app = make_app(builder, None, finder=lambda: indexer.finder, local=True)
    waiting = ask(app, "/")
    newest = root / "in" / "8.md"
    held = newest.rename(root / "8.md")
    builder.rebuild()
    held.rename(newest)
    builder.rebuild()
    assert builder.published
    indexer.update(builder.published)
    home = BeautifulSoup(ask(app, "/").body, "lxml")
    wide, film = (str(one["href"]) for one in home.select("#list h3 a")[:2])
    long = next(str(one["href"]) for one in home.select("#list h3 a") if one.get_text(strip=True) == "Long")
    lists = ("/", "/?category=ferry", "/outlet/gazette/", "/archive/", "/archive/2025/01.html", "/feeds.html")
    searches = ("/search", "/search?q=tide", "/search?q=nothing+of+it", "/browse")
    others = ("/changes", "/problems", "/problems/empty-file", "/nothing", "/?pictures=off")
    rules = f"{wide}/rules"
    token = BeautifulSoup(ask(app, rules).body, "lxml").select_one("input[name=token]")
    tried = f"{rules}?token={token['value']}&line=1" if token else ""
    articles = (
        rules,
        tried,
        wide,
        film,
        f"{film}?pictures=off",
        f"{wide}/provenance",
        f"{long}/2",
        f"{long}/provenance/2",
    )
    failed = {"/broken": _reply(broken("/")), "/failed": _reply(failed_at_first("/", "No dump was found."))}
    found = {path: ask(app, path) for path in (*lists, *articles, *searches, *others)}
    assert {path for path, reply in found.items() if reply.status != 200} == {"/nothing"}
    return {"/waiting": waiting, **failed, **found, **_static(app)}


def _reply(answer: Answer) -> Reply:
    return Reply(answer.status, {name.decode(): value.decode() for name, value in answer.headers}, answer.body)


def _static(app: Any) -> Pages:
    names = ("record.css", "page.css", "theme.js", "page.js", "home.js", "entry.js", "waiting.js", "icon.svg")
    return {f"/static/{name}": ask(app, f"/static/{name}") for name in names}


def published(root: Path) -> Pages:
    """Return the files of a published site, but only one article."""
    site = root / "site"
    publish(Options(paths=(str(archive(root / "in")),), workers=1, limit=3, min_articles=3, site=str(site)), NOW)
    found = dict[str, Reply]()
    for path in site.rglob("*.*"):
        name, data = path.relative_to(site).as_posix(), path.read_bytes()
        is_like_another = name.startswith("category/") or (
            name.startswith("entry/") and b"A column of tides" not in data
        )
        if not is_like_another:
            found[f"/{name}"] = Reply(200, {"content-type": guess_type(path)[0] or ""}, data)
    return found


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Pages]:
    """Return the pages of both, made before there is a browser, whose driver has the thread's event loop."""
    return {make.__name__: make(tmp_path_factory.mktemp(make.__name__)) for make in (served, published)}


@pytest.fixture(scope="module")
def browser(sites: Mapping[str, Pages]) -> Iterator[Browser]:
    """Start one browser for all pages."""
    assert sites
    with driven() as chromium:
        yield chromium


@contextmanager
def opened(pages: Pages, browser: Browser) -> Iterator[Page]:
    """Open a browser's page that is handed these pages, and nothing else."""

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        path = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
        found = pages.get(path) if parts.netloc == urlsplit(HOST).netloc else None
        if found is None:
            route.abort()
        else:
            route.fulfill(headers={**found.headers}, body=found.body)

    with browser.new_context() as context:
        context.route("**/*", answer)
        context.add_init_script(path=str(AXE))
        yield context.new_page()


def violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Return what axe-core finds: the rule, and the elements that break it."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": [*rules]}
    settled = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    found = page.evaluate(f"async options => {{ {settled}; return axe.run(document, options) }}", options)["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("name", ["served", "published"])
def test_no_page_keeps_anybody_out(name: str, sites: Mapping[str, Pages], browser: Browser) -> None:
    paths = [path for path, reply in sites[name].items() if reply.headers["content-type"].startswith("text/html")]
    assert len(paths) >= 8
    found = dict[str, list[str]]()
    with opened(sites[name], browser) as page:
        for path in paths:
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            page.goto(HOST + path)
            page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
            found[f"{path} {WIDTHS[0]}"] = violations(page)
            for width in WIDTHS[1:]:
                page.set_viewport_size({"width": width, "height": 900})
                found[f"{path} {width}"] = violations(page, OF_WIDTH)
            page.emulate_media(color_scheme="dark")
            found[f"{path} dark"] = violations(page, OF_COLOUR)
    assert {path: broken for path, broken in found.items() if broken} == {}
