"""Which work trees a run reads, what is told where there is none, and that no repository has anything run."""

import os
from pathlib import Path

import pytest
from git_history import day, git, repository

from refeed.git.work_trees import find_work_trees
from refeed.problems import RefeedError

FIRST = day(1, writes={"posts/a.md": "a\n"})
OUTSIDE = "not in a git work tree, so --undated git finds no dates there"


def found(*paths: Path) -> dict[str, tuple[str, str]]:
    """Return the work trees by what the paths of their files begin with: where they are, and where in them."""
    trees = find_work_trees([str(path) for path in paths]).work_trees
    return {tree.below: (tree.top, tree.inside) for tree in trees}


def test_a_folder_a_part_of_it_and_a_file_in_it_are_in_one(tmp_path: Path) -> None:
    top = repository(tmp_path / "site", FIRST)
    assert found(top, top / "posts", top / "posts" / "a.md") == {
        f"{top}/": (str(top), ""),
        f"{top}/posts/": (str(top), "posts/"),
    }


def test_a_path_through_a_link_is_where_the_link_leads(tmp_path: Path) -> None:
    top = repository(tmp_path / "site", FIRST)
    (tmp_path / "link").symlink_to(top / "posts")
    assert found(tmp_path / "link") == {f"{tmp_path}/link/": (str(top), "posts/")}


def test_the_working_directory_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repository(tmp_path / "site", FIRST)
    monkeypatch.chdir(top / "posts")
    assert found(Path()) == {"": (str(top), "posts/")}


def test_work_trees_below_the_path_count_also_in_one_another(tmp_path: Path) -> None:
    outer = repository(tmp_path / "all" / "one", FIRST)
    repository(tmp_path / "all" / "two", FIRST)
    # As in a submodule, .git is a file then.
    git(outer, "worktree", "add", "--quiet", "-b", "draft", "deep/inner")
    repository(tmp_path / "all" / "node_modules" / "package", FIRST)  # the walk does not enter it
    assert found(tmp_path / "all") == {
        f"{tmp_path}/all/{name}/": (f"{tmp_path}/all/{name}", "") for name in ("one", "two", "one/deep/inner")
    }


def test_what_is_no_repository_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    top = repository(tmp_path / "site", FIRST)
    (top / "posts" / "old" / ".git").mkdir(parents=True)
    (top / "posts" / "new").mkdir()
    (top / "posts" / "new" / ".git").write_text("gitdir: nowhere\n")
    (tmp_path / "notes").mkdir()
    told = find_work_trees([str(top), *[str(tmp_path / "notes")] * 2])
    assert [tree.top for tree in told.work_trees] == [str(top)]
    notes = [note.removesuffix(f": {top}/posts/new/nowhere") for note in told.notes]  # which git 2.55 does not name
    assert sorted(notes) == [
        f"{tmp_path}/notes/: {OUTSIDE}",
        f"{top}/posts/new: not a git repository",
        f"{top}/posts/old: the .git there is not a repository",
    ]


def test_without_any_work_tree_nothing_goes_on(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(5)]
    for folder in folders:
        folder.mkdir()
    with pytest.raises(RefeedError) as caught:
        found(*folders)
    named = ", ".join(f"{folder}/" for folder in folders[:3])
    assert (
        str(caught.value) == f"{named} and 2 more: {OUTSIDE}; --undated mtime takes the dates of the files themselves"
    )


def test_a_repository_without_a_commit_is_told(tmp_path: Path) -> None:
    repository(tmp_path)
    with pytest.raises(RefeedError, match=f"{tmp_path}: your current branch .main. does not have any commits yet"):
        found(tmp_path)


def test_a_shallow_clone_is_told_and_has_a_boundary(tmp_path: Path) -> None:
    whole = repository(tmp_path / "whole", FIRST, day(2, writes={"posts/b.md": "b\n"}))
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{whole}", "part")
    told = find_work_trees([str(tmp_path / "part")])
    assert told.work_trees[0].boundary == (git(whole, "rev-parse", "main"),)
    assert told.notes == (
        f"{tmp_path}/part: a shallow clone, which knows no older dates; git fetch --unshallow brings them",
    )


@pytest.mark.parametrize("path", ["", "."])
def test_without_git_or_with_one_in_the_archive_nothing_runs(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = repository(tmp_path, FIRST)
    program = top / "git"
    program.write_text("#!/bin/sh\ntouch ran\n")
    program.chmod(0o755)
    monkeypatch.chdir(top)
    monkeypatch.setenv("PATH", path)
    with pytest.raises(RefeedError, match="--undated git needs the program git, and none is on PATH"):
        found(top)
    assert not Path("ran").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_a_repository_of_another_user_is_read_only_if_git_was_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = repository(tmp_path / "site", FIRST)
    os.chown(top, 65_534, 65_534)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    with pytest.raises(RefeedError, match="detected dubious ownership in repository"):
        found(top)
    (tmp_path / "config").write_text(f"[safe]\n\tdirectory = {top}\n")
    assert found(top) == {f"{top}/": (str(top), "")}


def test_the_repository_of_a_hook_is_not_taken_for_the_one_around_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top, other = repository(tmp_path / "site", FIRST), repository(tmp_path / "other", day(5, writes={"b.md": "b\n"}))
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    (tree,) = find_work_trees([str(top)]).work_trees
    assert tree.head == git(top, "rev-parse", "main")
