"""Saved pages that do not mark their text: with the extra library, and without."""

import sys

import pytest
from folders import ROOT
from work_count import calls_of

from refeed.formats.page import parse
from refeed.formats.pages import extraction
from refeed.model import Document, RawRecord, SourceFile
from refeed.problems import Problem

TEXT = (
    "The ferry stayed in its berth all morning, and so did everybody who had wanted to cross the river that day.",
    "By noon the fog had thinned, the bell of the buoy was heard again, and the first boats felt their way out.",
    "In the evening nobody could say who had seen the other bank first, but each of the crew had a story about it.",
)
MENU = "<ul>" + "".join(f'<li><a href="/{n}">Pier {n}</a></li>' for n in range(9)) + "</ul>"
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
WITHOUT = "a saved web page without an article"
PAGE = f"<html><head><title>Fog</title></head><body><div>{MENU}</div><div>{ARTICLE}</div></body></html>"


def read(page: str, name: str = "fog.html") -> RawRecord | Problem:
    [found] = parse(Document(SourceFile(name, name), page.encode()))
    return found


@pytest.fixture(autouse=True)
def _fresh() -> None:
    extraction._library.cache_clear()  # noqa: SLF001  what is installed is looked up once a process


def test_without_the_library_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    problem = read(PAGE)
    assert isinstance(problem, Problem)
    assert problem.code == "saved-page"
    assert "pip install 'refeed[pages]'" in problem.message


def test_the_library_finds_the_text_and_leaves_the_menu() -> None:
    pytest.importorskip("trafilatura")
    record = read(PAGE)
    assert isinstance(record, RawRecord)
    assert all(paragraph in str(record.body) for paragraph in TEXT)
    assert "Pier 3" not in str(record.body)


def test_blocks_of_code_keep_their_lines_and_code_in_a_sentence_its_place() -> None:
    pytest.importorskip("trafilatura")
    inline = "<p>Who is late types <code>ferry --late &lt;name&gt;</code> at the gate.</p>"
    blocks = (
        "<pre>ferry --all\nbuoy &lt;number&gt;</pre><pre><code>lamp <b>on</b><br>lamp off</code></pre><pre>fog</pre>"
    )
    record = read(PAGE.replace(ARTICLE, ARTICLE + inline + blocks))
    assert isinstance(record, RawRecord)
    assert "types <code>ferry --late &lt;name&gt;</code> at the gate" in str(record.body)
    assert "<pre>ferry --all\nbuoy &lt;number&gt;</pre>" in str(record.body)
    assert "<pre>lamp on\nlamp off</pre>" in str(record.body)
    assert "<pre>fog</pre>" in str(record.body)


def test_buttons_and_what_is_hidden_in_a_block_of_code_are_no_code() -> None:
    pytest.importorskip("trafilatura")
    hidden = '<span hidden>tide</span><span style="color: red; display: none">ebb</span><!-- swell -->'
    block = (
        f'<pre><button class="copy"><span>Copy</span></button><code>lamp &lt;on&gt;\nhidden = 1{hidden}</code></pre>'
    )
    record = read(PAGE.replace(ARTICLE, ARTICLE + block))
    assert isinstance(record, RawRecord)
    assert "<pre>lamp &lt;on&gt;\nhidden = 1</pre>" in str(record.body)


PART = '<div class="part"><h2>{}</h2><p>{}</p><ul><li>Seen from the pier</li></ul></div>'
PARTS = "".join(PART.format(heading, text) for heading, text in zip(("Morning", "Noon", "Evening"), TEXT, strict=True))


def test_headings_and_lists_between_the_paragraphs_that_were_found_are_shown() -> None:
    pytest.importorskip("trafilatura")
    record = read(f"<html><head><title>Fog</title></head><body><div>{MENU}</div><div>{PARTS}</div></body></html>")
    assert isinstance(record, RawRecord)
    assert str(record.body).count("<h2>") == str(record.body).count("<li>Seen from the pier</li>") == len(TEXT)
    assert "Pier 3" not in str(record.body)  # the menu lies beside the innermost element that holds the paragraphs


ITEMS = (
    "The first boat has to ring its bell at every buoy, whatever the crew may see of the river in front of it.",
    "Whoever waits on the pier counts the strokes of the bell, and writes them down where all of the others can read.",
)
LOOSE = f"<p>{TEXT[0]}</p><h3>What was done when nobody saw the other bank of the river any more</h3><ul>" + (
    "".join(f"<li>{item}</li>" for item in ITEMS) + f"</ul><p>{TEXT[1]}</p><p>{TEXT[2]}</p>"
)
BARE = "<html><title>Fog</title><body><div id=menu>{}</div><h1>Fog</h1>{}<div class=related>{}</div></body></html>"


