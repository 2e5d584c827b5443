"""The pages of `refeed serve` in a browser: what a person sees, does with mouse and keyboard, and what is fetched."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote_plus, urlsplit

import pytest
from asking import serving
from chromium import MISSING, PROGRAM, driven
from command_line import dump
from playwright.sync_api import Browser, Page, Request, Route, expect

pytestmark = pytest.mark.skipif(PROGRAM is None and not os.environ.get("CI"), reason=MISSING)

PICTURES: Final = "pictures.example"
SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>'
SCRIPT: Final = "<script>document.title = 'owned'</script>"
LONG: Final = "Donaudampfschifffahrt" * 20
WIDE: Final = "<table><tr>" + "<th>A column of tides</th>" * 30 + "</tr><tr>" + "<td>12,345</td>" * 30 + "</tr></table>"
HAN: Final = "石桥今天早上重新开放，许多人从桥上走过。这座桥关闭了两年，现在终于修好了。市长说，过桥不要钱。" * 3
# Newest first, as they stand in the list.
TITLES: Final = (
    "The ferry is back",
    "石桥重新开放",
    f"{SCRIPT} is text",
    f"A table of tides, {LONG}",
    "The orchard book",
    "A film of the harbour",
)


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an archive of six articles and three files that give none."""
    folder = tmp_path_factory.mktemp("site") / "archive"
    ferry, bridge, script, table, orchard, film = TITLES
    dump(
        folder, "ferry.md", title=ferry, date="2023-11-14T21:59:00Z", author="Ada Reed", categories="[Harbour, News]",
        link="https://ledger.example/ferry",
        body=f"<p><img src='https://{PICTURES}/ferry.jpg' alt='A ferry'></p><h1>On the pier</h1><p>People waved.</p>"
        "<h4>Later</h4><p hidden>A word of the editor to nobody.</p><p>It crossed the sound twice.</p>",
    )  # fmt: skip
    dump(
        folder, "bridge.md", title=bridge, date="2023-11-13T16:30:00Z", categories="[News]",
        link="https://shanhai.example/2", body=f"<p><img src='https://{PICTURES}/bridge.jpg'></p><p>{HAN}</p>",
    )  # fmt: skip
    dump(
        folder, "script.md", title=f'"{script}"', date="2023-11-12T10:00:00Z", author='"<i>Nobody</i>"',
        categories='["<b>bold</b>"]', link="https://ledger.example/script", body="<p>Nothing runs in this place.</p>",
    )  # fmt: skip
    dump(
        folder, "table.md", title=table, date="2023-11-11T10:00:00Z", link="https://ledger.example/table",
        body=f"<p>High water, {LONG}.</p>{WIDE}<pre>{'tide ' * 200}</pre>",
    )  # fmt: skip
    dump(folder, "orchard.md", title=orchard, date="2023-11-10", link="https://garden.example/", body="<p>Pears.</p>")
    dump(
        folder, "film.md", title=film, date="2023-11-09T10:00:00Z", link="https://ledger.example/film",
        body=f"<p>Boats.</p><video src='https://films.example/1.mp4' poster='https://{PICTURES}/film.jpg'></video>",
    )  # fmt: skip
    dump(folder, "<i>again.md", title=ferry, date="2023-11-14T21:59:00Z", link="https://ledger.example/ferry")
    dump(folder, "undated.md", date="", link="")
    (folder / "README.md").write_text("# About this archive\n")
    return folder


@pytest.fixture(scope="module")
def site(dumps: Path) -> Iterator[str]:
    """Serve the archive and give the address of its first page."""
    with serving(dumps.parent, "--now", "2026-11-20T00:00:00Z") as live:
        yield live.url.removesuffix("feed.xml")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    with driven() as chromium:
        yield chromium


class Visit(NamedTuple):
    """A page, and what its browser fetched and complained of."""

    page: Page
    requests: list[Request]
    complaints: list[str]

    @property
    def foreign(self) -> list[Request]:
        """What was asked of other hosts."""
        return [request for request in self.requests if urlsplit(request.url).hostname != "127.0.0.1"]


def _draw(route: Route) -> None:
    """Answer for every other host: nothing leaves this machine."""
    route.fulfill(body=SVG, content_type="image/svg+xml")


