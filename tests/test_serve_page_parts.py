"""What pages are made of, without a browser: an article's content fitted in, times, groups, and dumps that are gone."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from test_laws_clean import SOUP

from refeed.clean.html import ALLOWED, sanitise
from refeed.serve.article import fit

BEACON = "https://pictures.example/a.jpg?x=1&y=2"


def fitted(content: str, *, pictures: bool = True, top: int = 2) -> BeautifulSoup:
    return BeautifulSoup(fit(sanitise(content), pictures=pictures, top=top), "html.parser")


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
    written = fit(sanitise(f"<img src='{BEACON}' alt='</noscript><b>x</b>'>"), pictures=True)
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
        ("a", "https://films.example/1.mp4", "Film at films.example"),
    ]
    assert page.get_text().endswith(" after")


def test_a_picture_that_the_article_holds_itself_is_always_shown() -> None:
    for pictures in (True, False):
        (picture,) = fitted("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", pictures=pictures)("img")
        assert picture["src"].startswith("data:")


def test_players_load_nothing_before_they_are_started() -> None:
    (player,) = fitted(f"<video src='https://films.example/1.mp4' poster='{BEACON}'></video>")("video")
    assert (player["preload"], player["data-poster"], player.get("poster")) == ("none", BEACON, None)
    assert "controls" in player.attrs


def test_tables_are_in_a_box_that_scrolls() -> None:
    page = fitted("<table><tr><td>a</td><td><table><tr><td>b</td></tr></table></td></tr></table><p>after</p>")
    assert [table.parent and table.parent.get("class") for table in page("table")] == [["scroll"], ["scroll"]]
    assert page.select("body > p, p")[0].find_parent("div") is None


class Shown(HTMLParser):
    """Collects the text and the elements of a page."""

    def __init__(self, text: str) -> None:
        """Read it."""
        super().__init__()
        self.text, self.attributes, self.names = "", set[str](), set[str]()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its attributes."""
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


OWN = {"class", "data-poster", "data-src", "decoding", "dir", "lang", "loading", "preload", "referrerpolicy", "rel"}


@given(SOUP, st.booleans())
def test_fitting_adds_nothing_that_acts_and_loses_no_text(text: str, pictures: bool) -> None:
    content = sanitise(text)
    before, after = Shown(content), Shown(fit(content, pictures=pictures))
    assert after.names <= ALLOWED.keys() | {"noscript", "span"}
    assert after.attributes <= OWN | {name for names in ALLOWED.values() for name in names}
    if pictures:
        assert after.text == before.text