def test_of_a_text_that_lies_among_the_parts_of_the_site_what_was_found_is_shown_as_the_page_has_it() -> None:
    pytest.importorskip("trafilatura")
    record = read(BARE.format(MENU, LOOSE, "<p>More on the fog of the river and on its ferries</p>"))
    assert isinstance(record, RawRecord)
    assert "<h3>What was done" in str(record.body)
    assert str(record.body).count("<li>") == len(ITEMS)
    assert "Pier 3" not in str(record.body)  # above the first paragraph that was found
    assert "More on the fog" not in str(record.body)  # below the last


@pytest.mark.parametrize(
    "beside",
    [
        "<nav>Other days</nav>",  # a part of the site
        '<div class="related"><p>Fog again</p></div>',
        MENU * 6,  # more than a quarter of the text is links
        f"<footer><ul>{'<li>Low water</li>' * 120}</ul></footer>",  # far more text than was found
    ],
)
def test_an_element_that_holds_more_than_the_article_is_not_taken(beside: str) -> None:
    pytest.importorskip("trafilatura")
    within = PARTS.replace("</div>", f"{beside}</div>", 1)  # between the first paragraph and the last
    record = read(f"<html><head><title>Fog</title></head><body><div>{within}</div></body></html>")
    assert isinstance(record, RawRecord)
    assert TEXT[1] in str(record.body)
    assert "<h2>" not in str(record.body)
    below = read(f"<html><head><title>Fog</title></head><body><div>{PARTS}{beside}</div></body></html>")
    assert isinstance(below, RawRecord)
    assert str(below.body).count("<h2>") == len(TEXT)
    assert beside not in str(below.body)


def test_a_picture_beside_a_page_is_no_address_on_its_site() -> None:
    pytest.importorskip("trafilatura")
    article = ARTICLE.replace("</p>", '</p><p><img src="fog_files/ferry.jpg" alt="The ferry"></p>', 1)
    record = read(f'<html><head><meta name="author" content="Ann"></head><body><div>{article}</div></body></html>')
    assert isinstance(record, RawRecord)
    assert 'src="file:fog_files/ferry.jpg"' in str(record.body)
    odd = article.replace("ferry.jpg", "ferry&#2;.jpg")  # no document of XML may name it, one of HTML may
    record = read(f'<html><head><meta name="author" content="Ann"></head><body><div>{odd}</div></body></html>')
    assert isinstance(record, RawRecord)
    assert 'src="file:fog_files/ferry.jpg"' in str(record.body)


def test_a_page_without_text_is_told_with_and_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<html><head><title>Fog</title></head><body><div>Loading…</div></body></html>"
    found = read(page)
    extraction._library.cache_clear()  # noqa: SLF001
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert read(page) == found == Problem("saved-page", f"{WITHOUT}: it has no text of one", "fog.html", 1)


def test_rows_of_numbers_are_no_article_unless_the_page_says_so() -> None:
    pytest.importorskip("trafilatura")
    rows = "".join(f"<tr><td>Pump {n}, the lower one</td><td>{n}.1 s, version 0.{n}</td></tr>" for n in range(20))
    page = f"<html><head><title>Pumps</title></head><body><table>{rows}</table></body></html>"
    found = read(page)
    assert isinstance(found, Problem)
    assert found.message == f"{WITHOUT}: no sentences, and nothing in it says that it is one"
    assert isinstance(read(page.replace("<title>", '<meta name="author" content="Ann"><title>')), RawRecord)


@pytest.mark.parametrize("name", ["_layouts/post.html", "site/themes/sea/home.html", "views/index.html.erb"])
def test_templates_are_told_by_their_place_unless_they_state_a_day(name: str) -> None:
    page = "<html><head><title>Fog</title></head><body><article><p>The ferry stayed.</p></article></body></html>"
    assert read(page, name) == Problem("source-code", "the template of a page, not an article", name, 1)
    dated = page.replace("<title>", '<meta property="article:published_time" content="2024-03-02"><title>')
    assert isinstance(read(dated, name), RawRecord)


def test_a_text_that_stands_deep_is_not_read_again_for_every_element_around_it() -> None:
    def work(depth: int) -> int:
        page = "<html><div class=post-content>" + "<div class=entry-content>" * depth + "<b>fog</b>" * 2_000
        return calls_of(lambda: read(page))

    assert work(40) < 1.5 * work(20)


