"""How long a text may be to count as boilerplate, and how much of an article its summary looks at.

Each size is tried from both sides: the longest text that still counts, and one character more, white space aside.
"""

import pytest

from refeed.clean.body import Body, clean_body
from refeed.clean.summary import stated_summary, summary_of
from refeed.html.sanitise import sanitise

URL = "https://harbour.example/news/1"
ARTICLE = "<p>" + "The ferry waits until noon. " * 40 + "</p>"


def stays(boilerplate: str, before: str = ARTICLE) -> bool:
    """Return whether cleaning leaves something below an article."""
    raw = before + boilerplate
    body = Body(raw, markdown=False, title="", url=URL, dateline=None, images=())
    alone = clean_body(body._replace(text=before))
    return clean_body(body).text != alone.text


@pytest.mark.parametrize(("size", "expected"), [(1_500, False), (1_501, True)])
def test_a_signature_is_shorter_than_an_article(size: int, *, expected: bool) -> None:
    around = "Thepostfirstappearedon"
    link = "x" * (size - len(around))
    assert stays(f"<p>The post <a href='/1'>{link}</a> first appeared on</p>") is expected


@pytest.mark.parametrize(("size", "expected"), [(30, False), (31, True)])
def test_a_button_says_little(size: int, *, expected: bool) -> None:
    assert stays(f"<p><a href='https://twitter.com/intent/tweet?url=1'>{'x' * size}</a></p>") is expected


@pytest.mark.parametrize(("size", "expected"), [(30, False), (31, True)])
def test_share_buttons_that_are_the_larger_half_say_little(size: int, *, expected: bool) -> None:
    assert stays(f"<div class='sharedaddy'>{'x' * size}</div>", "<p>Tide.</p>") is expected


@pytest.mark.parametrize(("size", "expected"), [(60, False), (61, True)])
def test_a_box_that_is_only_called_an_advert_says_little(size: int, *, expected: bool) -> None:
    assert stays(f"<div class='ad'>{'x' * size}</div>") is expected


@pytest.mark.parametrize(("size", "expected"), [(200, False), (201, True)])
def test_a_pointer_at_the_end_is_short(size: int, *, expected: bool) -> None:
    link = "x" * (size - len("Readmoreat:"))
    assert stays(f"<p>Read more at: <a href='https://quay.example/'>{link}</a></p>") is expected


@pytest.mark.parametrize(("count", "expected"), [(50, False), (51, True)])
def test_what_stands_everywhere_is_no_label(count: int, *, expected: bool) -> None:
    assert stays("<p>Advertisement</p>" * count) is expected


@pytest.mark.parametrize(("count", "expected"), [(50, False), (51, True)])
def test_boxes_of_links_that_stand_everywhere_are_no_navigation(count: int, *, expected: bool) -> None:
    assert stays("<nav><a href='/a'>a</a></nav>" * count) is expected


@pytest.mark.parametrize(("size", "expected"), [(500, "x" * 500), (501, "x" * 500 + "…")])
def test_the_summary_of_a_header_is_cut(size: int, expected: str) -> None:
    assert stated_summary("x" * size) == expected


@pytest.mark.parametrize(("dots", "expected"), [(150, "Tide…"), (250, "Tide […]" + "." * 250)])
def test_the_mark_of_a_cut_stands_at_the_end(dots: int, expected: str) -> None:
    assert stated_summary("Tide […]" + "." * dots) == expected


@pytest.mark.parametrize(("size", "kept"), [(39, True), (40, False)])
def test_a_summary_keeps_the_title_where_little_would_be_left(size: int, *, kept: bool) -> None:
    rest = "x" * (size - 1) + "."
    assert summary_of(sanitise(f"<p>Fog. {rest}</p>"), "Fog") == (f"Fog. {rest}" if kept else rest)


@pytest.mark.parametrize(("lines", "kept"), [(2, False), (3, True)])
def test_the_title_is_looked_for_in_the_first_lines(lines: int, *, kept: bool) -> None:
    before = "".join(f"<p>Line {number}.</p>" for number in range(lines))
    summary = summary_of(sanitise(f"{before}<p>Fog on the river</p><p>The ferry waits.</p>"), "Fog on the river")
    assert ("Fog on the river" in summary) is kept


@pytest.mark.parametrize(("headings", "found"), [(19, True), (21, False)])
def test_only_the_beginning_is_summarised(headings: int, *, found: bool) -> None:
    content = f"<h2>{'x' * 100}</h2>" * headings + "<p>The ferry waits.</p>"
    assert (summary_of(sanitise(content), "") == "The ferry waits.") is found
