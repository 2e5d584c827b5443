"""The feed of what lies at an address is that of the same files here; a place that fails gives no feed."""

import gzip
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import fsspec
import pytest
from command_line import run
from packing import tarred, write, zipped
from stores import Faults, Store, serving

from refeed.cache.location import index_path
from refeed.cli import NOTHING_WRITTEN
from refeed.config.toml_file import load_configuration
from refeed.config.trust import restrict
from refeed.input.remote.file_systems import Objects, told
from refeed.options import FeedOptions, Options
from refeed.pipeline.build import build
from refeed.problems import RefeedError
from refeed.report import Report

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)


def post(number: int) -> bytes:
    return f"---\ntitle: Tide {number}\ndate: 2020-05-0{number} 10:00:00 +0000\n---\n\nThe ferry waits.\n".encode()


FILES: Final = {
    "_config.yml": b"title: The harbour\nurl: https://blog.example\npermalink: :year/:title/\n",
    "source/_posts/a [x]*?.md": post(1),  # what fsspec takes for a pattern elsewhere
    "source/_posts/b.md": post(2),
    "source/_drafts/d.md": post(3),
}
SERVED: Final = {
    **{f"bucket/archive/{name}": data for name, data in FILES.items()},
    "site.zip": zipped(FILES),
    "site.tar.gz": gzip.compress(tarred(FILES)),
    "bucket/site.zip": zipped(FILES),
}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with serving(SERVED) as started:
        settings = {"ENDPOINT_URL": started.url, "ALLOW_HTTP": "true", "REGION": "us-east-1"}
        keys = {"ACCESS_KEY_ID": "harbour", "SECRET_ACCESS_KEY": "tide"}
        for name, value in {**settings, **keys}.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        for name, value in {"BASE_URL": started.url, "ALLOW_HTTP": "true", "SKIP_SIGNATURE": "true"}.items():
            monkeypatch.setenv(f"GOOGLE_{name}", value)
        yield started


def built(path: str, **more: Any) -> Report:
    feed = FeedOptions(id="urn:x:feed", title="The harbour")
    return build(Options(paths=(path,), limit=0, feed=feed, **more), NOW)


@pytest.fixture
def expected(tmp_path: Path) -> bytes | None:
    return built(str(write(tmp_path / "site", FILES))).feed


@pytest.mark.parametrize(
    "path",
    [
        *("{}/site.zip", "{}/site.tar.gz"),
        *("s3://bucket/archive", "s3://bucket/site.zip"),
        *("gs://bucket/archive", "gs://bucket/site.zip"),  # Google's store lists as S3 does
    ],
)
def test_the_feed_of_an_address_is_that_of_its_files(store: Store, expected: bytes | None, path: str) -> None:
    assert built(path.format(store.url)).feed == expected


def test_a_folder_in_memory_is_read(expected: bytes | None) -> None:
    memory = fsspec.filesystem("memory")
    for name, data in FILES.items():
        memory.pipe_file(f"/harbour/{name}", data)
    assert built("memory://harbour").feed == expected
    memory.rm("/harbour", recursive=True)


def test_what_has_not_changed_is_not_fetched_again(store: Store, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    first = built("s3://bucket/archive", index=index)
    store.asked.clear()
    assert built("s3://bucket/archive", index=index).feed == first.feed
    assert [path for path in store.asked if path.endswith(".md")] == []
    store.files["bucket/archive/source/_posts/b.md"] = post(4)
    assert b"Tide 4" in (built("s3://bucket/archive", index=index).feed or b"")


@pytest.mark.parametrize("path", ["{}/gone.zip", "s3://bucket/nothing", "http://127.0.0.1:9/x.zip", "ftp://host/x"])
def test_an_address_without_an_archive_keeps_the_old_feed(
    store: Store, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], path: str
) -> None:
    write(tmp_path, {"feed.xml": b"old"})
    address = path.format(store.url)
    ended = run(capsysbinary, "build", address, "-o", str(tmp_path / "feed.xml"), "--no-index", "--no-config")
    assert (ended.status, ended.out) == (NOTHING_WRITTEN, b"")
    assert ended.lines[-1].startswith(f"refeed: {address}: ")
    assert (tmp_path / "feed.xml").read_bytes() == b"old"


def test_a_place_that_fails_half_way_gives_no_feed(store: Store) -> None:
    built("s3://bucket/archive")
    for requests in range(1, len(store.asked)):
        store.asked.clear()
        store.fails_after = requests
        with pytest.raises(RefeedError, match="nothing was written"):
            built("s3://bucket/archive")


