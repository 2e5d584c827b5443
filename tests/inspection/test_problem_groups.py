"""Problems by their code: what each means, what to do, where they are; in `check`, on the page, in the reference."""

import re
from pathlib import Path

import pytest
from command_line import dump, run

from refeed.inspection.problem_groups import by_code, by_source, group_lines
from refeed.problem_kinds import CODES
from refeed.problems import Problem

Capture = pytest.CaptureFixture[bytes]
DRAFT = [Problem("draft", "withheld", path) for path in ("in/b/1.md", "in/b/2.md", "in/3.md", "out/4.md")]


def test_errors_come_first_and_then_what_is_frequent() -> None:
    found = by_code([*DRAFT, Problem("no-date", "none", "in/a.md"), Problem("unreadable", "no", "in/c.md")])
    assert [(group.code, len(group.problems)) for group in found] == [("unreadable", 1), ("no-date", 1), ("draft", 4)]


def test_folders_are_counted_below_the_paths_given() -> None:
    assert by_source(DRAFT, ("in", "out/")) == [("at the top", 2), ("b/", 2)]
    assert by_source(DRAFT, (".",)) == [("in/", 3), ("out/", 1)]


def test_outlets_count_where_they_are_known() -> None:
    some = [DRAFT[0].of("The Tide"), DRAFT[1].of(None), DRAFT[2].of("Harbour"), DRAFT[3].of("Harbour")]
    assert by_source(some, ("in", "out")) == [("Harbour", 2), ("The Tide", 1), ("b/", 1)]


def test_an_outlet_that_is_no_host_is_named_with_the_folder_that_settings_take() -> None:
    some = [DRAFT[0].of("The Tide"), DRAFT[1].of("The Tide"), DRAFT[2].of("pier.example"), DRAFT[3].of("Harbour")]
    lines = [*group_lines(some, ("in", "out"))]
    assert lines[1] == "    where: The Tide (b/) 2, Harbour (at the top) 1, pier.example 1"


def test_check_says_what_each_code_means_and_what_to_do(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a/1.md", draft="true", link="https://www.tide.example/1")
    dump(tmp_path, "b/it's.md", title="")
    dump(tmp_path, "b/2.md", draft="true", link="https://harbour.example/2")
    ran = run(capfdbinary, "check", str(tmp_path), "--no-index", "--no-config")
    at = next(number for number, line in enumerate(ran.lines) if "[draft]" in line)
    assert ran.lines[at : at + 3] == [
        f"2 notices [draft]: {CODES['draft'].meaning}",
        "    where: harbour.example 1, tide.example 1",
        f"    what to do: {CODES['draft'].cure}",
    ]
    assert ran.lines[-1].startswith("3 files (")
    quiet = run(capfdbinary, "check", str(tmp_path), "--no-index", "--no-config", "--quiet")
    assert quiet.err == ""


@pytest.mark.parametrize("code", CODES)
def test_a_cure_is_a_clause_that_other_words_can_stand_before(code: str) -> None:
    cure = CODES[code].cure
    assert re.fullmatch(r"[a-z`].+[^.!]", cure), cure
