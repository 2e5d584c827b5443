"""Who speaks or hosts is shown as the author of what names none; guests are not, and ids do not go by it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from packing import write

import refeed
from refeed.model import Entry
from refeed.options import Options

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)


def entry(folder: Path, stated: str) -> Entry:
    text = f"---\ntitle: Fog\ndate: 2024-08-05\n{stated}---\n\nIt came at noon.\n"
    (found,) = refeed.entries(Options(paths=(str(write(folder, {"fog.md": text.encode()})),)), now=NOW)
    return found


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("speaker: Ada Reed\n", ("Ada Reed",)),
        ("speakers: [Ada Reed, Bo]\n", ("Ada Reed", "Bo")),
        ("Speakers:\n  - name: Ada Reed\n    bio: Of the quay.\n  - name: Bo\n", ("Ada Reed", "Bo")),
        ("hosts: [Ada Reed]\nguests: [Cleo]\n", ("Ada Reed",)),
        ("guests: [Cleo]\nguest: Cleo\n", ()),
        ("author: Di\nhosts: [Ada Reed]\nspeakers: [Bo]\n", ("Di",)),
        ("host: quay.example\n", ()),  # of a site
        ("host: localhost:4000\n", ()),
        ("speaker: https://quay.example/ada\n", ()),
        ("speakers: true\n", ()),
        ("主持人: 安达\n", ("安达",)),
    ],
)
def test_presenters_are_authors_where_no_key_names_these(tmp_path: Path, stated: str, authors: tuple[str, ...]) -> None:
    assert entry(tmp_path, stated).authors == authors


def test_an_id_does_not_go_by_presenters(tmp_path: Path) -> None:
    plain = entry(tmp_path, "")
    assert entry(tmp_path, "speaker: Ada Reed\n").id == plain.id
    assert entry(tmp_path, "hosts: [Ada Reed]\n").outlet == plain.outlet