@pytest.mark.parametrize("seed", range(6))
def test_a_place_that_fails_at_random_gives_the_right_feed_or_none(
    store: Store, expected: bytes | None, seed: int
) -> None:
    for rate in (0.2, 0.9):  # requests that fail: one is tried four times
        store.faults = Faults(seed, rate)
        told = ""
        try:
            assert built("s3://bucket/archive").feed == expected
        except RefeedError as error:
            told = str(error)
        assert re.fullmatch(r"(s3://bucket/archive/?.*: .*; nothing was written)?", told)
    store.faults = None
    assert built("s3://bucket/archive").feed == expected


def test_what_changes_between_listing_and_reading_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "bucket/archive/source/_posts/b.md"
    read = Objects.read

    def change_first(self: Objects, path: str, tag: str, start: int | None, end: int | None) -> bytes:
        if path == name:
            store.files[name] = post(4)
        return read(self, path, tag, start, end)

    monkeypatch.setattr(Objects, "read", change_first)
    report = built("s3://bucket/archive")
    changed = [problem.path for problem in report.left_out if problem.code == "changed-file"]
    assert (changed, report.totals.out) == ([f"s3://{name}"], 1)
    assert report.totals.add_up


@pytest.mark.parametrize(("package", "path"), [("fsspec", "https://news.example/x.zip"), ("obstore", "s3://b/a")])
def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch, package: str, path: str) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(RefeedError, match=r"pip install 'refeed\[remote\]'"):
        built(path)


def test_a_settings_file_that_was_found_fetches_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"refeed.toml": b'paths = ["https://news.example/x.zip", "posts"]'})
    named = load_configuration(tmp_path / "refeed.toml")
    assert named.paths == ("https://news.example/x.zip", f"{tmp_path}/posts")
    kept, refused = restrict(named)
    assert kept.paths == (f"{tmp_path}/posts",)
    assert [(one.key, one.value, one.reason) for one in refused] == [
        ("paths", "https://news.example/x.zip", "is an address")
    ]


@pytest.mark.parametrize(
    ("error", "named"),
    [(ImportError("s3fs is not there", name="s3fs"), " (s3fs)"), (ImportError("HTTPFileSystem requires more"), "")],
)
def test_packages_that_are_missing_are_told_with_the_cure(error: ImportError, named: str) -> None:
    expected = f"https://x.example/a.zip: to read it takes more packages{named}; pip install 'refeed[remote]'"
    with pytest.raises(RefeedError) as raised, told("https://x.example/a.zip"):
        raise error
    assert str(raised.value) == expected


@pytest.mark.parametrize("key", ["?X-Amz-Signature=rudder7", "?token=rudder7&y=2", "#rudder7"])
def test_what_an_address_has_to_open_it_with_is_told_to_nobody(store: Store, key: str) -> None:
    # A feed without a title of its own is called like what it was made of: its address was shown with its key.
    address = store.url.replace("://", "://mate:rudder7@") + "/list.zip" + key
    options = Options(paths=(address,))
    store.files["list.zip"] = zipped({"a.md": post(1)})
    report = build(options, NOW)
    assert b'<title type="text">list</title>' in report.feed
    assert b"rudder7" not in report.feed
    assert "rudder7" not in (index_path(options) or "")
    missing = address.replace("list", "lost")
    with pytest.raises(RefeedError, match=re.escape(f"{store.url}/lost.zip: does not exist")):
        build(Options(paths=(missing,)), NOW)


UNDATED_AND_TWICE: Final = {
    "a.md": post(1),
    "copy of a.md": post(1),
    "no-day.md": b"---\ntitle: Slack water\ndate: 2020-13-45\n---\n\nThe ferry waits.\n",
}


@pytest.mark.parametrize("command", [["build", "--no-index", "--verbose"], ["build", "--json"], ["check"], ["inspect"]])
def test_what_lets_one_in_is_not_printed(capsysbinary: pytest.CaptureFixture[bytes], command: list[str]) -> None:
    with serving({"site.zip": zipped(UNDATED_AND_TWICE)}) as store:
        address = store.url.replace("://", "://harbour:tide@") + "/site.zip?signature=springs"
        ended = run(capsysbinary, *command, address, "--no-config")
    said = ended.out.decode() + ended.err
    assert f"{store.url}/site.zip!/no-day.md" in said
    assert re.search("harbour|springs", said) is None
