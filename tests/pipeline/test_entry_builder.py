"""Entries that are made together, each of its own file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from command_line import dump

import refeed
from refeed.model import RawRecord, SourceFile
from refeed.options import Options
from refeed.pipeline.entries import record_files
from refeed.pipeline.entries.task import EntryTask, RecordRef
from refeed.pipeline.workers.worker import Worker
from refeed.records.context import Context
from refeed.records.identity import identify_address
from refeed.records.reader import FileRecords, read_raw_records

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
    monkeypatch.setattr(record_files, "_KEPT_FILES", 1)
    first, second = dump(tmp_path, "a.md", body="High water."), dump(tmp_path, "b.md")

    def tasks() -> Iterator[EntryTask]:
        yield task(first)
        first.write_text(first.read_text().replace("High", "Low"))
        yield task(second)

    changed, _ = Worker(Options(paths=(str(tmp_path),)), NOW).make(tasks())
    assert changed.built
    assert b"High water." in changed.built.fragment


def feeds(folder: Path, number: int) -> Path:
    """Save a feed as often, an hour apart: five articles, of which the third gets another text in the middle."""
    folder.mkdir()
    for saved in range(number):
        texts = ["Low", "High", "Slack" if saved < number // 2 else "Spring", "Neap", "Ebb"]
        items = "".join(
            f"<item><title>{text[0]}{item}</title><link>https://x.example/{item}</link>"
            f"<pubDate>Wed, 01 May 2024 0{item}:00:00 GMT</pubDate><description>{text} tide.</description></item>"
            for item, text in enumerate(texts)
        )
        (folder / f"{saved:02}.xml").write_text(
            f"<rss version='2.0'><channel><title>Tides</title>{items}</channel></rss>"
        )
    return folder


def test_a_feed_that_was_saved_often_is_read_a_few_times_whatever_the_number_of_its_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = feeds(tmp_path / "in", 12)
    usual = refeed.build([folder], options=Options(workers=1), now=NOW)
    assert usual.totals.out == 5
    reads = list[str]()

    def read(source: SourceFile, context: Context) -> FileRecords[RawRecord]:
        reads.append(source.name)
        return read_raw_records(source, context)

    monkeypatch.setattr(record_files, "read_raw_records", read)
    monkeypatch.setattr(record_files, "_KEPT_FILES", 3)
    few = refeed.build([folder], options=Options(workers=1), now=NOW)
    assert (few.feed, few.problems) == (usual.feed, usual.problems)
    assert len(reads) < 3 * 12  # of each article the records lie in all of the twelve