def test_an_object_of_json_ld_may_refer_to_itself() -> None:
    itself = '{"@id": "https://x.example/fog"}'
    graph = (
        f'{{"@graph": [{{"@type": "Article", "@id": "https://x.example/fog", "url": {itself}, "image": {itself}}}]}}'
    )
    record = read(f'<html><script type="application/ld+json">{graph}</script><article>{ARTICLE}</article></html>')
    assert isinstance(record, RawRecord)
    assert [link.text for link in record.links] == ["https://x.example/fog"]


def test_what_a_page_hides_is_no_text_of_a_title() -> None:
    record = read(
        f"<html><body><article><h1>Fog<template> <b>off</b> the</template> lifts</h1>{ARTICLE}</article></body></html>"
    )
    assert isinstance(record, RawRecord)
    assert record.titles[0].text == "Fog lifts"


DATED = '<meta name="date" content="2024-05-06">'
HEAD = '<meta property="og:type" content="article">' + DATED


@pytest.mark.parametrize(
    ("head", "body", "is_article"),
    [
        (HEAD, "<body class='blog archive'>", True),  # the head says more than the classes of a theme
        (DATED, "<body class='blog'>", False),
        (f"{DATED}<title>Search for meaning</title>", "<body>", True),  # one article, with a day
        ("<title>Search for meaning</title>", "<body>", False),
    ],
)
def test_what_a_page_says_of_itself_counts_more_than_its_look(head: str, body: str, is_article: bool) -> None:
    found = read(f"<html><head>{head}</head>{body}<article>{ARTICLE}</article></body></html>")
    assert isinstance(found, RawRecord) is is_article


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("<title>Private: Fog – Ada</title>", "private"),  # WordPress shows it so to who may read it
        ("<title>非公開: 霧</title>", "private"),
        ("<title>Privately owned boats</title>", None),
        ('<link rel="canonical" href="https://ada.example/p/0b7c9b0a-52f5-5d2e-9f37-6f1f7f0c1d01/">', "draft"),  # Ghost
        ('<link rel="canonical" href="https://ada.example/p/fog/">', None),
    ],
)
def test_a_page_of_a_post_that_is_not_published_is_withheld(head: str, code: str | None) -> None:
    found = read(f"<html><head>{HEAD}{head}</head><body><article>{ARTICLE}</article></body></html>")
    assert isinstance(found, RawRecord)
    assert (found.withheld.code if found.withheld else None) == code


@pytest.mark.parametrize(
    "address", ["https://ada.example/fog", "https://ada.example/fog/", "http://ada.example/fog#top"]
)
def test_the_object_of_a_page_is_found_however_its_address_is_written(address: str) -> None:
    objects = (
        '[{"@type":"Article","url":"https://ada.example/fog/","isAccessibleForFree":false},'
        '{"@type":"Article","url":"https://ada.example/rain/"}]'
    )
    head = f'<script type="application/ld+json">{objects}</script><link rel="canonical" href="{address}">'
    found = read(f"<html><head>{head}</head><body><article>{ARTICLE}</article></body></html>")
    assert isinstance(found, RawRecord)
    assert found.withheld
    assert found.withheld.code == "locked"


def test_what_one_search_engine_is_asked_is_told_too() -> None:
    robots = '<meta name="robots" content="max-snippet:-1"><meta name="googlebot" content="noindex">'
    page = f"<html><head>{HEAD}{robots}</head><body><article>{ARTICLE}</article></body></html>"
    warnings = [
        one for one in parse(Document(SourceFile("a.html", "a.html"), page.encode())) if isinstance(one, Problem)
    ]
    assert [problem.code for problem in warnings] == ["hidden"]


@pytest.mark.parametrize(
    ("name", "is_ticked", "is_published"),
    [("Published", True, True), ("Published", False, False), ("Draft", True, False), ("Draft", False, True)],
)
def test_a_box_to_tick_in_a_page_of_notion_says_whether_it_is_published(
    name: str, is_ticked: bool, is_published: bool
) -> None:
    page = (ROOT / "fixtures" / "formats" / "page" / "notion-draft.html").read_text()
    row = 'select"><th>Status</th><td><span class="selected-value">Draft</span></td>'
    assert row in page
    box = f'<div class="checkbox checkbox-{"on" if is_ticked else "off"}"></div>'
    found = read(page.replace(row, f'checkbox"><th>{name}</th><td>{box}</td>'), "rough.html")
    assert isinstance(found, RawRecord)
    assert (found.withheld is None) == is_published
