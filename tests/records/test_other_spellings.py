"""What is withheld under one spelling of its address is not shown under another; ids know nothing of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from command_line import run

from refeed.options import Options
from refeed.pipeline.build import build
from refeed.records.addresses.other_spellings import also_withdrawn
from refeed.records.identity import SelfDescription, identify, identify_address

NOW: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)
POST: Final = "---\ntitle: Tide\ntags: [sea]\nlink: {}\ndate: 2025-03-04\n---\n\nThe water rose.\n"
DRAFT: Final = "---\ntitle: Ebb\nlink: {}\ndate: 2025-03-05\ndraft: true\n---\n\nThe water fell.\n"
TOMBSTONE: Final = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Quay</title>'
    '<at:deleted-entry ref="{}" when="2025-03-06T00:00:00Z"/></feed>'
)
DELETED: Final = '[{{"title": "Tide", "url": "{}", "date": "2025-03-06", "content": "gone", "deleted": true}}]'
PUBLISHED: Final = "https://quay.example/log/tide"
SAME: Final = (
    PUBLISHED,
    "https://quay.example/log/tide/",
    "http://quay.example/log/tide",
    "https://www.quay.example/log/tide",
    "https://QUAY.example:443/log/tide/",
    "http://www.quay.example:80/log/tide/?utm_campaign=a",
    "https://quay.example/log/tide?mtm_source=mail",
    "https://quay.example/log/tide.html",
    "https://quay.example/log/tide/index.html",
)
# Paths are told apart by case, pages by their numbers, no front page is an article, and `amp` may be a post's own name.
OTHERS: Final = (
    "https://quay.example/log/Tide",
    "https://quay.example/log/tide/2",
    "https://quay.example/log/tide/amp",
    "https://quay.example/log/tide/amp/",
    "https://quay.example/log/tide?p=2",
    "https://quay.example/",
    "https://quay.example/log/",
    "https://shore.example/log/tide",
)


@pytest.mark.parametrize("options", [{}, {"category": ("sea",)}])
@pytest.mark.parametrize(("name", "text"), [("b.md", DRAFT), ("b.xml", TOMBSTONE), ("b.json", DELETED)])
@pytest.mark.parametrize(("address", "is_out"), [*((one, False) for one in SAME), *((one, True) for one in OTHERS)])
def test_other_spellings_of_an_address_are_withdrawn_and_counted_once(
    address: str, is_out: bool, name: str, text: str, options: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(POST.format(PUBLISHED))
    (tmp_path / name).write_text(text.format(address))
    totals = build(Options(paths=(str(tmp_path),), workers=1, **options), NOW).totals  # type: ignore[arg-type]
    assert (totals.out, totals.withheld, totals.records_read, totals.add_up) == (is_out, 1, 2, True)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("options", [{}, {"category": ("sea",)}])
@pytest.mark.parametrize(
    ("expiry", "address", "is_out"),
    [
        *(("2026-01-01", one, False) for one in SAME),
        *(("2026-01-01", one, True) for one in OTHERS),
        *(("2026-01-16", one, True) for one in SAME),  # tomorrow
    ],
)
def test_what_has_ended_withdraws_other_spellings_of_its_address(
    expiry: str, address: str, is_out: bool, options: dict[str, tuple[str, ...]], workers: int, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(POST.format(PUBLISHED))
    (tmp_path / "b.md").write_text(DRAFT.format(address).replace("draft: true", f"expiryDate: {expiry}"))
    totals = build(Options(paths=(str(tmp_path),), workers=workers, **options), NOW).totals  # type: ignore[arg-type]
    assert (bool(totals.out), totals.records_read, totals.add_up) == (is_out, 2, True)


@pytest.mark.parametrize("published", SAME[:2])
def test_what_is_published_again_later_goes_out(published: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST.format(published).replace("2025-03-04", "2025-04-04"))
    (tmp_path / "b.md").write_text(DRAFT.format("https://www.quay.example/log/tide/"))
    assert build(Options(paths=(str(tmp_path),), workers=1), NOW).totals.out == 1


def test_two_published_spellings_stay_two_articles(tmp_path: Path) -> None:
    """As they were: an id moves for no slash."""
    for number, address in enumerate(SAME[:2]):
        (tmp_path / f"{number}.md").write_text(POST.format(address))
    assert build(Options(paths=(str(tmp_path),), workers=1), NOW).totals.out == 2


def test_a_deletion_withdraws_what_only_its_id_names(tmp_path: Path) -> None:
    entry = "<entry><id>tag:quay.example,2025:7</id><title>Tide</title><updated>2025-03-04T00:00:00Z</updated></entry>"
    (tmp_path / "a.xml").write_text(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title>{entry}</feed>')
    (tmp_path / "b.xml").write_text(TOMBSTONE.format("tag:quay.example,2025:7"))
    totals = build(Options(paths=(str(tmp_path),), workers=1), NOW).totals
    assert (totals.out, totals.withheld, totals.add_up) == (0, 1, True)


def test_an_id_of_refeed_itself_names_the_article_of_an_address() -> None:
    """UUID version 5 of the address, in the name space of addresses (RFC 9562, 6.6)."""
    deleted = identify(SelfDescription(ids=("urn:uuid:ec5fb59f-3240-5141-b03e-bf0e3fdd8e2c",)))
    assert also_withdrawn(deleted, "") == (identify_address(PUBLISHED),)


def test_a_scan_counts_records_once(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(POST.format(PUBLISHED))
    (tmp_path / "in" / "b.md").write_text(DRAFT.format(SAME[1]))
    rows = str(tmp_path / "rows")
    told = run(capfdbinary, "scan", str(tmp_path / "in"), "-o", rows, "--now", NOW.isoformat(), "--no-config").err
    assert "2 records of 2 files" in told
