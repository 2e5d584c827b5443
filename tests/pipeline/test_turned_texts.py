"""Marks that turn the direction of writing hide what a text says: none is left in what readers show in one line."""

from datetime import UTC, datetime
from pathlib import Path

import refeed
from refeed.options import Options

NAMES = "author: Ada {0}X\ntags: [sea {0}x]"
HEADER = f"---\ntitle: Fog {{0}}fdp.exe\ndate: 2020-03-04\n{NAMES}\ndescription: The ferry {{0}}waits.\n---\n"


def test_no_title_name_category_or_summary_is_turned(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(HEADER.format("\u202e") + "\nIt sails \u202etoday.\n")
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),)), now=datetime(2026, 1, 15, tzinfo=UTC))
    assert (entry.title, entry.authors, entry.categories) == ("Fog fdp.exe", ("Ada X",), ("sea x",))
    assert "\u202e" not in entry.summary
