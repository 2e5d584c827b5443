"""Worker processes: what they make is the same, and none of them outlives the build, however that ends."""

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import pytest
from command_line import dump, environment

import refeed
from refeed.cache.sqlite_store import CacheStore
from refeed.commands._progress import file_counter
from refeed.input.discover import Batch, batches
from refeed.input.walk import Walk
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.pipeline.first_pass.run import first_pass
from refeed.pipeline.workers.pool import WorkerPool
from refeed.pipeline.workers.worker import Worker
from refeed.problems import RefeedError
from refeed.records.scan_result import ScanResult
from refeed.startup.kept_code import KEPT_CODE
from refeed.startup.kept_patterns import KEPT_PATTERNS

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)


def planted(folder: Path, count: int = 30, body: str = "<p>Text.</p>") -> Path:
    root = folder / "dumps"
    for number in range(count):
        dump(root, f"{number:04}.md", title=f"Note {number}", date=f"2020-05-{number % 28 + 1:02}T08:00:00Z", body=body)
    return root


def begun(folder: Path) -> subprocess.Popen[bytes]:
    """Start a build with two workers, as the head of a process group as in a shell.

    It does not end: nobody reads what it writes, and the feed is larger than a pipe holds.
    """
    command = [sys.executable, "-m", "refeed", "build", "dumps", "--limit", "0", "--workers", "2", "--index", "index"]
    return subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def at_work(folder: Path) -> subprocess.Popen[bytes]:
    """Give such a build when both workers are there."""
    started = begun(folder)
    while len(workers_of(started)) < 2:
        time.sleep(0.001)
    return started


def writing(folder: Path) -> subprocess.Popen[bytes]:
    """Give such a build when it begins to write."""
    started = begun(folder)
    assert started.stdout
    assert started.stdout.read(1) == b"<"
    return started


