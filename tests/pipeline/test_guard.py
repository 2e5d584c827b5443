"""The one place where refeed's own mistake, or one that takes too long, becomes a problem."""

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import feedparser
import pytest
from command_line import dump, run

from refeed import formats
from refeed.cli import FAILED_INSIDE, NOTHING_WRITTEN, OK
from refeed.limits import Limits
from refeed.model import SourceFile
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.pipeline.guard import Spent, guarded, limit_time
from refeed.problems import Problem, RefeedError

Capture = pytest.CaptureFixture[bytes]

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
SOURCE = SourceFile("archive/a.md", "a.md")


def fail(error: Exception) -> None:
    raise error


def test_a_mistake_costs_one_file_and_names_it() -> None:
    problem = guarded(SOURCE, lambda: fail(KeyError("x")), debug=False)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.path) == ("internal-error", "archive/a.md")
    assert problem.message == "refeed failed here (KeyError: 'x'); please report it"


@pytest.mark.parametrize("error", [ValueError("x"), IndexError("x"), AttributeError("x"), RecursionError("x")])
def test_a_mistake_of_any_kind_costs_one_file(error: Exception) -> None:
    problem = guarded(SOURCE, lambda: fail(error), debug=False)
    assert isinstance(problem, Problem)
    assert problem.code == "internal-error"


def test_debug_shows_where() -> None:
    problem = guarded(SOURCE, lambda: fail(KeyError("x")), debug=True)
    assert isinstance(problem, Problem)
    assert "test_guard.py" in problem.message


def test_what_ends_the_run_passes() -> None:
    with pytest.raises(RefeedError, match="full disk"):
        guarded(SOURCE, lambda: fail(RefeedError("full disk")), debug=False)


def test_a_missing_package_is_told_once_and_not_for_every_file() -> None:
    with pytest.raises(RefeedError, match="missing or broken: No module named 'x'; install refeed again"):
        guarded(SOURCE, lambda: fail(ModuleNotFoundError("No module named 'x'")), debug=False)


def never_end() -> None:
    while True:
        pass


def search_for_ever() -> None:
    re.search("(a+)+b", "a" * 60)


def swallow_exceptions() -> None:
    while True:
        with suppress(Exception):  # as a careless library would
            never_end()


def in_a_thread(work: Callable[[], object]) -> object:
    outcome: list[object] = []
    thread = threading.Thread(target=lambda: outcome.append(work()))
    thread.start()
    thread.join()
    return outcome[0]


def watched(work: Callable[[], object], seconds: int = 0) -> object:
    """Do the work under a limit, 0 being the first look at the clock, and something innocent before and after it."""
    with limit_time(seconds):
        before = guarded(SOURCE, lambda: "before", debug=False)
        found = guarded(SOURCE, work, debug=False)
        after = guarded(SOURCE, lambda: "after", debug=False)
    assert (before, after) == ("before", "after")
    return found


def over_time(seconds: int = 0) -> Problem:
    message = f"left out after {seconds} seconds of work; --allow max-seconds=N gives it more"
    return Problem("over-time", message, SOURCE.path)


@pytest.mark.parametrize("work", [never_end, search_for_ever, swallow_exceptions])
def test_work_that_does_not_end_is_ended(work: Callable[[], object]) -> None:
    assert watched(work) == over_time()


def test_work_has_all_the_time_that_it_may_take() -> None:
    begin = time.process_time()
    assert watched(never_end, seconds=1) == over_time(1)
    assert time.process_time() - begin >= 1


def test_a_limit_inside_of_a_limit_leaves_the_outer_one_in_force() -> None:
    with limit_time(0):
        assert watched(lambda: "inner", seconds=1) == "inner"
        assert guarded(SOURCE, never_end, debug=False) == over_time()


def test_in_another_thread_no_limit_holds_and_nothing_else_changes() -> None:
    assert in_a_thread(lambda: watched(lambda: "in time")) == "in time"


