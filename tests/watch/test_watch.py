"""What changes is built again: soon, but seldom while changes do not stop."""

import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import feedparser
import pytest
from asking import PATIENCE, running, until
from command_line import dump, process

from refeed.pipeline.output.destination import own_files
from refeed.report import Report, Totals
from refeed.watch.file_events import FileWatcher
from refeed.watch.schedule import keep_building, patience_after, patience_after_failures


class Days:
    """A clock and the changes of some time, which passes only where somebody waits or builds."""

    def __init__(self, changes: list[float], build: float) -> None:
        """Tell when something changes, and how long a build takes."""
        self.now, self.builds = 0.0, list[float]()
        self._changes, self._build = deque(sorted(changes)), build

    def clock(self) -> float:
        """Return the time."""
        return self.now

    def build(self) -> Report:
        """Build, as of the beginning of the build."""
        self.builds.append(self.now)
        self.now += self._build
        return GOOD

    def wait(self, seconds: float) -> bool:
        """Go on to the next change; those that have passed are one."""
        if self._changes and self._changes[0] <= self.now + seconds:
            self.now = max(self.now, self._changes[0])
            while self._changes and self._changes[0] <= self.now:
                self._changes.popleft()
            return True
        self.now += seconds
        return False

    def pass_until(self, end: float) -> list[float]:
        """Run until then, and give when builds began."""
        keep_building(self.build, self.wait, stopped=lambda: self.now >= end, clock=self.clock)
        return self.builds


def test_one_change_is_built_at_once() -> None:
    assert Days([5.0, 9.0], build=1.0).pass_until(12.0) == [0.0, *map(pytest.approx, (5.15, 9.15))]


def test_changes_that_belong_together_are_built_once() -> None:
    burst = [5.0 + number / 100 for number in range(50)]  # half a second: a folder that is copied
    assert Days(burst, build=1.0).pass_until(10.0) == [0.0, pytest.approx(5.64)]


@pytest.mark.parametrize("gap", [0.01, 0.2, 0.7])  # the same span of time, whatever the changes are apart
def test_many_changes_in_ten_seconds_cost_a_handful_of_builds(gap: float) -> None:
    changes = [5.0 + gap * number for number in range(int(10 / gap))]
    for build in (0.1, 1.5, 20.0):
        builds = Days(changes, build).pass_until(60.0)
        assert 2 <= len(builds) <= 6
        assert changes[-1] < builds[-1]  # and the last of them is built
        assert build > 2 or builds[-1] < changes[-1] + 3.1


def test_changes_without_end_are_built_all_the_same_but_seldom() -> None:
    builds = Days([number / 20 for number in range(20 * 600)], build=1.0).pass_until(600.0)
    assert 30 <= len(builds) <= 45  # ten minutes, in the end one every 16 s


def test_after_changes_without_end_a_single_one_is_built_soon_and_then_at_once() -> None:
    builds = Days([*(number / 20 for number in range(20 * 60)), 80.0, 200.0], build=0.5).pass_until(300.0)
    assert builds[-2:] == [pytest.approx(81.0), pytest.approx(200.15)]


def test_a_change_during_a_build_is_built_after_it() -> None:
    assert Days([0.5], build=1.0).pass_until(10.0) == [0.0, pytest.approx(2.0)]


def test_what_is_held_back_is_built_when_it_falls_due_and_the_rest_now_and_then() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    soon = Report(totals=Totals(held_back=1), left_out=(), entry_problems=(), due=now + timedelta(seconds=90))
    assert patience_after(soon, 30.0, now) == 90.0
    assert patience_after(soon, 1.0, now - timedelta(days=1)) == 900.0
    assert patience_after(soon, 1.0, now + timedelta(days=1)) == 900.0  # `--now` holds it back for good
    assert patience_after(Report(totals=Totals(), left_out=(), entry_problems=()), 1.0, now) == 900.0
    assert patience_after(Report(totals=Totals(), left_out=(), entry_problems=()), 100.0, now) == 2000.0  # 5 %


