"""A site in a store of objects is the same as one in a folder, and only what differs is sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from command_line import dump, run
from stores import Store, serving

from refeed.cli import NOTHING_WRITTEN, WRONG_USAGE
from refeed.options import Options
from refeed.problems import RefeedError
from refeed.publish.run import publish

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
SITE: Final = "s3://bucket/news/site"
MANIFEST: Final = ".refeed-manifest.json"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with serving({"bucket/news/other.txt": b"somebody else's", "bucket/news/site/notes.txt": b"likewise"}) as started:
        settings = {"ENDPOINT_URL": started.url, "ALLOW_HTTP": "true", "REGION": "us-east-1"}
        keys = {"ACCESS_KEY_ID": "harbour", "SECRET_ACCESS_KEY": "tide"}
        for name, value in {**settings, **keys}.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        yield started


@pytest.fixture
def options(tmp_path: Path) -> Options:
    for number in range(1, 9):
        dump(tmp_path, f"archive/{number}.md", title=f"Tide {number}", date=f"2020-0{number}-05", outlet="Pier")
    return Options(paths=(str(tmp_path / "archive"),), site=SITE, base_url="https://feeds.example.org/")


def published(store: Store) -> dict[str, bytes]:
    """Return the documents that lie there, without what refeed keeps for itself."""
    top = "bucket/news/site/"
    found = {path.removeprefix(top): data for path, data in store.files.items() if path.startswith(top)}
    del found["notes.txt"]
    return {path: data for path, data in found.items() if path != MANIFEST}


def in_folder(options: Options, folder: Path) -> dict[str, bytes]:
    publish(replace(options, site=str(folder)), NOW)
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_only_what_differs_is_sent_and_the_newest_feed_last(store: Store, options: Options, tmp_path: Path) -> None:
    first = publish(options, NOW)
    assert published(store) == in_folder(options, tmp_path / "site")
    assert sorted(first.written) == sorted(published(store))
    assert store.sent[0] == f"bucket/news/site/{MANIFEST}"  # what will lie there is known before it does
    assert [path.rpartition("/")[2] for path in store.sent[-4:]] == ["feed.json", "feed.rss", "feed.xml", MANIFEST]
    store.sent.clear()
    assert publish(options, NOW).written == ()
    assert store.sent == []
    dump(tmp_path, "archive/9.md", title="Tide 9", date="2020-09-05")
    (tmp_path / "archive/1.md").unlink()
    then = publish(options, NOW)
    assert published(store) == in_folder(options, tmp_path / "site")
    assert "archive/2020/01.xml" in then.removed
    assert "archive/2020/05.xml" not in then.written
    changed = [path.removeprefix("bucket/news/site/") for path in store.sent if not path.endswith(MANIFEST)]
    assert sorted(changed) == sorted([*then.written, *then.removed])
    assert store.files["bucket/news/site/notes.txt"] == b"likewise"


def test_a_run_that_fails_leaves_the_newest_feed_and_the_next_one_mends_the_rest(
    store: Store, options: Options, tmp_path: Path
) -> None:
    publish(options, NOW)
    newest = store.files["bucket/news/site/feed.xml"]
    dump(tmp_path, "archive/9.md", title="Tide 9", date="2020-09-05")
    store.sent.clear()
    store.fails_after = 3
    with pytest.raises(RefeedError, match=r"^s3://bucket/news/site/.*: cannot be written: .*; publish again$"):
        publish(options, NOW)
    assert store.files["bucket/news/site/feed.xml"] == newest
    store.fails_after = None
    publish(options, NOW)
    assert published(store) == in_folder(options, tmp_path / "site")


def test_what_is_not_refeeds_is_not_replaced(store: Store, options: Options) -> None:
    store.files["bucket/news/site/feed.xml"] = b"by hand"
    with pytest.raises(RefeedError, match=r"^s3://bucket/news/site/feed.xml: is not refeed's and was not touched"):
        publish(options, NOW)
    assert store.sent == []


def test_hosts_are_told_what_each_document_is(store: Store, options: Options) -> None:
    publish(options, NOW)
    types = {path.removeprefix("bucket/news/site/"): kind for path, kind in store.types.items()}
    expected = {
        "archive/2020/01.html": "text/html",
        "archive/2020/01.xml": "application/atom+xml",
        "feed.json": "application/feed+json",
        "feed.rss": "application/rss+xml",
        "feed.xml": "application/atom+xml",
        "feeds.opml": "text/x-opml",
        "robots.txt": "text/plain",
        "sitemap.xml": "application/xml",
        "static/page.css": "text/css",
    }
    assert {path: types[path] for path in expected} == {
        path: f"{kind}; charset=utf-8" for path, kind in expected.items()
    }


def test_without_keys_it_is_said_what_to_set(store: Store, options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", store.url)  # a machine of Amazon's would ask there, and find none
    with pytest.raises(RefeedError, match=r"^s3://bucket/news/site/\S+: cannot be written: no keys are set; set AWS_"):
        publish(options, NOW)
    assert not any(path.startswith("bucket/news/site/feed") for path in store.sent)


OTHERS: Final = {
    "https://feeds.example.org/": "nothing can be written there; name a folder, or an address that begins with abfs://",
    "ftp://example.org/site": "nothing can be written there; name a folder, or an address that begins with abfs://",
    "github://harbour/feeds": "nothing can be written there; name a folder, or an address that begins with abfs://",
    "memory://site": "nothing can be written there; name a folder, or an address that begins with abfs://",
    "s3://": "names no bucket; write s3://BUCKET/FOLDER",
    "gs:///site": "names no bucket; write gs://BUCKET/FOLDER",
}


@pytest.mark.parametrize("site", OTHERS)
def test_other_addresses_are_wrong_usage(
    options: Options, site: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = run(capfdbinary, "publish", *options.paths, "-o", site, "--no-config", "--no-index")
    assert ran.status == WRONG_USAGE
    assert f" {site}: {OTHERS[site]}" in ran.lines[-1]


def test_a_bucket_that_is_not_there_is_told_before_anything_is_read(
    store: Store, options: Options, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    store.missing = "no-bucket"
    ran = run(capfdbinary, "publish", *options.paths, "-o", "s3://no-bucket/site", "--no-config", "--no-index")
    why = "there is no bucket no-bucket; check its name, AWS_ENDPOINT_URL and AWS_REGION"
    told = f"refeed: s3://no-bucket/site/.refeed-manifest.json: cannot be written: {why}; publish again"
    assert (ran.status, ran.lines[-1]) == (NOTHING_WRITTEN, told)
    assert (len(store.asked), store.sent) == (1, [])


def test_a_site_is_not_written_into_what_it_is_made_of(store: Store, options: Options) -> None:
    with pytest.raises(RefeedError, match="holds what is to be published"):
        publish(replace(options, paths=("s3://bucket/news/site/dumps",)), NOW)
    assert store.sent == []
