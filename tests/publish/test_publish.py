"""A published site: its feeds hold what they say, its archive holds everything, and only what changes is touched."""

import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin

import feedparser
import pytest
from atom_rules import broken_rules
from command_line import dump, run
from lxml import etree

from refeed.cli import NOTHING_WRITTEN, OK, UNCHANGED, WRONG_USAGE
from refeed.options import NamedFeed, Options
from refeed.pipeline.build import build
from refeed.problems import ConfigurationError, OutputError
from refeed.publish.only_writer import only_writer
from refeed.publish.run import PublishedSite, publish

NOW: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
DELETED: Final = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def archive(folder: Path) -> Path:
    """Write twelve articles of three outlets over four months, the seventh about fog."""
    for number in range(12):
        dump(
            folder,
            f"{number}.md",
            title=f"Tide {number}" if number != 7 else "Fog",
            date=f"2025-{number // 3 + 1:02}-{number + 1:02}T08:00:00Z",
            source=("Harbour Ledger", "港口日报", "Gazette")[min(number % 3, 2)],
            tags="[tides, 潮]" if number % 2 else "[ferry]",
        )
    return folder


def site(root: Path, now: datetime = NOW, **options: Any) -> PublishedSite:
    chosen = {
        "paths": (str(root / "in"),),
        "site": str(root / "site"),
        "workers": 1,
        "min_articles": 4,
        "pages": "none",
        **options,
    }
    return publish(Options(**chosen), now)


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / "site").rglob("*") if path.is_file())
    return {path.relative_to(root / "site").as_posix(): path.read_bytes() for path in found}


def feed(root: Path, path: str = "feed.xml") -> Any:
    return feedparser.parse((root / "site" / path).read_bytes())


def titles(root: Path, path: str) -> list[str]:
    return [entry.title for entry in feed(root, path).entries]


def link(parsed: Any, relation: str) -> str | None:
    return next((one.href for one in parsed.feed.get("links", ()) if one.rel == relation), None)


def followed(root: Path) -> list[str]:
    """Return the ids in the archive as a client of RFC 5005 finds them: from the feed to ever older documents."""
    ids, address = list[str](), "feed.xml"
    while older := link(feed(root, address), "prev-archive"):
        address = urljoin(address, older)
        document = feed(root, address)
        assert urljoin(address, link(document, "current") or "") == "feed.xml"
        assert document.namespaces["fh"] == "http://purl.org/syndication/history/1.0"
        ids += [entry.id for entry in document.entries]
    return ids


