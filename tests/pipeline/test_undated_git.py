"""Dates from the history of git (`--undated git`), as builds use them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from command_line import run
from git_history import Commit, commit, day, git, repository

import refeed
from refeed.cli import NOTHING_WRITTEN, OK
from refeed.config.precedence import read_options
from refeed.inspection.inspect import inspect
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.report import Report

NOW = datetime(2028, 1, 1, tzinfo=UTC)
Capture = pytest.CaptureFixture[bytes]


def post(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", f"The {title} is lit.", ""])


FIRST = Commit(date="2020-01-02T03:04:05+0800", writes={"posts/a.md": post("Lamp")})


def options(folder: Path, **more: object) -> Options:
    return replace(Options(paths=(str(folder),), undated="git"), **more)  # type: ignore[arg-type]


def dates(report: Report) -> dict[str, str]:
    return {entry.title: entry.published for entry in feedparser.parse(report.feed).entries}


def told(report: Report) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in report.problems]


def test_the_date_is_that_of_the_author_in_utc_and_only_where_the_file_states_none(tmp_path: Path) -> None:
    folder = repository(tmp_path, FIRST, day(3, writes={"posts/b.md": post("Buoy", "date: 2019-05-06")}))
    (folder / "posts" / "c.md").write_text(post("Mast"))
    report = build(options(folder), NOW)
    assert dates(report) == {"Lamp": "2020-01-01T19:04:05Z", "Buoy": "2019-05-06T00:00:00Z"}
    id_ = git(folder, "rev-parse", "main~1")[:10]
    assert [message for code, message in told(report) if code == "no-date"] == [
        "no date found, nor in the history of git: skipped (--undated last keeps it)",
        f"no date found: that of commit {id_}, which added it, 2020-01-01, is used",
    ]


def test_a_build_with_an_index_knows_the_dates_of_new_commits(tmp_path: Path) -> None:
    folder = repository(tmp_path / "site", FIRST)
    (folder / "posts" / "c.md").write_text(post("Mast"))
    indexed = options(folder, index=str(tmp_path / "index"))
    before = build(indexed, NOW)
    assert [*dates(before)] == ["Lamp"]
    assert build(indexed, NOW).feed == before.feed
    commit(folder, day(4, writes={"posts/c.md": post("Mast")}))
    assert dates(build(indexed, NOW)) == {"Mast": "2020-01-04T12:00:00Z", "Lamp": "2020-01-01T19:04:05Z"}
    git(folder, "commit", "--quiet", "--amend", "--no-edit", "--date", "2020-01-05T12:00:00+0000")
    assert dates(build(indexed, NOW))["Mast"] == "2020-01-05T12:00:00Z"


def test_several_processes_know_the_same_dates(tmp_path: Path) -> None:
    folder = repository(tmp_path, FIRST, day(3, writes={"posts/b.md": post("Buoy")}))
    assert build(options(folder, workers=2), NOW).feed == build(options(folder), NOW).feed


def test_each_work_tree_has_its_own_history(tmp_path: Path) -> None:
    repository(tmp_path / "one", FIRST)
    repository(tmp_path / "one" / "inner", day(5, writes={"posts/a.md": post("Buoy")}))
    assert dates(build(options(tmp_path), NOW)) == {"Buoy": "2020-01-05T12:00:00Z", "Lamp": "2020-01-01T19:04:05Z"}


def test_the_dates_of_an_import_are_told(tmp_path: Path) -> None:
    writes = {f"posts/{number}.md": post(f"Lamp {number}") for number in range(20)}
    report = build(options(repository(tmp_path, day(1, writes=writes), FIRST)), NOW)
    doubts = [message for code, message in told(report) if code == "crawl-date"]
    id_ = git(tmp_path, "rev-parse", "main~1")[:10]
    assert doubts == [f"commit {id_} added 20 of 21 files: its date may be that of an import"] * 20


def test_the_boundary_of_a_shallow_clone_dates_nothing(tmp_path: Path) -> None:
    whole = repository(tmp_path / "whole", FIRST, day(2, writes={"posts/b.md": post("Buoy")}))
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{whole}", "part")
    commit(tmp_path / "part", day(7, writes={"posts/c.md": post("Mast")}))
    report = build(options(tmp_path / "part"), NOW)
    assert dates(report) == {"Mast": "2020-01-07T12:00:00Z"}
    assert report.totals.undated == 2
    assert report.notes[0].startswith(f"{tmp_path}/part: a shallow clone")


@pytest.mark.parametrize(("year", "is_held"), [("1985", False), ("2028", True), ("2090", False)])
def test_a_clock_that_was_wrong_dates_nothing_new(year: str, is_held: bool, tmp_path: Path) -> None:
    wrong = Commit(date=f"{year}-06-01T00:00:00+0000", writes={"posts/b.md": post("Buoy")})
    report = build(options(repository(tmp_path, FIRST, wrong)), NOW)
    assert [*dates(report)] == ["Lamp"]
    assert (report.totals.held_back, report.totals.undated) == (is_held, not is_held)


def test_inspect_says_where_the_date_is_from(tmp_path: Path) -> None:
    (found,) = inspect(options(repository(tmp_path, FIRST)), NOW)
    assert found.evidence["date"] == "git history"


def test_a_history_never_beats_a_stated_date(tmp_path: Path) -> None:
    link = "link: https://x.example/lamp"
    stated = day(3, writes={"posts/b.md": post("Lamp, dated", link, "date: 2019-05-06")})
    first = Commit(date="2020-01-02T03:04:05+0800", writes={"posts/a.md": post("Lamp", link)})
    assert dates(build(options(repository(tmp_path, first, stated)), NOW)) == {"Lamp, dated": "2019-05-06T00:00:00Z"}


# Whatever in the settings of a repository names a program.
PROGRAMS = """
[core]
fsmonitor = {script}
pager = {script}
sshCommand = {script}
editor = {script}
alternateRefsCommand = {script}
hooksPath = {folder}
[pager]
log = {script}
[diff]
external = {script}
[diff "all"]
textconv = {script}
command = {script}
[filter "all"]
smudge = {script}
[gpg]
program = {script}
[log]
showSignature = true
[alias]
log = !{script}
"""


def test_nothing_that_a_repository_says_is_run(tmp_path: Path) -> None:
    folder = repository(tmp_path / "site", FIRST, day(2, moves=[("posts/a.md", "posts/b.md")]))
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    script.chmod(0o755)
    with (folder / ".git" / "config").open("a") as settings:
        settings.write(PROGRAMS.format(script=script, folder=tmp_path))
    (folder / ".gitattributes").write_text("* diff=all filter=all\n")
    assert dates(build(options(folder), NOW)) == {"Lamp": "2020-01-01T19:04:05Z"}
    assert not (tmp_path / "ran").exists()


def test_a_history_that_cannot_be_read_keeps_the_old_feed(tmp_path: Path, capfdbinary: Capture) -> None:
    folder = repository(tmp_path / "site", FIRST)
    tree = git(folder, "rev-parse", "main^{tree}")
    (folder / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    (tmp_path / "feed.xml").write_text("old")
    ran = run(capfdbinary, "build", "--undated", "git", str(folder), "-o", str(tmp_path / "feed.xml"))
    assert (ran.status, (tmp_path / "feed.xml").read_text()) == (NOTHING_WRITTEN, "old")
    assert tree in ran.err


def test_a_found_refeed_toml_has_no_program_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    folder = repository(
        tmp_path, FIRST, day(2, writes={"refeed.toml": 'undated = "git"\n', "b.md": post("B", "date: 2020-01-01")})
    )
    monkeypatch.chdir(folder)
    ran = run(capfdbinary, "build", ".")
    assert ran.status == OK
    assert "undated was not used: git runs a program; --config refeed.toml uses it" in ran.err
    assert read_options((), {"config": "refeed.toml"}).options.undated == "git"
    assert read_options((), {"undated": "git"}).options.undated == "git"


def test_a_build_in_a_work_tree_tells_that_git_may_know_the_dates(tmp_path: Path) -> None:
    folder = repository(tmp_path / "site", FIRST, day(3, writes={"posts/b.md": post("Buoy", "date: 2019-05-06")}))
    note = "1 article without a date in a git work tree: --undated git takes that of a commit"
    assert note in build(options(folder, undated="skip"), NOW).notes
    assert note in build(options(folder, undated="skip", index=str(tmp_path / "index")), NOW).notes
    assert note not in build(options(folder, undated="last"), NOW).notes
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "a.md").write_text(post("Lamp"))
    (tmp_path / "plain" / "b.md").write_text(post("Buoy", "date: 2019-05-06"))
    assert not any("--undated git" in one for one in build(options(tmp_path / "plain", undated="skip"), NOW).notes)
    (folder / "c.md").write_text("# Mast\n\nThe mast is lit.\n")
    with pytest.raises(refeed.NothingToBuildError, match=f"\n{note}$"):
        build(options(folder / "c.md", undated="skip"), NOW)
