"""Where the feed goes with -o: whole or not at all, and not touched when nothing changed."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
from atom_rules import broken_rules
from command_line import dump, environment, process, run, shell

from refeed.cli import NOTHING_WRITTEN, OK
from refeed.pipeline.output.atomic_write import write_atomically
from refeed.pipeline.output.temporary_file import temporary_in

Capture = pytest.CaptureFixture[bytes]
OLD = b"the old feed"


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    dump(tmp_path, "in/a.md")
    return tmp_path / "in"


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_feed_is_written_whole_with_the_permissions_that_the_user_leaves(
    tmp_path: Path, capfdbinary: Capture
) -> None:
    mask = os.umask(0o027)
    try:
        ran = run(capfdbinary, "build", "in", "-o", "feed.xml")
    finally:
        os.umask(mask)
    assert (ran.status, ran.out) == (OK, b"")
    feed = Path("feed.xml")
    assert broken_rules(feed.read_bytes()) == []
    assert feed.stat().st_mode & 0o777 == 0o640
    assert listing(tmp_path) == ["feed.xml", "in", "in/a.md"]


def test_a_feed_that_did_not_change_is_not_touched(capfdbinary: Capture) -> None:
    feed = Path("feed.xml")
    run(capfdbinary, "build", "in", "-o", "feed.xml")
    os.utime(feed, (1, 1))
    before = feed.stat()
    assert run(capfdbinary, "build", "in", "-o", "feed.xml").status == OK
    after = feed.stat()
    assert (after.st_mtime, after.st_ino) == (before.st_mtime, before.st_ino)
    dump(Path(), "in/b.md")
    assert run(capfdbinary, "build", "in", "-o", "feed.xml").status == OK
    assert feed.stat().st_mtime > 1


@pytest.mark.parametrize("last", [b"b", b"", b"bc"])
def test_a_feed_that_differs_at_its_end_is_replaced(last: bytes, tmp_path: Path) -> None:
    feed, long = tmp_path / "feed.xml", b"a" * 300_000  # more than is compared at once
    feed.write_bytes(long + b"a")
    assert write_atomically(str(feed), lambda out: out.writelines([long, last])) is True
    assert feed.read_bytes() == long + last
    assert write_atomically(str(feed), lambda out: out.writelines([long, last])) is False


def test_permissions_and_links_stay(capfdbinary: Capture) -> None:
    Path("served").mkdir()
    real, link = Path("served/real.xml"), Path("feed.xml")
    real.write_bytes(OLD)
    real.chmod(0o604)
    link.symlink_to("served/real.xml")
    assert run(capfdbinary, "build", "in", "-o", "feed.xml").status == OK
    assert link.is_symlink()
    assert real.read_bytes() != OLD
    assert real.stat().st_mode & 0o777 == 0o604


def test_a_link_to_nothing_gets_its_file(capfdbinary: Capture) -> None:
    Path("feed.xml").symlink_to("real.xml")
    assert run(capfdbinary, "build", "in", "-o", "feed.xml").status == OK
    assert Path("feed.xml").is_symlink()
    assert broken_rules(Path("real.xml").read_bytes()) == []


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("none/feed.xml", "none/feed.xml: the folder {}/none does not exist; make it first"),
        ("in/a.md/feed.xml", "in/a.md/feed.xml: the folder {}/in/a.md does not exist; make it first"),
        ("in", "in: is a folder; name a file in it"),
        ("x" * 300, "x" * 300 + ": cannot be written: File name too long; the old file, if any, stays"),
        ("/dev/full", "/dev/full: cannot be written: No space left on device; the old file, if any, stays"),
        ("/proc/feed.xml", "/proc/feed.xml: cannot be written: No such file or directory; the old file,"),
    ],
)
def test_a_target_that_cannot_be_written_is_told(
    target: str, message: str, tmp_path: Path, capfdbinary: Capture
) -> None:
    before = listing(tmp_path)
    ran = run(capfdbinary, "build", "in", "-o", target)
    assert (ran.status, ran.out) == (NOTHING_WRITTEN, b"")
    assert ran.err.startswith("refeed: " + message.format(tmp_path))
    assert listing(tmp_path) == before


def test_the_old_feed_stays_when_the_build_fails(tmp_path: Path, capfdbinary: Capture) -> None:
    Path("feed.xml").write_bytes(OLD)
    Path("empty").mkdir()
    assert run(capfdbinary, "build", "empty", "-o", "feed.xml").status == NOTHING_WRITTEN
    assert run(capfdbinary, "build", "in", "/proc/self/mem", "--strict", "-o", "feed.xml").status == NOTHING_WRITTEN
    assert Path("feed.xml").read_bytes() == OLD
    assert listing(tmp_path) == ["empty", "feed.xml", "in", "in/a.md"]


def test_the_old_feed_stays_when_the_disk_is_full(tmp_path: Path) -> None:
    Path("feed.xml").write_bytes(OLD)
    done = subprocess.run(
        [sys.executable, "-B", "-m", "refeed", "build", "in", "-o", "feed.xml"],
        env=environment(),
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
    )
    assert done.returncode == NOTHING_WRITTEN
    assert b"feed.xml: cannot be written: File too large; the old file, if any, stays" in done.stderr
    assert Path("feed.xml").read_bytes() == OLD
    assert listing(tmp_path) == ["feed.xml", "in", "in/a.md"]


def test_fifos_and_devices_are_written_to(tmp_path: Path) -> None:
    os.mkfifo("fifo")
    ran = shell("cat fifo & $REFEED build in -o fifo; wait", tmp_path)
    assert (ran.status, broken_rules(ran.out)) == (OK, [])
    assert Path("fifo").is_fifo()
    for target in ("/dev/stdout", ">(cat)"):
        ran = shell(f"$REFEED build in -o {target} | cat; exit ${{PIPESTATUS[0]}}", tmp_path)
        assert (ran.status, broken_rules(ran.out)) == (OK, [])
    assert process("build", "in", "-o", "/dev/null", cwd=tmp_path).status == OK
    assert Path("/dev/null").is_char_device()


def test_the_feed_and_what_is_told_of_it_are_no_input(capfdbinary: Capture) -> None:
    for name in ("feed.xml", "feed.xml", "other.xml"):
        ran = run(capfdbinary, "build", "in", "-o", f"in/{name}")
        assert ran.lines[-2].startswith("1 file (1 with articles, 0 skipped)")
    assert len(feedparser.parse(Path("in/other.xml").read_bytes()).entries) == 1


def test_what_a_killed_build_left_is_removed_and_what_another_build_writes_is_not(
    tmp_path: Path, capfdbinary: Capture
) -> None:
    (tmp_path / ".refeed.abc.tmp").write_bytes(b"half a feed")
    (tmp_path / ".refeed.toml").touch()
    with temporary_in(tmp_path) as (written, handle):  # by another build at this moment
        os.close(handle)
        assert run(capfdbinary, "build", "in", "-o", "feed.xml").status == OK
        assert written.exists()
    assert listing(tmp_path) == [".refeed.toml", "feed.xml", "in", "in/a.md"]


def test_a_leftover_that_is_a_trap_costs_nothing(tmp_path: Path, capfdbinary: Capture) -> None:
    os.mkfifo(tmp_path / ".refeed.fifo.tmp")
    (tmp_path / ".refeed.link.tmp").symlink_to("in/a.md")
    (tmp_path / ".refeed.folder.tmp").mkdir()
    assert run(capfdbinary, "build", "in", "-o", "feed.xml").status == OK
    assert (tmp_path / "in/a.md").exists()


def test_a_full_folder_for_temporary_files_is_named(tmp_path: Path) -> None:
    for number in range(4):
        dump(tmp_path, f"in/{number}.md", title=f"Note {number}", body=f"<p>{'Water and salt. ' * 10_000}</p>")
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2**18, 2**18))"
    soon = "import refeed.spool; refeed.spool._MEMORY = 2**16"  # what is larger goes into a file
    program = f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); {full}; {soon}; import sys; "
    program += "from refeed.cli import main; sys.exit(main(['build', 'in', '--limit', '0', '--no-index']))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment(TMPDIR=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == NOTHING_WRITTEN
    assert f"refeed: {tmp_path}: no temporary file can be written: File too large; set TMPDIR" in done.stderr


def test_a_saved_feed_of_the_archive_is_not_replaced(capfdbinary: Capture) -> None:
    saved = b"<rss version='2.0'><channel><item><title>Fog</title></item></channel></rss>"
    Path("in/saved.xml").write_bytes(saved)
    ran = run(capfdbinary, "build", "in", "-o", "in/saved.xml")
    assert ran.status == NOTHING_WRITTEN
    assert "is an article and was not touched" in ran.err
    assert Path("in/saved.xml").read_bytes() == saved
