"""The server gives out the last good build, whole, and says exactly when it changed."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import feedparser
import pytest
from asking import Reply, ask
from bs4 import BeautifulSoup
from command_line import dump
from hypothesis import given, settings
from hypothesis import strategies as st

from refeed.options import FeedOptions, Options
from refeed.report import Totals
from refeed.serve.app import make_app
from refeed.serve.builder import Builder
from refeed.serve.stamps import Stamp, next_stamp
from refeed.urls import entry_key
from refeed.watch.log import BuildLog

NOON = datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)


class Clock:
    """Stands still unless it is moved on."""

    def __init__(self, now: datetime = NOON) -> None:
        """Begin at some moment."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def move(self, seconds: float) -> None:
        """Go on, or back."""
        self.now += timedelta(seconds=seconds)


class Site:
    """A server in this process; it builds when a test says so."""

    def __init__(self, folder: Path, clock: Clock | None = None, **options: object) -> None:
        """Remember what was served before; nothing is built yet."""
        self.said: list[str] = []
        self.clock = clock or Clock()
        chosen = Options(**{"paths": (str(folder),), **options})  # type: ignore[arg-type]
        news = BuildLog(lambda *lines: self.said.extend(lines))
        self.builder = Builder(chosen, news, clock=self.clock, pause=self.clock.move)
        self.app = make_app(self.builder, chosen.base_url, local=True, is_preview=chosen.withheld == "include")

    def ask(self, path: str = "/feed.xml", method: str = "GET", **headers: str) -> Reply:
        """Ask it."""
        return ask(self.app, path, method, **headers)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is remembered out of the user's folders."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


FORWARDED = ("Forwarded", "Via", "X_Forwarded_For", "X_Forwarded_Host", "X_Real_IP", "CF_Connecting_IP")


def test_a_preview_answers_no_request_that_a_proxy_passed_on(tmp_path: Path) -> None:
    dump(tmp_path / "in", "plan.md", title="Plan", draft="true")
    site = Site(tmp_path / "in", withheld="include")
    site.builder.rebuild()
    assert b"Plan" in site.ask().body
    for header in FORWARDED:
        for path in ("/feed.xml", "/feed.rss", "/feed.json", "/", "/problems", "/healthz"):
            reply = site.ask(path, **{header: "for=203.0.113.7"})
            assert (reply.status, b"Plan" in reply.body) == (403, False)


