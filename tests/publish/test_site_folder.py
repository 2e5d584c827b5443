"""Only what refeed wrote is replaced or removed, and a run that is killed costs nothing but its time."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refeed.feed_history import Deletion
from refeed.problems import OutputError
from refeed.publish.manifest import Manifest, deletions_of, read_manifest
from refeed.publish.names import Names
from refeed.publish.sealed_files import SEAL_SIZE, SealedFiles
from refeed.publish.site_folder import SiteFolder

NOON: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
PATHS: Final = ("feed.xml", "a/feed.xml", "a/b/feed.xml", "c/feed.xml", "c/d")
SITES: Final = st.dictionaries(st.sampled_from(PATHS), st.binary(max_size=3))


class StoppedError(Exception):
    """The run ends here."""


def publish(root: Path, documents: Mapping[str, bytes], stop: int | None = None) -> SiteFolder:
    """Write a site; with `stop` the run ends in the middle of the document with that number."""
    folder = SiteFolder(str(root))
    entries = Names(f"urn:{path}" for path in documents)
    folder.begin(Manifest(files=SealedFiles(documents), entries=entries))
    for number, (path, data) in enumerate(documents.items()):

        def write(out: BinaryIO, number: int = number, data: bytes = data) -> None:
            out.write(data[:1])
            if number == stop:
                raise StoppedError
            out.write(data[1:])

        folder.write(path, write)
    folder.remove_others()
    folder.finish()
    return folder


def tree(root: Path) -> dict[str, bytes]:
    """Return all files, without what refeed keeps for itself."""
    files = (path for path in root.rglob("*") if not path.is_dir())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files if path.name[0] != "."}


@given(SITES, SITES, st.integers(0, 5))
def test_a_run_that_was_killed_and_run_again_leaves_what_a_fresh_one_writes(
    before: dict[str, bytes], after: dict[str, bytes], stop: int
) -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        publish(root, before)
        try:
            publish(root, after, stop)
        except StoppedError:
            halfway = tree(root)
            assert all(data in {before.get(path), after.get(path)} for path, data in halfway.items())
        publish(root, after)
        assert tree(root) == after
        assert {path for path in root.rglob("*") if path.is_dir() and not any(path.iterdir())} == set()
        again = publish(root, after)
        assert (again.written, again.removed) == ([], [])


def test_what_others_put_there_stays_and_is_an_error_only_where_it_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "mine.txt").write_bytes(b"mine")
    publish(tmp_path, {"a/feed.xml": b"1", "b/feed.xml": b"1"})
    publish(tmp_path, {"feed.xml": b"2"})
    assert tree(tmp_path) == {"a/mine.txt": b"mine", "feed.xml": b"2"}
    (tmp_path / "b").write_bytes(b"mine")
    for path in ("a/mine.txt", "b/feed.xml"):
        with pytest.raises(OutputError, match=r"is not refeed's|is a file, where a folder has to be"):
            publish(tmp_path, {"feed.xml": b"3", path: b"3"})
    assert tree(tmp_path) == {"a/mine.txt": b"mine", "b": b"mine", "feed.xml": b"2"}


def test_what_is_sealed_is_made_again_only_where_the_seal_differs_or_the_file_is_gone(tmp_path: Path) -> None:
    made = list[str]()

    def run(**seals: str) -> None:
        folder = SiteFolder(str(tmp_path))
        folder.begin(Manifest(files=SealedFiles(seals)))
        for path, seal in seals.items():

            def write(out: BinaryIO, path: str = path, seal: str = seal) -> None:
                out.write(seal.encode())
                made.append(path)

            folder.write(path, write, seal_of(seal))
        folder.finish()

    run(a="1", b="1")
    run(a="1", b="2")
    (tmp_path / "a").unlink()
    run(a="1", b="2")
    assert made == ["a", "b", "b", "a"]


def test_no_link_in_the_folder_is_followed(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "feed.xml").write_bytes(b"mine")
    publish(site, {"a/feed.xml": b"1", "b": b"1"})
    (site / "a" / "feed.xml").unlink()
    (site / "a").rmdir()
    (site / "a").symlink_to(elsewhere)
    (site / "b").unlink()
    (site / "b").symlink_to(elsewhere / "feed.xml")
    with pytest.raises(OutputError, match="is a link, which is not followed"):
        publish(site, {"a/feed.xml": b"2"})
    with pytest.raises(OutputError, match="is not refeed's"):
        publish(site, {"b": b"2"})
    publish(site, {"c": b"2"})  # what it wrote there once is not removed through the links
    assert tree(elsewhere) == {"feed.xml": b"mine"}
    assert (site / "b").is_symlink()


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    publish(tmp_path / "site", {"a/feed.xml": b"1"})
    assert tree(tmp_path / "real") == {"a/feed.xml": b"1"}


def seal_of(text: str) -> bytes:
    return text.encode().ljust(SEAL_SIZE)


def test_a_run_that_finds_nothing_new_touches_not_even_the_manifest(tmp_path: Path) -> None:
    publish(tmp_path, {"feed.xml": b"1", "a/feed.xml": b"1"})
    before = {path: path.stat() for path in tmp_path.rglob("*") if path.is_file()}
    publish(tmp_path, {"feed.xml": b"1", "a/feed.xml": b"1"})
    after = {path: path.stat() for path in tmp_path.rglob("*") if path.is_file()}
    assert [(one.st_ino, one.st_mtime_ns) for one in before.values()] == [
        (after[path].st_ino, after[path].st_mtime_ns) for path in before
    ]
    assert {path.name for path in before} == {".refeed-manifest.json", "feed.xml"}


def test_a_document_that_was_replaced_before_a_run_was_killed_is_no_longer_sealed(tmp_path: Path) -> None:
    def run(text: str, *, is_killed: bool = False) -> None:
        folder = SiteFolder(str(tmp_path))
        folder.begin(Manifest(files=SealedFiles(["a"])))

        def write(out: BinaryIO) -> None:
            out.write(text.encode())

        folder.write("a", write, seal_of(text))
        if not is_killed:
            folder.finish()

    run("1")
    run("2", is_killed=True)  # with the old seal the next run would take "2" for "1"
    run("1")
    assert tree(tmp_path) == {"a": b"1"}


def _manifest(*paths: str, entries: str = "", deletions: str = "[]", refeed: int = 2) -> str:
    files = "".join(f'["{path}", "{"0" * 2 * SEAL_SIZE}"],\n' for path in paths)
    lists = f'"entries": [\n{entries}null],\n"files": [\n{files}null]}}\n'
    return f'{{"refeed": {refeed},\n"deletions": {deletions},\n{lists}'


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"refeed": 2}',
        _manifest("feed.xml", refeed=1),
        _manifest("feed.xml").removesuffix("null]}\n"),
        _manifest("feed.xml", entries="3,\n"),
        _manifest("feed.xml", deletions='[["urn:a"]]'),
        _manifest("feed.xml").replace("0000", "00"),
        _manifest("feed.xml", "a.xml"),  # not in order
        *map(_manifest, ("../feed.xml", "/etc/passwd", "a/../../b", "a//b", "C:b", "a\\\\b", ".")),
    ],
)
def test_a_manifest_that_is_damaged_or_leads_elsewhere_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / ".refeed-manifest.json").write_text(text)
    with pytest.raises(OutputError, match=r"\.refeed-manifest\.json: cannot be read"):
        SiteFolder(str(tmp_path))


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system follows links")
def test_a_manifest_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text(_manifest("feed.xml"))
    (tmp_path / ".refeed-manifest.json").symlink_to("real.json")
    with pytest.raises(OutputError, match="cannot be read"):
        SiteFolder(str(tmp_path))


def test_a_manifest_is_json_and_is_read_back_as_it_was_written() -> None:
    files = SealedFiles(["outlet/港口/feed.xml", "feed.xml"])
    files["feed.xml"] = seal_of("1")
    entries = Names(["urn:a", "https://x.example/\ud800"])
    manifest = Manifest(files=files, entries=entries, deletions=(Deletion("urn:b", NOON),))
    lines = [*manifest.lines()]
    assert json.loads(b"".join(lines))["deletions"] == [["urn:b", "2026-05-01T12:00:00+00:00"]]
    read = read_manifest(b"".join(lines).splitlines(keepends=True))
    assert (read.deletions, [*read.entries]) == (manifest.deletions, [*entries])
    assert [*read.files] == [("feed.xml", seal_of("1")), ("outlet/港口/feed.xml", bytes(SEAL_SIZE))]


def test_what_is_gone_is_told_for_ninety_days_and_what_returns_is_not() -> None:
    first = Manifest(entries=Names(["urn:a", "urn:b"]))
    gone = deletions_of(first, Names(["urn:b"]), NOON)
    assert gone == (Deletion("urn:a", NOON),)
    second = Manifest(entries=Names(["urn:b"]), deletions=gone)
    later = NOON + timedelta(days=89)
    assert deletions_of(second, Names(), later) == (Deletion("urn:b", later), Deletion("urn:a", NOON))
    assert deletions_of(second, Names(["urn:a", "urn:b"]), later) == ()
    assert deletions_of(second, Names(["urn:b"]), NOON + timedelta(days=90)) == ()
