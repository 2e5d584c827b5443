"""The server offers the whole archive: the documents of a published site, and a page of every article."""

import asyncio
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import quote, unquote, urljoin, urlsplit

import feedparser
import pytest
from asking import Reply, ask
from bs4 import BeautifulSoup
from command_line import dump
from work_count import calls_of

from refeed.model import RecordMeta
from refeed.options import NamedFeed, Options
from refeed.pipeline.entry_maker import EntryMaker
from refeed.publish.run import publish
from refeed.serve.app import make_app
from refeed.serve.builder import Builder
from refeed.serve.http.addresses import Addresses
from refeed.serve.on_demand.archive import Archive, NotYetError
from refeed.serve.on_demand.entries import OnDemand, _Known
from refeed.serve.published import Published
from refeed.serve.views import lists
from refeed.serve.views.listing import Choices
from refeed.serve.views.pages import render_list
from refeed.watch.log import BuildLog

NOW: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
BASE: Final = "https://x.example/news/"


class Site:
    """A server in this process, whose feed has two articles of many."""

    def __init__(self, folder: Path, words: str | None = None, **options: Any) -> None:
        """Build it."""
        chosen = {"paths": (str(folder),), "workers": 1, "limit": 2, "min_articles": 3, "base_url": BASE, **options}
        self.options = Options(**chosen)
        self.builder = Builder(self.options, BuildLog(lambda *_: None), clock=lambda: NOW)
        self.builder.rebuild()
        self.app = make_app(self.builder, self.options.base_url, on_demand=OnDemand(words=words))

    def ask(self, path: str, **headers: str) -> Reply:
        """Ask it; a path has no slash at its beginning."""
        return ask(self.app, f"/{path}", **headers)

    def page(self, path: str = "") -> BeautifulSoup:
        """Return a page that is there."""
        reply = self.ask(path)
        assert reply.status == 200, path
        return BeautifulSoup(reply.body, "lxml")

    def titles(self, path: str = "") -> list[str]:
        """Return the titles in a list."""
        return [one.get_text(strip=True) for one in self.page(path).select("#list h3")]


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is remembered out of the user's folders."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Write nine articles of three months and three outlets; two state an id, one is a draft."""
    folder = tmp_path / "in"
    for number in range(9):
        dump(
            folder,
            f"{number}.md",
            title=f"Tide {number}",
            date=f"2025-0{number // 3 + 1}-{number + 1:02}T08:00:00Z",
            source=("Harbour Ledger", "港口日报", "Gazette")[number % 3],
            tags="[tides, 潮]" if number % 2 else "[ferry]",
            id=f"tag:x.example,2025:{number}" if number < 2 else "",
            author="Ada Reed",
        )
    dump(folder, "plan.md", title="Plan", source="Gazette", tags="[secret]", draft="true")
    return folder


def test_every_document_is_the_one_that_is_published(archive: Path, tmp_path: Path) -> None:
    site = Site(archive, named_feeds={"storms": NamedFeed(category=("tides",), limit=1)})
    folder = tmp_path / "site"
    publish(replace(site.options, site=str(folder)), NOW)
    written = [path for path in folder.rglob("*.*") if path.suffix in {".xml", ".rss", ".json", ".opml"}]
    paths = {path.relative_to(folder).as_posix(): path.read_bytes() for path in written}
    paths = {path: data for path, data in paths.items() if path[0] != "." and path != "sitemap.xml"}
    assert {"archive/2025/02.xml", "outlet/港口日报/feed.rss", "category/tides/feed.json", "feeds/storms/feed.xml"} < {
        *paths
    }
    for path, data in paths.items():
        assert site.ask(path).body == data, path
    for file in folder.rglob("*.html"):
        address = file.relative_to(folder).as_posix().removesuffix("index.html")
        assert site.ask(address).status == (404 if address == "404.html" else 200), address


def test_a_client_that_follows_the_archive_finds_every_article_once(archive: Path) -> None:
    site = Site(archive)
    titles, address = list[str](), f"{BASE}feed.xml"
    while True:
        feed = feedparser.parse(site.ask(address.removeprefix(BASE)).body)
        titles += [entry.title for entry in feed.entries] if "archive/" in address else []
        older = [link.href for link in feed.feed.links if link.rel == "prev-archive"]
        if not older:
            break
        (address,) = older
    assert titles == [f"Tide {number}" for number in reversed(range(9))]