Visiting = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture
def visiting(browser: Browser, site: str) -> Visiting:
    """Return what opens a page in a browser that remembers nothing, and checks that it had nothing to complain of."""

    @contextmanager
    def visit(path: str = "", **settings: Any) -> Iterator[Visit]:
        settings = {"locale": "en-GB", "timezone_id": "Asia/Tokyo", "base_url": site, **settings}
        with browser.new_context(**settings) as context:
            context.set_default_timeout(20_000)
            seen = Visit(context.new_page(), [], [])
            context.route(lambda url: urlsplit(url).hostname != "127.0.0.1", _draw)
            context.on("request", lambda request: seen.requests.append(request))  # noqa: PLW0108  it marks what it calls
            context.on("weberror", lambda error: seen.complaints.append(str(error.error)))
            context.on("console", lambda said: seen.complaints.append(said.text))
            seen.page.goto(path)
            yield seen
            assert seen.complaints == []

    return visit


def go_to(page: Page, title: str) -> None:
    """Open an article from the list."""
    page.goto("./")
    page.get_by_role("link", name=title).click()
    page.wait_for_url("**/entry/*")


def shown(page: Page) -> list[str]:
    """List the titles that stand in the list."""
    return [title.strip() for title in page.locator("#list h3:visible").all_inner_texts()]


# The list


def test_the_list_shows_every_article_newest_first(visiting: Visiting, site: str) -> None:
    with visiting() as visit:
        page = visit.page
        assert shown(page) == list(TITLES)
        first = page.locator("#list > li").first
        # 21:59 UTC is the next day in Tokyo.
        assert first.locator(".meta").inner_text() == "ledger.example 15 Nov 2023, 06:59 Ada Reed"
        assert first.locator("time").get_attribute("datetime") == "2023-11-14T21:59:00Z"
        assert "People waved." in first.locator(".summary").inner_text()
        expect(first.locator("img")).to_have_js_property("complete", value=True)
        orchard = page.locator("#list > li", has_text="The orchard book")
        assert "10 Nov 2023" in orchard.locator("time").inner_text()  # a day is the same day everywhere
        assert page.title() == "archive"
        link = page.locator("link[rel=alternate]").first  # the others are RSS and JSON Feed
        assert link.get_attribute("href") == f"{site}feed.xml"
        assert link.get_attribute("type") == "application/atom+xml"


def test_the_address_can_be_copied(visiting: Visiting, site: str) -> None:
    with visiting(permissions=["clipboard-read", "clipboard-write"]) as visit:
        assert visit.page.get_by_role("textbox", name="Subscribe").input_value() == f"{site}feed.xml"
        visit.page.get_by_role("button", name="Copy").click()
        expect(visit.page.locator("#copied")).to_have_text("Copied.")
        assert visit.page.evaluate("navigator.clipboard.readText()") == f"{site}feed.xml"


def test_the_address_can_be_copied_where_the_clipboard_needs_a_secure_page(visiting: Visiting, site: str) -> None:
    with visiting() as visit:
        page = visit.page
        page.add_init_script("delete Navigator.prototype.clipboard")  # as browsers do without TLS
        page.reload()
        page.get_by_role("button", name="Copy").click()
        expect(page.locator("#copied")).to_have_text("Copied.")
        page.get_by_label("Search", exact=True).press("Control+V")
        expect(page.get_by_label("Search", exact=True)).to_have_value(f"{site}feed.xml")


# What is typed → the titles that are left.
SEARCHES: Final = {
    "FERRY back": ("The ferry is back",),
    "石桥 过桥": ("石桥重新开放",),
    "ｆｅｒｒｙ": ("The ferry is back",),  # full-width letters
    "bold": (f"{SCRIPT} is text",),  # a category
    "garden": ("The orchard book",),
    "no such thing": (),
    "example back ferry": ("The ferry is back",),
}


