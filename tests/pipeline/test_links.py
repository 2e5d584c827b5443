"""No link leads out of the folders given, not even one that takes a file's place while refeed is at work."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import pytest
from command_line import dump

import refeed
from refeed.config.toml_file import load_configuration
from refeed.config.trust import restrict
from refeed.input.discover import discover
from refeed.input.read import read
from refeed.input.source_files import SourceFiles
from refeed.inspection.inspect import inspect_record
from refeed.model import Document, SourceFile
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.problems import ConfigurationError, Problem, RefeedError

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
SECRET: Final = "What only the owner may read"  # noqa: S105
TIMES: Final = 60  # of each of two kinds: 120 builds and 120 requests; each has a dozen moments for a swap


_swaps: list[Callable[[], None]] = []


def _on_event(event: str, _: tuple[object, ...]) -> None:
    """Swap just before a folder is listed or a file is opened: where a look at it and the reading of it may differ."""
    if _swaps and event in {"open", "os.scandir"}:
        swap = _swaps.pop()
        swap()
        _swaps.append(swap)


sys.addaudithook(_on_event)


@contextmanager
def swapped(name: Path, outside: Path) -> Iterator[None]:
    """Let a name stand for a thing inside and for a link to one outside by turns, at every event and between them."""
    kept, new = name.parent.parent / ".kept", name.with_name(".new")
    name.rename(kept)

    def to_inside() -> None:
        if kept.is_dir():
            name.unlink(missing_ok=True)
            kept.rename(name)
        else:
            new.hardlink_to(kept)
            new.rename(name)

    def to_outside() -> None:
        if kept.is_dir() or (name.is_dir() and not name.is_symlink()):
            name.rename(kept)
        new.symlink_to(outside)
        new.rename(name)

    turns = Random(1)  # noqa: S311

    def swap() -> None:
        is_inside = name.exists() and not name.is_symlink()
        if turns.random() < 0.5:
            (to_outside if is_inside else to_inside)()

    to_inside()
    _swaps.append(swap)
    try:
        yield
    finally:
        _swaps.clear()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Make an archive with an article in a folder of its own, and a secret beside it."""
    dump(tmp_path / "archive/posts", "a.md", title="Ferry", body="Text enough to be read.")
    dump(tmp_path / "archive", "b.md", title="Harbour", body="Text enough to be read.")
    dump(tmp_path / "secret", "a.md", title=SECRET, body=SECRET)
    return tmp_path / "archive"


@pytest.mark.parametrize(("inside", "outside"), [("posts/a.md", "secret/a.md"), ("posts", "secret")])
def test_a_build_beside_a_swapper_never_reads_outside(archive: Path, inside: str, outside: str) -> None:
    options, outcomes = Options(limit=0), set[int]()
    with swapped(archive / inside, archive.parent / outside):
        for _ in range(TIMES):
            report = refeed.build([archive], options=options, now=NOW)
            assert report.totals.add_up
            assert SECRET.encode() not in report.feed
            outcomes.add(report.totals.out)
    assert outcomes == {1, 2}


@pytest.mark.parametrize(("inside", "outside"), [("posts/a.md", "secret/a.md"), ("posts", "secret")])
def test_provenance_beside_a_swapper_never_shows_outside(archive: Path, inside: str, outside: str) -> None:
    options = Options(paths=(str(archive),))
    with swapped(archive / inside, archive.parent / outside):
        for _ in range(TIMES):
            shown = inspect_record(str(archive / "posts/a.md"), 1, options, NOW, most=10_000)
            assert SECRET not in repr(shown)


@pytest.mark.parametrize(("inside", "outside"), [("posts/a.md", "secret/a.md"), ("posts", "secret")])
def test_what_was_found_is_not_read_once_a_link_took_its_place(archive: Path, inside: str, outside: str) -> None:
    found = [source for source in discover([str(archive)]) if isinstance(source, SourceFile)]
    (archive / inside).rename(archive / ".kept")
    (archive / inside).symlink_to(archive.parent / outside)
    documents = [read(source, files=SourceFiles([str(archive)])) for source in found]
    assert [document.code for document in documents if isinstance(document, Problem)] == ["unreadable"]
    assert [document.source.name for document in documents if isinstance(document, Document)] == ["b.md"]


def test_a_link_that_took_a_files_place_is_told(archive: Path) -> None:
    path = archive / "posts/a.md"
    path.unlink()
    path.symlink_to(archive.parent / "secret/a.md")
    shown = inspect_record(str(path), 1, Options(paths=(str(archive),)), NOW, most=10_000)
    assert shown is not None
    assert shown.reason == "unreadable"
    assert "a link to a file outside the folders given took its place" in repr(shown.problems)


def test_a_link_to_a_file_below_the_folders_given_is_read(archive: Path) -> None:
    hidden = archive / ".kept"
    (archive / "posts").rename(hidden)
    (archive / "link.md").symlink_to(hidden / "a.md")
    (archive / "relative.md").symlink_to(".kept/a.md")
    report = refeed.build([archive], options=Options(limit=0), now=NOW)
    assert b"Ferry" in report.feed
    assert report.totals.records_read == 3


@pytest.mark.parametrize("outside", ["_drafts", "elsewhere"])
def test_a_path_given_that_is_pointed_elsewhere_during_a_build_costs_the_build(outside: str, tmp_path: Path) -> None:
    dump(tmp_path / "posts", "a.md", title="Ferry")
    dump(tmp_path / outside, "a.md", title=SECRET)
    given = tmp_path / "pub"
    given.symlink_to("posts")

    def point_elsewhere(_: int) -> None:
        given.unlink(missing_ok=True)
        given.symlink_to(outside)

    options = Options(paths=(str(given),), workers=1)
    with pytest.raises(RefeedError, match="pub: a link changed during the build"):
        build(options, NOW, sink=lambda _: pytest.fail("it was written"), progress=point_elsewhere)
    assert refeed.build([given], now=NOW).totals.withheld == (outside == "_drafts")


def test_a_folder_of_a_found_file_that_becomes_a_link_during_a_build_costs_the_build(tmp_path: Path) -> None:
    dump(tmp_path / "archive/sub", "a.md", title="Ferry")
    dump(tmp_path / "private", "a.md", title=SECRET)
    (tmp_path / "archive/refeed.toml").write_text("paths = ['sub']\n")
    stated = load_configuration(tmp_path / "archive/refeed.toml")
    options, refused = restrict(replace(stated, workers=1))
    assert refused == ()

    def swap(_: int) -> None:
        (tmp_path / "archive/sub").rename(tmp_path / "archive/.kept")
        (tmp_path / "archive/sub").symlink_to(tmp_path / "private")

    with pytest.raises(ConfigurationError, match="lies outside of its folder now"):
        build(options, NOW, progress=swap)
