"""Every block of fixtures/dates/datelines.txt: title, opening of a body, and the dateline in it."""

from typing import NamedTuple

import pytest
from folders import FIXTURES

from refeed.dates.dateline import Dateline, find_dateline

FIXTURE = FIXTURES / "dates" / "datelines.txt"


class Case(NamedTuple):
    """One block of the file; its title says why it matters."""

    why: str
    opening: str
    expected: str


def cases() -> list[Case]:
    parts = [part.strip("\n") for part in f"\n{FIXTURE.read_text(encoding='utf-8')}".split("\n.\n")]
    *complete, rest = parts
    assert not rest
    found = [Case(*complete[start : start + 3]) for start in range(0, len(complete), 3)]
    assert found, "no cases"
    assert all(case.why and case.expected for case in found)
    return found


def show(dateline: Dateline | None) -> str:
    """Write a result as the file does."""
    if dateline is None:
        return "-"
    return f"text: {dateline.text}\nbyline: {dateline.byline or '-'}\nshown: {dateline.shown or '-'}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.why)
def test_datelines(case: Case) -> None:
    assert show(find_dateline(case.opening)) == case.expected


def test_no_byline_is_none_not_empty() -> None:
    dateline = find_dateline("<i>By <br>2020-10-12 08:00</i>")
    assert dateline is not None
    assert dateline.byline is None


def test_only_the_opening_is_read() -> None:
    assert find_dateline("<p>" + "x" * 4_000 + '</p><time datetime="2020-10-12T08:00:00Z">') is None
