"""What a package offers is told by the names of its files."""

from pathlib import Path

from refeed.public_modules import public_modules


def test_modules_are_named_once_and_private_ones_and_packages_not(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first / "tides", second / "__pycache__"):
        folder.mkdir(parents=True)
    for name in ("__init__.py", "_shared.py", "pier.py", "buoy.py", "names.tsv", "tides/__init__.py"):
        (first / name).touch()
    for name in ("pier.pyc", "quay.pyc", "__pycache__/fog.cpython-311.pyc"):
        (second / name).touch()
    assert public_modules([str(first), str(second)]) == ("buoy", "pier", "quay")