def test_search_finds_words_in_any_order_without_a_reload(visiting: Visiting) -> None:
    with visiting() as visit:
        before = len(visit.requests)
        for words, titles in SEARCHES.items():
            visit.page.get_by_label("Search", exact=True).fill(words)
            visit.page.wait_for_url(f"./?q={quote_plus(words)}")
            expect(visit.page.get_by_role("status").filter(has_text="of")).to_have_text(f"{len(titles)} of 6 articles")
            assert shown(visit.page) == list(titles)
        asked = {request.resource_type for request in visit.requests[before:]}
        assert not asked & {"document", "fetch", "xhr"}


def test_filters_narrow_the_list_and_stay_in_the_address(visiting: Visiting) -> None:
    with visiting() as visit:
        page, found = visit.page, visit.page.locator("#found")
        page.get_by_text("Filter by outlet, category, date").click()
        page.get_by_label("Outlet").select_option(label="ledger.example (4)")
        expect(found).to_have_text("4 of 6 articles")
        page.get_by_label("Category").select_option(label="News (2)")
        expect(found).to_have_text("1 of 6 articles")
        assert shown(page) == ["The ferry is back"]
        page.reload()
        expect(found).to_have_text("1 of 6 articles")
        expect(page.get_by_label("Category")).to_have_value("News")
        page.get_by_role("link", name="Show all of them").click()  # what an address says is filtered by the server
        expect(found).to_have_text("All articles, newest first")
        assert shown(page) == list(TITLES)
        assert urlsplit(page.url).query == ""


def test_days_are_those_of_the_viewer(visiting: Visiting) -> None:
    with visiting() as visit:
        page, found = visit.page, visit.page.locator("#found")
        page.get_by_text("Filter by outlet, category, date").click()
        page.get_by_label("From").fill("2023-11-15")
        expect(found).to_have_text("1 of 6 articles")
        assert shown(page) == ["The ferry is back"]  # 14 November 21:59 UTC, 15 November in Tokyo
        page.get_by_label("From").fill("2023-11-10")
        page.get_by_label("To", exact=True).fill("2023-11-10")
        expect(found).to_have_text("1 of 6 articles")
        assert shown(page) == ["The orchard book"]


# An article


def test_an_entry_shows_the_cleaned_article(visiting: Visiting) -> None:
    with visiting() as visit:
        go_to(visit.page, "The ferry is back")
        page = visit.page
        assert page.get_by_role("heading", level=1).inner_text() == "The ferry is back"
        assert page.locator(".text").get_by_role("heading", level=2).inner_text() == "On the pier"
        assert page.locator(".text").get_by_role("heading", level=3).inner_text() == "Later"
        assert "A word of the editor" not in page.locator("main").inner_text()
        original = page.get_by_role("link", name="Read it where it was published")
        assert original.get_attribute("href") == "https://ledger.example/ferry"
        expect(page.get_by_role("img", name="A ferry")).to_have_js_property("naturalWidth", 40)
        page.get_by_role("link", name="Older").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("石桥重新开放")
        assert page.get_by_role("heading", level=1).get_attribute("lang") == "zh-Hans"
        page.get_by_role("link", name="News", exact=True).click()
        expect(page.locator("#found")).to_have_text("2 of 6 articles")


def test_provenance_is_shown_on_demand_below_the_article(visiting: Visiting) -> None:
    with visiting() as visit:
        go_to(visit.page, "The ferry is back")
        page, address = visit.page, visit.page.url
        expect(page.locator("table.fields")).to_have_count(0)
        page.get_by_role("link", name="What it was made of").click()
        row = page.locator("table.fields tr", has_text="published")
        expect(row.locator("td").last).to_have_text("front matter: date")
        assert "front-matter" in page.locator(".file").inner_text()
        assert "ferry.md" in page.locator(".file").inner_text()
        removed = page.locator("table.steps tr", has_text="hidden elements")
        assert removed.locator("del").inner_text() == "A word of the editor to nobody."
        assert page.locator(".before del", has_text="A word of the editor").count() == 1
        assert page.url == address
        assert page.evaluate("document.activeElement.id") == "made-of"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_line_that_is_pressed_gives_a_rule(scripts: bool, visiting: Visiting) -> None:
    with visiting(java_script_enabled=scripts) as visit:
        go_to(visit.page, "The ferry is back")
        page = visit.page
        page.get_by_role("link", name="leave it out").click()
        page.get_by_role("button", name="It crossed the sound twice.").click()
        expect(page.locator(".rule")).to_have_text('drop=p:-soup-contains-own("It crossed the sound twice.")')
        expect(page.locator("#trial + p + p")).to_contain_text("1 of 4 articles of ledger.example")
        expect(page.locator(".effect del")).to_have_text(["It crossed the sound twice."])
        expect(page.get_by_role("region", name="Lines for refeed.toml")).to_contain_text('[sources."ledger.example"]')
        page.get_by_role("textbox", name="A rule of your own").fill("drop=h1")
        page.keyboard.press("Enter")
        expect(page.locator(".effect del")).to_have_text(["On the pier"])


