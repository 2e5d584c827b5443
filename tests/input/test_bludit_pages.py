"""Pages of Bludit: the text in `pages/`, all else in `databases/pages.php`."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from packing import write, zipped

import refeed
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.report import NothingToBuildError

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
UNREAD: Final = "Nobody is to read this"


def page(title: str, kind: str, date: str, **more: Any) -> dict[str, Any]:
    said = {"title": title, "description": "", "tags": [], "type": kind, "date": date, "dateModified": ""}
    return {**said, "coverImage": "", "uuid": "0", **more}


PAGES: Final = {
    "low-water": page("Low water", "published", "2024-05-03 07:30:00", tags={"tides": "Tides"}, description="Dry."),
    "harbour/bell": page("The bell", "sticky", "2024-05-02 07:30:00", dateModified="2024-05-04 08:00:00"),
    "rough": page("Rough", "draft", "2024-05-05 07:30:00"),
    "later": page("Later", "scheduled", "2024-05-06 07:30:00"),
    "autosave-1": page("Low water[Autosave]", "autosave", "2024-05-07 07:30:00"),
    "about": page("About", "static", "2024-05-01 07:30:00"),
}
TABLE: Final = "<?php defined('BLUDIT') or die('Bludit CMS.'); ?>\n" + json.dumps(PAGES)
FILES: Final = {
    "bl-content/databases/pages.php": TABLE.encode(),
    "bl-content/pages/low-water/index.txt": b"The mole is **dry**.\r\n",
    "bl-content/pages/harbour/bell/index.txt": b"<p>It rings.</p>",
    "bl-content/pages/rough/index.txt": UNREAD.encode(),
    "bl-content/pages/later/index.txt": UNREAD.encode(),
    "bl-content/pages/autosave-1/index.txt": UNREAD.encode(),
    "bl-content/pages/about/index.txt": b"About the harbour",
    "bl-content/pages/forgotten/index.txt": UNREAD.encode(),
}


@pytest.fixture(params=["folder", "zip"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "zip":
        return str(write(tmp_path, {"site.zip": zipped(FILES)}) / "site.zip")
    return str(write(tmp_path / "site", FILES))


def test_published_pages_go_out_with_what_their_table_says(site: str) -> None:
    entries = [*refeed.entries(Options(paths=(site,)), now=NOW)]
    assert [(entry.title, f"{entry.published:%F %R}", entry.content) for entry in entries] == [
        ("Low water", "2024-05-03 07:30", "<p>The mole is <strong>dry</strong>.</p>"),
        ("The bell", "2024-05-02 07:30", "<p>It rings.</p>"),
    ]
    assert [entry.summary for entry in entries] == ["Dry.", "It rings."]
    assert f"{entries[1].updated:%F}" == "2024-05-04"


def test_drafts_and_what_the_table_does_not_name_stay_in(site: str) -> None:
    report = build(Options(paths=(site,), undated="last"), NOW)
    assert (report.totals.withheld, report.totals.out) == (3, 2)
    assert report.totals.add_up
    assert UNREAD.encode() not in (report.feed or b"")
    codes = {one.path.split("pages/")[-1]: one.code for one in report.left_out}
    assert (codes["about/index.txt"], codes["forgotten/index.txt"]) == ("site-page", "no-format")


@pytest.mark.parametrize("table", ["", "<?php ?>\n[]", '<?php ?>\n{"low-water": [', '<?php ?>\n{"low-water": 1}'])
def test_without_a_table_that_says_so_nothing_is_published(table: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "site", {**FILES, "bl-content/databases/pages.php": table.encode()})
    with pytest.raises(NothingToBuildError):
        build(Options(paths=(str(folder),), undated="last"), NOW)