def test_what_failed_is_tried_again_after_seconds_and_then_less_and_less_often() -> None:
    assert [patience_after_failures(number, 0.1) for number in (1, 2, 3, 9, 10, 99)] == [2, 4, 8, 512, 900, 900]
    assert patience_after_failures(1, 60.0) == 60.0  # at most half the time
    days = Days([], build=0.1)
    outcomes = iter([None, None, GOOD, None])
    keep_building(
        lambda: (days.build(), next(outcomes))[1], days.wait, stopped=lambda: len(days.builds) == 4, clock=days.clock
    )
    assert days.builds == [pytest.approx(moment) for moment in (0.0, 2.1, 6.2, 906.3)]


GOOD = Report(totals=Totals(), left_out=(), entry_problems=())


@pytest.fixture
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at every file, and at the paths themselves, five times a second."""
    for name in ("_POLL", "_ROOTS"):
        monkeypatch.setattr(f"refeed.watch.file_events.{name}", 0.2)


@pytest.fixture(params=[False, True], ids=["told", "looked at"])
def listening(
    request: pytest.FixtureRequest, tmp_path: Path, _looks_often: None
) -> Iterator[Callable[..., FileWatcher]]:
    """Listen to the folder `archive`, in both ways."""
    made = []

    def make(*more: Path, own: Path | None = None) -> FileWatcher:
        paths = [str(path) for path in (tmp_path / "archive", *more)]
        changes = FileWatcher(paths, own=lambda: own_files(str(own)), poll=bool(request.param))
        made.append(changes)
        return changes

    dump(tmp_path / "archive", "first/a.md")
    yield make
    for changes in made:
        changes.close()


def test_every_kind_of_change_is_told(tmp_path: Path, listening: Callable[..., FileWatcher]) -> None:
    archive, single = tmp_path / "archive", dump(tmp_path, "single.md")
    changes = listening(single)
    happenings: list[Callable[[], object]] = [
        lambda: dump(archive, "b.md"),
        lambda: dump(archive, "new/folder/c.md"),
        lambda: (archive / "b.md").rename(archive / "d.md"),
        lambda: (archive / "d.md").write_text("shorter"),
        (archive / "d.md").unlink,
        lambda: dump(tmp_path, "single.md", title="Quay"),
        lambda: (archive.rename(tmp_path / "old"), dump(archive, "e.md")),
        lambda: dump(archive, "f.md"),
    ]
    for happening in happenings:
        happening()
        assert changes.wait(PATIENCE)
        while changes.wait(0.5):  # what one happening tells in several parts
            pass


def test_what_is_no_input_is_no_change(tmp_path: Path, listening: Callable[..., FileWatcher]) -> None:
    archive = tmp_path / "archive"
    feed = archive / "feed.xml"
    feed.write_text("old")
    changes = listening(own=feed)
    for name in (".hidden.md", ".git/index", "node_modules/x/a.md", "first/.b.md.swp"):
        dump(archive, name)
    feed.write_text("new")
    (archive / "first" / "a.md").read_bytes()
    dump(archive, "b.md")  # the first thing that is told
    assert changes.wait(PATIENCE)


def test_own_files_alone_are_never_told(tmp_path: Path) -> None:
    feed = dump(tmp_path / "archive", "feed.xml")
    with closing(FileWatcher([str(tmp_path / "archive")], own=lambda: own_files(str(feed)))) as it:
        feed.write_text("new")
        dump(tmp_path / "archive", ".hidden.md")
        assert not it.wait(0.5)


def test_an_index_among_the_dumps_is_no_change_but_a_dump_whose_name_begins_alike_is(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    dump(archive, "a.md")
    with closing(FileWatcher([str(archive)], index=str(archive / "index"))) as changes:
        (archive / "index-wal").write_bytes(b"\0")
        (archive / "index-wal").unlink()
        (archive / "index").write_bytes(b"\0")
        assert not changes.wait(1.0)
        dump(archive, "index-of-2020.md")
        assert changes.wait(PATIENCE)


@pytest.mark.usefixtures("_looks_often")
def test_where_the_system_tells_of_nothing_every_file_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "watchfiles", None)
    dump(tmp_path, "a.md")
    notes: list[str] = []
    with closing(FileWatcher([str(tmp_path)], note=notes.append)) as changes:
        dump(tmp_path, "b.md")
        assert changes.wait(PATIENCE)
    assert "watchfiles is not installed" in notes[0]


@pytest.mark.usefixtures("_looks_often")
def test_where_the_system_gives_no_more_listeners_every_file_is_looked_at(tmp_path: Path) -> None:
    import_module("watchfiles")  # before there are no more files
    dump(tmp_path, "archive/a.md")
    notes: list[str] = []
    with two_more_files(), closing(FileWatcher([str(tmp_path / "archive")], note=notes.append)) as changes:
        dump(tmp_path, "archive/b.md")
        assert changes.wait(PATIENCE)
    (note,) = notes
    assert "Too many open files" in note
    assert note.endswith("polling instead")


@contextmanager
def two_more_files() -> Iterator[None]:
    """Let this process open two more files at a time: enough to look at dumps, and too few to listen."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = max(int(handle.name) for handle in Path("/dev/fd").iterdir()) + 3
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    opened: list[int] = []
    try:
        with suppress(OSError):
            while True:
                opened.append(os.open(os.devnull, os.O_RDONLY))
        for _ in range(2):  # a folder, and a file in it
            os.close(opened.pop())
        yield
    finally:
        for handle in opened:
            os.close(handle)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_name_that_is_no_text_is_told_and_the_next_change_is_too(tmp_path: Path) -> None:
    archive = dump(tmp_path, "archive/a.md").parent
    notes: list[str] = []
    with closing(FileWatcher([str(archive)], note=notes.append)) as changes:
        Path(os.fsdecode(os.fsencode(archive) + b"/\xff.md")).write_text("---\ntitle: x\n---\n\nText.\n")
        assert changes.wait(PATIENCE)
        while changes.wait(1.0):
            pass
        dump(archive, "b.md")
        assert changes.wait(PATIENCE)
    assert notes == []  # it has not begun to poll


