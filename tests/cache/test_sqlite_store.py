"""The index file: whatever happens to it costs time, never a feed. And what the command line says and does about it."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from array import array
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Final

import pytest
from command_line import dump, environment, run

import refeed
from refeed.cache.index_file import is_index
from refeed.cache.known_files import KnownFiles
from refeed.cache.sqlite_store import CacheStore
from refeed.input.discover import Batch
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.records.scan_result import READ, UNREAD, ScanResult

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)

Capture = pytest.CaptureFixture[bytes]


def planted(folder: Path) -> Path:
    root = folder / "dumps"
    for number in range(12):
        dump(root, f"{number:02}.md", title=f"Note {number}", date=f"2020-05-{number + 1:02}T08:00:00Z")
    return root


def built(root: Path, index: Path | None) -> refeed.Report:
    return build(Options(paths=(str(root),), index=str(index) if index else None), NOW)


def notes_on_index(report: refeed.Report, index: Path) -> list[str]:
    return [note.removeprefix(f"{index}: ") for note in report.notes if note.startswith(f"{index}: ")]


def is_sound(index: Path) -> bool:
    connection = sqlite3.connect(index)
    try:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    finally:
        connection.close()


def cut_in_half(index: Path) -> None:
    index.write_bytes(index.read_bytes()[: index.stat().st_size // 2])


def cut_to_one_byte(index: Path) -> None:
    index.write_bytes(index.read_bytes()[:1])


def cut_within_its_first_words(index: Path) -> None:
    index.write_bytes(index.read_bytes()[:9])


def without_its_number(index: Path) -> None:
    connection = sqlite3.connect(index)
    connection.execute("DELETE FROM state")
    connection.commit()
    connection.close()


def with_zeros(index: Path) -> None:
    index.write_bytes(bytes(index.stat().st_size))


def with_zeros_behind_the_first_page(index: Path) -> None:
    data = index.read_bytes()
    index.write_bytes(data[:4096] + bytes(len(data) - 4096))


def of_another_program(index: Path) -> None:
    index.unlink()
    connection = sqlite3.connect(index)
    connection.execute("CREATE TABLE letters (text TEXT)")
    connection.execute("INSERT INTO letters VALUES ('Dear Ada')")
    connection.commit()
    connection.close()


def of_another_version(index: Path) -> None:
    connection = sqlite3.connect(index)
    connection.execute("PRAGMA user_version = 0")
    connection.close()


@pytest.mark.parametrize(
    "damage",
    [
        cut_in_half,
        cut_to_one_byte,
        cut_within_its_first_words,
        of_another_version,
        with_zeros,
        with_zeros_behind_the_first_page,
        without_its_number,
    ],
    ids=lambda damage: damage.__name__,
)
def test_what_is_no_index_is_set_aside_as_it_is(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    root, index = planted(tmp_path), tmp_path / "index"
    expected = built(root, None)
    built(root, index)
    damage(index)
    found = index.read_bytes()
    report = built(root, index)
    assert (report.feed, report.problems, report.totals) == (expected.feed, expected.problems, expected.totals)
    (note,) = notes_on_index(report, index)
    assert note.endswith(f"it was set aside as {index}.damaged-1, and a new index was begun")
    assert Path(f"{index}.damaged-1").read_bytes() == found
    assert built(root, index) == expected
    assert is_sound(index)


def test_a_pipe_a_device_or_a_folder_is_not_waited_for_nor_renamed(tmp_path: Path, capfdbinary: Capture) -> None:
    # A pipe has no writer, and a device has no end: before, the build waited for the one and renamed the other.
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "device").symlink_to("/dev/zero")
    for name, what in (("pipe", "a device or a pipe"), ("device", "a device or a pipe"), ("folder", "a folder")):
        store = CacheStore(str(tmp_path / name))
        assert not store.is_open
        said = (
            f"it is {what}, not an index, and was not touched; give another name; the build went on without its index"
        )
        assert store.notes == [f"{tmp_path / name}: {said}"]
        ran = run(capfdbinary, "index", "--clear", "--index", str(tmp_path / name))
        assert (ran.status, ran.err) == (2, f"refeed: {tmp_path / name}: not an index; it was not touched\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["device", "folder", "pipe"]


def test_the_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    root, index = planted(tmp_path), tmp_path / "index"
    index.touch()
    of_another_program(index)
    before = index.read_bytes()
    (note,) = notes_on_index(built(root, index), index)
    assert note.startswith("it is another program's database, not an index, and was not touched")
    assert index.read_bytes() == before


def test_of_damaged_indexes_one_is_kept_and_never_what_may_be_something_else(tmp_path: Path) -> None:
    root, index = planted(tmp_path), tmp_path / "index"
    for damage in (with_zeros, with_zeros_behind_the_first_page, with_zeros_behind_the_first_page):
        built(root, index)
        damage(index)
        built(root, index)
    found = sorted(path.name for path in tmp_path.glob("index.*"))
    assert found == ["index.damaged-1", "index.damaged-2"]  # the one that is all zeros, and the last
    assert not any((tmp_path / "index.damaged-1").read_bytes())


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_nobody_else_may_read_an_index_wherever_it_is(tmp_path: Path, mask: int) -> None:
    root, index = planted(tmp_path), tmp_path / "index"
    before = os.umask(mask)
    try:
        built(root, index)
        index.chmod(0o644)  # as an older version left it
        with closing(CacheStore(str(index))):
            modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("index*")}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("index", "index-shm", "index-wal"), 0o600)


def test_a_device_that_is_named_by_mistake_keeps_its_permissions(tmp_path: Path) -> None:
    before = Path("/dev/null").stat().st_mode
    built(planted(tmp_path), Path("/dev/null"))
    assert Path("/dev/null").stat().st_mode == before


def test_who_only_reads_makes_no_index(tmp_path: Path) -> None:
    index = tmp_path / "folder" / "index"
    with closing(CacheStore(str(index), only_read=True)) as store:
        assert not store.is_open
        assert store.entry(b"key") is None
    assert [*tmp_path.iterdir()] == []


def test_an_empty_file_becomes_an_index(tmp_path: Path) -> None:
    root, index = planted(tmp_path), tmp_path / "index"
    index.touch()
    assert built(root, index) == built(root, None)
    assert is_sound(index)


KILLED: Final = """
import resource, signal, sys
from refeed.cache.sqlite_store import CacheStore

