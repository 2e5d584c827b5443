"""Entries that are made together, each of its own file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from command_line import dump

from refeed.model import SourceFile
from refeed.options import Options
from refeed.pipeline.entries import builder
from refeed.pipeline.entries.task import EntryTask, RecordRef
from refeed.pipeline.workers.worker import Worker
from refeed.records.identity import identify_address

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)


def task(path: Path) -> EntryTask:
    identity = identify_address(f"https://x.example/{path.stem}")  # the link of a dump
    assert identity
    winner = RecordRef(SourceFile(str(path), path.name), 0)
    return EntryTask(identity, winner, None, (), winner, is_shared=False)


def test_what_an_entry_is_made_of_is_what_its_key_in_the_index_tells_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file changes once it is read, and the one behind it lets go of it."""
    monkeypatch.setattr(builder, "_KEPT_FILES", 1)
    first, second = dump(tmp_path, "a.md", body="High water."), dump(tmp_path, "b.md")

    def tasks() -> Iterator[EntryTask]:
        yield task(first)
        first.write_text(first.read_text().replace("High", "Low"))
        yield task(second)

    changed, _ = Worker(Options(paths=(str(tmp_path),)), NOW).make(tasks())
    assert changed.built
    assert b"High water." in changed.built.fragment
