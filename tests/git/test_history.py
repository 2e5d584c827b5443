"""When a file was added, as the history of git tells: under whatever name, on whatever branch."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from git_history import Commit, day, git, repository

from refeed.git.history import Addition, History, commit_that_added, first_commits
from refeed.git.log import Change, changes
from refeed.git.log import Commit as Logged
from refeed.git.work_trees import find_work_trees
from refeed.work_tree import WorkTree


def text_of(name: str) -> str:
    """Return a text that is like that of no other file."""
    return "".join(f"{name}, line {number}\n" for number in range(12))


HISTORY = (
    day(1, writes={name: text_of(name) for name in ("plain.md", "edited.md", "first.md", "second.md", "restored.md")}),
    day(2, writes={"edited.md": "other\n", "\\303\\274ber\\n1.md": "fog\n"}),
    day(3, moves=[("first.md", "moved/first.md"), ("second.md", "third.md")], deletes=["restored.md"]),
    day(4, moves=[("third.md", "fourth.md")], writes={"fourth.md": text_of("second.md").replace("line 7", "line VII")}),
    day(6, writes={"restored.md": text_of("restored.md"), "first.md": text_of("another")}),
    day(4, writes={"branch.md": "b\n"}, onto=[2]),
    day(8, writes={"merged.md": "m\n", "branch.md": "b\n"}, onto=[5, 6]),
)
# The day in January on which each was added; None: nobody knows.
DAYS = {
    "plain.md": 1,
    "edited.md": 1,  # on the 2nd it was changed
    "moved/first.md": 1,  # on the 3rd it was renamed
    "fourth.md": 1,  # it was renamed twice, and changed on the way
    "restored.md": 1,  # it was deleted by mistake, and came back on the 6th
    "first.md": 6,  # what had this name before is moved/first.md
    "über\n1.md": 2,
    "branch.md": 4,  # added on a branch
    "merged.md": 8,  # added by the merge itself: it is on neither branch
    "never.md": None,
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> WorkTree:
    folder = repository(tmp_path_factory.mktemp("history"), *HISTORY, checked_out=False)
    return find_work_trees([str(folder)]).work_trees[0]


@pytest.mark.parametrize("name", DAYS)
def test_a_file_is_as_old_as_the_commit_that_added_it(name: str, tree: WorkTree) -> None:
    added = commit_that_added(tree.below + name, tree)
    assert (added and datetime.fromtimestamp(added.seconds, UTC).day) == DAYS[name]


# What the commits did, the newest first, on their days: what was added, what was renamed. Then the days of the files.
RENAMES = {
    "two that change their names with each other": (
        [(5, "", "a>b b>a"), (2, "b", ""), (1, "a", "")],
        {b"a": 2, b"b": 1},
    ),
    "names that move on": ([(5, "", "a>b b>c"), (2, "b", ""), (1, "a", "")], {b"b": 1, b"c": 2}),
    "there and back": ([(5, "", "b>a"), (4, "", "a>b"), (1, "a", "")], {b"a": 1}),
    "a name that is given again in the commit of the renaming": (
        [(5, "a", "a>b"), (1, "a", "")],
        {b"a": 5, b"b": 1},
    ),
    "one whose older name was never added": ([(5, "", "a>b")], {b"b": 5}),
    "an author's clock that was wrong": ([(5, "", "a>b"), (7, "a", "")], {b"b": 5}),
}


@pytest.mark.parametrize("case", RENAMES)
def test_names_are_followed_through_renames(case: str) -> None:
    rows, days = RENAMES[case]
    log = [
        Change(
            Logged(f"c{place}", day_),
            tuple(name.encode() for name in added.split()),
            tuple((old.encode(), new.encode()) for old, _, new in (pair.partition(">") for pair in renamed.split())),
        )
        for place, (day_, added, renamed) in enumerate(rows)
    ]
    assert {name: commit and commit.seconds for name, commit in first_commits(log, frozenset()).items()} == days


def test_what_a_shallow_clone_has_at_its_boundary_is_older() -> None:
    log = [Change(Logged("new", 9), (b"b",), ()), Change(Logged("end", 5), (b"a", b"b"), ())]
    assert first_commits(log, frozenset({"end"})) == {b"a": None, b"b": None}
    assert first_commits(log, frozenset())[b"a"] == Logged("end", 5)


@pytest.mark.parametrize(("brought", "others", "is_import"), [(20, 20, True), (20, 21, False), (19, 0, False)])
def test_a_commit_that_added_most_files_is_an_import(brought: int, others: int, is_import: bool) -> None:
    first: dict[bytes, Logged | None] = {b"a%d" % number: Logged("0123456789abcdef", 5) for number in range(brought)}
    first |= {b"b%d" % number: Logged(f"c{number}", 6) for number in range(others)}
    added = History(first).addition(b"a0")
    assert added == Addition("0123456789", 5, brought, brought + others)
    assert added.is_import == is_import


def fields(*lines: str) -> list[bytes]:
    return [line.encode() for line in lines]


# What `git log -z` writes, by git 2.39: a line break before the first letter, nothing before those of a merge.
LOGS: dict[str, tuple[Sequence[bytes], list[Change]]] = {
    "nothing": ([], []),
    "a name that looks like a letter": (
        fields("f0 7", "\nA", "R100", "A", "A"),
        [Change(Logged("f0", 7), (b"R100", b"A"), ())],
    ),
    "a merge": (
        fields("f0 7", "", "AA", "m", "AM", "n", "e1 5"),
        [Change(Logged("f0", 7), (b"m",), ()), Change(Logged("e1", 5), (), ())],
    ),
    "a date before 1970": (fields("f0 -7", "\nA", "a"), [Change(Logged("f0", -7), (b"a",), ())]),
    "a rename": (fields("f0 7", "\nR087", "a b", "\nc"), [Change(Logged("f0", 7), (), ((b"a b", b"\nc"),))]),
}


@pytest.mark.parametrize("case", LOGS)
def test_a_log_is_read_field_by_field(case: str) -> None:
    read, expected = LOGS[case]
    assert list(changes(iter(read))) == expected


def test_an_empty_history_dates_nothing(tmp_path: Path) -> None:
    repository(tmp_path / "a", Commit(date="2020-01-01T00:00:00+0000"), checked_out=False)
    (tree,) = find_work_trees([str(tmp_path / "a")]).work_trees
    assert commit_that_added(f"{tmp_path}/a/x.md", tree) is None
    assert git(tmp_path / "a", "log", "--format=%s") == "x"