def test_a_title_is_text_whatever_it_says(visiting: Visiting) -> None:
    with visiting() as visit:
        page = visit.page
        assert page.locator("#list script, #list i, #list b").count() == 0
        go_to(page, SCRIPT)
        address = page.url
        for path in (address, f"{address}/provenance"):
            page.goto(path)
            assert page.get_by_role("heading", level=1).inner_text() == f"{SCRIPT} is text"
            assert f"{SCRIPT} is text" in page.title()
            assert page.locator("main script").count() == 0


# What was left out


def test_problems_stand_by_code_and_the_totals_add_up(visiting: Visiting) -> None:
    with visiting("problems") as visit:
        page = visit.page
        codes = page.locator(".group h3")
        # no-date and date-assumed are warnings, the others notices; of one kind the frequent first, then by name.
        assert [" ".join(text.split()) for text in codes.all_inner_texts()] == [
            "no-date warning 1",
            "duplicate notice 1",
            "read-me notice 1",
        ]
        assert "No date found." in page.locator(".group", has=page.locator("#no-date")).inner_text()
        for table in page.locator(".sum").all():
            parts = [int(text) for text in table.locator("tbody td").all_inner_texts()]
            assert sum(parts) == int(table.locator("tfoot td").inner_text())
        assert [table.locator("tfoot").inner_text().split()[-1] for table in page.locator(".sum").all()] == ["9", "8"]
        duplicate = page.locator(".group", has=page.locator("#duplicate"))
        duplicate.get_by_text("Show it").click()
        assert "<i>again.md" in duplicate.locator(".places").inner_text()


# For everybody

PICTURED: Final = ("", TITLES[0], TITLES[1], TITLES[5])
PAGES: Final = ("", "problems", *TITLES, f"provenance of {TITLES[0]}", f"provenance of {TITLES[3]}")


def each_page(page: Page, names: tuple[str, ...] = PAGES) -> Iterator[str]:
    """Walk through the pages by their names."""
    page.goto("./")
    places = {link.inner_text().strip(): link.get_attribute("href") for link in page.locator("#list h3 a").all()}
    for name in names:
        _, is_provenance, title = name.rpartition("provenance of ")
        place = f"{places[title]}{'/provenance' if is_provenance else ''}" if title in places else f"./{name}"
        page.goto(place)
        yield name


def test_no_page_is_wider_than_a_phone(visiting: Visiting) -> None:
    with visiting(viewport={"width": 360, "height": 740}) as visit:
        for name in each_page(visit.page):
            assert visit.page.evaluate("document.documentElement.scrollWidth") == 360, name
        go_to(visit.page, "A table of tides")
        visit.page.get_by_role("link", name="What it was made of").click()
        expect(visit.page.locator("table.fields")).to_be_visible()
        assert visit.page.evaluate("document.documentElement.scrollWidth") == 360
        box = visit.page.get_by_role("group", name="Table").first
        assert box.evaluate("box => box.scrollWidth > 3 * box.clientWidth")
        expect(box).to_have_attribute("tabindex", "0")  # not every browser lets the keyboard reach what scrolls
        box.press("ArrowRight")
        expect(box).not_to_have_js_property("scrollLeft", value=0)


