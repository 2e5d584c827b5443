"""Modules of refeed are found as Python itself finds them."""

import subprocess
import sys
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

import refeed
from refeed.own_modules import find_own_modules


@pytest.fixture(autouse=True)
def _as_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    find_own_modules()


@pytest.mark.parametrize("name", ["refeed.site", "refeed.formats.feed"])
def test_a_module_is_what_it_is_otherwise(name: str) -> None:
    path = [str(Path(refeed.__path__[0], *name.split(".")[1:-1]))]
    found, expected = sys.meta_path[0].find_spec(name, path), PathFinder.find_spec(name, path)
    assert found is not None
    assert expected is not None
    assert found == expected  # its name, its loader and its file
    assert (found.cached, found.has_location, found.parent) == (expected.cached, True, expected.parent)


def test_packages_of_refeed_and_modules_of_others_are_left_to_python(tmp_path: Path) -> None:
    (tmp_path / "tide.py").write_text("")
    finder = sys.meta_path[0]
    assert finder.find_spec("refeed", None) is None
    assert finder.find_spec("refeed.formats", [*refeed.__path__]) is None
    assert finder.find_spec("refeed.tide", [*refeed.__path__]) is None
    assert finder.find_spec("refeed.tide", [str(tmp_path / "refeed.zip")]) is None
    assert finder.find_spec("harbour.tide", [str(tmp_path)]) is None


def test_a_module_that_is_not_there_is_missing() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"refeed\.tide"):
        __import__("refeed.tide")


def test_the_program_begins_with_it() -> None:
    code = (
        "import atexit, sys\n"
        "from refeed.__main__ import run\n"
        "atexit.register(lambda: print(type(sys.meta_path[0]).__module__))\n"
        "sys.argv[1:] = ['--version']\n"
        "run()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "refeed.own_modules"