def test_an_article_keeps_its_page_when_it_has_left_the_feed(archive: Path) -> None:
    site = Site(archive)
    links = {one.get_text(strip=True): str(one["href"]) for one in site.page().select("#list h3 a")}
    assert [*links] == [f"Tide {number}" for number in reversed(range(9))]
    for number in range(9):
        page = site.page(links[f"Tide {number}"].removeprefix("/news/"))
        assert page.h1 is not None
        assert page.h1.get_text() == f"Tide {number}"
        beside = {one["class"][0]: one.select_one(".title").get_text() for one in page.select(".neighbours a")}  # type: ignore[union-attr]
        assert beside == {
            **({"newer": f"Tide {number + 1}"} if number < 8 else {}),
            **({"older": f"Tide {number - 1}"} if number else {}),
        }
    assert site.ask(f"{links['Tide 0'].removeprefix('/news/')}/provenance").status == 200


def test_a_long_article_is_read_to_its_end_part_by_part_and_so_is_what_it_was_made_of(tmp_path: Path) -> None:
    dump(tmp_path / "in", "long.md", body="".join(f"<p>{number} tide & fog {'ебб ' * 40}</p>" for number in range(500)))
    site = Site(tmp_path / "in")
    link = str(site.page().select_one("#list h3 a")["href"])  # type: ignore[index]
    for below, place in (("", ".text p"), ("/provenance", ".body p")):
        address, numbers, texts = f"{link}{below}".removeprefix("/news/"), list[str](), list[int]()
        while address:
            page = site.page(address)
            assert len(site.ask(address).body) < 200_000
            numbers.append(address.removeprefix(f"{link}{below}".removeprefix("/news/")))
            texts += [int(one.get_text().split()[0]) for one in page.select(place)]
            after = page.select_one("nav.parts a.after")
            address = str(after["href"]).removeprefix("/news/") if after else ""
        assert numbers == ["", *(f"/{number}" for number in range(2, len(numbers) + 1))]
        assert len(numbers) == (2 if not below else 6)
        assert texts == [*range(500)]
        back = page.select_one("nav.parts a.before")
        assert back is not None
        assert back["href"] == f"{link}{below}{numbers[-2]}"
        missing = (len(numbers) + 1, 1, 0, "01", "-2", "²", "9" * 5_000)
        assert [site.ask(f"{link.removeprefix('/news/')}{below}/{number}").status for number in missing] == [404] * 7


def test_the_home_page_says_what_of_the_archive_is_in_the_feed(archive: Path) -> None:
    page = Site(archive).page()
    facts = page.select_one(".facts")
    assert facts is not None
    assert facts.get_text(" ", strip=True).startswith(
        "9 articles from 3 outlets; 2 of 9 are in the feed, which changed last"
    )
    first_beyond = page.select_one("li:has(.beyond) h3")
    assert first_beyond is not None
    assert first_beyond.get_text(strip=True) == "Tide 6"


