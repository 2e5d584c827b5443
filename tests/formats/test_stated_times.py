"""Digests whose lines below the heading say when they were made."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed.options import Options

NOW = datetime(2026, 11, 20, tzinfo=UTC)
STATED = "> Generated: 2024-08-26 07:05 UTC\n\n"


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("2024-08-26-tides.md", "# Tides"),
        ("2024/08/26/README.md", "# Tides of 2024년 8월 26일"),
        ("tides.md", "# Tides, 2024-08-26"),
    ],
)
def test_the_time_of_a_digest_moves_no_id(tmp_path: Path, name: str, heading: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    found = list[refeed.Entry]()
    for stated in ("", STATED):
        file.write_text(f"{heading}\n\n{stated}Ebb at six.\n")
        found += refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)
    assert [f"{entry.updated:%Y-%m-%dT%H:%M}" for entry in found] == ["2024-08-26T00:00", "2024-08-26T07:05"]
    assert found[0].id == found[1].id


def test_a_digest_whose_day_nothing_else_says_has_that_of_the_line(tmp_path: Path) -> None:
    # A title says the day in a spelling of its own, which the line repeats.
    (tmp_path / "tides.md").write_text(f"# Tides of 2024.08.26.\n\n{STATED}Ebb at six.\n")
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)
    assert f"{entry.updated:%Y-%m-%dT%H:%M}" == "2024-08-26T07:05"
