"""Reading ahead: it changes when files are fetched, never what is read."""

import os
from pathlib import Path

import pytest

from refeed.input import prefetch
from refeed.input.prefetch import Readahead


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count what the system is asked to fetch."""
    asked: list[int] = []
    monkeypatch.setattr(os, "posix_fadvise", lambda handle, *_: asked.append(handle), raising=False)
    return asked


def waits(monkeypatch: pytest.MonkeyPatch, *counts: int) -> None:
    """Say how often the thread has had to wait, each time that it is asked."""
    left = iter(counts)
    monkeypatch.setattr(prefetch, "_waited", lambda: next(left))


def test_files_are_fetched_ahead_only_while_reading_has_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fetched: list[int]
) -> None:
    paths = [str(tmp_path / f"{n}.md") for n in range(3)]
    for path in paths:
        Path(path).write_text("x")
    ahead = Readahead()
    waits(monkeypatch, 0, 3)  # three waits for three files: they come from a disk
    with ahead.over(paths):
        assert len(fetched) == 0
    waits(monkeypatch, *[0] * 6)  # now they are in memory
    with ahead.over(paths):
        assert len(fetched) == 3
    waits(monkeypatch, 0, 0)
    with ahead.over(paths):
        assert len(fetched) == 3


def test_what_cannot_be_fetched_is_left_to_whoever_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fetched: list[int]
) -> None:
    ahead = Readahead()
    waits(monkeypatch, 0, 1, 0, 0)
    with ahead.over([str(tmp_path / "gone.md")]):
        pass
    with ahead.over([str(tmp_path / "gone.md")]):
        assert fetched == []
