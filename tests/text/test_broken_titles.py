"""Titles whose characters a file name could not hold: fixtures/text/broken_titles.tsv."""

import pytest
from folders import FIXTURES

from refeed.text.broken_titles import restore_underscores

TABLE = FIXTURES / "text" / "broken_titles.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text().split("\n") if line and not line.startswith("#")]


def test_there_are_rows() -> None:
    assert ROWS


@pytest.mark.parametrize(("title", "text", "expected", "why"), ROWS)
def test_underscores_are_restored_only_where_the_body_tells(title: str, text: str, expected: str, why: str) -> None:
    assert restore_underscores(title, text) == expected, why