def test_work_inside_of_work_has_time_of_its_own() -> None:
    assert watched(lambda: (guarded(SOURCE, never_end, debug=False), "the rest")) == (over_time(), "the rest")


def work_for_some_ticks() -> None:
    end = os.times().user + 0.6
    while os.times().user < end:
        sum(range(10_000))


def test_work_in_parts_has_the_time_of_one_piece() -> None:
    spent = Spent()
    with limit_time(10):
        assert guarded(SOURCE, work_for_some_ticks, debug=False, spent=spent) is None
        assert spent.ticks in {1, 2, 3}  # of a quarter of a second each
        spent.ticks = 40  # ten seconds: from here on one tick is too much
        assert guarded(SOURCE, work_for_some_ticks, debug=False) is None  # it is no part of that work
        assert guarded(SOURCE, work_for_some_ticks, debug=False, spent=spent) == over_time(10)


def test_what_a_build_cannot_end_in_time_costs_one_file(tmp_path: Path, endless_format: str) -> None:
    dump(tmp_path, "a.md", title="Good")
    build(Options(paths=(str(tmp_path),)), NOW)  # what is imported for the first file may take longer than the limit
    (tmp_path / "b.md").write_text(endless_format)
    for workers in (1, 2):
        allow, index = Limits(max_seconds=0), str(tmp_path / "index")
        report = build(Options(paths=(str(tmp_path),), allow=allow, index=index, workers=workers), NOW)
        assert [(p.code, Path(p.path).name) for p in report.problems] == [("over-time", "b.md")]
        assert report.problems[0].message == over_time().message
        assert report.totals.out == 1
        assert report.totals.add_up


BROKEN = """
from refeed.formats import Format, Match

def sniff(document):
    return Match.SURE if document.data.startswith(b"{name}") else Match.NO

def parse(document):
    yield from ()
    {fault}

FORMAT = Format(name="{name}", sniff=sniff, parse=parse)
"""


def added(name: str, fault: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Add a format with a fault to the others for a while; what its files begin with."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / f"{name}.py").write_text(BROKEN.format(name=name, fault=fault))
    formats.__path__.append(str(folder))
    formats.load_formats.cache_clear()
    yield f"{name}\n"
    formats.__path__.remove(str(folder))
    formats.load_formats.cache_clear()


@pytest.fixture
def endless_format(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from added("endless", "while True: pass", tmp_path_factory)


@pytest.fixture
def broken_format(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from added("broken", "raise KeyError('tide')", tmp_path_factory)


@pytest.mark.parametrize("how", ["--workers 1", "--workers 2", "--no-index", "--index x/index"])
def test_a_format_that_fails_costs_one_file_and_is_named(
    how: str, tmp_path: Path, broken_format: str, capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dump(tmp_path, "in/a.md", title="Good")
    (tmp_path / "in/b.md").write_text(broken_format)
    for _ in range(2):  # an index does not remember it
        built = run(capfdbinary, "build", "in", "-o", "feed.xml", *how.split())
        assert built.status == FAILED_INSIDE
        told = "in/b.md: error: refeed failed here (KeyError: 'tide', in the format broken); please report it "
        assert built.lines[0] == told + "[internal-error]"
        assert [entry.title for entry in feedparser.parse((tmp_path / "feed.xml").read_bytes()).entries] == ["Good"]
    debug = run(capfdbinary, "build", "in", "-o", "feed.xml", "--debug", *how.split())
    assert "    Traceback (most recent call last):" in debug.lines
    assert any("broken.py" in line for line in debug.lines)
    assert len(debug.lines) < 25
    (tmp_path / "feed.xml").unlink()
    strict = run(capfdbinary, "build", "in", "-o", "feed.xml", "--strict", *how.split())
    assert (strict.status, (tmp_path / "feed.xml").exists()) == (NOTHING_WRITTEN, False)
    (tmp_path / "in/b.md").write_text("mended\n")
    assert run(capfdbinary, "build", "in", "-o", "feed.xml", *how.split()).status == OK
