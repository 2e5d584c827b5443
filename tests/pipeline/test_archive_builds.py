"""The feed of an archive is that of its folder, whatever packs it, with an index or without, in one process or two."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import feedparser
import pytest
from command_line import run
from packing import tarred, warc, write, zipped

from refeed.cli import NOTHING_WRITTEN, OK
from refeed.input.archives import sequential
from refeed.input.archives.stream import Stream
from refeed.limits import Limits
from refeed.options import FeedOptions, Options
from refeed.pipeline.build import build
from refeed.pipeline.second_pass import read_ahead
from refeed.report import Report

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)


def post(number: int, more: str = "") -> bytes:
    text = f"---\ntitle: Tide {number}\ndate: 2020-05-0{number} 10:00:00 +0000\n{more}---\n\nThe ferry waits for it.\n"
    return text.encode()


SITE: Final = {
    "_config.yml": b"title: The harbour\nurl: https://blog.example\npermalink: :year/:title/\n",
    "source/_posts/a.md": post(1),
    "source/_posts/b.md": post(2, "updated: 2020-05-09\n"),
    "source/_posts/c.md": post(3) + b"\nSee {% post_link a %}.\n",
    "source/_drafts/d.md": post(4),
    "public/a.html": b"<html><p>Built.</p></html>",
}
KINDS: Final = {
    "site.zip": zipped(SITE),
    "site.tar": tarred(SITE),
    "site.tar.gz": gzip.compress(tarred(dict(reversed(SITE.items())))),
}


def built(path: Path, **more: Any) -> Report:
    feed = FeedOptions(id="urn:x:feed", title="The harbour")
    return build(Options(paths=(str(path),), feed=feed, **{"limit": 0, **more}), NOW)


@pytest.mark.parametrize("name", KINDS)
def test_the_feed_of_an_archive_is_that_of_its_folder(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: KINDS[name]})
    expected = built(write(tmp_path / "site", SITE))
    found = built(tmp_path / name)
    assert found.feed == expected.feed
    assert found.totals == expected.totals
    titles = [(entry.title, entry.link) for entry in feedparser.parse(found.feed).entries]
    assert titles == [(f"Tide {n}", f"https://blog.example/2020/{name}/") for n, name in ((3, "c"), (2, "b"), (1, "a"))]


@pytest.mark.parametrize("name", KINDS)
def test_an_archive_gives_the_same_with_an_index_and_with_processes(tmp_path: Path, name: str) -> None:
    tree = write(tmp_path / "tree", {"e.md": post(5), name: KINDS[name]})
    plain = built(tree, unpack=True)
    index = str(tmp_path / "index")
    for _ in range(2):
        found = built(tree, unpack=True, index=index, workers=2)
        assert (found.feed, found.problems) == (plain.feed, plain.problems)
    write(tree, {name: zipped({"f.md": post(6)})})
    assert [entry.title for entry in feedparser.parse(built(tree, unpack=True, index=index).feed).entries] == [
        "Tide 6",
        "Tide 5",
    ]


def test_inspect_shows_a_member(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write(tmp_path, KINDS)
    shown = run(capsysbinary, "inspect", f"{tmp_path}/site.zip!/source/_posts/a.md", "--json")
    record = json.loads(shown.out)
    assert record["path"] == f"{tmp_path}/site.zip!/source/_posts/a.md"
    assert record["url"] == "https://blog.example/2020/a/"


def test_a_page_of_a_web_archive_has_its_address_and_at_last_the_date_of_the_crawl(tmp_path: Path) -> None:
    def page(body: str, charset: str = "utf-8") -> bytes:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\n\r\n"
        text = f"<html><head><title>Tide</title></head><body><article><h1>Tide</h1>{body}</article></body></html>"
        return head.encode() + text.encode(charset)

    text = "<p>The ferry waits for the tide, as it has done for years, and nobody minds. Its crew sings.</p>" * 5
    dated = f"<time datetime='2019-03-04T10:00:00Z'>4 March</time>{text}"
    russian = text.replace("The ferry", "Паром")
    records = (
        ("https://news.example/a", "2020-05-02T08:00:00Z", page(text)),
        ("https://news.example/b", "2020-05-02T08:00:00Z", page(dated)),
        ("https://news.example/c", "2020-05-03T08:00:00Z", page(russian, "windows-1251")),
    )
    write(tmp_path, {"x.warc.gz": warc(*records)})
    report = built(tmp_path / "x.warc.gz")
    assert [(entry.link, entry.published) for entry in feedparser.parse(report.feed).entries] == [
        ("https://news.example/c", "2020-05-03T08:00:00Z"),
        ("https://news.example/a", "2020-05-02T08:00:00Z"),
        ("https://news.example/b", "2019-03-04T10:00:00Z"),
    ]
    assert "Паром" in report.feed.decode() if report.feed else False
    crawled = [problem.path for problem in report.problems if problem.code == "crawl-date"]
    assert crawled == [f"{tmp_path}/x.warc.gz!/https://news.example/{name}" for name in "ca"]


def test_the_time_of_a_member_is_a_date_of_last_resort(tmp_path: Path) -> None:
    text = b"---\ntitle: Tide\n---\n\nThe ferry waits for it.\n"
    write(tmp_path, {"x.zip": zipped({"a.md": text})})  # dated 1980-01-01
    (entry,) = feedparser.parse(built(tmp_path / "x.zip", undated="mtime").feed).entries
    assert entry.published == "1980-01-01T00:00:00Z"


def test_members_that_are_wanted_in_another_order_are_read_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where memory does not hold an archive, as here, the newest articles cost one more reading, not one each."""
    files = {f"{number}.md": post(number) for number in range(1, 10)}
    write(tmp_path, {"x.tar.gz": gzip.compress(tarred(files))})
    monkeypatch.setattr(sequential, "_MOST_KEPT", 400)  # bytes: four of the nine
    expected = built(write(tmp_path / "folder", files))
    assert built(tmp_path / "x.tar.gz").feed == expected.feed


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("limit", [0, 8])
def test_an_archive_is_read_once_for_all_articles_that_are_kept_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, limit: int
) -> None:
    """Nine posts, three at a time, the newest last: to list them, to read them in their order, once for each three.

    An article that is made when the next three are kept would cost a reading of its own.
    """
    begun: list[str] = []
    begin = sequential.SequentialArchive.__init__

    def counted(
        archive: sequential.SequentialArchive, new: Callable[[], Stream], items: sequential.Items, limits: Limits
    ) -> None:
        def noted() -> Stream:
            begun.append("a reading")
            return new()

        begin(archive, noted, items, limits)

    files = {f"{number}.md": post(number) for number in range(1, 10)}
    write(tmp_path, {"x.tar.gz": gzip.compress(tarred(files))})
    expected = built(write(tmp_path / "folder", files), limit=limit)
    monkeypatch.setattr(sequential.SequentialArchive, "__init__", counted)
    monkeypatch.setattr(sequential, "_MOST_KEPT", 3 * len(files["1.md"]))
    monkeypatch.setattr(read_ahead, "_MOST", 2)  # behind the first of them
    assert built(tmp_path / "x.tar.gz", workers=workers, limit=limit).feed == expected.feed
    assert len(begun) == 1 + 1 + 3


@pytest.mark.parametrize("data", [b"PK\3\4 and no more", gzip.compress(b"tide" * 99)[:9]])
def test_a_broken_archive_keeps_the_old_feed(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], data: bytes
) -> None:
    write(tmp_path, {"x.zip": data, "feed.xml": b"old"})
    ended = run(capsysbinary, "build", str(tmp_path / "x.zip"), "-o", str(tmp_path / "feed.xml"), "--no-index")
    assert ended.status == NOTHING_WRITTEN
    assert "[broken-archive]" in ended.err
    assert (tmp_path / "feed.xml").read_bytes() == b"old"
    write(tmp_path, {"x.zip": KINDS["site.zip"]})
    assert run(capsysbinary, "build", str(tmp_path / "x.zip"), "-o", str(tmp_path / "feed.xml")).status == OK