# The contrast of every text with what is painted behind it (WCAG 2.2, 1.4.3), and of what can be filled in (1.4.11).
CONTRAST: Final = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    throw new Error("nothing is painted behind " + element.outerHTML);
  };
  const ratio = (one, two) => {
    const [high, low] = [light(one), light(two)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const found = [];
  const judge = (element, colour, back, least, what) => {
    const measured = ratio(channels(colour), back);
    if (measured < least) found.push(`${what} ${measured.toFixed(2)}: ${element.outerHTML.slice(0, 80)}`);
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let judged = 0;
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || element.closest("noscript, option") || !element.checkVisibility()) continue;
    judge(element, getComputedStyle(element).color, behind(element), 4.5, "text");
    judged++;
  }
  for (const control of document.querySelectorAll("input, .address button, #filter select")) {
    if (!control.checkVisibility()) continue;
    judge(control, getComputedStyle(control).borderTopColor, behind(control.parentElement), 3, "edge");
  }
  return [judged, found];
}"""


def test_the_contrast_is_enough_in_both_modes(visiting: Visiting) -> None:
    with visiting() as visit:
        for name in each_page(visit.page):
            visit.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
            backgrounds = set()
            for scheme in ("light", "dark"):
                visit.page.emulate_media(color_scheme=scheme)
                judged, found = visit.page.evaluate(CONTRAST)
                assert judged > 5
                assert found == [], (name, scheme)
                backgrounds.add(visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
            assert len(backgrounds) == 2


def brightness(page: Page) -> int:
    script = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)"
    colour: list[int] = page.evaluate(script)
    return sum(colour[:3])


def test_the_colours_follow_the_system_until_the_viewer_chooses(visiting: Visiting) -> None:
    with visiting(color_scheme="dark") as visit:
        page = visit.page
        assert brightness(page) < 150
        page.emulate_media(media="print", color_scheme="dark")
        assert brightness(page) > 700  # ink on paper
        page.emulate_media(media="screen", color_scheme="dark")
        page.get_by_label("Colours").select_option("light")
        assert brightness(page) > 700
        page.goto("./problems")
        assert brightness(page) > 700
        page.get_by_label("Colours").select_option("automatic")
        assert brightness(page) < 150
        page.emulate_media(color_scheme="light")
        assert brightness(page) > 700


def test_pages_are_made_for_screen_readers(visiting: Visiting) -> None:
    with visiting() as visit:
        page = visit.page
        for name in each_page(page):
            levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.localName[1])")
            assert levels.count(1) == 1, name
            assert levels[0] == 1, name
            assert all(after <= before + 1 for before, after in pairwise(levels)), name
            for role in ("banner", "main", "contentinfo"):
                expect(page.get_by_role(role)).to_have_count(1)
            nameless = page.evaluate(
                "[...document.querySelectorAll('input, select')].filter("
                "field => !field.labels.length && !field.matches('[aria-label], [aria-labelledby], [type=hidden]')"
                ").length"
            )
            assert nameless == 0, name
            assert page.locator("img:not([alt])").count() == 0
            assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size") == (
                page.locator("[id]").count()
            )
        page.goto("./")
        expect(page.get_by_role("search", name="Articles")).to_be_visible()
        bridge = page.locator("#list > li", has_text="石桥重新开放")
        assert bridge.locator("h3").get_attribute("lang") == "zh-Hans"


def test_everything_can_be_done_with_the_keyboard(visiting: Visiting) -> None:
    with visiting() as visit:
        page = visit.page
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        assert (page.get_by_role("link", name="Skip to the content").bounding_box() or {"y": -1})["y"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_role("textbox", name="Subscribe")).to_be_focused()
        for control in ("button[id=copy]", ".subscribe summary", "#filter input[name=q]"):
            page.keyboard.press("Tab")
            expect(page.locator(control)).to_be_focused()
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.type("ferry")
        expect(page.locator("#found")).to_have_text("1 of 6 articles")
        for control in ("#more summary", "#clear", "#list > li:first-child a"):
            page.keyboard.press("Tab")
            expect(page.locator(control)).to_be_focused()
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url("**/entry/*")
        page.get_by_role("link", name="What it was made of").focus()
        page.keyboard.press("Enter")
        expect(page.locator("table.fields")).to_be_visible()


def test_a_phone_shows_the_first_article_without_scrolling(visiting: Visiting) -> None:
    with visiting(viewport={"width": 390, "height": 844}) as visit:
        box = visit.page.locator("#list h3").first.bounding_box()
        assert box is not None
        assert box["y"] < 400


def test_letters_lead_from_article_to_article_until_they_are_switched_off(visiting: Visiting) -> None:
    with visiting() as visit:
        page, links = visit.page, visit.page.locator("#list h3 a")
        page.keyboard.type("jjk")
        expect(links.first).to_be_focused()
        page.keyboard.press("/")
        page.keyboard.type("j")
        expect(page.get_by_role("searchbox", name="Search all articles")).to_have_value("j")
        links.first.focus()
        page.keyboard.press("?")
        page.get_by_role("checkbox", name="Use j, k and /").uncheck()
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        links.first.focus()
        page.keyboard.type("j")
        expect(links.first).to_be_focused()


def test_without_scripts_everything_can_be_read(visiting: Visiting) -> None:
    with visiting(java_script_enabled=False) as visit:
        page = visit.page
        assert shown(page) == list(TITLES)
        assert page.locator("#list time").first.inner_text() == "14 Nov 2023, 21:59 UTC"
        expect(page.locator("#filter")).to_be_hidden()
        expect(page.get_by_role("button", name="Copy")).to_be_hidden()
        go_to(page, "The ferry is back")
        assert "People waved." in page.locator(".text").inner_text()
        expect(page.get_by_role("img", name="A ferry")).to_have_count(1)
        page.get_by_role("link", name="What it was made of").click()
        expect(page.locator("table.fields")).to_be_visible()
        page.get_by_role("link", name="Problems").click()
        expect(page.locator("#no-date")).to_be_visible()
        assert {urlsplit(request.url).path for request in visit.foreign} >= {"/ferry.jpg"}


# What is fetched


def test_nothing_but_pictures_is_fetched_from_other_hosts(visiting: Visiting) -> None:
    with visiting() as visit:
        for _ in each_page(visit.page, (*PICTURED, "problems", f"provenance of {TITLES[0]}")):
            visit.page.wait_for_load_state("networkidle")
        assert {urlsplit(request.url).path for request in visit.foreign} == {"/ferry.jpg", "/bridge.jpg", "/film.jpg"}
        for request in visit.foreign:
            assert urlsplit(request.url).hostname == PICTURES
            assert request.resource_type == "image"
            assert "referer" not in request.all_headers()


def test_no_picture_is_fetched_once_they_are_hidden_and_that_is_remembered(visiting: Visiting) -> None:
    with visiting("problems") as visit:
        page = visit.page
        page.get_by_role("link", name="Hide pictures").click()
        expect(page.get_by_role("link", name="Show pictures")).to_be_visible()
        # A new visit, by an address that says nothing of pictures; the page goes on to the one without them.
        page.goto("./", wait_until="commit")
        page.wait_for_url("./?pictures=off")
        page.get_by_role("link", name="The ferry is back").click()
        expect(page.get_by_role("link", name="Picture: A ferry")).to_be_visible()
        bare = page.url.removesuffix("?pictures=off")
        assert bare != page.url
        page.goto(bare, wait_until="commit")
        expect(page.get_by_role("link", name="Picture: A ferry")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert visit.foreign == []
        with page.expect_request(f"https://{PICTURES}/ferry.jpg"):
            page.get_by_role("link", name="Show pictures").click()
        page.goto("./")
        expect(page.get_by_role("link", name="Hide pictures")).to_be_visible()


def test_pictures_can_be_hidden_without_scripts(visiting: Visiting) -> None:
    with visiting("?pictures=off", java_script_enabled=False) as visit:
        page = visit.page
        page.get_by_role("link", name="The ferry is back").click()
        assert (
            page.get_by_role("link", name="Picture: A ferry").get_attribute("href") == f"https://{PICTURES}/ferry.jpg"
        )
        page.get_by_role("link", name="Older").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("石桥重新开放")
        page.get_by_role("link", name="archive", exact=True).click()
        assert urlsplit(page.url).query == "pictures=off"
        assert visit.foreign == []
        page.get_by_role("link", name="Show pictures").click()
        expect(page.get_by_role("link", name="Hide pictures")).to_be_visible()
