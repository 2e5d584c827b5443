"""A broken line of JSON Lines costs itself: whatever is cut, the articles around it are read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refeed.formats import load_formats
from refeed.formats.objects.lists import find_list
from refeed.limits import Limits
from refeed.model import Document, RawRecord, SourceFile
from refeed.problems import Problem

GOOD = '{{"id": "r{0}", "title": "Fog {0}", "date": "2024-08-05", "by": {{"id": "p"}}, "text": "The ferry {{waits}}."}}'
BROKEN = GOOD.format("cut")


def read(text: str, **limits: int) -> list[RawRecord | Problem]:
    document = Document(SourceFile("dump.jsonl", "dump.jsonl"), text.encode(), limits=Limits(**limits))
    return list(load_formats()["records"].parse(document))


def titles(found: list[RawRecord | Problem]) -> list[str]:
    return [item.titles[0].text for item in found if isinstance(item, RawRecord)]


def lines(found: list[RawRecord | Problem]) -> list[int]:
    return [item.line for item in found if isinstance(item, Problem) and item.code == "broken-feed"]


@given(
    st.lists(st.one_of(st.none(), st.integers(2, len(BROKEN) - 1)), min_size=1, max_size=8),
    st.sampled_from(["\n", ",\n", "\n\n", "\n\ufeff", "\n,", "\n\x1e"]),
)
def test_whatever_is_cut_the_others_are_read(cuts: list[int | None], end: str) -> None:
    """Each line is whole, or ends after so many characters, at least `{"`."""
    written = [GOOD.format(number) if cut is None else BROKEN[:cut] for number, cut in enumerate(cuts)]
    found = read(end.join([GOOD.format("first"), *written, GOOD.format("last")]))
    whole = [f"Fog {number}" for number, cut in enumerate(cuts) if cut is None]
    assert titles(found) == ["Fog first", *whole, "Fog last"]
    assert len(lines(found)) == sum(cut is not None for cut in cuts)


@given(st.integers(len('{"id":'), len(BROKEN) - 2))
def test_what_is_begun_anew_within_a_line_is_read(cut: int) -> None:
    """A robot was killed while it wrote, and carried on without a line break."""
    found = read("\n".join([GOOD.format("first"), BROKEN[:cut] + GOOD.format("anew"), GOOD.format("last")]))
    assert titles(found) == ["Fog first", "Fog anew", "Fog last"]
    assert lines(found) == [2]


def test_many_broken_lines_are_told_by_their_numbers_and_then_counted() -> None:
    found = read("\n".join([GOOD.format("first"), *[BROKEN[:40]] * 1_500, GOOD.format("last")]))
    assert titles(found) == ["Fog first", "Fog last"]
    assert lines(found) == [*range(2, 12), 1]
    assert [item.message for item in found if isinstance(item, Problem)][-1] == "1,490 more lines are not JSON objects"


def test_broken_lines_are_no_articles_to_the_limit_of_articles() -> None:
    found = read("\n".join([GOOD.format(1), BROKEN[:40], GOOD.format(2), GOOD.format(3)]), max_records=2)
    assert titles(found) == ["Fog 1", "Fog 2"]
    assert [item.code for item in found if isinstance(item, Problem)] == ["broken-feed", "over-limit"]


def test_an_object_within_a_broken_line_is_no_article() -> None:
    outer = '{"id": "r1", "title": "Cut", "replies": [' + GOOD.format(9)
    assert titles(read("\n".join([GOOD.format(1), outer + ", {", GOOD.format(2)]))) == ["Fog 1", "Fog 2"]


def test_a_line_with_many_beginnings_is_soon_given_up() -> None:
    line = '{"id": "r1", "x": [' * 20_000
    assert titles(read("\n".join([GOOD.format(1), line, json.dumps({"id": "r2"}), GOOD.format(2)]))) == [
        "Fog 1",
        "Fog 2",
    ]


@pytest.mark.parametrize("text", ["6! Rain at noon.", "6 {", '"Rain" and fog', "null\n{}"])
def test_a_value_before_other_text_is_no_list(text: str) -> None:
    assert find_list(Document(SourceFile("a.md", "a.md"), text.encode())) is None
