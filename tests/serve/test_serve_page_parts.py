"""What pages are made of, without a browser: an article's content fitted in, times, groups, and dumps that are gone."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from command_line import dump
from hypothesis import given
from hypothesis import strategies as st
from soup import SOUP

from refeed.html.sanitise import ALLOWED, sanitise
from refeed.inspection.inspect import inspect_record
from refeed.inspection.page_style import SHARED
from refeed.options import Options, SiteOptions
from refeed.pages.fit import FULL, SMALL, fit
from refeed.pages.rendering import STATIC, Paging, Visit
from refeed.problems import RefeedError
from refeed.serve.builder import Builder
from refeed.serve.http.addresses import Addresses
from refeed.serve.on_demand.provenance import provenance_of
from refeed.serve.published import Failure, Published
from refeed.serve.views.listing import Choices
from refeed.serve.views.pages import (
    Listing,
    render_entry,
    render_list,
    render_problems,
    render_problems_of,
    render_provenance,
)
from refeed.watch.log import BuildLog

BEACON = "https://pictures.example/a.jpg?x=1&y=2"


def fitted(content: str, *, pictures: bool = True, top: int = 2) -> BeautifulSoup:
    return BeautifulSoup("".join(fit(sanitise(content), pictures=pictures, top=top)), "html.parser")


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("<h1>a</h1><h2>b</h2>", ["h2", "h3"]),
        ("<h4>a</h4><h2>b</h2><h5>c</h5><h5>d</h5>", ["h2", "h2", "h3", "h3"]),  # none is left out, whatever came first
        ("<h1>a</h1><h3>b</h3><h2>c</h2>", ["h2", "h3", "h3"]),
        ("<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>", ["h2", "h3", "h4", "h5", "h6", "h6"]),
    ],
)
def test_headings_begin_below_those_of_the_page(content: str, names: list[str]) -> None:
    assert [tag.name for tag in fitted(content)(["h1", "h2", "h3", "h4", "h5", "h6"])] == names


def test_a_picture_waits_for_the_script_and_needs_none_without_scripts() -> None:
    waiting, plain = fitted(f'<p><img src="{BEACON}" alt="&lt;/noscript>" width="9"></p>')("img")
    assert waiting["data-src"] == plain["src"] == BEACON
    assert "src" not in waiting.attrs
    assert plain.parent is not None
    assert plain.parent.name == "noscript"
    for picture in (waiting, plain):
        assert (picture["alt"], picture["width"]) == ("</noscript>", "9")
        assert (picture["loading"], picture["referrerpolicy"]) == ("lazy", "no-referrer")


def test_no_text_ends_the_part_without_scripts() -> None:
    # With scripts a browser reads <noscript> as raw text up to these letters, wherever they stand.
    (written,) = fit(sanitise(f"<img src='{BEACON}' alt='</noscript><b>x</b>'>"), pictures=True)
    assert written.count("</noscript") == 1
    assert written.endswith("</noscript>")


def test_links_stand_for_pictures_that_are_not_wanted() -> None:
    page = fitted(
        f"<img src='{BEACON}' alt='A ferry'><img src='{BEACON}'><a href='https://x.example/'><img src='{BEACON}'></a>"
        f"<video src='https://films.example/1.mp4' poster='{BEACON}'>not shown</video> after",
        pictures=False,
    )
    assert page(["img", "video"]) == []
    assert [(tag.name, tag.get("href"), tag.get_text()) for tag in page.select(".instead")] == [
        ("a", BEACON, "Picture: A ferry"),
        ("a", BEACON, "Picture at pictures.example"),
        ("span", None, "Picture at pictures.example"),  # links do not stand in links
        ("a", "https://films.example/1.mp4", "Video at films.example"),
    ]
    assert page.get_text().endswith(" after")


def test_a_picture_that_the_article_holds_itself_is_always_shown() -> None:
    for pictures in (True, False):
        (picture,) = fitted("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", pictures=pictures)("img")
        assert str(picture["src"]).startswith("data:")


def test_players_load_nothing_before_they_are_started() -> None:
    (player,) = fitted(f"<video src='https://films.example/1.mp4' poster='{BEACON}'></video>")("video")
    assert (player["preload"], player["data-poster"], player.get("poster")) == ("none", BEACON, None)
    assert "controls" in player.attrs


def test_tables_are_in_a_box_that_scrolls() -> None:
    page = fitted("<table><tr><td>a</td><td><table><tr><td>b</td></tr></table></td></tr></table><p>after</p>")
    assert [table.parent and table.parent.get("class") for table in page("table")] == [["scroll"], ["scroll"]]
    assert page.select("body > p, p")[0].find_parent("div") is None


def test_a_long_article_is_cut_between_its_blocks_and_goes_on_as_it_was() -> None:
    items = "".join(f"<li>{number} {'tide ' * 10}</li>" for number in range(6))
    first, second = fit(
        sanitise(f"<section lang=fr><h2>a</h2><ol start=3>{items}</ol></section>"), pictures=True, full=200
    )[:2]
    assert first.startswith('<section lang="fr"><h2>a</h2><ol start="3"><li>0 tide')
    assert first.count("</li>") == 3
    assert first.endswith("</li></ol></section>")
    assert second.startswith('<section lang="fr"><ol start="6"><li>3 tide')
    heading = fit(sanitise(f"<h1>a</h1><h2>b</h2><p>{'tide ' * 50}</p><h2>c</h2>"), pictures=True, full=200)[1]
    assert heading == "<h2>c</h2>"  # on its page it stands below the title


@pytest.mark.parametrize(
    "content",
    [
        "水" * 60_000,
        "&amp;" * 40_000,
        f"<pre>{'tide ' * 40_000}</pre>",
        "<img src='http://x'>" * 1_000,
        f"<p><img src='http://x/{'x' * 7_000}' alt='{'y' * 20_000}'></p>" * 10,
        f"<blockquote cite='http://x/{'x' * 7_000}'>" * 100 + "tide " * 10,
        "<section>" * 100 + "<p>tide" * 20_000,
        "<table>" + "<tr><td>12,345" * 6_000 + "</table>",
    ],
    ids=lambda content: content[:20],
)
def test_no_part_of_an_article_is_heavy(content: str) -> None:
    parts = fit(sanitise(content), pictures=True)
    assert len(parts) > 1
    assert max(len(part.encode()) for part in parts) < 180_000


def test_what_is_small_is_one_part() -> None:
    longest = '<img src="http://x">' * (SMALL // len('&lt;img src="http://x"&gt;'))  # as it stands in a feed
    assert len(fit(sanitise(longest), pictures=True)) == 1


class Shown(HTMLParser):
    """Collects the text and the elements of a page."""

    def __init__(self, text: str) -> None:
        """Read it."""
        super().__init__()
        self.text, self.attributes, self.names = "", set[str](), set[str]()
        self.open = list[str]()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its attributes."""
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open += [tag] * (tag not in {"br", "hr", "img", "source", "wbr"})

    def handle_endtag(self, tag: str) -> None:
        """Note that an element has ended, and only the innermost one can."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


def test_texts_and_values_come_out_as_they_were_whatever_they_hold() -> None:
    # ">" ends no element inside a value, and what reads like a reference is text: "&amp;lt;" shows as "&lt;".
    content = sanitise('<p lang="en"><abbr title="a > &quot;b&quot; &amp;lt; c">1 < 2</abbr> &amp;lt; 3<br>&#39;</p>')
    assert fit(content, pictures=True) == (
        '<p lang="en"><abbr title="a &gt; &quot;b&quot; &amp;lt; c">1 &lt; 2</abbr> &amp;lt; 3<br>\'</p>',
    )


OWN = {"class", "data-poster", "data-src", "decoding", "dir", "lang", "loading", "preload", "referrerpolicy", "rel"}


@given(SOUP, st.booleans(), st.sampled_from([1, 60, FULL]))
def test_fitting_adds_nothing_that_acts_and_loses_no_text(text: str, pictures: bool, full: int) -> None:
    content = sanitise(text)
    parts = fit(content, pictures=pictures, full=full)
    before, after = Shown(content), Shown("".join(parts))
    assert [Shown(part).open for part in parts] == [[] for _ in parts]
    assert after.names <= ALLOWED.keys() | {"noscript", "span"}
    assert after.attributes <= OWN | {name for names in ALLOWED.values() for name in names}
    if pictures:
        assert after.text == before.text


# Pages of a build

HERE = Visit(feed_url="https://feeds.example/x/feed.xml", root="/x/")


def published(folder: Path) -> Published:
    builder = Builder(Options(paths=(str(folder),), now=datetime(2026, 11, 20, tzinfo=UTC)), BuildLog(lambda *_: None))
    builder.rebuild()
    assert builder.published is not None
    return builder.published


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the builder remembers in a folder of the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "state"))


def home_page(site: Published) -> bytes:
    """Return the page of all articles."""
    listed = [*site.entries]
    paging = Paging(1, len(listed), len(listed), None, None)
    listing = Listing("Home", "articles", listed, len(listed), paging, number_in_feed=len(listed))
    return render_list(listing, site, HERE)


def provenance_page(site: Published, key: str, number: int = 1) -> bytes:
    shown = site.entries[site.entries.find(key) or 0]
    found = provenance_of(shown.path, shown.line, site.options, site.now)
    page = render_provenance(shown, found, site, HERE, number)
    assert page is not None
    return page


def text_of(page: bytes | None) -> str:
    assert page is not None
    (main,) = BeautifulSoup(page.decode(), "html.parser")("main")
    return " ".join(main.get_text(" ").split())


def test_every_address_of_a_page_is_below_the_root(tmp_path: Path) -> None:
    dump(tmp_path / "in", "a.md")
    site = published(tmp_path / "in")
    (entry,) = site.entries
    for page in (
        home_page(site),
        render_problems(site, HERE),
        render_entry(entry, None, None, site, HERE),
        provenance_page(site, entry.key),
    ):
        assert page is not None
        soup = BeautifulSoup(page.decode(), "html.parser")
        found = {str(tag.get("href") or tag.get("src")) for tag in soup(["a", "link", "script", "img"])}
        assert all(address.startswith(("/x/", "?", "#", "https://x.example/", HERE.feed_url)) for address in found)
        for address in found:
            if address.startswith("/x/static/"):
                assert address.removeprefix("/x/static/") in {path.name for path in (*STATIC.iterdir(), SHARED)}
        assert soup.select("[style], style, script:not([src]), [onclick]") == []


def test_a_dump_that_is_gone_or_changed_since_is_said_to_be(tmp_path: Path) -> None:
    path = dump(tmp_path / "in", "a.md")
    site = published(tmp_path / "in")
    key = site.entries[0].key
    path.write_text("\n" * 4 + path.read_text())
    assert "There is no record at line 1 of" in text_of(provenance_page(site, key))
    path.unlink()
    text = text_of(provenance_page(site, key))
    assert "cannot be read any more" in text
    assert "unreadable" in text


def test_a_source_told_by_its_path_is_read_with_its_own_settings(tmp_path: Path) -> None:
    dump(tmp_path / "in" / "old", "a.md", date="2020-05-01 08:00")
    options = Options(paths=(str(tmp_path / "in"),), sources={"old/*": SiteOptions(timezone="Europe/Paris")})
    inspected = inspect_record(f"{tmp_path}/in/old/a.md", 1, options, datetime(2026, 11, 20, tzinfo=UTC), most=1_000)
    assert inspected is not None
    assert inspected.published == "2020-05-01T06:00:00Z"  # 08:00 in Paris, in summer


def test_of_records_in_one_line_the_one_of_the_entry_is_shown(tmp_path: Path) -> None:
    item = '{{"title": "{0}", "url": "https://h.example/{0}", "date": "2024-08-05", "text": "About {0}."}}'
    (tmp_path / "a.json").write_text(f"[{item.format('fog')}, {item.format('boats')}]")
    site = published(tmp_path)
    shown = {entry.entry.title: entry for entry in site.entries}
    for title, entry in shown.items():
        page = provenance_of(entry.path, entry.line, site.options, site.now, entry.entry.id)
        assert page is not None
        assert [part.source for part in page.parts] == [f"About {title}."]
    assert {*shown} == {"fog", "boats"}


def test_a_rebuild_that_failed_is_told_on_every_page(tmp_path: Path) -> None:
    dump(tmp_path / "in", "a.md")
    failure = Failure("<archive>: no dump", datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    site = replace(published(tmp_path / "in"), failure=failure)
    assert "<archive>: no dump" in text_of(render_problems(site, HERE._replace(local=True)))
    assert "The server's log says why." in text_of(render_problems(site, HERE))
    said = "The newest rebuild failed ( 20 Nov 2026, 09:30 UTC )"
    for page in (render_problems(site, HERE), home_page(site), render_entry(site.entries[0], None, None, site, HERE)):
        assert said in text_of(page)


def test_a_problem_comes_with_its_cure_and_leads_to_how_its_article_was_made(tmp_path: Path) -> None:
    dump(tmp_path / "in", "a.md", date="2020-05-01 08:00")  # without a zone
    site = published(tmp_path / "in")
    page = render_problems(site, HERE)
    assert 'What to do: set timezone under [sources."HOST"] in refeed.toml.' in text_of(page)
    assert b"set <code>timezone</code> under <code>" in page
    links = [str(link["href"]) for link in BeautifulSoup(page.decode(), "html.parser").select("ul.places a")]
    assert links == [f"/x/entry/{site.entries[0].key}/provenance"]


def test_many_problems_of_a_kind_have_pages_of_their_own(tmp_path: Path) -> None:
    dump(tmp_path, "a.md")
    for number in range(120):
        (tmp_path / f"{number:03}.md").write_bytes(b"")
    site = published(tmp_path)
    code = next(problem.code for problem in site.report.problems if problem.path.endswith("007.md"))
    first = BeautifulSoup(render_problems(site, HERE), "html.parser")
    assert len(first.select("ul.places li")) == 10
    assert [(one["href"], one.get_text()) for one in first.select("details p a")] == [
        (f"/x/problems/{code}", "All 120 of them")
    ]
    names, ways = list[str](), list[list[str]]()
    for number in (1, 2, 3):
        page = BeautifulSoup(render_problems_of(code, Choices(page=number), site, HERE) or b"", "html.parser")
        names += [one.get_text().rpartition("/")[2] for one in page.select("ul.places code")]
        ways.append([str(one["href"]) for one in page.select(".neighbours a")])
    assert names == [f"{number:03}.md" for number in range(120)]
    assert ways == [["?page=2"], ["?", "?page=3"], ["?page=2"]]
    assert render_problems_of(code, Choices(page=4), site, HERE) is None
    assert render_problems_of("nothing", Choices(), site, HERE) is None


def test_a_name_of_a_file_that_is_no_text_is_shown(tmp_path: Path) -> None:
    path = dump(tmp_path / "in", "a.md")
    path.rename(os.fsdecode(os.fsencode(tmp_path / "in") + b"/\xff\x1b[2J.md"))
    site = published(tmp_path / "in")
    page = render_entry(site.entries[0], None, None, site, HERE)
    assert page is not None
    assert b"\x1b" not in page
    assert "/in/[2J.md:1" in text_of(page)


def test_the_filters_that_leave_articles_out_are_named(tmp_path: Path) -> None:
    dump(tmp_path / "in", "a.md")
    options = Options(
        paths=(str(tmp_path / "in"),),
        outlet=("nobody",),
        match=(re.compile("tide"),),
        since=datetime(2020, 1, 1, tzinfo=UTC),
        now=datetime(2026, 11, 20, tzinfo=UTC),
    )
    builder = Builder(options, BuildLog(lambda *_: None))
    builder.rebuild()
    assert builder.published is not None
    text = text_of(render_problems(builder.published, HERE))
    for named in ("--outlet nobody 1 record", "--match tide 1 record", "--since 2020-01-01T00:00:00Z 0 articles"):
        assert named in text
    assert "Filters" not in text_of(render_problems(published(tmp_path / "in"), HERE))


@pytest.mark.parametrize(
    ("base", "local", "is_named"),
    [
        (None, True, True),
        ("http://localhost:8000/", True, True),
        ("https://feeds.example/", True, False),  # behind a proxy
        (None, False, False),
    ],
)
def test_others_learn_no_name_of_what_is_not_published(
    tmp_path: Path, base: str | None, local: bool, is_named: bool
) -> None:
    marks = {
        "draft-plan": "draft: true",
        "private-plan": "private: true",
        "locked-plan": "password: swordfish",
        "expired-plan": "expires: 2026-01-02",
        "future-plan": "publishDate: 2027-06-01",
    }
    for name, says in marks.items():  # the time without a zone is a problem of its own, of each file
        text = f"---\ntitle: {name}\ndate: 2026-01-01 08:00\n{says}\n---\n\nThe tide is high.\n"
        (tmp_path / f"{name}.md").write_text(text)
    copy = "---\ntitle: Tide\nlink: https://quay.example/tide\ndate: {}\n{}---\n\nThe tide is high.\n"
    (tmp_path / "known.md").write_text(copy.format("2026-01-01", ""))
    (tmp_path / "withdrawn-plan.md").write_text(copy.format("2026-01-02", "draft: true\n"))  # known.md is its duplicate
    (tmp_path / "notes.md").write_bytes(b"")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts/empty-plan.md").write_bytes(b"")
    (tmp_path / "draft-plan.md.bak").write_bytes(b"")
    visit = Addresses(base, local=local).visit(None, None, pictures=True)
    site = published(tmp_path)
    text = text_of(render_problems(site, visit))
    for code in sorted({problem.code for problem in site.report.problems}):
        text += text_of(render_problems_of(code, Choices(), site, visit) or b"<main>")
    assert {name for name in (*marks, "withdrawn-plan", "empty-plan") if name in text} == (
        {*marks, "withdrawn-plan", "empty-plan"} if is_named else set()
    )
    assert "notes.md" in text
    assert "draft notice 2" in text
    assert all(f"{code} notice 1" in text for code in ("private", "locked", "expired", "future"))


def test_a_record_that_cannot_be_traced_says_why(tmp_path: Path) -> None:
    dump(tmp_path / "in", "a.md")
    site = published(tmp_path / "in")
    page = render_provenance(site.entries[0], RefeedError("<killed>"), site, HERE)
    assert "This cannot be shown: <killed>" in text_of(page)


def test_of_a_long_body_the_beginning_is_shown_and_the_rest_is_said_to_be_in_the_file(tmp_path: Path) -> None:
    dump(tmp_path / "in", "long.md", title="Long", body=f"<p>{'Water and salt. ' * 100_000}</p>")
    dump(tmp_path / "in", "short.md", title="Short", date="2020-04-01T08:00:00Z")
    site = published(tmp_path / "in")
    long, short = (provenance_page(site, shown.key) for shown in site.entries)
    assert "Only its beginning is shown: the rest is in the file." in text_of(long)
    assert "Only its beginning" not in text_of(short)
