"""What Kirby, Lektor and FlatPress do not show of their files of fields, by the fields and the folders around them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed

KIRBY = "Title: Fog\n\n----\n\nDate: 2024-05-03\n\n----\n\nText: Thick.\n"
LEKTOR = "title: Fog\n---\npub_date: 2024-05-03\n---\n{}: {}\n---\nbody: Thick.\n"


def told(folder: Path, name: str, text: str) -> list[str]:
    """Return why the only file of an archive is left out."""
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(text)
    try:
        report = refeed.build(str(folder), now=datetime(2026, 11, 20, tzinfo=UTC))
    except refeed.NothingToBuildError as nothing:
        report = nothing.report
    return [problem.code for problem in report.left_out]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("content/1_log/20240503_fog/article.txt", []),
        ("content/1_log/3_fog/article.en.txt", []),
        ("content/1_log/fog/article.txt", ["private"]),  # without a number it is on no list: unlisted
        ("content/1_log/fog/article.en.txt", ["private"]),
        ("content/log/20240503_fog/article.txt", []),
        ("content/log/fog/article.txt", []),  # nothing says whether others here have numbers
        ("content/1_log/_drafts/fog/article.txt", ["draft"]),
        ("content/1_log/3_fog/_changes/article.txt", ["draft"]),  # Kirby 5: not saved yet
    ],
)
def test_kirby_lists_the_pages_whose_folders_have_numbers(name: str, codes: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, name, KIRBY) == codes


@pytest.mark.parametrize(
    ("field", "answer", "codes"),
    [
        *(("_hidden", answer, ["private"]) for answer in ("yes", "true", "1", "Yes", "TRUE")),
        *(("_discoverable", answer, ["private"]) for answer in ("no", "false", "0")),
        ("_hidden", "no", []),
        ("_hidden", "false", []),
        ("_discoverable", "yes", []),
    ],
)
def test_lektor_hides_pages_in_any_of_its_words(field: str, answer: str, codes: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "content/log/fog/contents.lr", LEKTOR.format(field, answer)) == codes


@pytest.mark.parametrize(
    ("categories", "codes"), [("draft,1", ["draft"]), ("1, Draft ", ["draft"]), ("1,drafty", []), ("", [])]
)
def test_flatpress_has_drafts_in_a_category(categories: str, codes: list[str], tmp_path: Path) -> None:
    text = f"VERSION|fp-1.2|SUBJECT|Fog|CONTENT|Thick.|DATE|1714721400|CATEGORIES|{categories}|"
    assert told(tmp_path, "fp-content/content/24/05/entry240503-073000.txt", text) == codes
