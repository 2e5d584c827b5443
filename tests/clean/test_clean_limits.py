"""A body over a limit goes out as far as the limit allows, and one problem tells which one it was."""

import pytest

from refeed.clean.body import Body, Cleaned, clean_body
from refeed.limits import Limits
from refeed.problem_kinds import CODES
from refeed.problems import Problem

URL = "https://example.org/news/1"
REST = '<p><a href="https://example.org/news/1">[…]</a></p>'


def clean(text: str, limits: Limits, *, url: str | None = URL, markdown: bool = False) -> Cleaned:
    return clean_body(Body(text, markdown=markdown, title="", url=url, dateline=None, images=(), limits=limits))


@pytest.mark.parametrize(
    ("raw", "limit", "content"),
    [
        # 17 bytes would end in the second tag: the cut is before it.
        ("<p>One</p><p>Two</p>", 17, f"<p>One</p>\n<p>Two</p>\n{REST}"),
        ("<p>One</p><p>Two</p>", 12, f"<p>One</p>\n{REST}"),
        ("<p>One</p><p title='a long one'>Two</p>", 20, f"<p>One</p>\n{REST}"),
        ("One and two\nThree and four", 20, f"<p>One and two</p>\n{REST}"),
        ("One and two", 9, f"<p>One and</p>\n{REST}"),
        # A character of three bytes is not taken apart.
        ("石桥重新开放", 8, f"<p>石桥</p>\n{REST}"),
        # As long as the limit is not over it.
        ("<p>One</p><p>Two</p>", 20, "<p>One</p>\n<p>Two</p>"),
        ("石桥", 6, "<p>石桥</p>"),
    ],
)
def test_a_long_body_is_cut_before_a_tag_a_line_or_a_word(raw: str, limit: int, content: str) -> None:
    cleaned = clean(raw, Limits(max_body_bytes=limit))
    assert cleaned.content == content
    told = f"only the first {limit} bytes were read (--allow max-body-bytes=N)"
    assert cleaned.problems == ((Problem("cut", told),) if REST in content else ())
    assert "cut" in CODES


def test_without_an_address_the_rest_is_nowhere() -> None:
    assert clean("One and two", Limits(max_body_bytes=9), url=None).content == "<p>One and</p>\n<p>[…]</p>"


def test_of_too_many_elements_the_first_are_shown() -> None:
    cleaned = clean("<p>a</p><!-- x --><p>b <b>c</b></p><p>d</p><p>e</p>", Limits(max_elements=5))
    assert cleaned.content == f"<p>a</p>\n<p>b <b>c</b></p>\n<p>d</p>\n{REST}"
    assert cleaned.problems == (
        Problem("cut", "more than 5 elements: what follows was left out (--allow max-elements=N)"),
    )


def test_lines_of_a_text_are_its_elements() -> None:
    assert clean("a\nb\nc\nd", Limits(max_elements=2)).content == f"<p>a</p>\n<p>b</p>\n{REST}"


def test_markdown_is_cut_at_a_line_before_it_is_read() -> None:
    # Two marks in the first line (`#` is none), its end, an empty line: the fifth is the star of the third line.
    cleaned = clean("## *a*\n\nb *c*\n\nd", Limits(max_elements=5), markdown=True)
    assert cleaned.content == f"<h2><em>a</em></h2>\n{REST}"
    assert cleaned.markup == "markdown"


def test_of_absurd_nesting_the_text_is_left_and_told() -> None:
    raw = "<p>a</p>" + "<div>" * 12 + "<b>b</b> &lt; c" + "</div>" * 12 + "<p>d</p>"
    cleaned = clean(raw, Limits(max_depth=10))
    assert cleaned.content == "<p>a</p>\n<p>b</p>\n<p>&lt; c</p>\n<p>d</p>"
    assert cleaned.problems == (Problem("cut", "nested deeper than 10: only its text was kept (--allow max-depth=N)"),)
    assert clean(raw, Limits(max_depth=20)).problems == ()


def test_of_too_many_attributes_the_first_count() -> None:
    raw = "<p>a <img alt=b x1 x2 x3 src='https://pics.example/a.jpg'><img src='https://pics.example/c.jpg' x1></p>"
    cleaned = clean(raw, Limits(max_attributes=4))
    assert cleaned.content == '<p>a <img src="https://pics.example/c.jpg" alt=""></p>'
    told = "elements with more than 4 attributes lost the rest of them (--allow max-attributes=N)"
    assert cleaned.problems == (Problem("cut", told),)


def test_all_limits_are_one_problem_and_others_are_told_beside_it() -> None:
    raw = "<p>a <a href='b.html'>b</a></p>" + "<div>" * 30 + "c" * 200
    limits = Limits(max_body_bytes=100, max_elements=20, max_depth=10)
    cleaned = clean(raw, limits, url=None)
    assert [found.code for found in cleaned.problems] == ["cut"]
    assert cleaned.problems[0].message == (
        "only the first 100 bytes were read (--allow max-body-bytes=N); "
        "nested deeper than 10: only its text was kept (--allow max-depth=N)"
    )


@pytest.mark.parametrize("raw", ["<p>", "<br>", "<p><!-- -->", "<p></p>", "<img>", "\n", "<div>"])
def test_of_a_million_things_that_show_nothing_nothing_is_shown(raw: str) -> None:
    cleaned = clean(raw * 1_000_000, Limits(max_elements=1_000))
    assert cleaned.content == ""


def test_a_hundred_thousand_elements_in_each_other_are_cut_and_told_once() -> None:
    cleaned = clean("<p>a</p>" + "<div>" * 100_000 + "b" + "</div>" * 100_000, Limits())
    assert cleaned.content == f"<p>a</p>\n{REST}"
    assert [found.code for found in cleaned.problems] == ["cut"]