def test_who_comes_through_a_proxy_learns_no_name_of_what_is_not_published(tmp_path: Path) -> None:
    dump(tmp_path / "in", "plan.md", title="Plan", draft="true", link="https://news.example/plan")
    dump(tmp_path / "in", "next-year/plan.md", title="Plan", draft="true", link="https://plans.example/plan")
    dump(tmp_path / "in", "tide.md", title="Tide")
    site = Site(tmp_path / "in")
    site.builder.rebuild()
    assert b"<bdi>news.example</bdi> 1, <bdi>plans.example</bdi> 1" in site.ask("/problems").body
    assert b"next-year" not in site.ask("/problems", Forwarded="for=203.0.113.7").body
    assert b"plan.md" in site.ask("/problems").body
    assert [b"plan.md" in site.ask("/problems", **{header: "203.0.113.7"}).body for header in FORWARDED] == [False] * 6
    (tmp_path / "in" / "tide.md").unlink()
    (tmp_path / "in" / "plan.md").unlink()
    (tmp_path / "in" / "next-year" / "plan.md").unlink()
    site.builder.rebuild()
    assert b"looked for" in site.ask("/problems").body
    assert b"looked for" not in site.ask("/problems", Forwarded="for=203.0.113.7").body


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Save two dumps."""
    folder = tmp_path / "archive"
    dump(folder, "tide.md", title="Tide", date="2020-05-01T08:00:00Z", body="<p>High water at noon.</p>")
    dump(folder, "lamp.md", title="Lamp", date="2020-05-02T08:00:00Z", body="<p>The lamp is lit.</p>")
    return folder


def titles(reply: Reply) -> list[str]:
    return [entry.title for entry in feedparser.parse(reply.body).entries]


def test_before_the_first_build_readers_are_asked_to_come_again(archive: Path) -> None:
    site = Site(archive)
    for path in ("/feed.xml", "/feed.rss", "/feed.json", "/", "/problems", "/entry/x", "/healthz"):
        reply = site.ask(path)
        assert reply.status == 503
        assert int(reply.headers["retry-after"]) > 0
        assert reply.headers["cache-control"] == "no-store"
    assert json.loads(site.ask("/healthz").body)["state"] == "starting"


def test_the_feed_is_served_as_built(archive: Path) -> None:
    site = Site(archive)
    site.builder.rebuild()
    reply = site.ask()
    assert reply.status == 200
    assert titles(reply) == ["Lamp", "Tide"]
    assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert reply.headers["last-modified"] == "Fri, 01 May 2026 12:00:00 GMT"
    assert brotli.decompress(site.ask(Accept_Encoding="br").body) == reply.body
    assert site.ask(If_None_Match=reply.headers["etag"]).status == 304
    assert json.loads(site.ask("/healthz").body) == {
        "state": "ok",
        "builds": 1,
        "entries": 2,
        "last_modified": "2026-05-01T12:00:00+00:00",
    }


@pytest.mark.parametrize(("name", "kind"), [("rss", "application/rss+xml"), ("json", "application/feed+json")])
def test_the_feed_is_served_in_other_formats(archive: Path, name: str, kind: str) -> None:
    site = Site(archive, base_url="https://news.example/feeds/")
    site.builder.rebuild()
    reply = site.ask(f"/feed.{name}")
    assert reply.status == 200
    assert reply.headers["content-type"] == f"{kind}; charset=utf-8"
    assert f'<https://news.example/feeds/feed.{name}>; rel="self"; type="{kind}"' in reply.headers["link"]
    assert f"https://news.example/feeds/feed.{name}".encode() in reply.body
    assert reply.headers["last-modified"] == "Fri, 01 May 2026 12:00:00 GMT"
    assert site.ask(f"/feed.{name}", If_None_Match=reply.headers["etag"]).status == 304
    assert brotli.decompress(site.ask(f"/feed.{name}", Accept_Encoding="br").body) == reply.body


def test_every_served_format_has_the_same_entries_and_links(archive: Path) -> None:
    (archive / "buoy.md").write_text("---\ntitle: Buoy\ndate: 2020-05-03\n---\n\nIt has no address of its own.\n")
    site = Site(archive, base_url="https://news.example/", entry_pages="https://news.example/entry/{}")
    site.builder.rebuild()
    atom = [(one.id, one.title, one.link) for one in feedparser.parse(site.ask().body).entries]
    rss = [(one.id, one.title, one.link) for one in feedparser.parse(site.ask("/feed.rss").body).entries]
    items = json.loads(site.ask("/feed.json").body)["items"]
    assert atom == rss == [(one["id"], one["title"], one["url"]) for one in items]
    assert atom[0][2].startswith("https://news.example/entry/")


def test_every_page_says_where_the_feed_is_in_each_format(archive: Path) -> None:
    site = Site(archive, base_url="https://news.example/feeds/")
    site.builder.rebuild()
    for path in ("/", "/problems"):
        page = BeautifulSoup(site.ask(path).body, "lxml")
        found = {link["type"]: link["href"] for link in page.select('head link[rel="alternate"]')}
        assert found == {
            "application/atom+xml": "https://news.example/feeds/feed.xml",
            "application/rss+xml": "/feeds/feed.rss",
            "application/feed+json": "/feeds/feed.json",
        }


def test_a_head_has_the_headers_of_a_get(archive: Path) -> None:
    site = Site(archive)
    site.builder.rebuild()
    for path in ("/feed.xml", "/feed.rss", "/feed.json", "/"):
        head, get = site.ask(path, "HEAD"), site.ask(path)
        assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


def test_other_methods_and_addresses_are_refused(archive: Path) -> None:
    site = Site(archive)
    site.builder.rebuild()
    posted = site.ask("/feed.xml", "POST")
    assert (posted.status, posted.headers["allow"]) == (405, "GET, HEAD")
    for path in (
        "/nothing",
        "/feed.xml/",
        "/entry/unknown",
        "/entry/unknown/provenance",
        "/static/app.py",
        "/static/..",
    ):
        assert site.ask(path).status == 404, path


def test_behind_a_proxy_every_address_is_that_of_the_base_url(archive: Path) -> None:
    site = Site(archive, base_url="https://news.example/feeds/")
    site.builder.rebuild()
    for path in ("/feed.xml", "/feeds/feed.xml"):  # some proxies leave the path on, others take it off
        reply = site.ask(path, Host="127.0.0.1:8000")
        (link,) = [link for link in feedparser.parse(reply.body).feed.links if link.rel == "self"]
        assert link.href == "https://news.example/feeds/feed.xml"
        assert '<https://news.example/feeds/feed.xml>; rel="self"' in reply.headers["link"]
        assert '</feeds/>; rel="alternate"; type="text/html"' in reply.headers["link"]
    page = site.ask("/feeds/")
    assert b"https://news.example/feeds/feed.xml" in page.body
    assert page.headers["link"] == '<https://news.example/feeds/feed.xml>; rel="alternate"; type="application/atom+xml"'


def test_pages_run_and_load_nothing_foreign(archive: Path) -> None:
    site = Site(archive)
    site.builder.rebuild()
    for path in ("/", "/problems", f"/entry/{site.builder.published.entries[0].key}"):  # type: ignore[union-attr]
        reply = site.ask(path)
        assert reply.status == 200
        policy = dict(part.strip().split(" ", 1) for part in reply.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert "https:" in policy["img-src"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert reply.headers["cache-control"] == "no-cache"
        assert "img-src 'self' data:;" in site.ask(f"{path}?pictures=off").headers["content-security-policy"]


def test_a_page_that_did_not_change_is_not_sent_again(archive: Path) -> None:
    site = Site(archive)
    site.builder.rebuild()
    tag = site.ask("/").headers["etag"]
    assert site.ask("/", If_None_Match=tag).status == 304
    dump(archive, "new.md", title="New")
    site.builder.rebuild()
    assert site.ask("/", If_None_Match=tag).status == 200


def test_an_entry_keeps_its_address_and_has_its_place(archive: Path) -> None:
    site = Site(archive)
    site.builder.rebuild()
    assert site.builder.published
    lamp, _ = site.builder.published.entries
    assert (lamp.entry.title, lamp.entry.url, lamp.path, lamp.line) == (
        "Lamp",
        "https://x.example/lamp",
        str(archive / "lamp.md"),
        1,
    )
    assert lamp.entry.published == datetime(2020, 5, 2, 8, 0, tzinfo=UTC)
    assert lamp.entry.content == "<p>The lamp is lit.</p>"
    assert f"urn:uuid:{lamp.key}" == lamp.entry.id
    (archive / "lamp.md").rename(archive / "other.md")
    site.builder.rebuild()
    assert site.builder.published.entries.find(lamp.key) == 0
    assert site.builder.published.entries[0].path == str(archive / "other.md")
    assert b"The lamp is lit." in site.ask(f"/entry/{lamp.key}").body


def test_the_files_of_an_entry_are_listed(tmp_path: Path) -> None:
    header = "title: Lamp\ndate: 2020-05-02\nmp3: https://x.example/lamp.mp3?a=1&b=2\nmp3_size: 2000000"
    (tmp_path / "lamp.md").write_text(f"---\n{header}\n---\n\nThe lamp is lit.\n")
    site = Site(tmp_path)
    site.builder.rebuild()
    assert site.builder.published
    page = site.ask(f"/entry/{site.builder.published.entries[0].key}").body.decode()
    assert (
        '<a href="https://x.example/lamp.mp3?a=1&amp;b=2" rel="noopener noreferrer nofollow" dir="auto">lamp.mp3'
        in page
    )
    assert "audio/mpeg 2.0 MB" in page


def test_an_id_that_is_an_address_gets_a_name_without_slashes() -> None:
    assert entry_key("urn:uuid:6F3F2C1E-9A54-4D0C-8B1D-1C2F0B7F5A10") == "6f3f2c1e-9a54-4d0c-8b1d-1c2f0b7f5a10"
    names = {
        entry_key(text) for text in ("https://x.example/a?b#c", "https://x.example/a", "urn:uuid:odd", "tag:x,1:a")
    }
    assert len(names) == 4
    assert all(name.replace("-", "").isalnum() for name in names)


def test_a_build_that_fails_leaves_the_last_good_one_and_is_shown(archive: Path) -> None:
    site = Site(archive)
    site.builder.rebuild()
    good = site.ask()
    kept = {path: path.read_bytes() for path in archive.iterdir()}
    for path in kept:
        path.unlink()
    for _ in range(2):
        site.builder.rebuild()
    assert site.ask() == good._replace(headers={**good.headers, "date": site.ask().headers["date"]})
    assert b"no files" in site.ask("/problems").body
    assert json.loads(site.ask("/healthz").body)["state"] == "failing"
    assert len([line for line in site.said if "no files" in line]) == 1  # told once, however often it fails
    for path, data in kept.items():
        path.write_bytes(data)
    site.builder.rebuild()
    assert site.ask().headers["etag"] == good.headers["etag"]
    assert b"no files" not in site.ask("/problems").body
    assert json.loads(site.ask("/healthz").body)["state"] == "ok"


def test_a_first_build_that_fails_is_shown_and_made_good(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    site = Site(folder)
    site.builder.rebuild()
    for path in ("/feed.xml", "/", "/problems"):
        reply = site.ask(path)
        assert (reply.status, b"no files" in reply.body) == (503, True)
    dump(folder, "a.md")
    site.builder.rebuild()
    assert titles(site.ask()) == ["Harbour"]


def test_errors_fail_a_build_that_is_strict(archive: Path) -> None:
    paths = (str(archive), "/proc/self/mem")  # nobody, not even root, can read it from its beginning
    lenient, strict = Site(archive, paths=paths), Site(archive, paths=paths, strict=True)
    for site in (lenient, strict):
        site.builder.rebuild()
    assert titles(lenient.ask()) == ["Lamp", "Tide"]
    assert strict.ask().status == 503
    assert b"strict" in strict.ask("/problems").body


def test_an_article_falls_due_without_any_change(archive: Path) -> None:
    dump(archive, "later.md", title="Later", date="2026-05-01T12:30:00Z")
    site = Site(archive)
    report = site.builder.rebuild()
    assert report
    assert report.totals.held_back == 1
    assert titles(site.ask()) == ["Lamp", "Tide"]
    site.clock.move(3600)
    site.builder.rebuild()
    assert titles(site.ask()) == ["Later", "Lamp", "Tide"]


def test_the_log_tells_a_build_once(archive: Path) -> None:
    site = Site(archive)
    dump(archive, "undated.md", date="")
    site.builder.rebuild()
    first = len(site.said)
    assert [line for line in site.said if "undated.md" in line]
    site.builder.rebuild()
    assert len(site.said) == first
    dump(archive, "new.md", title="New")
    site.builder.rebuild()
    told = site.said[first:]
    assert not [line for line in told if "undated.md" in line]
    assert told[-1].startswith("4 files (4 with articles,")


# What may happen between two builds, and what the clock does meanwhile.
HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["nothing", "edit", "rename", "touch", "restart", "back"]),
        st.sampled_from([0.0, 0.3, 0.9, 1.0, 5.0, 4000.0, -0.5, -7200.0]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40)  # each builds several times
@given(HAPPENINGS)
def test_bytes_and_both_validators_change_together(happenings: list[tuple[str, float]]) -> None:
    with TemporaryDirectory() as name:
        folder, clock = Path(name) / "archive", Clock()
        path = dump(folder, "a.md", body="<p>Text 0.</p>")
        site = Site(folder, clock, feed=FeedOptions(title=name))
        states = [_state(site)]
        for number, (happening, seconds) in enumerate(happenings, 1):
            clock.move(seconds)
            if happening == "edit":
                path.write_text(path.read_text().replace("Text", f"Text {number}"))
            elif happening == "back":
                path.write_text(path.read_text().replace(f"Text {number - 1}", "Text"))
            elif happening == "rename":
                path = path.rename(folder / f"{number}.md")
            elif happening == "touch":
                path.touch()
            elif happening == "restart":
                site = Site(folder, clock, feed=FeedOptions(title=name))
            states.append(_state(site))
    for (body, tag, changed), (next_body, next_tag, next_changed) in pairwise(states):
        assert (body == next_body) == (tag == next_tag) == (changed == next_changed)
        assert changed <= next_changed


def _state(site: Site) -> tuple[bytes, str, datetime]:
    """Build, and give what a reader sees: the bytes, their tag, their date."""
    site.builder.rebuild()
    published = site.builder.published
    assert published
    reply = site.ask()
    sent = reply.headers.get("last-modified")
    assert sent is None or parsedate_to_datetime(sent) == published.last_modified
    return reply.body, reply.headers["etag"], published.last_modified


MOMENTS = st.datetimes(timezones=st.just(UTC), max_value=datetime(9000, 1, 1))  # noqa: DTZ001  hypothesis wants it so


@given(MOMENTS, MOMENTS)
def test_a_stamp_never_goes_back(now: datetime, before: datetime) -> None:
    old = Stamp("old", before.replace(microsecond=0))
    assert next_stamp(None, "new", now).at <= now
    assert next_stamp(old, "old", now) == old
    new = next_stamp(old, "new", now)
    assert new.at > old.at
    assert new.at == max(now.replace(microsecond=0), old.at + timedelta(seconds=1))


def test_where_the_clock_was_set_back_no_date_is_sent(archive: Path) -> None:
    site = Site(archive, Clock(datetime(2090, 1, 1, tzinfo=UTC)))
    site.builder.rebuild()
    assert "last-modified" not in site.ask().headers
    assert site.ask(If_None_Match=site.ask().headers["etag"]).status == 304


def test_where_the_clock_was_set_back_what_was_served_stays(archive: Path) -> None:
    dump(archive, "quay.md", title="Quay", date="2026-04-20T12:30:00Z")
    site = Site(archive)
    site.builder.rebuild()
    good = site.ask()
    site.clock.move(-400 * 86_400)
    site.builder.rebuild()
    assert site.ask().body == good.body
    assert b"the clock of this machine says 2025-03-27" in site.ask("/problems").body


def test_a_cache_folder_that_cannot_be_written_costs_no_feed(archive: Path, cache: Path) -> None:
    cache.write_text("a file")
    site = Site(archive)
    site.builder.rebuild()
    assert site.ask().status == 200
    assert len([line for line in site.said if "after a restart" in line]) == 1


def test_what_is_remembered_may_be_damaged(archive: Path, cache: Path) -> None:
    first = Site(archive)
    first.builder.rebuild()
    (file,) = (cache / "refeed" / "served").iterdir()
    for text in ("", "{}", "[]", '{"etag": 1, "at": "x"}', "\0"):
        file.write_text(text)
        site = Site(archive, Clock(NOON + timedelta(hours=1)))
        site.builder.rebuild()
        assert site.ask().headers["last-modified"] == "Fri, 01 May 2026 13:00:00 GMT"


def test_feeds_that_differ_in_a_setting_remember_apart(archive: Path, cache: Path) -> None:
    for limit in (1, 2):
        Site(archive, limit=limit).builder.rebuild()
    assert len([*(cache / "refeed" / "served").iterdir()]) == 2


def test_what_the_totals_say_is_served(archive: Path) -> None:
    site = Site(archive)
    site.builder.rebuild()
    assert site.builder.published
    assert site.builder.published.report.totals == Totals(files_found=2, files_with_records=2, records_read=2, out=2)
