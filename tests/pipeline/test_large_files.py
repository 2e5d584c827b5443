"""Large files: however many processes there are, together they hold no more than one file may have."""

import tracemalloc
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

import pytest
from command_line import dump

from refeed.input.discover import Batch, batches
from refeed.input.walk import Walk
from refeed.limits import DEFAULT_LIMITS
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.pipeline.first_pass.run import Scanned, _Read, _with_large
from refeed.pipeline.workers.worker import Worker
from refeed.records.scan_result import READ, SKIPPED, UNREAD, ScanResult

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
LIMITS: Final = DEFAULT_LIMITS._replace(max_file_bytes=300_000)
LARGE: Final = "<p>" + "The ferry waits until noon. " * 4_000 + "</p>"  # 112 kB: more than a third of that


def planted(folder: Path) -> Path:
    """Write two pieces of work, each with a file that is large, and one file that is too large for anybody."""
    root = folder / "dumps"
    for number in range(300):
        dump(
            root, f"{number:03}.md", title=f"Note {number}", date=f"2020-05-{number % 28 + 1:02}T08:00:00Z", body="Fog."
        )
    for number in (100, 290):
        dump(root, f"{number}.md", title=f"Long {number}", date=f"2020-06-{number // 10:02}T08:00:00Z", body=LARGE)
    dump(root, "200.md", title="Too long", date="2020-07-01T08:00:00Z", body=LARGE * 3)
    return root


def batch_of(root: Path) -> Batch:
    (batch,) = batches([str(root)], Walk([str(root)]))
    return batch


@pytest.mark.parametrize("index", [None, "index"])
def test_builds_with_large_files_are_the_same_with_any_number_of_workers(tmp_path: Path, index: str | None) -> None:
    root = planted(tmp_path)
    options = Options(paths=(str(root),), allow=LIMITS, limit=20, index=index and str(tmp_path / index))
    alone, *others = (build(replace(options, workers=workers), NOW) for workers in (1, 2, 3))
    assert alone.feed.count(b">Long ") == 2  # the newest two
    assert (alone.totals.files_found, alone.totals.files_skipped) == (300, 1)
    assert [(other.feed, other.totals, other.problems) for other in others] == [
        (alone.feed, alone.totals, alone.problems)
    ] * 2


def test_one_of_several_processes_leaves_large_files_to_the_first(tmp_path: Path) -> None:
    root = planted(tmp_path)
    worker, batch = Worker(Options(paths=(str(root),), allow=LIMITS), NOW), batch_of(planted(tmp_path))
    numbers = [batch.names.index(name) for name in ("099.md", "100.md", "200.md", "290.md")]
    kinds = worker.scan(batch, numbers).kinds
    assert [kinds[number] for number in numbers] == [READ, READ, SKIPPED, READ]  # alone it reads all that may be read
    worker.share_with(3)
    kinds = worker.scan(batch, numbers).kinds
    assert [kinds[number] for number in numbers] == [READ, UNREAD, SKIPPED, UNREAD]


def test_workers_have_done_their_work_before_a_large_file_is_read(tmp_path: Path) -> None:
    root = planted(tmp_path)
    batch, done = batch_of(root), list[str]()
    number = batch.names.index("100.md")
    kinds = bytearray([READ] * len(batch.names))
    kinds[number] = UNREAD

    class Pool:
        def do_here(self, _work: Any, _batch: Batch, left: list[int]) -> ScanResult:
            done.append(f"read {left}")
            return ScanResult(bytes(READ * (one in left) for one in range(len(batch.names))), b"row", {})

    def wait() -> _Read:
        done.append("waited")
        return _Read(ScanResult(b"", b"", {}), None)

    scanned = Scanned(batch, ScanResult(bytes(kinds), b"", {}), 1)
    waiting = deque([(scanned, None), (scanned, wait), (scanned, wait)])
    result = _with_large(scanned, waiting, cast("Any", Pool()))
    assert (set(result.kinds), result.rows) == ({READ}, b"row")
    assert done == ["waited", "waited", f"read [{number}]"]
    assert [again and again() for _, again in waiting] == [None, *[_Read(ScanResult(b"", b"", {}), None)] * 2]
    assert len(done) == 3  # what was waited for is not done again


@pytest.mark.parametrize(
    ("texts", "most"),
    [
        pytest.param(("title: Rope\ndate: 2024-05-01", "title: Buoy\ndate: 2024-05-02"), 1.5, id="as usual"),
        pytest.param(("title: '[Draft] Sail'\ndate: 2024-05-03",), 1.5, id="looks as usual and is read again"),
        pytest.param(("wind: west", "wind: east"), 2.5, id="no article, which is folded to be searched"),
    ],
)
def test_the_bytes_of_a_file_are_gone_before_the_next_one_is_read(
    texts: Sequence[str], most: float, tmp_path: Path
) -> None:
    size = 4_000_000
    for number, header in enumerate(texts):
        (tmp_path / f"{number}.md").write_text(f"---\n{header}\n---\n".ljust(size, "."))
    worker, batch = Worker(Options(paths=(str(tmp_path),)), NOW), batch_of(tmp_path)
    worker.scan(batch, range(len(texts)))  # loads what it needs
    tracemalloc.start()
    try:
        worker.scan(batch, range(len(texts)))
        assert size < tracemalloc.get_traced_memory()[1] < size * most
    finally:
        tracemalloc.stop()