def workers_of(started: subprocess.Popen[bytes]) -> list[Path]:
    """Name the processes that a process has started, as long as they are there."""
    return [Path("/proc") / pid for pid in Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_any_number_of_workers_makes_the_same(tmp_path: Path, workers: int) -> None:
    root = planted(tmp_path)
    (root / "odd.md").write_bytes(b"\0\0")
    (root / "undated.md").write_text("---\ntitle: x\n---\n\nText.\n")
    expected = build(Options(paths=(str(root),), limit=0, workers=1), NOW)
    for _ in range(2):
        assert build(Options(paths=(str(root),), limit=0, workers=workers), NOW) == expected


def test_pieces_of_work_are_small_first_and_large_where_there_are_many() -> None:
    """So that two workers share 3,000 files alike, and 60,000 are read in no more pieces than that takes."""
    pool = WorkerPool(Worker(Options(), NOW), 2)
    found = [0, 8_191, 8_224, 32_767, 32_768, 1_000_000]  # a piece is a thirty-second of that, between two bounds
    assert [pool.piece(number) for number in found] == [256, 256, 257, 1_023, 1_024, 1_024]
    pool.close()


def test_the_progress_line_moves_and_has_no_thread_that_would_forbid_copies(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal
    threads = threading.active_count()
    with file_counter() as count:
        assert threading.active_count() == threads
        for number in (256, 512):
            count(number)
    told = capsys.readouterr().err
    assert "256 files read" in told
    assert "512 files read" in told


@pytest.mark.parametrize(("workers", "times"), [(1, 0), (2, 1)])
def test_what_comes_next_is_loaded_only_while_others_read(workers: int, times: int, tmp_path: Path) -> None:
    called = list[str]()
    options = Options(paths=(str(planted(tmp_path)),), workers=workers)
    with closing(WorkerPool(Worker(options, NOW), workers)) as pool:
        first = first_pass(options.paths, options, NOW, pool=pool, meanwhile=lambda: called.append("loaded"))
        first.close()
    assert first.totals.records_read == 30
    assert called == ["loaded"] * times


def test_workers_serve_beside_other_threads(tmp_path: Path) -> None:
    root = planted(tmp_path)
    rules = {"x.example": refeed.SiteOptions(title="Sea", abbreviations={"CST": "Asia/Shanghai"})}
    options = Options(paths=(str(root),), workers=2, sources=rules)
    expected = build(Options(paths=(str(root),), workers=1, sources=rules), NOW)
    found: list[refeed.Report] = []
    thread = threading.Thread(target=lambda: found.append(build(options, NOW)))
    thread.start()
    thread.join()
    assert found == [expected]


def test_a_worker_that_is_killed_ends_the_build_and_leaves_the_old_feed(tmp_path: Path) -> None:
    worker = Worker(Options(paths=(str(planted(tmp_path)),)), NOW)
    paths = [str(tmp_path / "dumps")]
    batch, *_ = batches(paths, Walk(paths, (), frozenset()))
    pool = WorkerPool(worker, 2)
    try:
        pool.start(pays=True)
        with pytest.raises(RefeedError, match=r"^a worker process was killed, probably out of memory; try --work"):
            pool.submit(_die, batch)()
        with pytest.raises(RefeedError, match=r"^a worker process was killed"):  # nor does it take more work
            pool.submit(_die, batch)()
    finally:
        pool.close()


def test_no_connection_to_an_index_is_carried_into_a_copy(tmp_path: Path) -> None:
    index = tmp_path / "index"
    CacheStore(str(index)).close()
    worker = Worker(Options(paths=(str(tmp_path),), index=str(index)), NOW)
    worker.make([])  # as of the first entry
    number = index.stat().st_ino
    assert number in _open_files(worker)
    pool = WorkerPool(worker, 2)
    try:
        pool.start(pays=True)
        assert number not in pool.submit(_open_files)()
    finally:
        pool.close()


def test_a_worker_that_has_made_entries_here_can_begin_from_nothing_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where one is killed after this process has read a file that was too large for it."""
    monkeypatch.setattr("refeed.pipeline.workers.pool._can_copy", lambda: False)
    worker = Worker(Options(paths=(str(tmp_path),), index=str(tmp_path / "index")), NOW)
    worker.make([])
    pool = WorkerPool(worker, 2)
    try:
        pool.start(pays=True)
        assert pool.ahead
        assert pool.submit(Worker.make, [])() == []
    finally:
        pool.close()


def _open_files(_: Worker) -> list[int]:
    """Return the numbers by which the file system knows the files that this process has open."""
    found = list[int]()
    for handle in os.listdir("/proc/self/fd"):  # noqa: PTH208  the one of the listing is among them
        with suppress(OSError):
            found.append(os.fstat(int(handle)).st_ino)
    return found


@pytest.mark.parametrize("of_children", [signal.SIG_DFL, signal.SIG_IGN], ids=["usual", "buried by the system"])
def test_a_worker_that_is_killed_once_is_replaced(tmp_path: Path, of_children: signal.Handlers) -> None:
    """What is started with SIGCHLD ignored, as by some supervisors, ignores it too, and finds no trace of a child."""
    root = planted(tmp_path)
    worker = Worker(Options(paths=(str(root),)), NOW)
    batch, *_ = batches([str(root)], Walk([str(root)], (), frozenset()))
    pool = WorkerPool(worker, 2)
    before = signal.signal(signal.SIGCHLD, of_children)
    try:
        pool.start(pays=True)
        waits = [pool.submit(_die_once, tmp_path / "died", batch) for _ in range(8)]
        assert [wait() for wait in waits] == [worker.scan(batch, [0])] * 8
    finally:
        pool.close()
        signal.signal(signal.SIGCHLD, before)


def _die_once(worker: Worker, mark: Path, batch: Batch) -> ScanResult:
    with suppress(FileExistsError):
        mark.touch(exist_ok=False)
        os.kill(os.getpid(), signal.SIGKILL)
    return worker.scan(batch, [0])


@pytest.mark.parametrize("is_alone", [True, False], ids=["copies", "begun from nothing"])
def test_where_the_system_allows_no_more_threads_the_build_goes_on(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], *, is_alone: bool
) -> None:
    options = Options(paths=(str(planted(tmp_path)),), workers=3)
    expected = build(options, NOW)
    found: list[refeed.Report] = []

    def try_it() -> None:
        before = threading.stack_size(2**45)  # more than any address space has: no thread can be started
        try:
            found.append(build(options, NOW))
        finally:
            threading.stack_size(before)

    if is_alone:
        try_it()
    else:
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    assert found == [expected]
    assert multiprocessing.active_children() == []
    assert capfd.readouterr().err == ""


def test_work_and_answers_may_be_larger_than_a_pipe_holds(tmp_path: Path) -> None:
    pool = WorkerPool(Worker(Options(paths=(str(planted(tmp_path, count=1)),)), NOW), 2)
    parts = [bytes([number]) * 3_000_000 for number in range(12)]
    try:
        pool.start(pays=True)
        waits = [pool.submit(_doubled, part) for part in parts]
        assert [wait() for wait in reversed(waits)] == [2 * part for part in reversed(parts)]
    finally:
        pool.close()


def _doubled(_: Worker, data: bytes) -> bytes:
    return 2 * data


def test_what_workers_compile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _sift("t[o-q]de")  # what this process compiled no worker writes, or the other one's might be lost
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(KEPT_CODE, "_path", str(tmp_path / "code"))
    monkeypatch.setattr(KEPT_PATTERNS, "_path", str(tmp_path / "patterns"))
    pool = WorkerPool(Worker(Options(paths=(str(planted(tmp_path, count=1)),)), NOW), 2)
    try:
        pool.start(pays=True)
        assert pool.submit(_sifted, "low tide")() == ["tide"]
    finally:
        pool.close()
    for name in ("code", "patterns"):
        written = (tmp_path / name).read_bytes()
        assert b"t[i-l]de" in written
        assert b"t[o-q]de" not in written


def _sifted(_: Worker, text: str) -> list[str]:
    return _sift("t[i-l]de").findall(text)


def _sift(expression: str) -> re.Pattern[str]:
    """Compile an expression, and code that is one."""
    code = KEPT_CODE.compile(repr(expression), "eval")
    return KEPT_PATTERNS.compile(eval(code))  # noqa: S307  its text stands in this module


def test_what_fails_in_a_worker_fails_where_it_is_waited_for_and_says_where_it_was(tmp_path: Path) -> None:
    pool = WorkerPool(Worker(Options(paths=(str(planted(tmp_path, count=1)),)), NOW), 2)
    try:
        pool.start(pays=True)
        waits = [pool.submit(_divided, number) for number in (2, 0, 5)]
        assert waits[0]() == 5
        with pytest.raises(ZeroDivisionError) as failed:
            waits[1]()
        assert "in _divided" in failed.value.__notes__[0]
        assert waits[2]() == 2
    finally:
        pool.close()


class _Buoy:
    """What pickle takes apart and cannot make again."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return int, ("no number",)


def _fail_with_a_buoy(_: Worker) -> None:
    error = ValueError("adrift")
    error.reason = _Buoy()  # type: ignore[attr-defined]
    raise error


def _fail_with_a_function(_: Worker) -> None:
    error = ValueError("no pickle takes this")
    error.reason = lambda: 0  # type: ignore[attr-defined]
    raise error


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (_fail_with_a_buoy, "ValueError: adrift"),
        (_fail_with_a_function, "ValueError: no pickle takes this"),
    ],
)
def test_an_exception_that_cannot_travel_is_told_by_its_name_and_words(
    tmp_path: Path, work: Callable[[Worker], None], words: str
) -> None:
    """It is no death of a worker, which would be told as a want of memory, and no fault of what takes the answer."""
    pool = WorkerPool(Worker(Options(paths=(str(planted(tmp_path, count=1)),)), NOW), 2)
    try:
        pool.start(pays=True)
        with pytest.raises(RuntimeError, match=f"^{words}\n") as failed:
            pool.submit(work)()
        assert f"in {work.__name__}" in failed.value.__notes__[0]
        assert pool.submit(_divided, 5)() == 2
    finally:
        pool.close()


