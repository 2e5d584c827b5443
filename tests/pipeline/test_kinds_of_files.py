"""Files that need the same libraries are told by their names and by how they end."""

import os
from pathlib import Path

import pytest

from refeed.model import SourceFile
from refeed.pipeline.second_pass.kinds_of_files import Kind, kinds_of


def kind(folder: Path, name: str, text: str = "") -> Kind:
    """Return the kind of a file of a folder, which has this text if there is any."""
    if text:
        (folder / name).write_text(text, encoding="utf-8")
    return kinds_of([SourceFile(str(folder / name), name)], [str(folder)])[0]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("tide.md", "---\ntitle: Tide\n---\n<div><p>It rose.</p>\n</div>", (".md", True)),
        ("tide.md", "---\ntitle: Tide\n---\n<p>It rose.</p>\n\n  \n", (".md", True)),  # blanks behind it
        ("tide.md", "---\ntitle: Tide\n---\nIt *rose*.\n", (".md", False)),
        ("tide.md", ">", (".md", True)),  # shorter than the end that is read
        ("tide.md", " \n", (".md", False)),
        ("tide.org", "It /rose/.", (".org", False)),
        ("tide", "It rose.", ("", False)),
    ],
)
def test_a_kind_is_the_ending_of_the_name_and_whether_html_ends_the_text(
    name: str, text: str, expected: Kind, tmp_path: Path
) -> None:
    assert kind(tmp_path, name, text) == expected


def test_what_cannot_be_read_ends_with_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")  # nobody writes to it
    assert kind(tmp_path, "pipe.md") == (".md", False)
    assert kind(tmp_path, "missing.md") == (".md", False)
    assert kind(tmp_path, "dump.zip!/tide.md") == (".md", False)


def test_a_link_that_leads_out_of_the_archive_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.html").write_text("<p>Tide</p>", encoding="utf-8")
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "tide.md").symlink_to("../outside.html")
    assert kind(archive, "tide.md") == (".md", False)
