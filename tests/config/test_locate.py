"""Which refeed.toml counts: the nearest one, whatever is given as PATH, and never one of somebody else."""

import json
import os
import pwd
import subprocess
from pathlib import Path

import feedparser
import pytest
from command_line import Ran, dump, run

from refeed.cli import OK, WRONG_USAGE
from refeed.input.parent_folders import REPOSITORY_MARKS, _home_of

Capture = pytest.CaptureFixture[bytes]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("REFEED_CONFIG", "REFEED_INDEX", "REFEED_WORKERS"):
        monkeypatch.delenv(name, raising=False)


def settings(path: str, title: str, more: str = "") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(f'{more}\n[feed]\ntitle = "{title}"\n')


def title_of(ran: Ran) -> str:
    assert ran.status == OK, ran.err
    return str(feedparser.parse(ran.out).feed.title)


# Where files of settings lie, what is given, and whose title the feed has.
NEAREST = {
    "the folder of PATH": (["arc/refeed.toml", "refeed.toml"], ["arc"], "arc/refeed.toml"),
    "above PATH": (["arc/refeed.toml", "refeed.toml"], ["arc/deep/er"], "arc/refeed.toml"),
    "of a file": (["arc/deep/refeed.toml", "refeed.toml"], ["arc/deep/er/a.md"], "arc/deep/refeed.toml"),
    "of the first PATH": (["arc/refeed.toml", "two/refeed.toml"], ["arc", "two"], "arc/refeed.toml"),
    "of the working directory, which lies above": (["refeed.toml"], ["arc/deep"], "refeed.toml"),
    "without PATH": (["arc/refeed.toml", "refeed.toml"], [], "refeed.toml"),
}


@pytest.mark.parametrize("case", NEAREST)
def test_the_nearest_file_counts_and_is_named_first(case: str, tmp_path: Path, capfdbinary: Capture) -> None:
    files, paths, expected = NEAREST[case]
    dump(tmp_path, "arc/deep/er/a.md")
    dump(tmp_path, "two/b.md")
    for file in files:
        settings(file, file)
    ran = run(capfdbinary, "build", *paths)
    assert title_of(ran) == expected
    assert ran.lines[0] == f"note: settings from {expected}"


def test_path_replaces_what_the_file_reads_and_nothing_else(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "arc/a.md", title="Inside")
    dump(tmp_path, "b.md", title="Outside")
    settings("refeed.toml", "All", 'paths = ["b.md"]\noutput = "feed.xml"')
    assert run(capfdbinary, "build", "arc").lines[-1].startswith("wrote feed.xml: 1 entry")
    feed = feedparser.parse(Path("feed.xml").read_bytes())
    assert (feed.feed.title, [entry.title for entry in feed.entries]) == ("All", ["Inside"])


def test_an_archive_elsewhere_is_searched_before_the_working_directory(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "arc/a.md")
    (tmp_path / "here").mkdir()
    settings("here/refeed.toml", "here")
    os.chdir("here")
    ran = run(capfdbinary, "build", "../arc")
    assert (title_of(ran), ran.lines[0]) == ("here", "note: settings from refeed.toml")
    settings("../arc/refeed.toml", "arc")
    ran = run(capfdbinary, "build", "../arc")
    assert (title_of(ran), ran.lines[0]) == ("arc", f"note: settings from {tmp_path}/arc/refeed.toml")


@pytest.mark.parametrize("mark", REPOSITORY_MARKS)
def test_nothing_above_the_root_of_a_repository_is_looked_at(mark: str, tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "arc/posts/a.md")
    Path("arc", mark).mkdir()
    settings("refeed.toml", "not TOML [")
    os.chdir("arc")
    ran = run(capfdbinary, "build", "posts")
    assert (title_of(ran), "settings from" in ran.err) == ("posts", False)
    settings("refeed.toml", "of the root itself")
    assert title_of(run(capfdbinary, "build", "posts")) == "of the root itself"


def test_nothing_above_a_home_folder_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    dump(tmp_path, "home/posts/a.md")
    settings("refeed.toml", "above")
    os.chdir("home")
    assert title_of(run(capfdbinary, "build", "posts")) == "above"
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert title_of(run(capfdbinary, "build", "posts")) == "posts"


def test_nothing_above_the_home_of_whoever_owns_the_folder_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    """So does root in the home of somebody else."""
    dump(tmp_path, "home/posts/a.md")
    settings("refeed.toml", "above")
    os.chdir("home")
    monkeypatch.setenv("HOME", "/nowhere")
    user = pwd.getpwuid(os.geteuid())
    theirs = pwd.struct_passwd((*user[:5], str(tmp_path / "home"), user[6]))
    monkeypatch.setattr(pwd, "getpwuid", {os.geteuid(): theirs}.__getitem__)
    _home_of.cache_clear()
    assert title_of(run(capfdbinary, "build", "posts")) == "posts"
    _home_of.cache_clear()


