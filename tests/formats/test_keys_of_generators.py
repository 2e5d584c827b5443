"""Every key that generators, exporters and note programs document is read: one tiny post for each row of a table.

fixtures/formats/keys.tsv: who writes it, the line of front matter, the field, and what refeed has to make of it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from folders import ROOT

import refeed


class Row(NamedTuple):
    """One key of one generator."""

    generator: str
    line: str
    field: str
    expected: str


ROWS = [Row(*line.split("\t")) for line in (ROOT / "fixtures/formats/keys.tsv").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Read a post for every row, all of them at once."""
    folder = tmp_path_factory.mktemp("keys")
    for number, row in enumerate(ROWS):
        date = "" if row.field == "published" or row.line.startswith("date: ") else "date: 2024-01-01\n"
        (folder / f"{number}.md").write_text(f"---\ntitle: Tide\n{date}{row.line}\n---\n\nThe water is low.\n")
    return {Path(post["path"]).stem: fields_of(post) for post in refeed.inspect(folder)}


def fields_of(post: Mapping[str, Any]) -> dict[str, str]:
    """Return what a row may ask for; of dates the day."""
    return {
        "author": ", ".join(post["authors"] or ()),
        "id": post["id"],
        "image": post["image"],
        "language": post["language"],
        "link": post["url"],
        "published": (post["published"] or "")[:10],
        "summary": post["summary"],
        "tags": ", ".join(post["categories"] or ()),
        "updated": (post["updated"] or "")[:10],
    }


@pytest.mark.parametrize(("number", "row"), [*enumerate(ROWS)], ids=str)
def test_a_documented_key_is_read(number: int, row: Row, posts: dict[str, dict[str, str]]) -> None:
    assert posts[str(number)][row.field] == row.expected
