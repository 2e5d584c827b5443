"""The modules of a package are named as they are found when they are imported."""

import zipfile
from pathlib import Path

from refeed.startup.module_names import module_names

NAMES = ("__init__.py", "_shared.py", "tide.py", "ebb.py", "names.tsv", "charts/__init__.py", "__pycache__/tide.pyc")


def test_they_are_the_public_modules_sorted(tmp_path: Path) -> None:
    for name in (*NAMES, "swell.pyc", ".#tide.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert module_names([str(tmp_path)]) == ("ebb", "swell", "tide")


def test_those_in_an_archive_are_named_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "sea.zip", "w") as archive:
        for name in NAMES:
            archive.writestr(f"harbour/{name}", "")
    assert module_names([str(tmp_path / "sea.zip" / "harbour")]) == ("ebb", "tide")
