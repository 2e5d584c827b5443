"""Only what refeed wrote is replaced or removed, and a run that is killed costs nothing but its time."""

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
from refeed.publish.site_folder import SiteFolder

NOON: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
PATHS: Final = ("feed.xml", "a/feed.xml", "a/b/feed.xml", "c/feed.xml", "c/d")
SITES: Final = st.dictionaries(st.sampled_from(PATHS), st.binary(max_size=3))


class StoppedError(Exception):
    """The run ends here."""


def publish(root: Path, documents: Mapping[str, bytes], stop: int | None = None) -> SiteFolder:
    """Write a site; with `stop` the run ends in the middle of the document with that number."""
    folder = SiteFolder(str(root))
    manifest = Manifest(files=frozenset(documents), entries=frozenset({f"urn:{path}" for path in documents}))
    folder.begin(manifest)
    for number, (path, data) in enumerate(documents.items()):

        def write(out: BinaryIO, number: int = number, data: bytes = data) -> None:
            out.write(data[:1])
            if number == stop:
                raise StoppedError
            out.write(data[1:])

        folder.write(path, write)
    folder.remove_others(documents)
    folder.finish(manifest)
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
        manifest = Manifest(files=frozenset(seals))
        folder.begin(manifest)
        for path, seal in seals.items():

            def write(out: BinaryIO, path: str = path, seal: str = seal) -> None:
                out.write(seal.encode())
                made.append(path)

            folder.write(path, write, seal)
        folder.finish(manifest)

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


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"refeed": 2}',
        '{"refeed": 1}',
        *(
            f'{{"refeed": 1, "files": ["{path}"], "entries": [], "deletions": [], "seals": {{}}}}'
            for path in ("../feed.xml", "/etc/passwd", "a/../../b", "a//b", "C:b", "a\\\\b", ".")
        ),
        '{"refeed": 1, "files": [3], "entries": [], "deletions": [], "seals": {}}',
        '{"refeed": 1, "files": [], "entries": [], "deletions": [], "seals": []}',
    ],
)
def test_a_manifest_that_is_damaged_or_leads_elsewhere_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / ".refeed-manifest.json").write_text(text)
    with pytest.raises(OutputError, match=r"\.refeed-manifest\.json: cannot be read"):
        SiteFolder(str(tmp_path))
    (tmp_path / ".refeed-manifest.json").unlink()
    (tmp_path / "real.json").write_bytes(Manifest().to_bytes())
    (tmp_path / ".refeed-manifest.json").symlink_to("real.json")
    if hasattr(os, "O_NOFOLLOW"):
        with pytest.raises(OutputError, match="cannot be read"):
            SiteFolder(str(tmp_path))


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    manifest = Manifest(
        files=frozenset({"feed.xml", "outlet/港口/feed.xml"}),
        entries=frozenset({"urn:a", "https://x.example/\ud800"}),
        deletions=(Deletion("urn:b", NOON),),
    )
    assert read_manifest(manifest.to_bytes()).deletions == manifest.deletions
    assert read_manifest(manifest.to_bytes()).files == manifest.files


def test_what_is_gone_is_told_for_ninety_days_and_what_returns_is_not() -> None:
    first = Manifest(entries=frozenset({"urn:a", "urn:b"}))
    gone = deletions_of(first, frozenset({"urn:b"}), NOON)
    assert gone == (Deletion("urn:a", NOON),)
    second = Manifest(entries=frozenset({"urn:b"}), deletions=gone)
    later = NOON + timedelta(days=89)
    assert deletions_of(second, frozenset(), later) == (Deletion("urn:b", later), Deletion("urn:a", NOON))
    assert deletions_of(second, frozenset({"urn:a", "urn:b"}), later) == ()
    assert deletions_of(second, frozenset({"urn:b"}), NOON + timedelta(days=90)) == ()
