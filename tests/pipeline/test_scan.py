"""The files of a batch are read together, and one that fails costs no other."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from refeed.input.discover import Batch
from refeed.model import SourceFile
from refeed.options import Options
from refeed.pipeline import scan as scan_module
from refeed.pipeline.scan import scan
from refeed.records.context import Context, context_for
from refeed.records.reader import key_reader
from refeed.records.scan_result import READ, SKIPPED

FILES = 600
FAILS = 599  # the last one


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each file is read; refeed fails on one of them."""
    counts = Counter[str]()

    @contextmanager
    def counting(context: Context) -> Iterator[Callable[[SourceFile], object]]:
        with key_reader(context) as read:

            def read_and_count(source: SourceFile) -> object:
                counts[source.name] += 1
                if source.name == f"{FAILS}.md":
                    raise ZeroDivisionError
                return read(source)

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
