"""Whose line breaks are meant though no site says so: those of texts that GitHub shows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed import Options

NOW = datetime(2024, 8, 1, tzinfo=UTC)
TEXT = "The **first** line says who came.\nThe second says who left, and by which of the boats.\n\nThe last is alone.\n"


@pytest.mark.parametrize(
    ("address", "are_kept"),
    [
        ("https://github.com/ada/notes/issues/7", True),
        ("https://github.com/ada/notes/issues/7#issuecomment-1", True),
        ("https://github.com/ada/notes/discussions/12", True),
        ("https://github.com/ada/notes/blob/main/issues/7.md", False),  # a file, of which GitHub joins the lines
        ("https://github.com/ada/notes/issues", False),
        ("https://news.example/issues/7", False),
    ],
)
def test_line_breaks_of_issues_are_shown(address: str, are_kept: bool, tmp_path: Path) -> None:
    (tmp_path / "7_boats.md").write_text(f"# [Boats]({address})\n\n{TEXT}")
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),), undated="last"), now=NOW)
    between = "<br>" if are_kept else " "
    assert entry.content.startswith(f"<p>The <strong>first</strong> line says who came.{between}The second")


def test_lines_that_a_program_broke_are_joined(tmp_path: Path) -> None:
    lines = ["The ferry of the morning had eighty people on board, and the crane at"] * 6
    text = "\n".join(f"{line} {'the' if number % 2 else 'mole'}" for number, line in enumerate(lines))
    (tmp_path / "7_boats.md").write_text(f"# [Boats](https://github.com/ada/notes/issues/7)\n\n{text}\n")
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),), undated="last"), now=NOW)
    assert "<br>" not in entry.content
