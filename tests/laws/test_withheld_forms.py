"""What its author has not published goes out in no other form that an archive holds: built page, or saved feed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from command_line import run
from packing import write

from refeed.options import Options
from refeed.pipeline.build import build
from refeed.report import Report

NOW: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)

DRAFT: Final = b"---\ntitle: Low tide\ndate: 2025-03-04\n%s\n---\n\nThe water fell, withheldx.\n"
PAGE: Final = (
    b"<html><head><title>%s</title><meta property='article:published_time' content='2025-03-04T18:30:00Z'></head>"
    b"<body><article><h1>%s</h1><p>The water fell, %s.</p></article></body></html>"
)
ITEM: Final = (
    "<item><title>%s</title><link>https://harbour.example/%s/</link>"
    "<pubDate>Tue, 04 Mar 2025 18:30:00 GMT</pubDate><description>The water fell, %s.</description></item>"
)
FEED: Final = (
    '<rss version="2.0"><channel><title>Harbour</title>'
    + ITEM % ("Low tide", "low-tide", "withheldx")
    + ITEM % ("High tide", "high-tide", "publicx")
    + "</channel></rss>"
).encode()
FORMS: Final = {
    "site/low-tide.html": PAGE % (b"Low tide", b"Low tide", b"withheldx"),
    "site/quay.html": PAGE % (b"Quay", b"Quay", b"publicx"),
    "feed.xml": FEED,
}


def built(folder: Path, **options: object) -> Report:
    chosen = {"paths": (str(folder),), "limit": 0, "workers": 1, **options}
    return build(Options(**chosen), NOW)  # type: ignore[arg-type]


def archive(folder: Path, says: bytes = b"draft: true") -> Path:
    return write(folder, {"posts/low-tide.md": DRAFT % says, **FORMS})


@pytest.mark.parametrize("says", [b"draft: true", b"password: herring", b"expires: 2025-06-01"])
@pytest.mark.parametrize("workers", [1, 3])
def test_a_text_that_is_withheld_withdraws_its_page_and_its_entry(tmp_path: Path, says: bytes, workers: int) -> None:
    report = built(archive(tmp_path, says), workers=workers)
    assert b"withheldx" not in report.feed
    assert (report.totals.withheld, report.totals.duplicates) == (1, 2)
    assert report.feed.count(b"<entry") == 2  # the quay, and high tide


def test_a_warm_index_and_the_rows_of_a_scan_say_the_same(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder, index, rows = archive(tmp_path / "archive"), str(tmp_path / "index"), str(tmp_path / "a.rows")
    feed = built(folder).feed
    assert [built(folder, index=index).feed for _ in range(2)] == [feed, feed]
    now = ("--now", NOW.isoformat(), "--no-config")
    assert run(capfdbinary, "scan", str(folder), "-o", rows, *now).status == 0
    made = run(capfdbinary, "build", "--from", rows, "--limit", "0", *now).out
    assert (made.count(b"<entry"), made.count(b"withheldx")) == (2, 0)


def test_a_preview_shows_the_text_and_the_others_are_its_duplicates(tmp_path: Path) -> None:
    report = built(archive(tmp_path), withheld="include")
    assert b'href="https://harbour.example/low-tide/"' in report.feed  # which its entry in the feed states
    assert (report.totals.withheld, report.totals.duplicates, report.totals.out) == (0, 2, 3)


def test_the_other_forms_are_reported_as_duplicates_of_what_is_withheld(tmp_path: Path) -> None:
    problems = [problem for problem in built(archive(tmp_path)).problems if problem.code == "duplicate"]
    assert sorted(str(problem.path).rpartition("/")[2] for problem in problems) == ["feed.xml", "low-tide.html"]
    assert all("posts/low-tide.md, which has the same title, name and date" in one.message for one in problems)


def test_an_older_state_of_a_page_is_no_form_of_what_it_is_now(tmp_path: Path) -> None:
    write(tmp_path, {"wiki/data/attic/low-tide.md": DRAFT % b"", "low-tide.html": FORMS["site/low-tide.html"]})
    report = built(tmp_path)
    assert (report.totals.withheld, report.totals.duplicates, report.totals.out) == (1, 0, 1)


def test_what_a_filter_does_not_want_withdraws_its_other_forms_too(tmp_path: Path) -> None:
    page = FORMS["site/low-tide.html"].replace(b"<head>", b"<head><meta property='article:tag' content='tides'>")
    folder = write(tmp_path, {"posts/low-tide.md": DRAFT % b"draft: true", "low-tide.html": page})
    assert built(folder, category=("tides",)).totals.out == 0