index = CacheStore("index")
for number in range(20):
    index.keep_entry(bytes([number]), bytes(4000))
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the system kills who writes beyond the limit
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, 2 * (int(sys.argv[1]),))
index.close()
"""


@pytest.mark.parametrize("written", [0, 4096, 5 * 4096, 25 * 4096])  # of the 30 pages of 4 kB that it would have
def test_what_is_left_of_an_index_that_was_being_begun_becomes_one(tmp_path: Path, written: int) -> None:
    command = [sys.executable, "-c", KILLED, str(written)]
    killed = subprocess.run(command, cwd=tmp_path, env=environment(), check=False)
    assert killed.returncode == -signal.SIGXFSZ
    index = tmp_path / "index"
    assert index.stat().st_size == written
    with closing(CacheStore(str(index))) as store:
        assert store.entry(bytes([0])) is None
        store.keep_entry(b"key", b"entry")
    with closing(CacheStore(str(index))) as again:
        assert again.entry(b"key") == b"entry"
    assert store.notes == again.notes == []
    assert is_sound(index)


def test_two_that_begin_an_index_at_the_same_time_write_into_one(tmp_path: Path) -> None:
    index = tmp_path / "index"
    stores = [CacheStore(str(index)) for _ in range(2)]
    for number, store in enumerate(stores):
        store.keep_entry(bytes([number]), b"entry")
    for store in stores:
        store.close()
        assert store.notes == []
    with closing(CacheStore(str(index))) as both:
        assert [both.entry(bytes([number])) for number in range(2)] == [b"entry", b"entry"]


def test_who_reads_an_index_in_the_older_mode_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that was killed at its first write leaves that mode: readers keep others from changing it."""
    index = tmp_path / "index"
    with closing(CacheStore(str(index))) as store:
        store.keep_entry(b"key", b"entry")
    with closing(sqlite3.connect(index, isolation_level=None)) as reader:
        reader.execute("PRAGMA journal_mode = DELETE")
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM entries").fetchone() == (1,)
        monkeypatch.setattr("refeed.cache.sqlite_store._PATIENCE", 100_000)  # seconds: else it would wait for ever
        with closing(CacheStore(str(index))) as store:
            assert store.entry(b"key") == b"entry"
            reader.execute("COMMIT")
            store.keep_entry(b"other", b"entry")
    with closing(CacheStore(str(index))) as store:
        assert store.entry(b"other") == b"entry"
    assert store.notes == []
    with closing(sqlite3.connect(index)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_new_index_is_written_once(tmp_path: Path) -> None:
    # Its tables come with what is kept: no log is begun for that, and nobody waits for the disk.
    index = tmp_path / "index"
    with closing(CacheStore(str(index))) as store:
        store.keep_entry(b"key", b"entry")
        assert store.entry(b"key") is None
        with closing(CacheStore(str(index), only_read=True)) as reader:
            assert reader.entry(b"key") is None
        assert [(path.name, path.stat().st_size) for path in tmp_path.iterdir()] == [("index", 0)]
    assert [*tmp_path.iterdir()] == [index]
    with closing(sqlite3.connect(index)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_index_of_which_nothing_is_kept_is_one(tmp_path: Path) -> None:
    index = tmp_path / "index"
    CacheStore(str(index)).close()
    assert is_index(str(index))


def test_flipped_bytes_are_noticed_or_do_not_matter(tmp_path: Path) -> None:
    root, index, good = planted(tmp_path), tmp_path / "index", tmp_path / "good"
    expected = built(root, None)
    built(root, good)
    size = good.stat().st_size
    for seed in range(25):
        randomly = random.Random(seed)  # noqa: S311  no secret
        data = bytearray(good.read_bytes())
        for _ in range(randomly.choice((1, 30, 1000))):
            data[randomly.randrange(size)] ^= randomly.randrange(1, 256)
        index.write_bytes(data)
        for _ in range(2):
            report = built(root, index)
            assert (report.feed, report.problems, report.totals) == (expected.feed, expected.problems, expected.totals)
            assert len(notes_on_index(report, index)) <= 1
        for found in tmp_path.glob("index*"):
            found.unlink()


def test_an_article_that_is_named_by_mistake_is_not_touched(tmp_path: Path) -> None:
    root = planted(tmp_path)
    article = root / "03.md"
    before = article.read_bytes()
    expected = built(root, None)
    report = built(root, article)
    assert (report.feed, report.problems, report.totals) == (expected.feed, expected.problems, expected.totals)
    assert notes_on_index(report, article) == [
        "it is a text, not an index, and was not touched; give another name; the build went on without its index"
    ]
    assert article.read_bytes() == before
    assert len(list(root.iterdir())) == 12


@pytest.mark.parametrize("name", ["dumps", "dumps/00.md/index", "/dev/null/index", "/proc/index"])
def test_where_no_index_can_be_the_build_goes_on_without(tmp_path: Path, name: str) -> None:
    root = planted(tmp_path)
    expected = built(root, None)
    for _ in range(2):
        report = built(root, tmp_path / name)
        assert (report.feed, report.totals) == (expected.feed, expected.totals)
        (note,) = notes_on_index(report, tmp_path / name)
        assert note.endswith("; the build went on without its index")


def test_a_full_disk_costs_the_index_alone(tmp_path: Path) -> None:
    root = planted(tmp_path)
    script = "ulimit -f 8; exec $REFEED build dumps --index index --now 2026-11-20"
    variables = environment(REFEED=f"{sys.executable} -m refeed", PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=variables, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == built(root, None).feed
    assert b"Traceback" not in done.stderr
    assert sum(line.startswith(b"note: index: ") for line in done.stderr.splitlines()) == 1
    assert built(root, tmp_path / "index").feed == built(root, None).feed


def test_an_index_among_the_dumps_is_no_input(tmp_path: Path) -> None:
    root = planted(tmp_path)
    expected = built(root, None)
    for _ in range(3):
        assert built(root, root / "remembered") == expected
    assert (root / "remembered").is_file()


def test_an_index_stays_small_however_often_an_archive_changes(tmp_path: Path) -> None:
    root, index = planted(tmp_path), tmp_path / "index"
    sizes = []
    for number in range(70):
        dump(root, "00.md", title=f"Version {number}", body=f"<p>{random.Random(number).randbytes(3000).hex()}</p>")  # noqa: S311
        built(root, index)
        sizes.append(index.stat().st_size)
    assert sizes[-1] <= 1.2 * sizes[55]


def test_builds_at_the_same_time_are_all_right(tmp_path: Path) -> None:
    root = planted(tmp_path)
    expected = built(root, None).feed
    command = [sys.executable, "-m", "refeed", "build", "dumps", "--index", "index", "--now", "2026-11-20"]
    started = [
        subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for one in started:
        out, err = one.communicate()
        assert (one.returncode, out) == (0, expected)
        assert b"index" not in err
    assert is_sound(tmp_path / "index")


def test_the_command_line_shows_and_clears_its_indexes(tmp_path: Path, capfdbinary: Capture) -> None:
    cache = tmp_path / "cache"
    planted(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        assert run(capfdbinary, "index").out == b""
        assert run(capfdbinary, "build", str(tmp_path / "dumps")).status == 0
        (found,) = (cache / "refeed").iterdir()
        shown = run(capfdbinary, "index")
        assert (shown.status, shown.out.startswith(f"{found}: ".encode()), shown.out[-4:]) == (0, True, b" kB\n")
        assert run(capfdbinary, "index", "--clear").out.endswith(b" kB, deleted\n")
        assert list((cache / "refeed").iterdir()) == []
        assert run(capfdbinary, "build", str(tmp_path / "dumps"), "--no-index").status == 0
        assert list((cache / "refeed").iterdir()) == []


def test_only_an_index_is_cleared(tmp_path: Path, capfdbinary: Capture) -> None:
    root, index = planted(tmp_path), tmp_path / "mine"
    article = root / "03.md"
    ran = run(capfdbinary, "index", "--clear", "--index", str(article))
    assert (ran.status, ran.err) == (2, f"refeed: {article}: not an index; it was not touched\n")
    assert article.exists()
    built(root, index)
    assert run(capfdbinary, "index", "--clear", "--index", str(index)).status == 0
    assert not index.exists()
    assert run(capfdbinary, "index", "--clear", "--index", str(index)).out == b""


def test_an_index_that_was_only_begun_is_cleared(tmp_path: Path, capfdbinary: Capture) -> None:
    index, elsewhere = tmp_path / "mine", tmp_path / "elsewhere"
    index.touch()  # as a first build leaves it that is killed before it writes
    shown = run(capfdbinary, "index", "--index", str(index))
    assert (shown.status, shown.out) == (0, f"{index}: 0 bytes\n".encode())
    ran = run(capfdbinary, "index", "--clear", "--index", str(index))
    assert (ran.status, ran.out, index.exists()) == (0, f"{index}: 0 bytes, deleted\n".encode(), False)
    index.symlink_to(elsewhere)  # where nothing is
    assert run(capfdbinary, "index", "--clear", "--index", str(index)).status == 2
    assert index.is_symlink()


def test_the_configuration_names_the_index_or_forbids_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    planted(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refeed.toml").write_text('paths = ["dumps"]\nindex = "kept/mine"\nworkers = 2\n')
    first = run(capfdbinary, "build")
    assert (tmp_path / "kept" / "mine").is_file()
    assert run(capfdbinary, "build") == first
    shutil.rmtree(tmp_path / "kept")
    (tmp_path / "refeed.toml").write_text('paths = ["dumps"]\nindex = "kept/mine"\nno-index = true\n')
    assert run(capfdbinary, "build") == first
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    "places", [{"XDG_CACHE_HOME": "/proc/none"}, {"XDG_CACHE_HOME": "", "HOME": "/proc/none"}, {"XDG_CACHE_HOME": ""}]
)
def test_a_build_needs_no_place_for_its_index(
    tmp_path: Path, places: dict[str, str], monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    root = planted(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, value in {"HOME": str(tmp_path), **places}.items():
        monkeypatch.setenv(name, value)
    ran = run(capfdbinary, "build", "dumps")
    assert (ran.status, ran.out) == (0, built(root, None).feed)
    assert sum("the build went on without its index" in line for line in ran.lines) == ("/proc/none" in places.values())


@pytest.mark.parametrize(
    "change",
    ["entry = x'00'", "entry = 'ENTRY'", "entry = 7", "seal = 7", "key = x'6B6579' WHERE key = x'6F'"],
)
def test_a_row_with_a_wrong_checksum_is_not_believed(tmp_path: Path, change: str) -> None:
    path = str(tmp_path / "index")
    index = CacheStore(path)
    index.keep_entry(b"o" if "WHERE" in change else b"key", b"entry")
    index.close()
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE entries SET {change}")  # noqa: S608  the tests own changes
    connection.commit()
    connection.close()
    index = CacheStore(path)
    assert index.entry(b"key") is None
    index.close()
    assert len(index.notes) == 1


SECOND: Final = 1_000_000_000
STARTED: Final = 1_700_000_100 * SECOND + 5


@pytest.mark.parametrize(
    ("ctime", "is_known"),
    [
        (STARTED - SECOND // 20, False),  # it may change again within the clock's tick
        (STARTED - SECOND // 5, True),
        (1_700_000_099 * SECOND, False),  # no fraction: the clock may tick every two seconds
        (1_700_000_097 * SECOND, True),
    ],
)
def test_how_young_a_file_may_be_depends_on_the_clock_of_its_file_system(
    tmp_path: Path, ctime: int, *, is_known: bool
) -> None:
    batch = Batch("/dumps", "dumps/", ("a.md",), array("q", (100, ctime, ctime, 7)), ())
    result = ScanResult(bytes([READ]), b"", {})
    with closing(CacheStore(str(tmp_path / "index"))) as index:
        known_files = KnownFiles(index, b"owner", started=STARTED, latest=inf)
        assert known_files.known(batch).kinds == bytes([UNREAD])
        known_files.keep(batch, result)
        known_files.finish()
    with closing(CacheStore(str(tmp_path / "index"))) as index:
        again = KnownFiles(index, b"owner", started=STARTED + 60 * SECOND, latest=inf)
        assert (again.known(batch) == result) == is_known
