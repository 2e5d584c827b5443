"""The files of a batch are read together, and one that fails costs no other."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from refeed.input.discover import Batch
from refeed.input.read import read
from refeed.model import Document, SourceFile
from refeed.options import Options
from refeed.paths import INTO
from refeed.pipeline.workers import scan as scan_module
from refeed.pipeline.workers.scan import scan
from refeed.problems import Problem
from refeed.records import reader as reader_module
from refeed.records.context import Context, context_for
from refeed.records.reader import KeyReader, Keys, key_reader
from refeed.records.rows import unpack
from refeed.records.scan_result import READ, SKIPPED

FILES = 600
FAILS = 599  # the last one


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each file is read; refeed fails on one of them."""
    counts = Counter[str]()

    @contextmanager
    def counting(context: Context) -> Iterator[KeyReader]:
        with key_reader(context) as read:

            def read_and_count(sources: Sequence[SourceFile]) -> Iterator[tuple[int, Keys]]:
                for place, source in enumerate(sources):
                    counts[source.name] += 1
                    if source.name == f"{FAILS}.md":
                        raise ZeroDivisionError
                    ((_, keys),) = read([source])
                    yield place, keys

            yield read_and_count

    monkeypatch.setattr(scan_module, "key_reader", counting)
    return counts


def test_a_file_that_fails_has_few_others_read_again(tmp_path: Path, reads: Counter[str]) -> None:
    names = tuple(f"{number}.md" for number in range(FILES))
    for name in names:
        (tmp_path / name).write_text(f"---\ntitle: Rope {name}\ndate: 2024-05-01\n---\nRope.\n")
    context = context_for(Options(paths=(str(tmp_path),)), datetime(2026, 1, 1, tzinfo=UTC))
    found = scan(Batch(str(tmp_path), f"{tmp_path}/", names, array("q"), ()), range(FILES), context)
    assert found.kinds == bytes([READ] * FAILS + [SKIPPED])
    assert [problem.code for problem in found.notes[FAILS].problems] == ["internal-error"]
    assert [name for name in names if reads[name] == 2] == [*names[512:]]  # it is in the third 256
    assert sum(reads.values()) == 688


def test_no_files_give_no_rows(tmp_path: Path, reads: Counter[str]) -> None:
    context = context_for(Options(paths=(str(tmp_path),)), datetime(2026, 1, 1, tzinfo=UTC))
    found = scan(Batch(str(tmp_path), f"{tmp_path}/", ("a.md",), array("q"), ()), [], context)
    assert (found.kinds, found.rows, reads) == (b"\0", b"", {})


def test_files_keep_their_order_though_some_are_read_again(tmp_path: Path) -> None:
    post = "---\ntitle: {}\ndate: {}\n---\nRope.\n"
    texts = {
        "a.md": post.format("Rope", "2024-05-01"),
        "b.md": post.format("'[Draft] Rope'", "2024-05-02"),  # looks as usual until its title is asked
        "c.md": "No header.\n",
        "d.md": post.format("Anchor", "2024-5-3"),  # until its date is read
        "e.md": post.format("Anchor", "2024-05-04"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    context = context_for(Options(paths=(str(tmp_path),)), datetime(2026, 1, 1, tzinfo=UTC))
    found = scan(Batch(str(tmp_path), f"{tmp_path}/", tuple(texts), array("q"), ()), range(5), context)
    assert found.kinds == bytes([READ, READ, SKIPPED, READ, READ])
    days = [(number, datetime.fromtimestamp(date, UTC).day) for _, _, date, _, _, number, *_ in unpack(found.rows)]
    assert days == [(0, 1), (1, 2), (3, 3), (4, 4)]
    assert [(number, note.problems[0].code) for number, note in found.notes.items()] == [(1, "draft"), (2, "no-date")]


def test_what_lies_in_an_archive_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counter[str]()

    def read_and_count(source: SourceFile, *given: Any, **named: Any) -> Document | Problem:
        counts[source.name] += 1
        return read(source, *given, **named)

    monkeypatch.setattr(reader_module, "read", read_and_count)
    with ZipFile(tmp_path / "posts.zip", "w") as archive:
        archive.writestr("a.md", "---\ntitle: '[Draft] Rope'\ndate: 2024-05-01\n---\nRope.\n")
    prefix = f"{tmp_path / 'posts.zip'}{INTO}"
    context = context_for(Options(paths=(str(tmp_path / "posts.zip"),)), datetime(2026, 1, 1, tzinfo=UTC))
    found = scan(Batch(prefix, prefix, ("a.md",), array("q"), ()), range(1), context)
    assert [problem.code for problem in found.notes[0].problems] == ["draft"]
    assert counts == {"a.md": 1}
