"""The whole archive can be searched and browsed, on pages without scripts and as feeds."""

import gc
import json
import re
from collections.abc import Callable, Iterator
from errno import ENOSPC
from pathlib import Path
from urllib.parse import unquote

import feedparser
import pytest
from asking import Reply, ask
from bs4 import BeautifulSoup
from command_line import dump
from damage import damage_table

from refeed.options import Options
from refeed.pipeline.entries.task import EntryResult
from refeed.pipeline.entry_maker import EntryMaker
from refeed.search.find import Finder
from refeed.search.store import Store
from refeed.serve.app import make_app
from refeed.serve.builder import Builder
from refeed.serve.indexer import Indexer
from refeed.serve.views.search_pages import render_browse
from refeed.serve.views.search_request import SearchRequest
from refeed.watch.log import BuildLog

NAMES = ("tide", "lamp", "rope", "cafe")


class Site:
    """A server of a folder, which builds, and reads the articles, when it is told to."""

    def __init__(self, folder: Path, **options: object) -> None:
        """Begin; nothing is built yet."""
        chosen = {"paths": (str(folder / "in"),), "index": str(folder / "index"), "workers": 1, "limit": 2, **options}
        self.options = Options(**chosen)  # type: ignore[arg-type]
        log = BuildLog(lambda *_: None)
        self.indexer = Indexer(self.options, str(folder / "index-search"), log, here)
        self.builder = Builder(self.options, log, told=self.indexer.tell)
        self.app = make_app(self.builder, self.options.base_url, finder=lambda: self.indexer.finder, local=True)

    def build(self) -> None:
        """Build, and read what is new."""
        self.builder.rebuild()
        assert self.builder.published
        self.indexer.update(self.builder.published)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """Ask it."""
        return ask(self.app, path, method, **headers)

    def page(self, path: str) -> BeautifulSoup:
        """Return a page."""
        reply = self.ask(path)
        assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
        return BeautifulSoup(reply.body, "lxml")


