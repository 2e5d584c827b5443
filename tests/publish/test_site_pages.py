"""The pages of a site: every article has one, every link leads somewhere, and none shows what it should not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup
from command_line import dump
from lxml import etree

from refeed.feeds.addresses import Addresses
from refeed.options import FeedOptions, Options
from refeed.publish.run import PublishedSite, publish
from refeed.publish.search_engines import sitemap_paths, sitemaps

NOW: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
BASE: Final = "https://x.example/news/"


def site(root: Path, **options: Any) -> PublishedSite:
    """Publish five articles of two outlets over three months; one states no address, and no zone."""
    for number in range(4):
        outlet = ("Harbour Ledger", "港口日报")[number % 2]
        dump(root, f"in/{number}.md", title=f"Tide {number}", date=f"2025-0{number // 2 + 1}-10", source=outlet)
    dump(root, "in/fog.md", title="Fog", date="2025-03-01 08:00", link="", tags="[weather & sea]")
    chosen = {"paths": (str(root / "in"),), "site": str(root / "site"), "workers": 1, "min_articles": 1, **options}
    return publish(Options(**chosen), NOW)


def links(page: Path, root: Path) -> Iterator[str]:
    """Return where the links of a page or feed lead within the site, as paths below its folder."""
    data, own = page.read_bytes(), BASE + page.relative_to(root).as_posix()
    if page.suffix == ".html":
        soup = BeautifulSoup(data, "lxml")
        found = [str(tag[name]) for name in ("href", "src") for tag in soup.select(f"[{name}]")]
    elif page.suffix in {".xml", ".opml", ".rss"}:
        tree = etree.fromstring(data)
        found = [value for tag in tree.iter() for name, value in tag.attrib.items() if name in {"href", "xmlUrl"}]
        found += [tag.text or "" for tag in tree.iter("{*}loc")]
    else:
        found = []
    for address in (urljoin(own, address) for address in found):
        if address.startswith(BASE):
            path = unquote(urlsplit(address).path.removeprefix("/news/"))
            yield path + "index.html" * (not path or path.endswith("/"))


@pytest.mark.parametrize("base", [None, BASE])
@pytest.mark.parametrize("pages", ["full", "list"])
def test_every_link_leads_to_something_in_the_folder(tmp_path: Path, base: str | None, pages: str) -> None:
    site(tmp_path, base_url=base, pages=pages)
    root = tmp_path / "site"
    found = (path for path in root.rglob("*") if path.is_file() and path.name[0] != ".")
    files = {path.relative_to(root).as_posix() for path in found}
    # That of a host is shown under any address: its links begin at the root.
    crawled = {path: {*links(root / path, root)} for path in files if base or path != "404.html"}
    assert {path: found - files for path, found in crawled.items() if found - files} == {}
    reached, new = set[str](), {"index.html", "sitemap.xml", "feeds.opml"} & files
    while new:
        reached |= new
        new = {path for one in new for path in crawled.get(one, ())} - reached
    unlinked = {"404.html", "robots.txt", "feeds.opml", *(path for path in files if path.startswith("static/"))}
    alone = {path for path in files - reached - unlinked if not path.endswith((".rss", ".json"))}
    assert alone == set()


def test_every_article_has_a_page_that_says_where_it_comes_from(tmp_path: Path) -> None:
    done = site(tmp_path, base_url=BASE)
    pages = [*(tmp_path / "site" / "entry").iterdir()]
    assert len(pages) == done.report.totals.out == 5
    fog = next(BeautifulSoup(page.read_bytes(), "lxml") for page in pages if b"<h1>Fog</h1>" in page.read_bytes())
    assert [code.text for code in fog.select(".origin code")] == ["fog.md:1", "date-assumed"]
    assert fog.select_one(".text").get_text(strip=True) == "Text enough to be read."  # type: ignore[union-attr]
    assert [one.get("href") for one in fog.select(".categories a")] == ["../category/weather-sea/"]
    assert not any(str(tmp_path).encode() in page.read_bytes() for page in (tmp_path / "site").rglob("*.html"))
    entry = next(one for one in feedparser.parse(tmp_path / "site" / "feed.xml").entries if one.title == "Fog")
    key = entry.id.removeprefix("urn:uuid:")
    assert entry.link == f"{BASE}entry/{key}.html"  # it states no other
    assert (tmp_path / "site" / "entry" / f"{key}.html").exists()


def test_the_page_of_a_withdrawn_article_is_gone_and_its_neighbours_are_neighbours_now(tmp_path: Path) -> None:
    site(tmp_path)
    before = {page.name for page in (tmp_path / "site" / "entry").iterdir()}
    (tmp_path / "in" / "2.md").unlink()
    options = Options(paths=(str(tmp_path / "in"),), site=str(tmp_path / "site"), workers=1, min_articles=1)
    done = publish(options, NOW)
    gone = before - {page.name for page in (tmp_path / "site" / "entry").iterdir()}
    assert done.removed == tuple(f"entry/{name}" for name in gone)
    assert len(gone) == 1
    assert not [path for path in (tmp_path / "site").rglob("*") if path.is_file() and b"Tide 2" in path.read_bytes()]
    assert publish(options, NOW).written == ()


def test_a_long_article_has_a_page_for_each_of_its_parts(tmp_path: Path) -> None:
    long = "".join(f"<p>{number} {'tide ' * 40}</p>" for number in range(900))
    dump(tmp_path, "in/long.md", title="Long", date="2025-04-01", body=long)
    site(tmp_path)
    folder = tmp_path / "site"
    pages = {path.relative_to(folder).as_posix() for path in (folder / "entry").rglob("*.html")}
    (second,) = (path for path in pages if path.endswith("/2.html"))
    first = f"{second.removesuffix('/2.html')}.html"
    assert len(pages) == 6 + 2  # of six articles, one of them in three parts
    assert max((folder / path).stat().st_size for path in pages) < 200_000
    assert {first, second.replace("/2.", "/3.")} < {*links(folder / second, folder)} & pages
    options = Options(paths=(str(tmp_path / "in"),), site=str(folder), workers=1, min_articles=1)
    assert publish(options, NOW).written == ()
    dump(tmp_path, "in/long.md", title="Long", date="2025-04-01", body=long[: len(long) // 2])
    assert publish(options, NOW).removed == (second.replace("/2.", "/3."),)
    (tmp_path / "in/long.md").unlink()
    assert {first, second} < {*publish(options, NOW).removed}
    assert not (folder / second).parent.exists()


def test_a_page_leads_to_the_site_of_the_feed_only_where_that_is_another_one(tmp_path: Path) -> None:
    site(tmp_path, base_url=BASE)
    page = tmp_path / "site" / "feeds.html"
    assert BeautifulSoup(page.read_bytes(), "lxml").select("footer a[rel]") == []
    site(tmp_path, base_url=BASE, feed=FeedOptions(link="https://x.example/"))
    (leads,) = BeautifulSoup(page.read_bytes(), "lxml").select("footer a[rel]")
    assert (leads["href"], leads.get_text()) == ("https://x.example/", "The site it belongs to")


def test_lists_alone_lead_to_where_the_articles_were_published(tmp_path: Path) -> None:
    site(tmp_path, pages="list")
    assert not (tmp_path / "site" / "entry").exists()
    month = BeautifulSoup((tmp_path / "site" / "archive/2025/01.html").read_bytes(), "lxml")
    found = [one.get("href") for one in month.select("#list a")]
    assert found == ["https://x.example/1", "https://x.example/0"]


def test_a_list_says_how_many_articles_there_are_beside_those_that_it_shows(tmp_path: Path) -> None:
    site(tmp_path, limit=2)
    home = BeautifulSoup((tmp_path / "site" / "index.html").read_bytes(), "lxml")
    assert [one.get_text(strip=True) for one in home.select("#found, .facts")] == [
        "5 articles",
        "The newest 2 articles of 5: the months have all of them",
    ]
    contents = BeautifulSoup((tmp_path / "site" / "feeds.html").read_bytes(), "lxml")
    assert [one.get_text(" ", strip=True) for one in contents.select(".contents li")] == [
        "in 5",
        "weather & sea 1",
        "Harbour Ledger 2",
        "港口日报 2",
    ]


def test_a_month_of_many_articles_has_pages_that_lead_to_each_other(tmp_path: Path) -> None:
    # What a list shows of an article is long here: 100 Chinese characters of a title, and a whole summary.
    for number in range(205):
        name, day = f"in/{number:03}.md", f"2025-01-{number // 8 + 1:02}"
        dump(
            tmp_path, name, title=f"{number:03} {'潮' * 100}", date=day, source="港口日报", body=f"<p>{'水' * 400}</p>"
        )
    options = Options(paths=(str(tmp_path / "in"),), site=str(tmp_path / "site"), workers=1, pages="list")
    publish(options, NOW)
    pages = [tmp_path / "site" / "archive" / "2025" / name for name in ("01.html", "01/2.html", "01/3.html")]
    soups = [BeautifulSoup(page.read_bytes(), "lxml") for page in pages]
    shown = [[title.get_text()[:3] for title in soup.select("#list h3")] for soup in soups]
    assert [len(some) for some in shown] == [100, 100, 5]
    assert len({*shown[0], *shown[1], *shown[2]}) == 205
    assert all(page.stat().st_size < 200_000 for page in pages)
    followed = [urljoin(f"/archive/2025/{name}", str(soup.select_one("a[rel=next]")["href"]))  # type: ignore[index]
                for name, soup in zip(("01.html", "01/2.html"), soups, strict=False)]  # fmt: skip
    assert followed == ["/archive/2025/01/2.html", "/archive/2025/01/3.html"]
    assert "Articles 201 to 205 of 205" in soups[2].get_text()


def test_no_pages_are_written_where_none_are_wanted(tmp_path: Path) -> None:
    site(tmp_path, pages="none")
    assert {path.suffix for path in (tmp_path / "site").rglob("*") if path.is_file() and path.name[0] != "."} == {
        *(".xml", ".rss", ".json", ".opml")
    }


def test_search_engines_are_told_of_every_page_by_its_address(tmp_path: Path) -> None:
    site(tmp_path, base_url=BASE)
    named = [tag.text for tag in etree.parse(tmp_path / "site" / "sitemap.xml").iter("{*}loc")]
    assert {BASE, f"{BASE}outlet/harbour-ledger/", f"{BASE}archive/2025/01.html"} < {*named}
    assert sum(f"{BASE}entry/" in (address or "") for address in named) == 5
    assert (tmp_path / "site" / "robots.txt").read_text() == f"User-agent: *\nAllow: /\nSitemap: {BASE}sitemap.xml\n"


def test_more_pages_than_one_sitemap_may_name_have_several() -> None:
    paths = [f"{number}.html" for number in range(50_001)]
    first, second, index = sitemaps(paths, len(paths), Addresses(BASE))
    assert first.count(b"<loc>") == 50_000
    assert b"/50000.html</loc>" in second
    assert sitemap_paths(len(paths)) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert [tag.text for tag in etree.fromstring(index).iter("{*}loc")] == [
        f"{BASE}sitemap-1.xml",
        f"{BASE}sitemap-2.xml",
    ]
