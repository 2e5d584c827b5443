"""What is imported late is loaded when something of it is used, and not before."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from refeed.late_imports import import_late


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a package that nobody has imported yet."""
    folder = tmp_path / "seldom_used"
    folder.mkdir()
    (folder / "__init__.py").write_text("from seldom_used.inner import answer\n")
    (folder / "inner.py").write_text("answer = 42\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("seldom_used", "seldom_used.inner"):
        monkeypatch.setitem(sys.modules, name, sys)  # so that both are gone afterwards
        del sys.modules[name]
    return "seldom_used"


def test_it_is_loaded_when_something_of_it_is_asked_for(package: str) -> None:
    import_late(package)
    first, second = import_module(package), import_module(package)
    assert "seldom_used.inner" not in sys.modules
    assert (first.answer, second.answer) == (42, 42)
    assert "seldom_used.inner" in sys.modules
    assert import_module(package).__file__


def test_a_module_in_it_can_be_imported(package: str) -> None:
    import_late(package)
    assert import_module("seldom_used.inner").answer == 42


def test_what_has_been_imported_stays(package: str) -> None:
    imported = import_module(package)
    import_late(package)
    assert import_module(package) is imported


def test_a_package_that_is_not_there_fails_where_it_is_used(package: str) -> None:
    import_late(f"{package}_and_missing")
    try:
        with pytest.raises(ModuleNotFoundError):
            _ = import_module(f"{package}_and_missing").answer
    finally:
        sys.modules.pop(f"{package}_and_missing", None)


def test_to_clean_html_needs_no_selectors_and_no_markdown() -> None:
    code = (
        "import sys\n"
        "from refeed.clean.body import Body, clean_body\n"
        "clean_body(Body('<p>Text.</p>', False, 'Title', None, None, ()))\n"
        "print(sorted({'markdown_it', 'soupsieve.css_parser'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
