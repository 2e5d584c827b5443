"""Which files are input, and which are left alone."""

import errno
import os
import socket
from pathlib import Path

import pytest

from refeed.input.discover import batches, discover
from refeed.input.walk import Walk
from refeed.model import SourceFile
from refeed.problems import ConfigurationError, Problem


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def names(*paths: Path, exclude: tuple[str, ...] = ()) -> list[str]:
    found = discover([str(path) for path in paths], exclude=exclude)
    return [place.name for place in found if isinstance(place, SourceFile)]


def problems(path: Path) -> list[tuple[str, str]]:
    found = discover([str(path)])
    return [(place.code, Path(place.path).name) for place in found if isinstance(place, Problem)]


def test_files_of_any_name_in_sorted_order(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a", "z/a.md", "c/d.html", "x.md/inside.md")
    assert names(tmp_path) == ["a", "b.txt", "c/d.html", "x.md/inside.md", "z/a.md"]


def test_hidden_things_packages_and_built_sites_are_no_input(tmp_path: Path) -> None:
    tree(tmp_path, ".git/x", "a/.hidden", "node_modules/r.md", "_site/i.html", "vendor/v.md", "__pycache__/c", "in.md")
    assert names(tmp_path) == ["in.md"]


def test_public_and_themes_are_no_input_beside_a_site_generators_configuration(tmp_path: Path) -> None:
    tree(tmp_path, "site/_config.yml", "site/public/a.html", "site/themes/t.md", "plain/public/b.md")
    assert names(tmp_path) == ["plain/public/b.md", "site/_config.yml"]


def test_exclude_fits_names_and_paths(tmp_path: Path) -> None:
    tree(tmp_path, "keep.md", "drafts/a.md", "x/drafts/b.md", "x/c.log")
    assert names(tmp_path, exclude=("drafts", "*.log")) == ["keep.md"]
    assert names(tmp_path, exclude=("x/drafts/*",)) == ["keep.md", "drafts/a.md", "x/c.log"]


def test_overlapping_paths_are_read_once(tmp_path: Path) -> None:
    tree(tmp_path, "a/b/c.md", "a/d.md")
    assert names(tmp_path / "a", tmp_path / "a/b", tmp_path / "a/d.md", tmp_path / "a/../a") == ["d.md", "b/c.md"]


def test_a_hidden_folder_that_is_given_is_read(tmp_path: Path) -> None:
    tree(tmp_path, ".archive/a.md", "b.md")
    assert names(tmp_path, tmp_path / ".archive") == ["b.md", "a.md"]


def test_a_link_to_a_folder_is_told_and_not_followed_even_when_it_loops(tmp_path: Path) -> None:
    tree(tmp_path, "a/b.md")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    assert names(tmp_path) == ["a/b.md"]
    assert problems(tmp_path) == [("symlink", "loop")]


def test_a_link_to_a_file_is_followed_only_inside_the_folders_given(tmp_path: Path) -> None:
    tree(tmp_path, "in/.kept/real.md", "secret.md")
    (tmp_path / "in/good.md").symlink_to(tmp_path / "in/.kept/real.md")
    (tmp_path / "in/leaving.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "in/dangling.md").symlink_to(tmp_path / "nowhere")
    assert names(tmp_path / "in") == ["good.md"]
    assert problems(tmp_path / "in") == [("symlink", "dangling.md"), ("symlink", "leaving.md")]


def test_fifos_and_sockets_are_told_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.md"))
        assert problems(tmp_path) == [("special-file", "fifo.md"), ("special-file", "socket.md")]
    assert [(p.code, p.path) for p in discover([str(tmp_path / "fifo.md")]) if isinstance(p, Problem)] == [
        ("special-file", str(tmp_path / "fifo.md"))
    ]


def test_refeeds_own_files_are_no_input_under_any_name(tmp_path: Path) -> None:
    tree(tmp_path, "feed.xml", "a.md")
    os.link(tmp_path / "feed.xml", tmp_path / "other-name.xml")
    status = (tmp_path / "feed.xml").stat()
    found = discover([str(tmp_path)], own=frozenset({(status.st_dev, status.st_ino)}))
    assert [place.name for place in found if isinstance(place, SourceFile)] == ["a.md"]


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere: No such file or directory; give a folder or a file"):
        list(discover([str(tmp_path / "nowhere")]))


def test_a_name_that_is_not_utf8_is_a_name(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.md"
    Path(os.fsdecode(name)).write_text("x")
    assert names(tmp_path) == ["caf\udce9.md"]


def test_a_folder_that_is_given_is_walked_even_where_another_walk_leaves_it_out(tmp_path: Path) -> None:
    tree(tmp_path, "_config.yml", "public/a.md", "drafts/b.md")
    assert names(tmp_path, tmp_path / "public") == ["_config.yml", "drafts/b.md", "a.md"]
    assert names(tmp_path, tmp_path / "drafts", exclude=("drafts",)) == ["_config.yml", "b.md"]


def test_a_link_to_a_file_that_is_found_anyway_is_not_read_again(tmp_path: Path) -> None:
    tree(tmp_path, "a/real.md")
    (tmp_path / "link.md").symlink_to(tmp_path / "a/real.md")
    assert names(tmp_path) == ["a/real.md"]


def test_what_is_given_and_cannot_be_read_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    tree(tmp_path, "a.md")
    (tmp_path / "dangling.md").symlink_to(tmp_path / "nowhere")
    found = list(discover([str(tmp_path / "dangling.md"), str(tmp_path / "a.md")]))
    assert [place.code if isinstance(place, Problem) else place.name for place in found] == ["symlink", "a.md"]


def test_exclude_takes_a_folder_as_the_shell_completes_it(tmp_path: Path) -> None:
    tree(tmp_path, "keep.md", "sub/a.md")
    assert names(tmp_path, exclude=("sub/",)) == ["keep.md"]
    assert names(tmp_path, exclude=("./sub",)) == ["keep.md"]
    assert names(tmp_path, exclude=(f"{tmp_path}/sub",)) == ["keep.md"]


def test_templates_of_posts_are_no_input_beside_the_settings_of_hexo_and_hugo(tmp_path: Path) -> None:
    tree(tmp_path, "a/_config.yml", "a/scaffolds/post.md", "b/hugo.toml", "b/archetypes/default.md", "c/scaffolds/d.md")
    assert names(tmp_path) == ["a/_config.yml", "b/hugo.toml", "c/scaffolds/d.md"]


def test_modules_that_hugo_has_fetched_are_no_input_beside_its_settings(tmp_path: Path) -> None:
    tree(tmp_path, "hugo.yaml", "_vendor/code.example/theme/content/demo.md", "content/tide.md")
    assert names(tmp_path) == ["hugo.yaml", "content/tide.md"]


def test_a_link_into_a_folder_named_as_a_built_site_is_read_once_where_no_site_is_built(tmp_path: Path) -> None:
    tree(tmp_path, "public/real.md")
    (tmp_path / "link.md").symlink_to(tmp_path / "public/real.md")
    assert names(tmp_path) == ["public/real.md"]
    tree(tmp_path, "_config.yml")
    assert names(tmp_path) == ["_config.yml", "link.md"]


@pytest.mark.parametrize(
    "leftover",
    [
        "a.md~",
        "#a.md#",
        "~$a.md",
        "a.md.bak",
        "a.md.BAK",
        "a.md.bak2",
        "a.md.orig",
        "a.md.rej",
        "a.swp",
        "a.md.tmp",
        "a.~1~",
        "a.md_bak",
        "a.bak.md",
        "a.md.dpkg-old",
        "a.md.1",
        "a.sync-conflict-20240102-030405-ABCDEFG.md",
        "a (Ada's conflicted copy 2024-01-02).md",
        "a (Case Conflict).md",
        "a (SFConflict ada@quay.example 2024-01-02).md",
        "a_conflict-20240102-030405.md",
        "a [conflicted].md",
        "a_REMOTE_1234.md",
        "a.md.save.1",
        "a.md.kate-swp",
        "a.orig.md",
        "a.md-old",
        "a.md.theirs",
        "a copy.md",
        "a copy 2.md",
        "a - Copy (3).md",
        "a (copy).md",
        "a - Kopie.md",
        "a 的副本.md",
        "Copy of a.md",
        "a-backup.md",
        "a_old.md",
        "a_orig.md",
        "a___Copy.md",
        "#a.md",
        "~a.md",
        "a~.md",
        "a.md.LOCAL",
        "a.md.2024-01-02",
        "a.md.v1",
        "a.md copy",
        "a.md.disabled",
    ],
)
def test_leftovers_of_editors_are_told_and_not_read(tmp_path: Path, leftover: str) -> None:
    tree(tmp_path, "a.md", leftover)
    assert names(tmp_path) == ["a.md"]
    assert problems(tmp_path) == [("leftover", leftover)]


@pytest.mark.parametrize(
    "name",
    [
        "bak",
        "#1 news.md",
        "~ tilde.md",
        "c#",
        "old news",
        "a.bakery",
        "a.2",
        "2024.1.2",
        "conflicted copy.md",
        "a.bak.x1",
        "a copy.md",  # there is no a.md
        "Copy of the charter.md",
        "#a.md",
        "a-old.md",
        "a.orig.md",  # of what was translated, if there is no a.md
        "a - Copy.md",
        "a___Copy.md",
    ],
)
def test_a_name_that_only_looks_like_a_leftovers_is_one_like_others(tmp_path: Path, name: str) -> None:
    tree(tmp_path, name)
    assert names(tmp_path) == [name]


@pytest.mark.parametrize("name", ["a (1).md", "a.md.de", "a.md.meta", "hardcopy.md", "a-gold.md", "ab.md.x"])
def test_what_stands_beside_an_article_is_not_its_copy_for_that(tmp_path: Path, name: str) -> None:
    tree(tmp_path, "a.md", name)
    assert [code for code, _ in problems(tmp_path)] == []


def test_a_leftover_that_is_given_itself_is_read(tmp_path: Path) -> None:
    tree(tmp_path, "a.md~")
    assert names(tmp_path / "a.md~") == ["a.md~"]


def test_a_link_that_changes_while_it_is_followed_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a.md", ".kept/b.md")
    (tmp_path / "link.md").symlink_to(tmp_path / ".kept/b.md")

    def changing(_: str) -> str:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))  # no link any more when it is read

    monkeypatch.setattr(os, "readlink", changing)
    assert names(tmp_path)[0] == "a.md"


def test_batches_may_grow_with_what_was_found_before_them(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.md").touch()
    root = str(tmp_path)
    sizes = [len(batch.names) for batch in batches([root], Walk([root]), size=lambda found: found + 1)]
    assert sizes == [1, 2, 4, 2]  # behind 0, 1, 3 and 7 files; there are no more than two
