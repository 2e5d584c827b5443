"""Which of several dates of a header counts, and when it is told that they differ."""

import pytest

from refeed.dates import Hints
from refeed.model import RawRecord, Statement
from refeed.options import SiteOptions
from refeed.records.date_evidence import header_date

PUBLISHED = Statement("2020-03-02T09:00:00Z", "record: published_at")


@pytest.mark.parametrize(
    ("second", "codes"),
    [
        (Statement("2020-02-01T09:00:00Z", "record: created_at"), []),  # it lay in a drawer for a month
        (Statement("2022-02-01T09:00:00Z", "front matter: dateCreated"), []),  # it was moved to another database
        (Statement("2020-02-01T09:00:00Z", "front matter: date"), ["date-conflict"]),
        (Statement("2020-03-02T09:00:30Z", "front matter: date"), []),  # less than a minute
    ],
)
def test_when_a_text_was_begun_says_nothing_against_when_it_was_published(second: Statement, codes: list[str]) -> None:
    record = RawRecord(format="records", line=1, span=(0, 0), body="", dates=(PUBLISHED, second))
    found = header_date(record, Hints(), SiteOptions())
    assert found.origin == PUBLISHED.origin
    assert [problem.code for problem in found.problems] == codes


def test_two_dates_of_which_each_tells_when_a_text_was_begun_are_told() -> None:
    dates = (
        Statement("2020-02-01T08:00:00Z", "record: created"),
        Statement("2020-02-03T08:00:00Z", "record: created_at"),
    )
    record = RawRecord(format="records", line=1, span=(0, 0), body="", dates=dates)
    assert [problem.code for problem in header_date(record, Hints(), SiteOptions()).problems] == ["date-conflict"]