def here(_: Callable[..., object], work: Callable[..., int | None], *arguments: object) -> int | None:
    """Do a piece of work in this process, which gives way to nobody."""
    return work(*arguments)


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is remembered out of the user's folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def archive(folder: Path) -> Site:
    """Serve four articles of two months, two of which are in the feed."""
    for day, name in enumerate(NAMES, 1):
        date = f"2020-0{5 + day // 3}-0{day}T08:00:00Z"
        facts = {"author": "Ada" if day % 2 else "Bo", "tags": "[quay]" if day < 3 else "[mole]"}
        dump(
            folder / "in", f"{name}.md", title=name.title(), date=date, body=f"<p>About a {name} at noon.</p>", **facts
        )
    site = Site(folder)
    site.build()
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Serve an archive that does not change."""
    return archive(tmp_path_factory.mktemp("archive"))


def titles(page: BeautifulSoup) -> list[str]:
    return [title.get_text() for title in page.select("#list h3")]


def names(page: BeautifulSoup, heading: str) -> list[str]:
    """Return the names of one kind with their numbers, as they are listed under a heading."""
    found = next(title for title in page.select("h2, h3") if title.get_text() == heading)
    listed = found.find_next("ul")
    assert listed
    return [" ".join(one.get_text().split()) for one in listed.select("li")]


def test_all_articles_are_found_with_the_words_marked(site: Site) -> None:
    page = site.page("/search?q=noon")
    assert titles(page) == ["Cafe", "Rope", "Lamp", "Tide"]  # newest first
    assert [mark.get_text() for mark in page.select("#list mark")] == ["noon"] * 4
    assert titles(site.page("/search?q=tid")) == ["Tide"]
    assert str(site.page("/search?q=tid").select_one("#list h3 mark")) == "<mark>Tid</mark>"
    assert titles(site.page("/search")) == ["Cafe", "Rope", "Lamp", "Tide"]
    assert titles(site.page("/search?q=nothing")) == []


def test_what_articles_have_in_common_is_counted_and_leads_on(site: Site) -> None:
    page = site.page("/search?q=noon")
    assert names(page, "Authors") == ["Ada 2", "Bo 2"]
    assert names(page, "Categories") == ["mole 2", "quay 2"]
    assert names(page, "Months") == ["2020-06 2", "2020-05 2"]
    link = next(link["href"] for link in page.select(".facets a") if link.get_text() == "Ada")
    chosen = site.page(str(link))
    assert titles(chosen) == ["Rope", "Tide"]
    (remove,) = chosen.select(".chosen a")
    assert titles(site.page(str(remove["href"]))) == titles(page)
    field = chosen.select_one("#search input[name=author]")
    assert field
    assert field["value"] == "Ada"  # another search keeps it


def test_pages_keep_what_was_looked_for(tmp_path: Path) -> None:
    # 60 articles in one file, every second one of Ada's, and one more that does not fit.
    told = [
        {"title": f"Buoy {number}", "date": f"2020-05-01T08:{number:02}:00Z", "author": "Bo" if number % 2 else "Ada"}
        for number in range(60)
    ]
    texts = [
        {**one, "url": f"https://x.example/{number}", "content": "<p>A buoy.</p>"} for number, one in enumerate(told)
    ]
    dump(tmp_path / "in", "tide.md", title="Tide", author="Ada")
    (tmp_path / "in" / "all.json").write_text(json.dumps(texts))
    site = Site(tmp_path)
    site.build()
    first = site.page("/search?q=buoy")
    assert titles(first) == [f"Buoy {number}" for number in range(59, 9, -1)]
    (older,) = first.select(".neighbours a")
    second = site.page(str(older["href"]))
    assert titles(second) == [f"Buoy {number}" for number in range(9, -1, -1)]
    (newer,) = second.select(".neighbours a")
    assert [older.get_text(), newer.get_text()] == ["Older", "Newer"]
    assert titles(site.page(str(newer["href"]))) == titles(first)
    assert titles(site.page("/search?q=buoy&author=Ada")) == [f"Buoy {number}" for number in range(58, -1, -2)]
    assert titles(site.page("/search?q=nothing")) == []
    for number in ("3", "99", "0", "-1", "x"):
        assert site.ask(f"/search?q=buoy&page={number}").status == 404, number
    assert site.ask("/search?q=nothing&page=2").status == 404


@pytest.mark.parametrize("suffix", ["xml", "rss", "json"])
def test_a_search_is_a_feed_with_the_ids_of_the_main_one(site: Site, suffix: str) -> None:
    reply = site.ask(f"/search.{suffix}?q=noon")
    main = site.ask(f"/feed.{suffix}").body.decode()
    ids = re.findall(r"urn:uuid:[0-9a-f-]{36}", reply.body.decode())
    assert reply.status == 200
    assert len(re.findall("at noon", reply.body.decode())) >= 4
    stated = set(re.findall(r"urn:uuid:[0-9a-f-]{36}", main))
    assert len(stated & set(ids)) == 2  # of the two articles in the feed; the feed's own id differs
    assert reply.headers["content-type"] == site.ask(f"/feed.{suffix}").headers["content-type"]


def test_a_page_says_where_its_feed_is(site: Site) -> None:
    page = site.page("/search?q=noon+%22at+noon%22&author=Ada&order=best&page=1")
    (link,) = page.select("link[rel=alternate][href*='search.xml']")
    feed = feedparser.parse(site.ask(str(link["href"])).body)
    assert [entry.title for entry in feed.entries] == ["Rope", "Tide"]
    assert 'noon "at noon", Ada' in feed.feed.title
    same = feedparser.parse(site.ask("/search.xml?author=Ada&q=noon+%22at+noon%22").body)
    assert same.feed.id == feed.feed.id != feedparser.parse(site.ask("/feed.xml").body).feed.id
    assert site.page("/search").select("link[href*='search.xml']") == []


@pytest.mark.parametrize("typed", ["%00", "*", "%22%22", "*&author=Ada"])
def test_a_feed_of_what_cannot_be_looked_for_is_as_empty_as_its_page(site: Site, typed: str) -> None:
    # No letter and no digit: nothing fits, though all would fit if nothing had been typed.
    page = site.page(f"/search?q={typed}")
    assert titles(page) == []
    assert "There is nothing to search for" in page.get_text()
    assert json.loads(site.ask(f"/search.json?q={typed}").body)["items"] == []
    for suffix in ("xml", "rss"):
        reply = site.ask(f"/search.{suffix}?q={typed}")
        assert (reply.status, feedparser.parse(reply.body).bozo, feedparser.parse(reply.body).entries) == (
            200,
            False,
            [],
        )
    assert len(json.loads(site.ask("/search.json?q=+").body)["items"]) == 4  # only a blank: nothing was typed


def test_the_address_of_a_feed_is_stated_where_it_is_known(tmp_path: Path) -> None:
    dump(tmp_path / "in", "tide.md", title="Tide")
    site = Site(tmp_path, base_url="https://x.example/feeds/feed.xml")
    site.build()
    feed = feedparser.parse(site.ask("/search.xml?q=tide", Host="x.example").body).feed
    addresses = {link.rel: link.href for link in feed.links}
    assert addresses["self"] == "https://x.example/feeds/search.xml?q=tide"
    assert addresses["alternate"] == "https://x.example/feeds/search?q=tide"


@pytest.mark.parametrize("path", ["/search?q=noon", "/browse", "/search.xml?q=noon"])
def test_answers_are_like_all_others(site: Site, path: str) -> None:
    reply = site.ask(path)
    head = site.ask(path, "HEAD")
    assert (head.status, head.headers["etag"]) == (200, reply.headers["etag"])
    assert site.ask(path, If_None_Match=reply.headers["etag"]).status == 304
    assert site.ask(path, Accept_Encoding="gzip").headers["content-encoding"] == "gzip"
    assert site.ask(path, "POST").status == 405


def test_every_page_leads_to_search_and_pictures_stay_off(site: Site) -> None:
    for path in ("/", "/problems", "/browse"):
        assert site.page(path).select("form[action='/search'] input[name=q]"), path
    page = site.page("/search?q=noon&pictures=off")
    links = [str(link["href"]) for link in page.select(".facets a")]
    assert links
    assert all("pictures=off" in link for link in links)
    assert page.select("#search input[name=pictures][value=off]")
    (switch,) = page.select("#pictures")
    assert switch["href"] == "/search?q=noon"


def test_the_archive_can_be_browsed(site: Site) -> None:
    page = site.page("/browse")
    assert names(page, "Months") == ["2020-06 2", "2020-05 2"]
    assert names(page, "Authors") == ["Ada 2", "Bo 2"]
    assert "4 articles, 2 of them in the feed" in page.get_text()
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select(".chart table tr")]
    # From 1 May to 4 June there are 35 days. The feed has the newest two articles.
    assert (rows[0], len(rows)) == (["Day", "x.example", "In the feed"], 36)
    assert [row for row in rows[1:] if row[1] != "0"] == [
        ["2020-06-04", "1", "1"],
        ["2020-06-03", "1", "1"],
        ["2020-05-02", "1", "0"],
        ["2020-05-01", "1", "0"],
    ]
    bars = page.select(".chart rect.series-0[x]")
    assert [bar["height"] for bar in bars] == ["160.0"] * 4
    assert "The feed has the newest 2: from 3 Jun 2020, 08:00 UTC to 4 Jun 2020, 08:00 UTC." in page.get_text()
    (link,) = (row.a["href"] for row in page.select(".chart tr") if "2020-06-03" in row.get_text())  # type: ignore[index]
    assert link == "/search?day=2020-06-03"


def test_the_page_of_the_whole_archive_is_made_once_as_long_as_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = archive(tmp_path)
    made = list[str]()

    def noted(request: SearchRequest, *rest: object) -> bytes:
        made.append(str(request.chosen))
        return render_browse(request, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("refeed.serve.endpoints.search_answers.render_browse", noted)
    for path in ("/browse", "/browse", "/browse?month=2020-05", "/browse?category=sea", "/browse"):
        site.page(path)
    assert made == ["{}", "{'month': '2020-05'}"]
    dump(tmp_path / "in", "new.md", title="New", date="2020-06-05T08:00:00Z")
    site.build()
    assert "5 articles" in site.page("/browse").get_text()


def test_nothing_is_kept_of_builds_that_are_over(tmp_path: Path) -> None:
    site = archive(tmp_path)

    def alive() -> int:
        gc.collect()
        return sum(isinstance(one, Finder) for one in gc.get_objects())

    site.page("/browse?year=2020")
    before = alive()
    for year in range(2010, 2015):
        dump(tmp_path / "in", f"{year}.md", title=f"Of {year}", date=f"{year}-06-05T08:00:00Z")
        site.build()
        site.page(f"/browse?year={year}")
    assert alive() <= before


def test_days_without_a_problem_are_drawn_with_those_that_have_one(tmp_path: Path) -> None:
    dump(tmp_path / "in", "old.md", title="Old", date="2020-01-01T08:00:00Z", body="<p>{% unknown %} Low.</p>")
    dump(tmp_path / "in", "new.md", title="New", date="2020-06-01T08:00:00Z", body="<p>High.</p>")
    site = archive(tmp_path)
    # All others of the fixture are of May and June, two each; one of the six articles has a problem.
    assert drawn(site.page("/browse"))["Problems of articles by month"] == {"2020-01": ["1"]}
    assert drawn(site.page("/browse?year=2020"))["Articles by month"] == {
        "2020-01": ["1", "0"],
        "2020-05": ["2", "0"],
        "2020-06": ["3", "2"],  # of which the feed has the newest two
    }
    assert drawn(site.page("/browse?month=2020-06")) == {
        "Articles by day": {"2020-06-01": ["1", "0"], "2020-06-03": ["1", "1"], "2020-06-04": ["1", "1"]}
    }


def drawn(page: BeautifulSoup) -> dict[str, dict[str, list[str]]]:
    """Return the numbers under each chart by day or month, without those that are 0 throughout."""
    charts = dict[str, dict[str, list[str]]]()
    for chart in page.select(".chart"):
        rows = [[cell.get_text() for cell in row.select("th, td")] for row in chart.select("tbody tr")]
        title = chart.select_one("figcaption")
        assert title
        charts[title.get_text()] = {name: numbers for name, *numbers in rows if set(numbers) != {"0"}}
    return charts


def test_a_month_of_a_long_archive_has_charts_of_its_own(tmp_path: Path) -> None:
    for number, day in enumerate(("2018-02-03", "2018-02-03", "2018-02-20", "2018-05-01", "2025-01-01")):
        dump(tmp_path / "in", f"{number}.md", title=f"Note {number}", date=f"{day}T08:00:00Z")
    site = Site(tmp_path)
    site.build()
    page = site.page("/browse")
    charts = [figure.get_text() for figure in page.select("figcaption")]
    assert charts == ["Articles by year", "Articles of the newest 60 days by day"]
    assert page.select(".chart a[href='/browse?year=2018']")
    assert site.page("/browse?year=2018").select(".chart a[href='/browse?month=2018-02']")
    month = site.page("/browse?month=2018-02")
    rows = [row.get_text(" ", strip=True) for row in month.select(".chart tbody tr")]
    assert (rows[0], rows[-1], len(rows)) == ("2018-02-20 1", "2018-02-03 2", 18)  # nothing of it is in the feed
    assert "3 articles" in month.get_text()
    assert "0 articles" in site.page("/browse?month=1999-01").get_text()


def test_problems_are_counted_by_the_days_of_their_articles(tmp_path: Path) -> None:
    # Nobody knows where a picture is that has no address in an article without one.
    dump(tmp_path / "in", "tide.md", title="Tide", link="", body="<p>High water <img src='a.png'> at noon.</p>")
    dump(tmp_path / "in", "lamp.md", title="Lamp", date="2020-06-01T08:00:00Z")
    site = Site(tmp_path)
    site.build()
    tables = site.page("/browse").select(".chart table")
    rows = [[row.get_text(" ", strip=True) for row in table.select("tbody tr")] for table in tables]
    # Nor does anybody know its outlet. Both are in the feed. From 1 May to 1 June there are 32 days, in both charts.
    assert [(some[0], some[-1], len(some)) for some in rows] == [
        ("2020-06-01 0 1 1", "2020-05-01 1 0 1", 32),
        ("2020-06-01 0", "2020-05-01 1", 32),
    ]
    heads = [name.get_text() for name in tables[0].select("thead th")]
    assert heads == ["Day", "(no outlet)", "x.example", "In the feed"]


def test_what_is_typed_is_shown_as_text(site: Site) -> None:
    page = site.page("/search?q=%3Cscript%3Enoon%3C%2Fscript%3E&author=%3Cb%3E")
    assert not page.select("main script, main b")
    assert "<script>noon</script>" in page.get_text()


HOSTILE = (
    *("%22", "%22%22%22", "*", "-", "%00", "NEAR%28", "%F0%9F%98%80", "%22" * 5_000, "a" * 10_000, "a+" * 5_000),
    *("%E5%8C%97" * 3_000, "AND+OR+NOT", "title%3Atide", "%5Etide", "%28tide", "tide*+-lamp", "%ED%A0%80", "%FF"),
)


def test_nothing_typed_is_an_error(site: Site) -> None:
    for typed in HOSTILE:
        assert site.ask(f"/search?q={typed}").status == 200, typed[:20]
        assert site.ask(f"/search.xml?q={typed}&day=").status == 200, typed[:20]
        is_long = len(unquote(typed)) > 500
        assert site.ask(f"/search?author={typed}").status == (400 if is_long else 200), typed[:20]
        assert site.ask(f"/search?q=tide&order={typed}").status == 400, typed[:20]


def test_what_was_read_for_the_search_is_not_made_again_for_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = archive(tmp_path)
    made = list[int]()
    result = EntryMaker.result

    def noted(maker: EntryMaker, position: int) -> EntryResult:
        made.append(position)
        return result(maker, position)

    monkeypatch.setattr(EntryMaker, "result", noted)
    assert titles(site.page("/")) == ["Cafe", "Rope", "Lamp", "Tide"]
    assert made == []
    dump(tmp_path / "in", "tide.md", title="Ebb", date="2020-05-01T08:00:00Z", body="<p>About a tide at noon.</p>")
    site.builder.rebuild()  # and what is new is not read yet
    assert titles(site.page("/")) == ["Cafe", "Rope", "Lamp", "Ebb"]
    assert made == [2, 3]


def test_what_is_no_year_month_or_day_is_told(site: Site) -> None:
    for query in ("year=2020", "month=2020-02", "day=2024-02-29", "month=1999-01", "year=&month="):
        assert [site.ask(f"/{place}?{query}").status for place in ("browse", "search", "search.xml")] == [200] * 3
    for query in (
        "year=20",
        "year=x",
        "year=2020-05",
        "month=2020",
        "month=2020-13",
        "day=2023-02-29",
        "day=2024-W01-1",
        "day=%00",
    ):
        assert [site.ask(f"/{place}?{query}").status for place in ("browse", "search")] == [400] * 2
    assert "month=2020-13: not a month. Write it like 2025-05." in site.ask("/browse?month=2020-13").body.decode()


def test_a_feed_that_somebody_reads_has_what_can_be_read_of_its_address(site: Site) -> None:
    """As it had before pages told of what cannot be read: nobody sees the errors of a feed."""
    asked = site.ask("/search.xml?q=tide").body
    assert asked.count(b"<entry>") > 0
    for query in ("order=date", "page=x", "page=0", "page=9", "author=" + "a" * 501, "utm_source=mail"):
        reply = site.ask(f"/search.xml?q=tide&{query}")
        assert (reply.status, reply.body) == (200, asked), query
    for query in ("year=x", "day=2023-02-29"):  # a feed of all days would be another one
        reply = site.ask(f"/search.xml?q=tide&{query}")
        assert (reply.status, reply.body.count(b"<entry>")) == (200, 0), query


def test_before_anything_was_read_the_pages_say_so(tmp_path: Path) -> None:
    dump(tmp_path / "in", "tide.md", title="Tide")
    site = Site(tmp_path)
    assert site.ask("/search?q=tide").status == 503
    site.builder.rebuild()
    assert "still being read" in site.page("/search?q=tide").get_text()
    assert "still being read" in site.page("/browse").get_text()
    assert site.ask("/search.xml?q=tide").status == 503


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    site = archive(tmp_path)
    damage_table(tmp_path / "index-search", "articles")
    site.indexer.finder = None  # a server that starts
    site.build()
    assert titles(site.page("/search?q=noon")) == ["Cafe", "Rope", "Lamp", "Tide"]


def test_a_server_says_so_where_another_one_has_taken_the_file(tmp_path: Path) -> None:
    site = archive(tmp_path)
    Store(str(tmp_path / "index-search"), "other settings").close()
    assert "still being read" in site.page("/search?q=noon").get_text()
    assert site.ask("/search.xml?q=noon").status == 503


def test_what_an_earlier_server_read_is_not_read_again(site: Site) -> None:
    published = site.builder.published
    while not published or not published.state:  # dumps so young that they may change unseen
        site.build()
        published = site.builder.published
    again = Indexer(site.options, f"{site.options.index}-search", BuildLog(lambda *_: None), refuse)
    again.update(published)
    assert again.finder
    assert len(again.finder.catalogue) == 4


def test_what_failed_is_tried_again_though_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, calls = archive(tmp_path), list[str]()
    monkeypatch.setattr("refeed.serve.indexer._LOOK", 0.001)
    monkeypatch.setattr("refeed.serve.indexer._AGAIN", 0.0)

    def full_at_first(what: Callable[..., object], work: Callable[..., int | None], *arguments: object) -> int | None:
        calls.append("call")
        if len(calls) < 3:
            raise OSError(ENOSPC, "No space left on device")
        return here(what, work, *arguments)

    told = list[str]()
    indexer = Indexer(site.options, str(tmp_path / "other-search"), BuildLog(told.append), full_at_first)
    assert site.builder.published
    indexer.tell(site.builder.published)
    looks = iter(range(2_000))
    indexer.run(lambda: indexer.finder is not None or next(looks, None) is None)
    assert indexer.finder
    assert len(indexer.finder.catalogue) == 4
    assert told == ["note: search: [Errno 28] No space left on device"]


def refuse(*_: object) -> int | None:
    raise AssertionError("it was read again")


def test_what_a_build_withdrew_is_found_no_more_before_the_articles_were_read_again(tmp_path: Path) -> None:
    site = archive(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide", date="2020-05-01T08:00:00Z", draft="true")
    site.builder.rebuild()
    assert titles(site.page("/search?q=noon")) == ["Cafe", "Rope", "Lamp"]
    assert names(site.page("/search"), "Categories") == ["mole 2", "quay 1"]
    page = site.page("/browse")
    assert "3 articles" in page.get_text()
    rows = [row.get_text(" ") for row in page.select(".chart tbody tr")]
    assert [row for row in rows if " 1 " in row] == ["2020-06-04 1 1", "2020-06-03 1 1", "2020-05-02 1 0"]
    assert b"Tide" not in site.ask("/search.xml").body


def test_what_is_withdrawn_is_found_no_more(tmp_path: Path) -> None:
    site = archive(tmp_path)
    assert titles(site.page("/search?q=tide")) == ["Tide"]
    dump(tmp_path / "in", "tide.md", title="Tide", date="2020-05-01T08:00:00Z", draft="true", body="<p>A tide.</p>")
    site.build()
    assert titles(site.page("/search?q=tide")) == []
    assert b"Tide" not in site.ask("/search.xml?q=tide").body
    assert "3 articles" in site.page("/browse").get_text()