def titles(path: Path) -> list[str]:
    return [entry.title for entry in feedparser.parse(path.read_bytes()).entries] if path.exists() else []


def test_watch_keeps_a_file_up_to_date(tmp_path: Path) -> None:
    archive = dump(tmp_path / "archive", "a.md", title="Tide").parent
    feed = archive / "feed.xml"  # beside the dumps: what it writes itself is no change
    with running("watch", "archive", "-o", "archive/feed.xml", cwd=tmp_path, ready="1 with articles") as live:
        assert titles(feed) == ["Tide"]
        dump(archive, "b.md", title="Quay", date="2020-06-01T08:00:00Z")
        until(lambda: titles(feed) == ["Quay", "Tide"])
        for path in archive.glob("*.md"):
            path.unlink()
        assert live.process.stderr
        assert "archive: no files" in next(line for line in live.process.stderr if line.startswith("refeed: "))
        assert titles(feed) == ["Quay", "Tide"]
        live.process.send_signal(signal.SIGTERM)
        assert live.process.wait(PATIENCE) == 0


def test_watch_waits_for_the_first_dump(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    with running("watch", "archive", "-o", "feed.xml", cwd=tmp_path, ready="no files; looked for"):
        dump(tmp_path / "archive", "a.md", title="Tide")
        until(lambda: titles(tmp_path / "feed.xml") == ["Tide"])


def test_watch_ends_with_the_keyboard(tmp_path: Path) -> None:
    dump(tmp_path / "archive", "a.md")
    with running("watch", "archive", "-o", "feed.xml", cwd=tmp_path, ready="1 file ") as live:
        os.kill(live.process.pid, signal.SIGINT)
        assert live.process.wait(PATIENCE) == 0


def test_watch_needs_a_file_and_paths_that_exist(tmp_path: Path) -> None:
    without = process("watch", ".", cwd=tmp_path)
    assert (without.status, without.lines) == (2, ["refeed: watch keeps a file up to date; give -o FILE"])
    nothing = process("watch", "nothing", "-o", "feed.xml", cwd=tmp_path)
    assert nothing.status == 2
    assert "nothing: No such file or directory" in nothing.err
