"""An excerpt shows the place that was found, with the words marked as the article writes them."""

import pytest

from refeed.model import SafeHtml
from refeed.search.excerpts import Piece, excerpt, marked, text_of
from refeed.search.query import LONGEST, Query


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("The Café is open.", "cafe open", "The [Café] is [open]."),
        ("The Cafe\u0301 is open.", "cafe", "The [Café] is open."),  # two characters for one letter
        ("Seaside, sea, seal", "sea x", "Seaside, [sea], seal"),  # whole words
        ("Seaside, sea, seal", "sea", "[Sea]side, [sea], [sea]l"),  # unfinished, so their beginnings
        ("北京大学在北京", "北京", "[北京]大学在[北京]"),
        ("iPhone手机 and a phone", "phone", "iPhone手机 and a [phone]"),
        ("One two, three; two three", '"two three"', "One [two, three]; [two three]"),
        ("Nothing of it", "else", ""),
        ("İstanbul ﬁne", "fine", ""),  # one character for two letters stays one
    ],
)
def test_words_are_marked_as_they_are_written(text: str, typed: str, expected: str) -> None:
    assert shown(excerpt(text, Query(typed))) == expected


def test_an_excerpt_is_short_and_begins_near_the_first_word() -> None:
    text = "before " * 100 + "needle " + "after " * 100
    told = shown(excerpt(text, Query("needle")))
    assert told.startswith("…before before")
    assert told.endswith("after…")
    assert "[needle]" in told
    assert len(told) < 260
    assert len(shown(excerpt("海" * 500 + "针" + "岸" * 500, Query("针")))) < 260


@pytest.mark.parametrize("place", [0, 1_400, 1_497, 1_503, 2_095, 9_000])
def test_the_place_is_found_wherever_it_is(place: int) -> None:
    text = ("word " * 2_000)[:place] + " old quay " + "word " * 2_000
    told = shown(excerpt(text, Query('"old quay"')))
    assert "[old quay] word" in told
    assert told.startswith("…") == (place > 0)
    assert told.endswith("word…")


@pytest.mark.parametrize("before", range(8))
def test_a_part_begins_with_no_word_that_is_the_end_of_one(before: int) -> None:
    assert excerpt("x" * before + "riptide " * 500, Query('"tide"')) == ()


def test_a_title_is_shown_whole() -> None:
    assert shown(marked("A keeper for the lighthouse", Query("for"))) == "A keeper [for] the lighthouse"
    assert shown(marked("A keeper", Query(""))) == "A keeper"


def test_the_text_of_an_article_has_a_line_for_each_block() -> None:
    content = SafeHtml(
        '<h2>One</h2><p>b<b>ol</b>d<br>new</p><img alt="x"><p>1 &lt; 2</p><ruby>漁<rp>(</rp><rt>りょう</rt></ruby>'
    )
    assert text_of(content).split() == ["One", "bold", "new", "1", "<", "2", "漁"]


@pytest.mark.parametrize(
    "typed",
    ["", "   ", '"', '""""', "*", "-", "😀", "\0", "(((", "+-*/", "AND OR NOT" + "(" * 9, "NEAR(", "a" * 10_000,
     "a " * 5_000, '"' * 10_000, "北" * 10_000, "\ud800", "col:x", "^x", "x*y", "{a b}: c"],
)  # fmt: skip
def test_nothing_typed_is_too_much(typed: str) -> None:
    query = Query(typed)
    assert len(query.match) < 8 * LONGEST
    if query:
        excerpt("nothing like it", query)
