"""A build loads nothing that only makes what it has already: it is run every few minutes, for ever."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import let_settle

HEAVY = (
    "bs4",
    "chardet",
    "dateutil",
    "feedgen",
    "lxml",
    "markdown_it",
    "refeed.clean.body",
    "refeed.dates",
    "refeed.input.leftover_names",
    "refeed.pipeline.second_pass.run",
    "refeed.records.identity",
    "yaml",
)
CODE = f"""
import sys
import refeed.cli

try:
    refeed.cli.main(sys.argv[1:])
finally:
    print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)
"""


def last_line_of_a_build(archive: Path, *options: str) -> str:
    """Build in a process of its own; return which of the heavy modules it has loaded."""
    command = ["build", str(archive), "--quiet", "--no-config", "--index", str(archive.parent / "index"), *options]
    done = subprocess.run(
        [sys.executable, "-c", CODE, *command], capture_output=True, text=True, check=True, cwd=archive.parent
    )
    return done.stderr.splitlines()[-1]


def test_a_build_of_nothing_new_loads_nothing_that_makes_entries(tmp_path: Path) -> None:
    dump = tmp_path / "archive" / "tide.md"
    dump.parent.mkdir()
    dump.write_text(
        "---\ntitle: Tide\ndate: 2024-01-02 03:04:05\nlink: https://example.org/tide\n---\n\nHigh *water*.\n"
    )
    os.utime(dump, (1_700_000_000, 1_700_000_000))
    let_settle()
    first, second = last_line_of_a_build(dump.parent), last_line_of_a_build(dump.parent)
    assert "bs4" in first.split()
    assert "refeed.pipeline.second_pass.run" in first.split()
    assert second == ""


def test_a_build_whose_entries_are_all_known_loads_nothing_that_cleans_bodies(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for number in range(1, 4):  # the limit leaves the oldest out
        (archive / f"{number}.md").write_text(
            f"---\ntitle: Tide\ndate: 2024-01-0{number} 03:04:05\n---\n\nHigh *water*.\n"
        )
        os.utime(archive / f"{number}.md", (1_700_000_000, 1_700_000_000))
    let_settle()
    first = last_line_of_a_build(archive, "--limit", "2")
    (archive / "1.md").write_text("---\ntitle: Tide\ndate: 2024-01-01 03:04:05\n---\n\nHigh, high *water*.\n")
    second = last_line_of_a_build(archive, "--limit", "2")
    assert {"refeed.clean.body", "bs4"} <= {*first.split()}
    assert "refeed.pipeline.second_pass.run" in second.split()
    assert not {"refeed.clean.body", "bs4"} & {*second.split()}


WORKER = """
import sys
from datetime import UTC, datetime
from refeed.options import Options
from refeed.pipeline.workers.pool import WorkerPool
from refeed.pipeline.workers.worker import Worker

def loaded(_, names):
    return [name for name in names if name in sys.modules]

pool = WorkerPool(Worker(Options(format="atom"), datetime(2026, 11, 20, tzinfo=UTC)), 2)
pool.start(pays=True)
print(*pool.submit(loaded, sys.argv[1:])())
pool.close()
"""


def test_workers_share_what_all_of_them_need(tmp_path: Path) -> None:
    needed = [
        "bs4",
        "feedgen.entry",
        "lxml",
        "refeed.clean.body",
        "refeed.formats.mail",
        "refeed.pipeline.workers.scan",
    ]
    of_work_trees = "refeed.git.history"  # there are none
    done = subprocess.run(
        [sys.executable, "-c", WORKER, *needed, of_work_trees], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.split() == needed


SHARED = """
import os, sys
from datetime import UTC, datetime
from refeed.options import Options
from refeed.pipeline.workers import pool
from refeed.pipeline.build import build
from refeed.pipeline.workers.worker import Worker

made = []
make = Worker.make

def told(worker, tasks):
    os.write(2, b"here\\n" if os.getpid() == first else b"there\\n")
    return make(worker, tasks)

first = os.getpid()
told.__qualname__ = "Worker.make"  # as tasks name it on their way
Worker.make = told
pool._processors = lambda: 2
build(Options(paths=("archive",), limit=int(sys.argv[1])), datetime(2026, 11, 20, tzinfo=UTC))
"""


@pytest.mark.parametrize(
    ("dumps", "words", "limit", "here"),
    [
        (41, 2_000, 50, 1),  # one more than one process makes alone; 10,000 bytes and a few in each, more than 8,000
        (41, 2_000, 0, 1),  # where all go out they are made by the handful, but for this one
        (41, 600, 50, 3),  # 3,000 bytes and a few in each: the third passes 8,000
        (40, 600, 50, 40),  # few and short: nothing that several processes would do much sooner
        (22, 4_000, 50, 1),  # 20,000 bytes and some 60 in each: beside the first and the largest 401,200
        (22, 4_000, 19, 19),  # beside the first that goes out and the largest 341,020, fewer than 350,000
        (2, 90_000, 50, 2),  # 450,000 bytes in each, but when the first is made there is nothing to share
    ],
)
def test_the_first_entries_are_made_before_there_are_copies_which_share_what_was_compiled_for_them(
    tmp_path: Path, dumps: int, words: int, limit: int, here: int
) -> None:
    for number in range(dumps):
        dump = tmp_path / "archive" / f"{number}.md"
        dump.parent.mkdir(exist_ok=True)
        dump.write_text(f"---\ntitle: Tide {number}\ndate: 2024-01-02 03:04:05\n---\n\n{'tide ' * words}\n")
    done = subprocess.run(
        [sys.executable, "-c", SHARED, str(limit)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    makers = done.stderr.split()
    assert makers[:here] == ["here"] * here
    assert makers[here:] == ["there"] * (len(makers) - here)
