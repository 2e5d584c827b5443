"""Rules at the page: a line that is pressed gives a rule, and what the rule does is shown; nothing is written."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from asking import Reply, ask
from bs4 import BeautifulSoup
from command_line import dump

from refeed.options import Options
from refeed.serve.app import make_app
from refeed.serve.builder import Builder
from refeed.watch.log import BuildLog

PROMO = '<div class="promo"><p>Subscribe to our letter <a href="https://x.example/letter">here</a>.</p></div>'
SIGNED = "<p>Yours truly, the harbour master of the old port</p>"


class Site:
    """A server of a folder that only this machine asks, as far as a test does not say otherwise."""

    def __init__(self, folder: Path, *, local: bool = True) -> None:
        """Build it."""
        self.folder = folder
        builder = Builder(Options(paths=(str(folder),), workers=1, limit=2), BuildLog(lambda *_: None))
        self.app: Any = make_app(builder, None, local=local)
        builder.rebuild()
        assert builder.published
        shown = {one.entry.title: one.key for one in builder.published.entries}
        self.address = f"/entry/{shown['Note 5']}/rules"

    def ask(self, query: str = "", **headers: str) -> Reply:
        """Ask for the page of the newest article."""
        return ask(self.app, self.address + query, **headers)

    def page(self, query: str = "") -> BeautifulSoup:
        """Return it."""
        reply = self.ask(query)
        assert reply.status == 200
        return BeautifulSoup(reply.body, "lxml")

    def press(self, words: str) -> BeautifulSoup:
        """Press a line, as a browser does."""
        page = self.page()
        button = next(one for one in page.select(".lines button") if words in one.get_text())
        return self.page(f"?token={self.token(page)}&line={button['value']}")

    @staticmethod
    def token(page: BeautifulSoup) -> str:
        """Return what the page hands on."""
        return str(page.select_one("input[name=token]")["value"])  # type: ignore[index]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Serve six articles of a host, of which all but the last two have a box, one of another host, and a draft."""
    return Site(archive(tmp_path))


def archive(folder: Path) -> Path:
    for number in range(6):
        body = f"<p>The tide rose {number} feet.</p>{PROMO if number != 1 else ''}{SIGNED if number > 2 else ''}"
        dump(folder, f"{number}.md", title=f"Note {number}", date=f"2025-01-0{number + 1}", body=body)
    dump(folder, "other.md", link="https://y.example/1", date="2025-01-01", title="Elsewhere", body=PROMO)
    dump(folder, "draft.md", draft="true", title="Secret", body=PROMO)
    return folder


def texts(page: BeautifulSoup, css: str) -> list[str]:
    return [one.get_text(" ", strip=True) for one in page.select(css)]


def test_every_line_of_an_article_can_be_pressed(site: Site) -> None:
    assert texts(site.page(), ".lines button") == [
        "The tide rose 5 feet.",
        "Subscribe to our letter here.",
        "Yours truly, the harbour master of the old port",
    ]


def test_a_line_that_is_pressed_gives_a_rule_its_effects_and_lines_to_copy(site: Site) -> None:
    page = site.press("Subscribe")
    assert texts(page, ".rule code") == ["drop=.promo"]  # the name of the box says best what it is for
    # Five of six articles of x.example have the box; the one of y.example and the draft are not looked at.
    assert "5 of 6 articles of x.example" in page.get_text(" ", strip=True)
    assert texts(page, "h4") == ["Note 4", "Note 3", "Note 2"]  # the nearest ones
    assert texts(page, ".effect del") == ["Subscribe to our letter here."] * 4
    assert tomllib.loads(page.pre.get_text()) == {"sources": {"x.example": {"drop": [".promo"]}}}  # type: ignore[union-attr]
    assert "Secret" not in str(page)


def test_a_line_without_a_box_is_found_by_its_words(site: Site) -> None:
    page = site.press("Yours truly")
    assert texts(page, ".rule code") == ['drop=p:-soup-contains-own("Yours truly, the harbour master of the old port")']
    assert texts(page, ".offers code") == ["replace=Yours truly, the harbour master of the old port=>"]
    assert "3 of 6 articles" in page.get_text(" ", strip=True)
    other = site.page(str(page.select_one(".offers a")["href"]).partition(site.address)[2])  # type: ignore[index]
    assert "3 of 6 articles" in other.get_text(" ", strip=True)


def test_a_rule_can_be_typed(site: Site) -> None:
    token = site.token(site.page())
    page = site.page(f"?token={token}&rule=replace%3DThe+tide%3D%3EWater")
    assert texts(page, ".effect ins")[0] == "Water rose 5 feet."
    assert "6 of 6 articles" in page.get_text(" ", strip=True)
    assert texts(site.page(f"?token={token}&rule=drop%3Dp%5B"), ".failure") == [
        "This is not a rule: 'drop=p[': not a valid CSS selector: Malformed attribute selector at position 1"
    ]
    assert "Nothing changes here." in site.page(f"?token={token}&rule=drop%3D.buoy").get_text()


def test_nothing_is_tried_without_the_token_of_this_server(site: Site) -> None:
    for query in ("?rule=drop%3Dp", "?token=guessed&rule=drop%3Dp", "?line=1", "?token=&line=1"):
        page = site.page(query)
        assert page.select(".effect, pre") == []
        assert texts(page, ".failure") == [
            "The server was started anew since that page was shown. Press the line again."
        ]


@pytest.mark.parametrize("origin", ["cross-site", "same-site"])
def test_a_page_of_another_site_gets_nothing(origin: str, site: Site) -> None:
    query = f"?token={site.token(site.page())}&line=1"
    reply = site.ask(query, Sec_Fetch_Site=origin)
    assert reply.status == 403
    assert b"promo" not in reply.body
    assert site.ask(query, Sec_Fetch_Site="same-origin").status == 200


def test_only_this_machine_is_offered_it(site: Site, tmp_path: Path) -> None:
    assert site.address in ask(site.app, site.address.removesuffix("/rules")).body.decode()
    assert site.ask(X_Forwarded_For="192.0.2.7").status == 403
    for_all = Site(tmp_path, local=False)
    assert for_all.ask().status == 403
    assert "/rules" not in ask(for_all.app, for_all.address.removesuffix("/rules")).body.decode()


def test_nothing_is_written(site: Site) -> None:
    before = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
    site.press("Subscribe")
    assert {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()} == before


def test_an_article_that_is_withdrawn_meanwhile_is_not_shown(site: Site) -> None:
    dump(site.folder, "5.md", title="Note 5", date="2025-01-06", draft="true", body="<p>Withdrawn words.</p>")
    assert site.ask().status == 404


def test_of_a_long_article_both_ends_can_be_pressed(tmp_path: Path) -> None:
    body = "".join(f"<p>Line {number} of many</p>" for number in range(1, 2_001))
    dump(tmp_path, "5.md", title="Note 5", date="2025-01-06", body=body)
    reply = Site(tmp_path).ask()
    page = BeautifulSoup(reply.body, "lxml")
    pressed = texts(page, ".lines button")
    assert (pressed[0], pressed[99], pressed[100], pressed[-1]) == (
        *("Line 1 of many", "Line 100 of many"),
        *("Line 1901 of many", "Line 2000 of many"),
    )
    assert "1,800 lines in the middle" in page.get_text()
    assert len(reply.body) < 30_000  # all of it would be ten times as much
