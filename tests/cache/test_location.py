"""Where a user's indexes lie."""

from pathlib import Path

import pytest
from command_line import dump, run

Capture = pytest.CaptureFixture[bytes]


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run as a user who has no home, as containers and services do."""

    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("homeless")
def test_who_has_no_home_has_a_feed_all_the_same(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "in/low.md", title="Low", tags="[fog]")
    ran = run(capfdbinary, "build", "in", "-o", "feed.xml")
    assert ran.status == 0
    assert ran.lines[0] == (
        "note: nothing is remembered for the next build; there is no home folder: set HOME or XDG_CACHE_HOME, "
        "or name a file with --index"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feed.xml", "in"]
    assert run(capfdbinary, "build", "in", "-o", "feed.xml", "--no-index", "--quiet").err == ""
    assert run(capfdbinary, "index").status == 0


@pytest.mark.usefixtures("homeless")
def test_an_index_that_is_named_needs_no_home(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "in/low.md", title="Low", tags="[fog]")
    ran = run(capfdbinary, "build", "in", "-o", "feed.xml", "--index", "own.index")
    assert "no home" not in ran.err
    assert (tmp_path / "own.index").is_file()
