"""Chapters of books on Zenn: what `config.yaml` says of a book holds for each of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from packing import write, zipped

import refeed
from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
BOOK: Final = """title: "Knots" # of the harbour
summary: Ropes.
topics: ["ropes"]
published: true
price: 0 # or 200 to 5000
chapters:
  - splice # the first

  # - left-out
  - "bend"
toc_depth: 2
"""
CHAPTER: Final = "---\ntitle: {}\n---\n\nOne **rope**.\nAnother rope of the harbour.\n\n- End\n"
NAMES: Final = ("splice", "bend", "left-out", "3.eye")


def files(settings: str, chapters: dict[str, str] | None = None, name: str = "config.yaml") -> dict[str, bytes]:
    said = {f"books/knots/{one}.md": CHAPTER.format(one) for one in NAMES} if chapters is None else chapters
    return {f"books/knots/{name}": settings.encode(), **{path: text.encode() for path, text in said.items()}}


def titles(folder: Path) -> list[str]:
    return sorted(entry.title for entry in refeed.entries(Options(paths=(str(folder),), undated="last"), now=NOW))


@pytest.mark.parametrize("is_packed", [False, True])
def test_chapters_that_the_book_lists_go_out_with_their_line_breaks(is_packed: bool, tmp_path: Path) -> None:
    found = files(BOOK)
    folder = write(tmp_path / "all", {"book.zip": zipped(found)} if is_packed else found)
    path = folder / "book.zip" if is_packed else folder
    report = build(Options(paths=(str(path),), undated="last"), NOW)
    assert (report.totals.out, report.totals.withheld, report.totals.add_up) == (2, 2, True)
    entries = [*refeed.entries(Options(paths=(str(path),), undated="last"), now=NOW)]
    assert sorted(entry.title for entry in entries) == ["bend", "splice"]
    assert all(
        entry.content.startswith("<p>One <strong>rope</strong>.<br>Another rope of the harbour.</p>")
        for entry in entries
    )


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (BOOK.replace("true", "false"), []),
        (BOOK.replace("published: true\n", ""), []),  # Zenn's own default
        (BOOK.replace("price: 0", "price: 500"), []),
        (BOOK.replace("true", "true\npublished_at: 2026-12-24 10:00"), []),  # in a month
        (BOOK.replace("true", "true\npublished_at: 2026-10-24 10:00"), ["bend", "splice"]),
        (BOOK[: BOOK.index("chapters")] + "chapters: [splice, 'left-out']\n", ["left-out", "splice"]),
        (
            BOOK[: BOOK.index("chapters")] + "chapters:\n  [\n    splice, # first\n    'bend',\n  ]\n",
            ["bend", "splice"],
        ),
        (BOOK[: BOOK.index("chapters")], ["3.eye"]),  # without a list the numbered ones are the book's
        (BOOK.replace("\n", "\r\n"), ["bend", "splice"]),
        ("published: false\n", ["3.eye", "bend", "left-out", "splice"]),  # of something else
    ],
)
def test_the_settings_of_a_book_decide(settings: str, expected: list[str], tmp_path: Path) -> None:
    other = {"other.md": b"---\ntitle: other\n---\n\nText.\n"}
    assert titles(write(tmp_path, {**files(settings), **other})) == sorted([*expected, "other"])


def test_a_chapter_of_a_book_that_costs_money_may_be_free(tmp_path: Path) -> None:
    chapters = {
        "books/knots/splice.md": "---\ntitle: splice\nfree: true\n---\n\nOne.\n",
        "books/knots/bend.md": "---\ntitle: bend\nfree: false\n---\n\nfree: true\n",
    }
    settings = BOOK.replace("price: 0", "price: 500")
    assert titles(write(tmp_path, files(settings, chapters, "config.yml"))) == ["splice"]


def test_a_chapter_without_a_header_has_that_of_its_book(tmp_path: Path) -> None:
    chapters = {"books/knots/splice.md": "# Splice\n\nOne.\n", "books/knots/bend.md": CHAPTER.format("bend")}
    settings = BOOK.replace("- splice", "- other")
    assert titles(write(tmp_path, files(settings, chapters))) == ["bend"]


def test_an_index_notices_that_a_book_was_withdrawn(tmp_path: Path) -> None:
    folder = write(tmp_path / "all", {**files(BOOK), "other.md": b"---\ntitle: other\n---\n\nText.\n"})
    # The settings are no file of the batch: those of a large archive are in another one.
    options = Options(paths=(str(folder),), undated="last", index=str(tmp_path / "index"), exclude=("*.yaml",))
    assert build(options, NOW).totals.out == 3
    write(folder, files(BOOK.replace("published: true", "published: false"), {}))
    assert build(options, NOW).totals.out == 1