def test_a_long_list_has_pages_that_keep_its_filters(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refeed.serve.views.listing.PAGE", 2)
    site = Site(archive)
    address, found = "?category=ferry&from=2025-01-02&pictures=off", list[list[str]]()
    while address:
        page = site.page(address)
        found.append([one.get_text(strip=True) for one in page.select("#list h3")])
        older = page.select_one("a.older")
        address = str(older["href"]) if older else ""
    assert found == [["Tide 8", "Tide 6"], ["Tide 4", "Tide 2"]]  # 0 is of the first of January
    newer = page.select_one("a.newer")
    assert newer is not None
    assert newer["href"] == "?category=ferry&from=2025-01-02&pictures=off"
    assert [one["value"] for one in page.select("option[selected], #filter input[name=from]")] == [
        "ferry",
        "2025-01-02",
    ]
    assert site.ask("?page=9").status == 404


FILTERS: Final = {
    "outlet=港口日报": [7, 4, 1],
    "outlet=港口日报&category=tides": [7, 1],
    "to=2025-01-02": [1, 0],
    "from=2025-03-08": [8, 7],
    "from=2025-02-05&to=2025-02-05": [4],
    "author=Ada+Reed&from=2025-03-09": [8],
    "author=nobody": [],
    "from=&outlet=&page=&page=1&utm_source=mail": [*reversed(range(9))],  # as a form sends what nobody filled in
}


def test_filters_leave_the_others_out(archive: Path) -> None:
    site = Site(archive)
    for query, numbers in FILTERS.items():
        assert site.titles(f"?{quote(query, safe='=&+')}") == [f"Tide {number}" for number in numbers], query


NOT_THERE: Final = ("abc", "-1", "0", "01", "1.5", "²", "+1", "999999999", "9" * 5_000)
UNREADABLE: Final = {
    "from=yesterday": "from=yesterday: not a day. Write it like 2025-05-31.",
    "to=2025-02-30": "to=2025-02-30: not a day. Write it like 2025-05-31.",
    "from=2024-W01-1": "from=2024-W01-1: not a day. Write it like 2025-05-31.",
    "from=2025-5-1": "from=2025-5-1: not a day. Write it like 2025-05-31.",
    "outlet=" + "a" * 501: f"outlet={'a' * 59}…: longer than any name.",
    "to=%3Cb%3E": "to=<b>: not a day. Write it like 2025-05-31.",
}


def test_what_an_address_says_is_never_silently_left_aside(archive: Path) -> None:
    site = Site(archive)
    for place in ("", "archive/2025/01.html", "outlet/gazette/"):
        for number in NOT_THERE:
            reply = site.ask(f"{place}?page={quote(number)}")
            assert (reply.status, reply.headers["content-type"]) == (404, "text/html; charset=utf-8"), number
        for query, words in UNREADABLE.items():
            reply = site.ask(f"{place}?{query}")
            page = BeautifulSoup(reply.body, "lxml")
            assert (reply.status, [one.get_text() for one in page.select("h1 + p")]) == (400, [words]), query


def test_a_page_of_a_large_archive_is_as_much_work_as_one_of_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refeed.serve.views.listing.PAGE", 10)
    monkeypatch.setattr("refeed.serve.on_demand.names._MOST", 10)
    visit = Addresses(None, local=True).visit("127.0.0.1:8000", None, pictures=True)
    works = list[int]()
    for count in (20, 200):  # each with outlets and categories of its own
        for number in range(count):
            dump(tmp_path / str(count), f"{number}.md", source=f"Outlet {number}", tags=f"[tag{number}, tide]")
        published = Site(tmp_path / str(count), limit=10).builder.published
        assert published
        archive = Archive(published, OnDemand())
        asyncio.run(archive.articles())

        def show(published: Published = published, archive: Archive = archive) -> None:
            listing = asyncio.run(lists.home(Choices(), published, archive, visit))
            assert listing
            assert [len(names) for names in (listing.outlets, listing.categories, listing.listed)] == [10] * 3
            render_list(listing, published, visit)

        show()  # templates are read
        works.append(calls_of(show))
    assert works[1] < 1.1 * works[0]


def test_lists_of_months_and_of_feeds_lead_to_their_articles(archive: Path) -> None:
    site = Site(archive)
    months = [str(one["href"]) for one in site.page("archive/").select(".contents a")]
    assert months == [f"/news/archive/2025/0{number}.html" for number in (3, 2, 1)]
    assert site.titles(months[1].removeprefix("/news/")) == ["Tide 5", "Tide 4", "Tide 3"]
    feeds = [unquote(str(one["href"])) for one in site.page("feeds.html").select(".contents a")]
    assert [path.removeprefix("/news/") for path in feeds] == [
        *("", "category/ferry/", "category/tides/", "category/潮/"),
        *("outlet/gazette/", "outlet/harbour-ledger/", "outlet/港口日报/"),
    ]
    page = site.page("outlet/gazette/")
    address = page.select_one("#address")
    assert address is not None
    assert address["value"] == f"{BASE}outlet/gazette/feed.xml"
    assert site.titles("outlet/gazette/") == ["Tide 8", "Tide 5", "Tide 2"]


def test_every_link_of_every_page_leads_to_something(archive: Path) -> None:
    site = Site(archive)
    known, new = set[str](), {""}
    while new:
        path = new.pop()
        known.add(path)
        reply = site.ask(unquote(path))
        assert reply.status == 200, path
        if "html" in reply.headers["content-type"]:
            tags = BeautifulSoup(reply.body, "lxml").select("a[href], link[href]")
            found = (urljoin(BASE + path, str(tag["href"])) for tag in tags)
            own = {address.partition("#")[0].removeprefix(BASE) for address in found if address.startswith(BASE)}
            new |= {address for address in own if "pictures=off" not in address} - known
    assert len({path for path in known if path.startswith("entry/")}) == 2 * 9  # with its provenance


def test_nothing_of_a_draft_is_shown_and_what_becomes_one_is_gone(archive: Path) -> None:
    site = Site(archive, min_articles=1)
    for path in (
        "",
        "feeds.html",
        "feeds.opml",
        "archive/",
        "outlet/gazette/",
        "outlet/gazette/feed.xml",
        "?category=secret",
    ):
        body = site.ask(path).body
        assert b"Plan" not in body, path
        assert path == "?category=secret" or b"secret" not in body, path
    assert site.ask("category/secret/").status == 404
    (link,) = [str(one["href"]) for one in site.page().select("#list h3 a") if one.get_text(strip=True) == "Tide 2"]
    text = (archive / "2.md").read_text()
    (archive / "2.md").write_text(
        text.replace("Text enough", "Words that nobody may read").replace("---\n", "---\ndraft: true\n", 1)
    )
    for path in (link.removeprefix("/news/"), "archive/2025/01.xml", "outlet/gazette/feed.xml"):
        assert b"nobody may read" not in site.ask(path).body  # before the server has noticed
    site.builder.rebuild()
    assert site.ask(link.removeprefix("/news/")).status == 404
    assert b"Tide 2" not in site.ask("archive/2025/01.xml").body


def test_what_is_made_on_demand_has_a_tag_and_is_sent_packed(archive: Path) -> None:
    site = Site(archive)
    for path in ("archive/2025/01.xml", "outlet/gazette/feed.json", "archive/2025/01.html", "feeds.opml", "feeds.html"):
        reply = site.ask(path)
        assert site.ask(path, If_None_Match=reply.headers["etag"]).status == 304
        assert site.ask(path, Accept_Encoding="gzip").headers["content-encoding"] == "gzip"


def test_a_newer_build_ends_the_reading_of_the_older_archive(archive: Path) -> None:
    published = Site(archive).builder.published
    assert published

    async def wait_for_older() -> None:
        older = Archive(published, OnDemand())
        waiting = asyncio.create_task(older.articles())
        await asyncio.sleep(0)
        older.leave()
        for asked in (waiting, older.articles()):
            with pytest.raises(NotYetError):
                await asked

    asyncio.run(wait_for_older())


def test_a_list_does_not_wait_for_what_only_its_filters_need(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As of one file with many records, whose headers take long to read.
    async def never(*_: object) -> NoReturn:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(OnDemand, "facets", never)
    monkeypatch.setattr("refeed.serve.on_demand.archive._MOMENT", 0.01)
    monkeypatch.setattr("refeed.serve.on_demand.archive._PATIENCE", 0.01)
    site = Site(archive)
    assert len(site.page().select("#list li")) == 9
    assert site.page().select("#filter option[value=Gazette]") == []
    reply = site.ask("?outlet=Gazette")  # this cannot be answered without
    assert (reply.status, reply.headers["retry-after"]) == (503, "5")
    assert b"0 of 9 articles so far." in reply.body
    assert site.ask("outlet/gazette/feed.xml").status == 503  # and no feed that a reader would take for the whole


def test_a_server_that_starts_again_reads_only_the_headers_that_changed(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in archive.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    read = list[str]()
    metadata = EntryMaker.metadata

    def counted(maker: EntryMaker, positions: Iterable[int]) -> Iterator[RecordMeta | None]:
        read.append(str(positions))
        return metadata(maker, positions)

    monkeypatch.setattr(EntryMaker, "metadata", counted)

    def outlets_after_a_start() -> list[str]:
        monkeypatch.setattr("refeed.serve.on_demand.entries._known", _Known())
        read.clear()
        site = Site(archive, words=str(tmp_path / "words"))
        return [str(option["value"]) for option in site.page().select("#filter select[name=outlet] option[value]")]

    assert {"Gazette", "Harbour Ledger", "港口日报"} <= {*outlets_after_a_start()}
    assert len(read) == 9
    kept = tmp_path / "words-headers"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert {"Gazette", "Harbour Ledger", "港口日报"} <= {*outlets_after_a_start()}
    assert read == []
    for number in (2, 5, 8):  # all of the Gazette
        path = archive / f"{number}.md"
        path.write_text(path.read_text().replace("Gazette", "Bulletin"))
        os.utime(path, (1_700_000_001, 1_700_000_001))
    assert "Gazette" not in outlets_after_a_start()
    assert len(read) == 3
    assert "Gazette" not in kept.read_text()
    kept.write_text('{"made_for": 3')
    assert "Bulletin" in outlets_after_a_start()
    assert len(read) == 9


def test_an_address_that_leads_nowhere_has_a_page_with_a_way_back(archive: Path) -> None:
    site = Site(archive)
    missing = ("nothing", "entry/x", "entry/x/provenance", "archive/1999/01.html", "archive/1999/01.xml", "outlet/x/")
    for path in (*missing, "outlet/x/feed.xml", "feeds/x/feed.rss", "static/x.css"):
        reply = site.ask(path)
        page = BeautifulSoup(reply.body, "lxml")
        assert (reply.status, reply.headers["content-type"]) == (404, "text/html; charset=utf-8"), path
        assert page.title is not None
        assert (page.title.get_text(), page.html and page.html["lang"]) == ("Not found – in", "en")
        assert [urlsplit(str(one["href"])).path for one in page.select("a")] == ["/news/"]