def _divided(_: Worker, number: int) -> int:
    return 10 // number


def test_little_memory_is_enough_for_one_process(tmp_path: Path) -> None:
    """What is below 70 MB or so is too little for the interpreter's own libraries, some of which end it on the spot."""
    program = f"ulimit -v 80000; exec {sys.executable} -m refeed build {planted(tmp_path)} --no-index --workers 2"
    result = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    assert "<entry" in result.stdout


NO_FILES = """
import resource, sys
from datetime import UTC, datetime
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.pipeline.first_pass.run import first_pass

def built(workers):
    return build(Options(paths=("dumps",), workers=workers), datetime(2026, 11, 20, tzinfo=UTC))

expected = built(1)
for most in range(12, 40):
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    assert built(3) == expected, most
"""


def test_where_the_system_allows_no_more_pipes_one_process_does_all(tmp_path: Path) -> None:
    planted(tmp_path, count=2)
    command = [sys.executable, "-c", NO_FILES]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def _die(worker: Worker, batch: Batch) -> ScanResult:
    os.kill(os.getpid(), signal.SIGKILL)
    return worker.scan(batch, [0])


def test_workers_need_no_stream(tmp_path: Path) -> None:
    expected = build(Options(paths=(str(planted(tmp_path)),)), NOW).feed
    variables = environment(REFEED=f"{sys.executable} -m refeed")
    for streams in ("<&-", "<&- 2>&-"):
        script = f"exec $REFEED build dumps --no-index --workers 2 --now 2026-11-20 {streams}"
        done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=variables, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (0, expected), streams


