"""Boxes in tables: what is not ticked is not published, where exports leave the cell empty."""

from pathlib import Path

import pytest

import refeed

HEAD = "title,date,content"


def out(folder: Path, table: str) -> tuple[list[str], list[str]]:
    """Return the titles that go out, the newest first, and the codes of what does not."""
    (folder / "posts.csv").write_text(table)
    options = refeed.Options(paths=(str(folder),), limit=0)
    report = refeed.build([folder], options=options)
    assert report.totals.add_up
    return [entry.title for entry in refeed.entries(options)], [problem.code for problem in report.left_out]


@pytest.mark.parametrize(
    ("column", "tick", "code"),
    [
        ("Published", "checked", "draft"),  # as Airtable writes it
        ("publish", "TRUE", "draft"),
        ("Public", "x", "private"),
        ("is_published", "✔\ufe0f", "draft"),
        ("live", "yes", "draft"),
    ],
)
def test_an_empty_box_beside_ticked_ones_is_a_no(column: str, tick: str, code: str, tmp_path: Path) -> None:
    rows = f"Ebb,2024-01-02,Low water,\nFlood,2024-01-03,High water,{tick}\nFog,2024-01-04,No boats, \n"
    assert out(tmp_path, f"{HEAD},{column}\n{rows}") == (["Flood"], [code, code])


def test_a_tick_is_no_date(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(f"{HEAD},Published\nEbb,2024-01-02,Low,\nFlood,2024-01-03,High,checked\n")
    assert [problem.code for problem in refeed.build([tmp_path]).problems] == ["draft"]


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("Published", "", ""),  # nobody has ticked any: nothing is said
        ("Published", "checked", "checked"),
        ("Published", "", "2024-01-05"),  # days: one is missing
        ("Pinned", "", "checked"),  # of something else
    ],
)
def test_other_columns_say_nothing_by_an_empty_cell(column: str, first: str, second: str, tmp_path: Path) -> None:
    rows = f"Ebb,2024-01-02,Low water,{first}\nFlood,2024-01-03,High water,{second}\n"
    assert out(tmp_path, f"{HEAD},{column}\n{rows}") == (["Flood", "Ebb"], [])


@pytest.mark.parametrize("namespace", ["", ' xmlns="http://purl.org/atom-blog/ns#"'])
@pytest.mark.parametrize(("says", "titles"), [("true", []), ("false", ["Ebb"])])
def test_a_draft_of_atom_03_stays_in(namespace: str, says: str, titles: list[str], tmp_path: Path) -> None:
    (tmp_path / "blog.xml").write_text(
        '<feed xmlns="http://purl.org/atom/ns#" version="0.3"><title>Quay</title><entry><id>tag:q.example,2024:9</id>'
        "<title>Ebb</title><issued>2024-01-02T00:00:00Z</issued><modified>2024-01-02T00:00:00Z</modified>"
        f'<link rel="alternate" href="https://q.example/9"/><content mode="escaped">Low water.</content>'
        f"<draft{namespace}>{says}</draft></entry></feed>"
    )
    assert [entry.title for entry in refeed.entries(refeed.Options(paths=(str(tmp_path),), limit=0))] == titles
