"""Gemlogs: posts in Gemtext, whose days stand in the index of their capsule."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from packing import write, zipped

import refeed
from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
INDEX: Final = (
    "# The harbour\r\n\r\nWhat the keeper wrote.\r\n\r\n"
    "=> 2024/fog.gmi 2024-08-05 - Fog on the quay\r\n"
    "=> /gemlog/2024/08/tide.gmi\t2024-08-06 Tide\r\n"
    "=> gemini://harbour.example/gemlog/low%20water.gmi 2024-08-07: Low water\r\n"
    "=> https://harbour.example/ 2024-08-08 On the web\r\n"
    "=> swell.gmi Swell, without a day\r\n"
)
FILES: Final = {
    "capsule/gemlog/index.gmi": INDEX.encode(),
    "capsule/gemlog/2024/fog.gmi": b"# Fog on the quay\n\nIt came at noon.\n",
    "capsule/gemlog/2024/08/tide.gmi": b"# High tide\n\nIt came at six.\n",  # its own title is the newer one
    "capsule/gemlog/low water.gmi": b"Nothing but sand.\n",
    "capsule/gemlog/swell.gmi": b"# Swell\n\nFrom the west.\n",
}


@pytest.fixture(params=["folder", "zip"])
def capsule(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "zip":
        return str(write(tmp_path, {"capsule.zip": zipped(FILES)}) / "capsule.zip")
    return str(write(tmp_path / "site", FILES))


def test_posts_have_the_day_and_title_that_the_index_states(capsule: str) -> None:
    entries = [*refeed.entries(Options(paths=(capsule,)), now=NOW)]
    assert [(entry.title, f"{entry.published:%F}", entry.content) for entry in entries] == [
        ("Low water", "2024-08-07", "<p>Nothing but sand.</p>"),
        ("High tide", "2024-08-06", "<p>It came at six.</p>"),
        ("Fog on the quay", "2024-08-05", "<p>It came at noon.</p>"),
    ]


def test_neither_the_index_nor_a_post_without_a_day_goes_out(capsule: str) -> None:
    report = build(Options(paths=(capsule,)), NOW)
    codes = {one.path.rpartition("/")[2]: one.code for one in report.left_out}
    assert (codes["index.gmi"], codes["swell.gmi"]) == ("no-format", "no-date")


def test_a_header_of_its_own_counts_alone(tmp_path: Path) -> None:
    post = b"---\ntitle: Fog\ndate: 2024-08-01\n---\n\nIt came *at* noon.\n"
    folder = write(tmp_path / "site", {**FILES, "capsule/gemlog/2024/fog.gmi": post})
    (fog,) = [entry for entry in refeed.entries(Options(paths=(str(folder),)), now=NOW) if entry.title == "Fog"]
    assert (f"{fog.published:%F}", fog.content) == ("2024-08-01", "<p>It came *at* noon.</p>")


def test_an_index_outside_of_what_was_given_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    report = build(Options(paths=(str(tmp_path / "capsule/gemlog/2024"),), undated="last"), NOW)
    assert b"2024-08-0" not in (report.feed or b"")


def test_a_post_that_is_a_folder_has_the_day_of_the_index_above(tmp_path: Path) -> None:
    lines = (
        "=> 2024/08/05/fog/ 2024-08-05 Fog on the quay\n"
        "=> gemini://harbour.example/2024/08/06/tide 2024-08-06 High tide\n"
        "=> /2024/08/07/swell/index.gmi 2024-08-07 Swell\n"
        "=> /log/ 2024-08-08 What the keeper wrote\n"
    )
    files = {
        "capsule/index.gmi": lines.encode(),
        "capsule/2024/08/05/fog/index.gmi": b"It came at noon.\n",
        "capsule/2024/08/06/tide/index.gmi": b"# Tide\n\nIt came at six.\n",
        "capsule/2024/08/07/swell/index.gmi": b"From the west.\n",
        "capsule/log/index.gmi": b"# Log\n\n=> ebb.gmi 2024-08-08 Ebb\n",  # no post, but an index as well
    }
    entries = refeed.entries(Options(paths=(str(write(tmp_path, files)),)), now=NOW)
    assert [(entry.title, f"{entry.published:%F}", entry.content) for entry in entries] == [
        ("Swell", "2024-08-07", "<p>From the west.</p>"),
        ("Tide", "2024-08-06", "<p>It came at six.</p>"),
        ("Fog on the quay", "2024-08-05", "<p>It came at noon.</p>"),
    ]
