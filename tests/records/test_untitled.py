"""What tells a record without a title apart: the heading of its text, which stays when the text is edited."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed

HEADER = "---\ndate: {}\n---\n\n"
DAY = "2024-05-06"
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def ids_of(folder: Path, *bodies: str, day: str = DAY) -> list[str]:
    """Write each text into a file of its own, and return the ids of what comes out, in the order of their names."""
    folder.mkdir(exist_ok=True)
    for number, body in enumerate(bodies):
        (folder / f"{number}.md").write_bytes((HEADER.format(day) + body).encode())
    entries = refeed.entries(refeed.Options(paths=(str(folder),), limit=0), now=NOW)
    return [entry.id for entry in entries]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Tide\n\nThe ferry sails.\n", "# Tide\n\nThe ferry sails at noon.\n"),
        ("# Tide\n\nThe ferry sails.\n", "# Tide\r\n\r\nThe ferry sails.\r\n"),
        ("# Tide\n\nThe ferry sails.\n", "# Tide #\n\nThe ferry sails.\n"),
        ("Tide\n====\n\nThe ferry sails.\n", "# Tide\n\nThe ferry sails at noon.\n"),
        ("<h1 class=a>Tide</h1>\n<p>The ferry sails.</p>\n", "<h1>Tide</h1>\n<p>It sails at noon.</p>\n"),
        ("# 潮汐\n\n渡轮启航。\n", "# 潮汐\n\n渡轮中午启航。\n"),
    ],
)
def test_an_edited_text_below_its_heading_keeps_its_id(before: str, after: str, tmp_path: Path) -> None:
    (old,), (new,) = ids_of(tmp_path / "old", before), ids_of(tmp_path / "new", after)
    assert old == new


@pytest.mark.parametrize(
    "bodies",
    [
        ("# Tide\n\nThe ferry sails.\n", "# Lamp\n\nThe ferry sails.\n"),
        ("The ferry sails.\n", "The ferry sails at noon.\n"),  # no heading
        ("## Links\n\n- Tide\n", "## Links\n\n- Lamp\n"),  # of a part
        ("#tide The ferry sails.\n", "#tide The ferry sails at noon.\n"),  # a tag
        ("#\n\nThe ferry sails.\n", "#\n\nThe ferry sails at noon.\n"),  # it says nothing
    ],
)
def test_other_texts_of_one_day_are_articles_of_their_own(bodies: tuple[str, str], tmp_path: Path) -> None:
    assert len({*ids_of(tmp_path / "archive", *bodies)}) == 2


def test_the_same_heading_on_another_day_is_another_article(tmp_path: Path) -> None:
    body = "# Tide\n\nThe ferry sails.\n"
    assert ids_of(tmp_path / "one", body) != ids_of(tmp_path / "two", body, day="2024-05-07")