def test_a_client_that_follows_the_archive_finds_every_article_once(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    done = site(tmp_path, limit=2)
    built = build(Options(paths=(str(tmp_path / "in"),), limit=0, workers=1), NOW)
    assert followed(tmp_path) == [entry.id for entry in feedparser.parse(built.feed).entries]
    assert titles(tmp_path, "feed.xml") == ["Tide 11", "Tide 10"]
    assert done.report.totals.out == 12
    assert titles(tmp_path, "archive/2025/03.xml") == ["Tide 8", "Fog", "Tide 6"]
    oldest = feed(tmp_path, "archive/2025/01.xml")
    assert urljoin("archive/2025/01.xml", link(oldest, "next-archive") or "") == "archive/2025/02.xml"
    assert link(oldest, "prev-archive") is None


def test_every_document_is_valid_and_tells_its_own_address(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    done = site(tmp_path, base_url="https://x.example/feeds", feeds=("outlet", "category", "author", "language"))
    found = {path: data for path, data in files(tmp_path).items() if not path.startswith(".")}
    assert len(found) == done.files
    for path, data in found.items():
        if path != "feeds.opml":
            assert broken_rules(data) == [], path
    for path in (path for path in found if path.endswith((".xml", ".rss"))):
        own = link(feed(tmp_path, path), "self") or ""
        assert unquote(own) == f"https://x.example/feeds/{path}"
    own_pages = site(tmp_path, base_url="https://x.example/feeds", pages="list")
    assert own_pages.written
    assert link(feed(tmp_path, "outlet/gazette/feed.xml"), "alternate") == "https://x.example/feeds/outlet/gazette/"
    json_feed = json.loads(found["outlet/港口日报/feed.json"])
    assert json_feed["feed_url"] == "https://x.example/feeds/outlet/%E6%B8%AF%E5%8F%A3%E6%97%A5%E6%8A%A5/feed.json"


def test_what_has_enough_articles_has_a_feed_in_every_format_with_an_id_of_its_own(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    site(tmp_path, min_articles=5)
    found = files(tmp_path)
    folders = Counter(path.rpartition("/")[0] for path in found if "feed." in path)
    assert folders == dict.fromkeys(["", "category/tides", "category/潮", "category/ferry"], 3)  # each outlet has 4
    for path in ("category/tides/feed.xml", "category/潮/feed.rss"):
        assert titles(tmp_path, path) == ["Tide 11", "Tide 9", "Fog", "Tide 5", "Tide 3", "Tide 1"]
    ids = {feed(tmp_path, f"{folder}/feed.xml".lstrip("/")).feed.id for folder in folders}
    assert len(ids) == 4
    assert feed(tmp_path, "category/潮/feed.xml").feed.title == "潮 – in"


def test_the_list_of_feeds_names_each_by_its_address(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    site(tmp_path, base_url="https://x.example/feed.xml", feeds=("outlet",))
    root = etree.fromstring(files(tmp_path)["feeds.opml"])
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [(one.get("type"), one.get("text"), unquote(one.get("xmlUrl", ""))) for one in root.iter("outline")] == [
        ("rss", "in", "https://x.example/feed.xml"),
        ("rss", "Gazette – in", "https://x.example/outlet/gazette/feed.xml"),
        ("rss", "Harbour Ledger – in", "https://x.example/outlet/harbour-ledger/feed.xml"),
        ("rss", "港口日报 – in", "https://x.example/outlet/港口日报/feed.xml"),
    ]


def test_a_run_that_finds_nothing_new_touches_nothing(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    site(tmp_path)
    before = {path: (tmp_path / "site" / path).stat() for path in files(tmp_path)}
    again = site(tmp_path)
    assert {path: (tmp_path / "site" / path).stat() for path in files(tmp_path)} == before
    assert (again.report.changed, again.written, again.removed) == (False, (), ())


CHANGES: Final[Mapping[str, tuple[dict[str, Any], Sequence[str]]]] = {
    "settings": ({"min_articles": 5}, ["feeds.opml"]),  # no outlet has more than four
    "feeds": ({"feeds": ("outlet",)}, ["feeds.opml"]),  # those of categories are gone
    "by hand": ({}, ["feed.xml"]),
    "removed": ({}, ["archive/2025/02.xml"]),
    "touched": ({}, []),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_site_is_made_again_where_anything_is_not_what_it_was(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: clock() + 10_000_000_000)  # what was just written is not trusted
    index, (options, written) = str(tmp_path / "index"), CHANGES[name]
    archive(tmp_path / "in")
    site(tmp_path, index=index)
    path = tmp_path / "site" / "feed.xml"
    if name == "by hand":
        path.write_bytes(path.read_bytes().replace(b"Tide 11", b"Tied 11"))
    elif name == "removed":
        (tmp_path / "site" / "archive" / "2025" / "02.xml").unlink()
    elif name == "touched":
        path.touch()
    assert sorted(site(tmp_path, index=index, **options).written) == written
    found = files(tmp_path)
    del found[".refeed-manifest.json"]
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    archive(fresh / "in")
    site(fresh, **options)
    assert found == {path: data for path, data in files(fresh).items() if path != ".refeed-manifest.json"}


def test_a_site_is_made_again_when_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: clock() + 10_000_000_000)  # what was just written is not trusted
    chosen: dict[str, Any] = {"index": str(tmp_path / "index"), "feeds": ("none",), "archive": "none"}
    archive(tmp_path / "in")
    dump(tmp_path / "in", "held.md", title="Storm", date="2026-05-03T08:00:00Z")
    site(tmp_path, **chosen)
    assert site(tmp_path, now=NOW + timedelta(days=1), **chosen).written == ()
    assert site(tmp_path, now=NOW + timedelta(days=2), **chosen).written == ("feed.json", "feed.rss", "feed.xml")
    (tmp_path / "in" / "7.md").unlink()
    told = site(tmp_path, now=NOW + timedelta(days=2), **chosen)
    assert "feed.xml" in told.written
    assert site(tmp_path, now=NOW + timedelta(days=91), **chosen).written == ()
    assert b"deleted-entry" in files(tmp_path)["feed.xml"]
    assert site(tmp_path, now=NOW + timedelta(days=92), **chosen).written == ("feed.xml",)  # for 90 days
    assert b"deleted-entry" not in files(tmp_path)["feed.xml"]


def test_a_new_article_changes_the_documents_that_hold_it_and_its_neighbours_link(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    site(tmp_path)
    dump(tmp_path / "in", "new.md", date="2025-05-01T08:00:00Z", title="Storm", source="Gazette", tags="[storms]")
    formats = ("json", "rss", "xml")
    assert site(tmp_path).written == (
        "archive/2025/04.xml",  # it says now which one comes next
        "archive/2025/05.xml",
        *(f"outlet/gazette/feed.{name}" for name in formats),
        *(f"feed.{name}" for name in formats),  # the newest feed last
    )


def test_a_withdrawn_article_is_gone_everywhere_and_the_feed_says_so(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    site(tmp_path)
    (id_,) = (entry.id for entry in feed(tmp_path).entries if entry.title == "Fog")
    dump(tmp_path / "in", "7.md", title="Fog", date="2025-03-08T08:00:00Z", draft="true")
    done = site(tmp_path)
    # Its outlet has three articles left, too few for a feed.
    assert done.removed == tuple(f"outlet/港口日报/feed.{name}" for name in ("json", "rss", "xml"))
    assert not (tmp_path / "site" / "outlet" / "港口日报").exists()
    assert [path for path, data in files(tmp_path).items() if b"Fog" in data] == []
    root = etree.fromstring(files(tmp_path)["feed.xml"])
    assert [dict(one.attrib) for one in root.iter(DELETED)] == [{"ref": id_, "when": "2026-05-01T12:00:00Z"}]
    assert broken_rules(files(tmp_path)["feed.xml"]) == []
    assert site(tmp_path).written == ()


def test_while_something_cannot_be_read_no_missing_article_is_said_to_be_withdrawn(tmp_path: Path) -> None:
    fog = archive(tmp_path / "in") / "7.md"
    site(tmp_path)
    fog.rename(tmp_path / "fog.md")
    broken = site(tmp_path, paths=(str(tmp_path / "in"), "/proc/self/mem"))  # it opens, and reading it fails
    assert [problem.code for problem in broken.report.left_out] == ["unreadable"]
    assert (broken.report.totals.out, list(etree.fromstring(files(tmp_path)["feed.xml"]).iter(DELETED))) == (11, [])
    (tmp_path / "fog.md").rename(fog)
    assert site(tmp_path).report.totals.out == 12
    fog.unlink()
    site(tmp_path)  # all was read: it is gone
    assert len(list(etree.fromstring(files(tmp_path)["feed.xml"]).iter(DELETED))) == 1


def test_the_site_is_no_part_of_the_archive_that_it_lies_in(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    inside = str(tmp_path / "in" / "site")
    first = site(tmp_path, site=inside)
    assert site(tmp_path, site=inside).report.totals == first.report.totals
    assert build(Options(paths=(str(tmp_path / "in"),), workers=1), NOW).totals.files_found == 12
    with pytest.raises(ConfigurationError, match="holds what is to be published"):
        site(tmp_path, site=str(tmp_path / "in"))


def test_what_others_have_in_the_folder_of_the_site_is_no_article_from_the_first_run_on(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    dump(tmp_path / "in" / "out", "mine.md", title="Mine", date="2025-06-01T08:00:00Z")
    for _ in range(2):
        assert site(tmp_path, site=str(tmp_path / "in" / "out")).report.totals.files_found == 12


def test_a_second_run_at_the_same_time_ends_with_a_word_and_a_lock_ends_with_its_holder(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    with only_writer(tmp_path / "site", "site"), pytest.raises(OutputError, match="another run of `refeed publish`"):
        site(tmp_path)
    assert not (tmp_path / "site").exists()  # it was new, and nothing was written
    assert site(tmp_path).written


def test_drafts_are_never_published(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    with pytest.raises(ConfigurationError, match="it writes no drafts"):
        site(tmp_path, withheld="include")
    assert not (tmp_path / "site").exists()


def test_a_feed_of_ones_own_holds_what_passes_all_its_filters(tmp_path: Path) -> None:
    archive(tmp_path / "in")
    named = {"storms": NamedFeed(category=("tides", "ferry"), outlet=("Gazette",), limit=2, title="Bad weather")}
    site(tmp_path, feeds=("none",), named_feeds=named)
    assert titles(tmp_path, "feeds/storms/feed.rss") == ["Tide 11", "Tide 8"]
    assert feed(tmp_path, "feeds/storms/feed.xml").feed.title == "Bad weather"


def test_the_command_says_what_it_changed(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    archive(tmp_path / "in")
    (tmp_path / "in" / "refeed.toml").write_text(
        '[publish]\noutput = "../site"\nfeeds = ["none"]\narchive = "none"\npages = "none"\n'
        '[feeds.fog]\nmatch = "^Fog$"\n'
    )
    arguments = ("publish", "--config", str(tmp_path / "in" / "refeed.toml"), "--no-index")
    ran = run(capfdbinary, *arguments)
    assert (ran.status, ran.out) == (OK, b"")
    folder = str(tmp_path / "in" / ".." / "site")
    assert ran.lines[-8:] == [
        f"wrote {folder}/feeds/fog/feed.json",
        f"wrote {folder}/feeds/fog/feed.rss",
        f"wrote {folder}/feeds/fog/feed.xml",
        f"wrote {folder}/feeds.opml",
        f"wrote {folder}/feed.json",
        f"wrote {folder}/feed.rss",
        f"wrote {folder}/feed.xml",
        f"{folder}: 12 articles in 7 documents; 7 written, 0 removed",
    ]
    again = run(capfdbinary, *arguments, "--if-changed")
    assert (again.status, again.lines[-1]) == (UNCHANGED, f"{folder}: 12 articles in 7 documents; unchanged")
    told = json.loads(run(capfdbinary, *arguments, "--limit", "1", "--json").err)
    assert told["written_files"] == ["feed.json", "feed.rss", "feed.xml"]
    assert (told["removed_files"], told["changed"]) == ([], True)


def test_what_makes_a_site_impossible_is_said(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    archive(tmp_path / "in")
    ran = run(capfdbinary, "publish", str(tmp_path / "in"), "--no-config")
    assert (ran.status, ran.lines[-1]) == (
        WRONG_USAGE,
        "refeed: publish needs a folder to write into; give -o FOLDER",
    )
    wrong = run(capfdbinary, "publish", str(tmp_path / "in"), "-o", "site", "--feeds", "outlet,colour", "--no-config")
    assert wrong.status == WRONG_USAGE
    assert "--feeds: expected one of: outlet, category, author, language, none" in wrong.err
    (tmp_path / "empty").mkdir()
    arguments = (str(tmp_path / "empty"), "-o", str(tmp_path / "site"), "--no-config", "--json")
    nothing = run(capfdbinary, "publish", *arguments)
    assert nothing.status == NOTHING_WRITTEN
    assert "no files" in json.loads(nothing.err)["notes"][0]
    assert not (tmp_path / "site").exists()