def test_a_file_can_be_named_and_none_can_be_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    dump(tmp_path, "arc/a.md")
    for name in ("refeed.toml", "one.toml", "two.toml"):
        settings(name, name)
    assert title_of(run(capfdbinary, "build", "arc", "--config", "one.toml")) == "one.toml"
    assert title_of(run(capfdbinary, "build", "arc", "--no-config")) == "arc"
    monkeypatch.setenv("REFEED_CONFIG", "two.toml")
    assert title_of(run(capfdbinary, "build", "arc")) == "two.toml"
    assert title_of(run(capfdbinary, "build", "arc", "--config", "one.toml")) == "one.toml"
    assert title_of(run(capfdbinary, "build", "arc", "--no-config")) == "arc"
    monkeypatch.setenv("REFEED_CONFIG", "")
    assert title_of(run(capfdbinary, "build", "arc")) == "refeed.toml"
    both = run(capfdbinary, "build", "arc", "--config", "one.toml", "--no-config")
    assert (both.status, both.lines[-1]) == (WRONG_USAGE, "Error: --config and --no-config exclude each other")
    gone = run(capfdbinary, "build", "arc", "--config", "gone.toml")
    assert (gone.status, gone.err) == (WRONG_USAGE, "refeed: gone.toml: cannot be read: No such file or directory\n")


def test_the_environment_counts_more_than_the_file_and_less_than_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    dump(tmp_path, "arc/a.md")
    settings("arc/refeed.toml", "arc", 'index = "file.index"\nworkers = 2')
    monkeypatch.setenv("REFEED_INDEX", "environment.index")
    assert run(capfdbinary, "build", "arc").status == OK
    assert [path.name for path in tmp_path.rglob("*.index")] == ["environment.index"]
    assert run(capfdbinary, "build", "arc", "--index", "line.index").status == OK
    assert Path("line.index").exists()
    assert run(capfdbinary, "index").out.startswith(b"environment.index: ")
    monkeypatch.setenv("REFEED_WORKERS", "many")
    ran = run(capfdbinary, "build", "arc")
    assert (ran.status, ran.lines[-1]) == (
        WRONG_USAGE,
        "Error: Invalid value for REFEED_WORKERS: expected a number of at least 0",
    )
    assert run(capfdbinary, "build", "arc", "--workers", "1").status == WRONG_USAGE  # a mistake is told all the same


def test_inspect_shows_what_a_build_would_make(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "arc/a.md", body="<p>High water.</p><p class='tip'>Buy a boat.</p>")
    settings("arc/refeed.toml", "arc", '[sources."x.example"]\ndrop = ".tip"')
    ran = run(capfdbinary, "inspect", "arc/a.md", "--json")
    assert json.loads(ran.out)["content"] == "<p>High water.</p>"
    assert ran.err == ""


def test_what_init_wrote_into_a_folder_counts_for_a_build_of_it(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "my arc/a.md")
    wrote = run(capfdbinary, "init", "my arc")
    assert wrote.err == "wrote my arc/refeed.toml; `refeed build 'my arc' > feed.xml` uses it\n"
    ran = run(capfdbinary, "build", "my arc")
    assert f'id = "{feedparser.parse(ran.out).feed.id}"' in Path("my arc/refeed.toml").read_text()
    assert "no id of its own" not in ran.err
    assert ran.lines[-1].startswith("1 file (1 with articles, 0 skipped)")  # refeed.toml is no input


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_file_of_another_user_is_not_read(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "arc/a.md")
    settings("arc/refeed.toml", "theirs")
    os.chown("arc/refeed.toml", 65_534, 65_534)
    ran = run(capfdbinary, "build", "arc")
    assert title_of(ran) == "arc"
    assert ran.lines[0] == (
        "note: arc/refeed.toml belongs to another user and was not read; --config arc/refeed.toml reads it"
    )
    assert title_of(run(capfdbinary, "build", "arc", "--config", "arc/refeed.toml")) == "theirs"
    Path("arc/refeed.toml").rename("theirs.toml")
    Path("arc/refeed.toml").symlink_to("../theirs.toml")
    assert title_of(run(capfdbinary, "build", "arc")) == "arc"


def test_a_fifo_or_a_huge_file_is_told(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "arc/a.md")
    os.mkfifo("arc/refeed.toml")
    assert run(capfdbinary, "build", "arc").err == "refeed: arc/refeed.toml: cannot be read: it is not a file\n"
    Path("arc/refeed.toml").unlink()
    subprocess.run(["truncate", "--size=5G", "arc/refeed.toml"], check=True)
    assert "has more than 1,000,000 characters" in run(capfdbinary, "build", "arc").err