@pytest.mark.parametrize("moment", [at_work, writing])
def test_ctrl_c_ends_all_processes_without_a_word_of_theirs(
    tmp_path: Path, moment: Callable[[Path], subprocess.Popen[bytes]]
) -> None:
    planted(tmp_path, body=f"<p>{'Water and salt. ' * 500}</p>")
    started = moment(tmp_path)
    workers = workers_of(started)
    assert len(workers) == 2
    os.killpg(started.pid, signal.SIGINT)
    _, err = started.communicate()
    assert (started.returncode, err) == (130, b"\nrefeed: interrupted; the -o file was not changed\n")
    assert not any(worker.exists() for worker in workers)


def test_workers_leave_while_the_feed_is_written(tmp_path: Path) -> None:
    """They take milliseconds for it, in which nothing else would happen."""
    planted(tmp_path, body=f"<p>{'Water and salt. ' * 500}</p>")
    with writing(tmp_path) as started:
        workers = workers_of(started)
        assert len(workers) == 2
        while not all(_has_ended(worker) for worker in workers):
            time.sleep(0.001)
        started.kill()


def _has_ended(process: Path) -> bool:
    """Return whether a process has ended, though the one that started it may not know that yet."""
    return (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_build_that_is_killed_at_any_moment_leaves_nothing_wrong(tmp_path: Path) -> None:
    root = planted(tmp_path, count=12)
    index = str(tmp_path / "index")
    moments = Random(1)  # noqa: S311
    for number in range(8):
        (root / f"new-{number}.md").write_text(f"---\ntitle: New {number}\ndate: 2020-06-01T08:00:00Z\n---\n\nText.\n")
        # A copy of this process, which has imported everything: nearly all of its time goes into the build.
        started = multiprocessing.get_context("fork").Process(
            target=build, args=(Options(paths=(str(root),), index=index, workers=2), NOW)
        )
        started.start()
        started.join(moments.uniform(0.0, 0.2))  # from before its start to after its end
        started.kill()
        started.join()
        assert build(Options(paths=(str(root),), index=index), NOW) == build(Options(paths=(str(root),)), NOW)


def test_workers_do_not_outlive_a_build_that_is_killed(tmp_path: Path) -> None:
    root = planted(tmp_path, body=f"<p>{'Water and salt. ' * 500}</p>")
    expected = build(Options(paths=(str(root),)), NOW)
    started = at_work(tmp_path)
    workers = workers_of(started)
    assert len(workers) == 2
    started.kill()
    # The workers hold the other end of stderr: it ends when the last of them has.
    _, err = started.communicate(timeout=20)
    assert err == b""
    assert build(Options(paths=(str(root),), index=str(tmp_path / "index")), NOW) == expected


ENDLESS = """
import os, signal, sys, time
from datetime import UTC, datetime
from refeed.options import Options
from refeed.pipeline.workers.pool import WorkerPool
from refeed.pipeline.workers.worker import Worker

def endless(worker):
    os.write(1, b"+")
    time.sleep(600)

if "ignored" in sys.argv:
    signal.signal(signal.SIGIO, signal.SIG_IGN)
if "blocked" in sys.argv:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGIO])
pool = WorkerPool(Worker(Options(paths=(".",)), datetime(2026, 11, 20, tzinfo=UTC)), 2)
pool.start(pays=True)
waits = [pool.submit(endless), pool.submit(endless)]
waits[0]()
"""


@pytest.mark.parametrize("signals", ["as usual", "ignored", "blocked"])
def test_what_workers_are_at_ends_with_a_build_that_is_killed(tmp_path: Path, signals: str) -> None:
    command = [sys.executable, "-c", ENDLESS, signals]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tmp_path, env=environment())
    assert started.stdout
    assert started.stdout.read(1) + started.stdout.read(1) == b"++"
    started.kill()
    # The workers hold the other end of stdout, too: it ends when the last of them has.
    out, _ = started.communicate(timeout=60)
    assert out == b""
