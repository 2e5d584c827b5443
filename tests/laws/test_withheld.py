"""What its author has not published reaches no output: 70 ways to say so, and anything like them."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urljoin
from zlib import decompressobj, error

import pytest
from asking import ask
from command_line import run
from hypothesis import example, given
from hypothesis import strategies as st

import refeed
from refeed.model import Document, SourceFile
from refeed.options import FeedKind, Options
from refeed.outputs import output_names
from refeed.pipeline.build import build
from refeed.pipeline.chosen_records import chosen_records
from refeed.pipeline.output.destination import sink
from refeed.publish.run import publish
from refeed.records.context import context_for
from refeed.records.publication.decide import withheld_by_place
from refeed.records.quick import quick_key
from refeed.records.reader import read_metadata
from refeed.report import Report
from refeed.rules.sample import sample
from refeed.serve.app import make_app
from refeed.serve.builder import Builder
from refeed.serve.indexer import Indexer
from refeed.watch.log import BuildLog

NOW: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)
DATE: Final = "2025-03-04 05:06:07"

# What a header says beside title and date → the code under which it is withheld.
SPELLINGS: Final = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("draft: true", "draft: True", "draft: yes", "draft: on", "draft: 1", 'draft: "true"', "draft: 'yes'"),
                *("Draft: TRUE", "DRAFT: true", "isDraft: true", "is_draft: yes", "is-draft: 1", "draft: [true]"),
                *("draft: true # until Monday", "draft: until Monday", "params:\n  draft: true", "draft:\n  - yes"),
                *("published: false", "published: 0", "published: no", "Published: False", "published: off"),
                *("publish: false", "publish: no", "isPublished: false", "unpublished: true", "wip: true"),
                *("status: draft", "Status: Draft", "status: auto-draft", "status: auto_draft", "status: pending"),
                *("status: trash", "status: future", "status: inherit", "post_status: draft", "postStatus: pending"),
                *("status: [draft]", "state: draft", "status: 'In Progress'", "status: unpublished", "草稿: true"),
                *("published: []", "status: 📝", "status: 🚧", "published: ⛔", "layout: draft", "published: maybe"),
                *("published: draft", "scheduled: true", "status: 草稿", "extra:\n  status: draft"),
            ),
            "draft",
        ),
        **dict.fromkeys(
            (
                *("private: true", "private: 1", "isPrivate: yes", "unlisted: true", "visibility: private"),
                *("visibility: unlisted", "status: private", "post_status: private", "status: hidden", "status: skip"),
                *("public: false", "listed: no", "secret: true", "_build:\n  render: never", "build: {list: never}"),
                *("私密: true", "access: private", "extra:\n  private: true", "status: 🔒", "allowmask: 1"),
            ),
            "private",
        ),
        **dict.fromkeys(
            (
                *("password: swordfish", "password: 1234", "Password: 'a b'", "encrypt: true", "encrypted: yes"),
                *("visibility: password", "locked: true", "protected: true", "post_password: x", "status: protected"),
            ),
            "locked",
        ),
        **dict.fromkeys(
            (
                *("expiryDate: 2025-06-01", "expirydate: 2025-06-01T00:00:00Z", "unpublishdate: 2025-06-01"),
                *("expires: Sun, 01 Jun 2025 00:00:00 GMT", "expired: true", "expiration_date: 2025/6/1"),
            ),
            "expired",
        ),
    }
)
HELD: Final = (
    *("publishDate: 2026-12-24", "publishdate: 2029-12-24T00:00:00Z", "publish_at: 2026-02-01 10:00"),
    *("embargo: 2026-06-01", "published: 2026-06-01", "release-date: 2026-06-01"),
)
# What only looks like one of these: all of it goes out.
PUBLIC: Final = (
    *("draft: false", "draft: no", "draft: 0", "draft: ''", "draft:", "published: true", "published: 2025-03-05"),
    *("publish: yes", "status: published", "status: publish", "status: evergreen", "private: false", "unlisted: no"),
    *("visibility: public", 'password: ""', "password:", "encrypt: false", "locked: false", "expiryDate: 2030-01-01"),
    *("publishDate: 2025-04-01", "post_status: publish", "hidden: true", "public: true", "cover:\n  hidden: true"),
    *(
        "layout: post",
        "allowmask: 0",
        "status: 🌳",
        "state: Bavaria",
        "author:\n  private: true",
        "expires: never",
        "list: false",
        "render: always",
    ),
)
OTHERS: Final = 14  # withheld files of other formats, and in a folder of drafts
# Saved pages: the head or the text says who may read them.
PAGES: Final = (
    ("", '<article class="post type-post status-draft"><div class="entry-content">{}</div></article>'),
    ("", '<article><div class="entry-content">{}<form class="post-password-form"></form></div></article>'),
    ('<link rel="canonical" href="https://quay.example/?p=7&amp;preview=true">', '<div class="post-content">{}</div>'),
    (
        '<script type="application/ld+json">{"@type": "Article", "isAccessibleForFree": false}</script>',
        '<div class="post-content">{}</div>',
    ),
)
# Mail: what no list sent, what is for one person, what its owner threw away.
MAIL: Final = (
    "",
    *(
        f"List-Id: <tide.example>\n{says}\n"
        for says in (
            *("X-GitHub-Reason: mention", "X-Status: D", "X-Mozilla-Draft-Info: internal/draft"),
            *("Sensitivity: Company-Confidential", "X-No-Archive: yes"),
        )
    ),
)


def file_of(says: str, marker: str, opening: str = "---\n", closing: str = "---\n") -> str:
    facts = f"title: Tide {marker}\ndate: {DATE}\nauthor: {marker}\ntags: [{marker}]\ndescription: {marker}\n{says}\n"
    return f"{opening}{facts}{closing}\nThe water rose and fell, {marker}.\n"


def archive(folder: Path) -> None:
    """Save every spelling, each with a marker of its own: `withheld`, `held` or `public`, and a number."""
    for kind, spellings in (("withheld", SPELLINGS), ("held", HELD), ("public", PUBLIC)):
        for number, says in enumerate(spellings):
            (folder / f"{kind}-{number}.md").write_text(file_of(says, f"{kind}x{number}x"), encoding="utf-8")
    (folder / "_drafts").mkdir()
    (folder / "_drafts" / "a.md").write_text(file_of("layout: post", "withheldx998x"))
    (folder / "2026-12-24-eve.md").write_text(file_of("layout: post", "heldx998x"))
    lines = f"Title: Tide withheldx999x\nDate: {DATE}\nStatus: draft\n\nThe water rose, withheldx999x.\n"
    (folder / "pelican.md").write_text(lines)
    toml = f'+++\ntitle = "withheldx997x"\ndate = {DATE.replace(" ", "T")}Z\ndraft = true\n+++\n\nwithheldx997x\n'
    (folder / "zola.md").write_text(toml)
    json = f'{{"title": "withheldx996x", "date": "{DATE}", "draft": true}}\n\nThe water rose, withheldx996x.\n'
    (folder / "hugo.md").write_text(json)
    for number, says in enumerate(MAIL):
        marker = f"withheldx98{number}x"
        facts = f"From: {marker} <a@b.example>\nSubject: {marker}\nMessage-ID: <{number}@b>\nKeywords: {marker}\n{says}"
        (folder / f"{number}.eml").write_text(f"{facts}Date: Tue, 04 Mar 2025 05:06:07 +0000\n\n{marker}\n")
    for number, (head, text) in enumerate(PAGES):
        marker = f"withheldx99{number}x"
        facts = f'<title>{marker}</title><meta name="date" content="{DATE}"><meta name="author" content="{marker}">'
        (folder / f"{number}.html").write_text(
            f"<html><head>{facts}{head}</head><body>{text.format(marker)}</body></html>"
        )


def leaks(data: bytes) -> list[str]:
    return [kind for kind in ("withheldx", "heldx") if kind.encode() in data]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("archive")
    archive(made)
    return made


def built(folder: Path, **options: object) -> Report:
    chosen = {"paths": (str(folder),), "limit": 0, "workers": 1, **options}
    return build(Options(**chosen), NOW)  # type: ignore[arg-type]


def test_nothing_withheld_reaches_the_feed_and_all_of_it_is_counted_and_named(folder: Path) -> None:
    report = built(folder)
    assert leaks(report.feed) == []
    assert report.totals.add_up
    assert report.totals.out == len(PUBLIC)
    assert report.totals.withheld == len(SPELLINGS) + OTHERS
    assert report.totals.held_back == len(HELD) + 1
    told = {Path(problem.path).name: problem.code for problem in report.left_out}
    expected = {f"withheld-{number}.md": code for number, code in enumerate(SPELLINGS.values())}
    assert {name: told.get(name) for name in expected} == expected
    assert {told[f"held-{number}.md"] for number in range(len(HELD))} == {"future"}
    assert leaks(repr(report.left_out).encode()) == []
    assert "swordfish" not in repr(report)


@pytest.mark.parametrize("says", SPELLINGS)
def test_each_spelling_is_withheld_the_short_way_and_the_long_way(says: str, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(file_of(says, "x"), encoding="utf-8")
    context = context_for(Options(), NOW)
    assert quick_key(Document(SourceFile("a.md", "a.md"), file.read_bytes()), context) is None
    ((meta, problems),) = read_metadata(SourceFile(str(file), "a.md"), context).records
    assert meta.key.withheld or meta.key.expiry
    assert meta.key.withheld is None or SPELLINGS[says] in {problem.code for problem in problems}


def test_nothing_withheld_is_among_the_entries_of_the_library(folder: Path) -> None:
    entries = [*refeed.entries(Options(paths=(str(folder),), limit=0, workers=1), now=NOW)]
    assert len(entries) == len(PUBLIC)
    assert leaks(repr(entries).encode()) == []


@pytest.mark.parametrize("arguments", [("build", "--verbose"), ("check", "--json")])
def test_no_command_says_what_is_in_what_is_withheld(
    folder: Path, arguments: tuple[str, ...], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = run(capfdbinary, *arguments, str(folder), "--no-index", "--now", NOW.isoformat())
    assert leaks(ran.out) == leaks(ran.err.encode()) == []
    assert "withheld-0.md" in ran.err + ran.out.decode()


def test_no_rule_is_found_in_what_is_withheld(folder: Path) -> None:
    with chosen_records(Options(paths=(str(folder),), workers=1), NOW) as records:
        chosen = sample("*", records)
    assert {Path(article.path).name for article in chosen.articles} == {f"public-{n}.md" for n in range(len(PUBLIC))}
    assert leaks(repr(chosen).encode()) == []


def test_nothing_withheld_is_kept_in_the_index(folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    built(folder, index=str(index))
    again = built(folder, index=str(index))
    assert leaks(again.feed) == []
    assert again.totals.withheld == len(SPELLINGS) + OTHERS
    assert leaks(kept_in(index)) == []


def kept_in(path: Path) -> bytes:
    """Return all values of a database."""
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        values = [value for table in tables for row in database.execute(f"SELECT * FROM {table}") for value in row]  # noqa: S608
    return b"\n".join(map(unpacked, values))


def unpacked(value: object) -> bytes:
    """Return a value of the index with whatever is compressed in it."""
    data = value if isinstance(value, bytes) else str(value).encode()
    found = [data]
    for at in range(len(data)):
        if data[at : at + 2] in {b"x\x01", b"x\x9c", b"x\xda"}:
            with suppress(error):
                found.append(decompressobj().decompress(data[at:]))
    return b"\n".join(found)


@pytest.mark.parametrize("name", output_names())
def test_nothing_withheld_is_in_a_feed_of_any_format(folder: Path, name: str) -> None:
    report = built(folder, format=name)
    assert report.totals.out == len(PUBLIC)
    assert leaks(report.feed) == []


def here(_: Callable[..., object], work: Callable[..., int | None], *arguments: object) -> int | None:
    """Do a piece of work in this process."""
    return work(*arguments)


ENTRANCES: Final = (
    *("/", "/feed.xml", "/feeds.opml", "/healthz", "/archive/2025/03.xml", "/?category=withheldx1x", "/entry/x"),
    *(
        "/entry/x/provenance",
        "/search",
        "/search?q=water",
        "/search?q=water&page=2",
        "/search.xml?q=water",
        "/search.json",
        "/browse?year=2024",
        "/browse?year=2025",
        "/changes",
    ),
)
# Every article has an author and a category of its own; their pages and feeds are made like those of outlets.
PASSED_BY: Final = re.compile(r"/(?:static|author|category)/|.*/provenance|.*\?")


def test_nothing_withheld_is_served(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    feeds: tuple[FeedKind, ...] = ("outlet", "category", "author", "language")
    index = str(tmp_path / "index")
    options = Options(paths=(str(folder),), limit=3, feeds=feeds, min_articles=1, workers=1, index=index)
    builder = Builder(options, BuildLog(lambda *_: None), clock=lambda: NOW)
    indexer = Indexer(options, str(tmp_path / "index-search"), BuildLog(lambda *_: None), here)
    app = make_app(builder, None, finder=lambda: indexer.finder)
    builder.rebuild()
    assert builder.published
    indexer.update(builder.published)
    assert indexer.finder
    assert indexer.finder.total == len(indexer.finder.catalogue) == len(PUBLIC)
    assert leaks(kept_in(tmp_path / "index-search")) == []
    known, new = set[str](), {*ENTRANCES}
    while new:
        path = new.pop()
        known.add(path)
        body = ask(app, unquote(path)).body
        assert leaks(body) == [], path
        found = re.findall(r'(?:href|xmlUrl)="(?:http://127.0.0.1:8000)?(/?[^":]*)"', body.decode())
        own = {urljoin(path, unescape(address)).partition("#")[0] for address in found}
        new |= {address for address in own if not PASSED_BY.match(address)} - known
    articles = [path for path in known if re.fullmatch(r"/entry/[0-9a-f-]{36}", path)]
    assert len(articles) == len(PUBLIC)
    assert [path for path in articles[:3] if leaks(ask(app, f"{path}/provenance").body)] == []
    for_owner = make_app(builder, None, local=True)  # rules are tried on the articles beside one
    for path in articles[:3]:
        offered = ask(for_owner, f"{path}/rules").body
        token = re.findall(rb'name="token" value="([^"]+)"', offered)[0].decode()
        tried = ask(for_owner, f"{path}/rules?token={token}&rule=drop%3Dp")
        assert b"articles" in tried.body
        assert leaks(offered) == leaks(tried.body) == []


def test_nothing_withheld_is_anywhere_in_a_published_site(folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    feeds: tuple[FeedKind, ...] = ("outlet", "category", "author", "language")
    published = publish(Options(paths=(str(folder),), site=str(site), feeds=feeds, min_articles=1, workers=1), NOW)
    assert published.report.totals.out == len(PUBLIC)
    files = [path for path in site.rglob("*") if path.is_file()]
    assert len(files) == published.files + 1  # the manifest
    assert [path for path in files if leaks(str(path).encode() + path.read_bytes())] == []


def test_nothing_withheld_is_in_the_rows_of_a_scan_nor_in_the_feed_of_them(
    folder: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    rows, now = tmp_path / "rows", ("--now", NOW.isoformat(), "--no-config")
    scanned = run(capfdbinary, "scan", str(folder), "-o", str(rows), *now)
    assert leaks(unpacked(rows.read_bytes())) == leaks(scanned.err.encode()) == []
    made = run(capfdbinary, "build", "--from", str(rows), "--limit", "0", *now)
    assert made.out.count(b"<entry") == len(PUBLIC)
    assert leaks(made.out) == leaks(made.err.encode()) == []


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_nothing_withheld_is_told_as_new_or_gone(
    folder: Path, arguments: tuple[str, ...], tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    old, new = tmp_path / "old.xml", tmp_path / "new.xml"
    (tmp_path / "a.md").write_text(file_of("layout: post", "publicx0x"))
    old.write_bytes(built(tmp_path).feed)
    new.write_bytes(built(folder).feed)
    told = run(capfdbinary, "diff", str(old), str(new), *arguments)
    against = ("--against", str(old), "--no-index", "--now", NOW.isoformat())
    checked = run(capfdbinary, "check", str(folder), *against, *arguments)
    for ran in (told, checked):
        assert b"Tide publicx1x" in ran.out
        assert leaks(ran.out) == leaks(ran.err.encode()) == []


def test_nothing_withheld_comes_from_a_cluster(folder: Path, tmp_path: Path) -> None:
    expected = built(folder)
    report = built(folder, workers=None, cluster="local:1", index=str(tmp_path / "index"))
    assert (report.totals, leaks(report.feed)) == (expected.totals, [])
    assert leaks(kept_in(tmp_path / "index")) == []


def test_what_is_withheld_later_leaves_the_file_that_watch_keeps(tmp_path: Path) -> None:
    source, feed = tmp_path / "in", tmp_path / "feed.xml"
    source.mkdir()
    (source / "a.md").write_text(file_of("layout: post", "heldx1x"))
    (source / "b.md").write_text(file_of("layout: post", "public"))
    options = Options(paths=(str(source),), workers=1, index=str(tmp_path / "index"))
    build(options, NOW, sink=sink(str(feed)))
    assert leaks(feed.read_bytes()) == ["heldx"]
    (source / "a.md").write_text(file_of("draft: true", "heldx1x"))
    build(options, NOW, sink=sink(str(feed)))
    assert leaks(feed.read_bytes()) == []


def test_an_entry_leaves_an_unchanged_archive_when_its_time_is_over(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(file_of("expiryDate: 2026-01-16", "heldx1x"))
    (tmp_path / "b.md").write_text(file_of("layout: post", "public"))
    options = Options(paths=(str(tmp_path),), workers=1, index=str(tmp_path.parent / "expiring-index"))
    before = build(options, NOW)
    assert leaks(before.feed) == ["heldx"]
    assert before.due == datetime(2026, 1, 16, tzinfo=UTC)
    assert leaks(build(options, datetime(2026, 1, 16, tzinfo=UTC)).feed) == []


def test_a_preview_shows_all_of_it_but_the_future(folder: Path) -> None:
    report = built(folder, withheld="include")
    assert report.totals.withheld == 0
    assert report.totals.out == len(SPELLINGS) + OTHERS + len(PUBLIC)
    assert {problem.code for problem in report.entry_problems} >= {"draft", "private", "locked", "hidden"}


def test_a_newest_record_that_is_withheld_withdraws_its_article(tmp_path: Path) -> None:
    link = "link: https://quay.example/tide"
    (tmp_path / "a.md").write_text(file_of(link, "heldx1x"))
    (tmp_path / "b.md").write_text(file_of(f"{link}\nupdated: 2025-05-05\ndraft: true", "withheldx1x"))
    report = built(tmp_path)
    assert leaks(report.feed) == []
    assert (report.totals.withheld, report.totals.duplicates, report.totals.out) == (1, 1, 0)


@pytest.mark.parametrize("place", ["logseq/bak/pages/tide/2025-03-05.md", "wiki/data/attic/tide.1741046400.md"])
def test_an_older_state_of_a_page_is_withheld_and_withdraws_nothing(place: str, tmp_path: Path) -> None:
    link = "link: https://quay.example/tide"
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_text(file_of(link, "withheldx1x, and longer than what became of it"))
    (tmp_path / "a.md").write_text(file_of(link, "The page"))
    report = built(tmp_path)
    assert leaks(report.feed) == []
    assert (report.totals.withheld, report.totals.duplicates, report.totals.out) == (1, 0, 1)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("_drafts/a.md", "draft"),
        ("posts/_Drafts/a.md", "draft"),
        ("_draft/a.md", "draft"),
        ("Drafts/2024/a.md", "draft"),
        ("_trash/a.md", "draft"),
        ("a.draft.md", "draft"),
        ("a.draft", "draft"),
        ("private/a.md", "private"),
        ("notes/_private/a.md", "private"),
        ("Entwürfe/a.md", "draft"),
        ("blog/草稿箱/a.md", "draft"),
        ("_wip/a.md", "draft"),
        ("unpublished/a.md", "draft"),
        ("_hidden/a.md", "private"),
        ("_internal/x/a.md", "private"),
        ("a.private.md", "private"),
        ("[Draft] a.md", "draft"),
        ("a (draft).md", "draft"),
        ("a (draft) 2.md", "draft"),
        ("nba-draft.md", None),
        ("hidden/a.md", None),  # gems, valleys
        ("secret/a.md", None),
        ("drafty/a.md", None),
        ("draft.md", None),
        ("privateer/a.md", None),
    ],
)
def test_folders_and_names_of_files_withhold(tmp_path: Path, place: str, code: str | None) -> None:
    file = tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(file_of("", "withheldx1x" if code else "publicx1x"))
    report = built(tmp_path)
    assert leaks(report.feed) == []
    assert [problem.code for problem in report.problems if problem.code in {"draft", "private"}] == [code] * bool(code)
    assert report.totals.out == (not code)


PLACES: Final = (
    ("Entwu\u0308rfe/a.md", "draft"),  # as macOS writes it
    ("\u110e\u1169\u110b\u1161\u11ab/a.md", "draft"),
    ("My Drafts/a.md", "draft"),
    ("00-drafts/a.md", "draft"),
    ("drafts-2021/a.md", "draft"),
    ("drafts_old/a.md", "draft"),
    ("_Drafts (old)/a.md", "draft"),
    ("_draft_posts/a.md", "draft"),
    ("Entwurf/a.md", "draft"),
    ("未发布/a.md", "draft"),
    ("非公开/a.md", "private"),
    ("DRAFT-2021-03-04-a.md", "draft"),
    ("a-DRAFT.md", "draft"),
    ("WIP a.md", "draft"),
    ("a.wip.md", "draft"),
    ("【草稿】a.md", "draft"),
    ("posts/draft_Tide-1a2b.html", "draft"),  # Medium's
    ("posts/draft_Tide-0123456789ab.md", "draft"),  # the same in Markdown
    ("posts/draft_horses-of-1850.md", None),
    ("letterboxd/deleted/reviews.csv", "draft"),
    ("orphaned/diary.csv", "draft"),
    ("letterboxd/reviews.csv", None),
    ("undeleted/reviews.csv", None),
    ("deleted/a.md", None),  # what others have deleted is a subject
    *((f"{folder}/a.md", "draft") for folder in ("pending", "queue", "Scheduled", "unfinished", "in-progress")),
    *((f"posts/{folder}/a.md", "draft") for folder in ("discarded", "rejected", "_scrapped", "Unused", "to-write")),
    *((f"posts/{folder}/a.md", "draft") for folder in ("not-used", "unused_posts", "Rejected Articles", "old unused")),
    *((f"{folder}/a.md", "draft") for folder in ("borradores", "bozze", "Brouillons", "_concepten", "entwuerfe")),
    *((f"{folder}/a.md", "draft") for folder in ("koncepty", "luonnokset", "rascunho", "szkice", "taslaklar")),
    *((f"{folder}/a.md", "draft") for folder in ("чернетки", "черновик", "下書き", "草稿箱", "임시저장", "Papierkorb")),
    *((f"{folder}/a.md", "private") for folder in ("privat", "Private Posts", "私密", "비공개", "_secret")),
    ("a.unpublished.md", "draft"),
    ("a.md.disabled", "draft"),
    ("草稿-a.md", "draft"),
    ("a.private.md", "private"),
    ("[private] a.md", "private"),
    *((f"{folder}/a.md", "draft") for folder in ("x-draft", "posts.draft", "drafts.old", "Drafts (2)", "draft-2")),
    *((f"{folder}/a.md", "draft") for folder in ("📝 Drafts", "WIP posts", "drafts+ideas", "to-publish")),
    *((f"{folder}/a.md", "private") for folder in ("notes.private", "posts-private", "private.old")),
    *((f"{folder}/a.md", None) for folder in ("nfl-draft", "on draft", "private-eyes", "posts", "2021", "my blog")),
    ("logseq/bak/pages/a/2021-03-04.md", "draft"),
    ("notes/logseq/version-files/a.md", "draft"),
    ("wiki/data/attic/tide.1741046400.txt", "draft"),
    ("data/cache/a/a9f2.draft", "draft"),  # DokuWiki's, of what nobody has saved yet
    ("data/cache/tide.md", None),  # what a robot keeps of feeds
    ("data/cache/a/quay.example.json", None),
    ("data/pages/tide.txt", None),
    ("attic/a.md", None),
    ("logseq/pages/a.md", None),
    ("_templates/a.md", "draft"),
    ("templates/a.md", None),  # of letters, of sails
    ("秘密/a.md", None),  # secrets are a topic
    ("queues/a.md", None),
    ("posts/draft_horses.md", None),
    ("drafts of wind/a.md", None),
    ("overdrafts/a.md", None),
    ("draft-horses/a.md", None),
    *((f"{folder}/a.md", None) for folder in ("concepten", "Koncept")),  # "concepts", too
    ("NBA-DRAFT.md", None),  # all of it is in capitals
    *((f"posts/{name}.md", "draft") for name in ("template_article", "article-template", "_template", "post_template")),
    *(
        (f"posts/{name}.md", "draft")
        for name in ("Post Template", "template-news-1", "_my_template", "blog-post-template")
    ),
    *((f"posts/{name}.md", "draft") for name in ("modèle_article", "plantilla-articulo", "Artikelvorlage", "文章模板")),
    ("ferry/templates/template_ferry.md", "draft"),  # what is begun so is told by the folder
    ("ferry/template_ferry.md", None),
    *((f"posts/{name}.md", None) for name in ("template", "C++ template", "templates", "post-templates", "postbox")),
    *((f"posts/{name}.md", None) for name in ("2024-08-05-post-template", "page-template", "template-notes")),
)


@pytest.mark.parametrize(("place", "code"), PLACES)
def test_places_of_drafts_are_known_as_people_and_programs_name_them(place: str, code: str | None) -> None:
    reason = withheld_by_place(SourceFile(place, place), context_for(Options(), NOW))
    assert (reason and reason.code) == code


def test_a_folder_of_drafts_that_is_given_itself_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = tmp_path / "_drafts" / "2024"
    drafts.mkdir(parents=True)
    (drafts / "a.md").write_text(file_of("", "withheldx1x"))
    (tmp_path / "pub").symlink_to(drafts)
    (tmp_path / "pub.md").symlink_to(drafts / "a.md")
    monkeypatch.chdir(drafts)
    for paths in ((".",), ("..",), ("a.md",), (str(tmp_path / "pub"),), (str(tmp_path / "pub.md"),)):
        assert (leaks((report := built(drafts, paths=paths)).feed), report.totals.withheld) == ([], 1)


def test_an_archive_may_be_kept_in_a_private_folder(tmp_path: Path) -> None:
    archive = tmp_path / "private" / "trash"
    archive.mkdir(parents=True)
    (archive / "a.md").write_text(file_of("", "publicx1x"))
    assert built(archive).totals.out == 1


@pytest.mark.parametrize(
    ("name", "is_held"),
    [
        ("2027-06-01-a.md", True),
        ("2027-6-1-a.md", True),
        ("2027.6.01.md", True),
        ("2027_06_1 a.md", True),
        ("20270601.md", True),
        ("2027/06/01/a.md", True),
        ("posts/2027/6/1/tide/index.md", True),
        ("2027/06/01.md", True),
        ("2027/06/01/2020-01-02-a.md", True),  # in doubt it waits
        ("2024/06/01/a.md", False),  # past
        ("2027/13/01/a.md", False),  # no month
        ("2027/06/a.md", False),  # no day
        ("2027/06/10-things.md", False),  # a number of the title
        ("x2027/06/01/a.md", False),  # no year
    ],
)
def test_a_later_day_in_the_name_of_a_file_or_folders_holds_it_back(tmp_path: Path, name: str, is_held: bool) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(file_of("", "heldx1x" if is_held else "publicx1x"))
    totals = built(tmp_path).totals
    assert (totals.held_back, totals.out) == (is_held, not is_held)


ADDRESS: Final = "---\ntitle: Tide\nlink: https://quay.example/tide\n"
DAY, NEXT_DAY = "date: 2025-03-04\n", "date: 2025-03-05\n"


@pytest.mark.parametrize(
    ("public", "draft", "options"),
    [
        pytest.param(f"{DAY}note: which makes it larger\n", DAY, {}, id="of the same day, and smaller"),
        pytest.param(f"{DAY}tags: [tides]\n", NEXT_DAY, {"category": ("tides",)}, id="without the wanted tag"),
        pytest.param(f"{DAY}author: Ada\n", NEXT_DAY, {"author": ("Ada",)}, id="without the wanted author"),
        pytest.param(DAY, "", {}, id="without a date"),
    ],
)
def test_in_doubt_a_withheld_record_withdraws_its_article(
    tmp_path: Path, public: str, draft: str, options: dict[str, object]
) -> None:
    (tmp_path / "a.md").write_text(f"{ADDRESS}{public}---\n\nheldx1x\n")
    (tmp_path / "b.md").write_text(f"{ADDRESS}{draft}draft: true\n---\n\nwithheldx1x\n")
    report = built(tmp_path, **options)
    assert leaks(report.feed) == []
    assert (report.totals.withheld, report.totals.duplicates, report.totals.out) == (1, 1, 0)


NIKOLA: Final = ".. title: withheldx1x\n.. slug: tide\n.. date: 2025-03-04\n{}\n\nThe water rose, withheldx1x.\n"
ORG: Final = "#+TITLE: withheldx1x\n#+DATE: <2025-03-04>\n{}\n\nThe water rose, withheldx1x.\n"
RST: Final = "withheldx1x\n===========\n\n:date: 2025-03-04\n{}\n\nThe water rose, withheldx1x.\n"
ASCIIDOC: Final = "= withheldx1x\n:revdate: 2025-03-04\n{}\n\nThe water rose, withheldx1x.\n"
WXR: Final = (
    '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Quay</title><item>'
    "<title>withheldx1x</title><pubDate>Tue, 04 Mar 2025 00:00:00 GMT</pubDate><description>withheldx1x</description>"
    "<wp:post_type>post</wp:post_type><wp:status>{}</wp:status></item></channel></rss>"
)
JSON_FEED: Final = (
    '{{"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": [{{"id": "1", "title": "withheldx1x", '
    '"content_text": "withheldx1x", "date_published": "2025-03-04T00:00:00Z", {}}}]}}'
)
GHOST: Final = (
    '{{"db": [{{"data": {{"posts": [{{"id": "1", "title": "withheldx1x", "html": "<p>withheldx1x</p>", '
    '"published_at": "2025-03-04T00:00:00Z", {}}}], "users": [], "tags": [], "posts_tags": []}}}}]}}'
)
BLOGGER: Final = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018"><title>Quay</title>'
    "<entry><id>tag:quay.example,2025:1</id><title>withheldx1x</title><published>2025-03-04T00:00:00Z</published>"
    '<content type="html">withheldx1x</content><blogger:type>POST</blogger:type>{}</entry></feed>'
)
EXPORT: Final = '[{{"title": "withheldx1x", "content": "<p>withheldx1x</p>", "createdAt": "2025-03-04T00:00:00Z", {}}}]'
TABLE: Final = "title,date,content,{}\nwithheldx1x,2025-03-04,withheldx1x,{{}}\n"
NOTION: Final = "# withheldx1x\n\nDate: March 4, 2025\n{}\n\nwithheldx1x\n"
LOGSEQ: Final = "title:: withheldx1x\ndate:: 2025-03-04\n{}\n\n- withheldx1x\n"
FIELD: Final = (
    "publish</wp:status><wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>"
    "<wp:status>publish"
)
# What plug-ins of WordPress keep of posts that are for some only, or not in feeds, with their defaults left out.
MEMBERSHIPS: Final = (
    ("_mepr_unauthorized_message_type", "hide"),
    ("pms-content-restrict-user-status", "loggedin"),
    ("pms-content-restrict-subscription-plan", "12"),
    ("_wppcp_post_page_visibility", "member"),
    ("_issuem_leaky_paywall_visibility", 'a:1:{s:15:"visibility_type";s:4:"only";}'),
    ("memberful_acl", 'a:1:{s:12:"subscription";a:1:{i:0;i:33;}}'),
    ("_post_restricted_to", 'a:1:{i:0;s:10:"subscriber";}'),
    ("exclude_from_rss", "on"),
)
PAGE: Final = (
    '<html><head><title>withheldx1x</title><meta property="og:type" content="article">{}'
    '<meta property="article:published_time" content="2025-03-04"></head><body><article><p>The water rose over the '
    "quay and into the streets, withheldx1x, and nobody had seen the like of it before.</p></article></body></html>"
)
# In other formats: a file's ending, its text, and what it says.
ELSEWHERE: Final = (
    *(("rst", NIKOLA, says) for says in (".. status: draft", ".. tags: tides, draft", ".. tags: private")),
    ("rst", NIKOLA, ".. status: published\n.. status: draft"),
    *(("org", ORG, says) for says in ("#+HUGO_DRAFT: t", "#+draft: true", "#+FILETAGS: :tides:draft:")),
    *(("org", ORG, f"#+HUGO_CUSTOM_FRONT_MATTER: {says}") for says in (":draft true", ":weight 3 :draft t")),
    ("org", ORG, "#+filetags: :noexport:"),
    *(("org", f":PROPERTIES:\n:{says}\n:END:\n{ORG}", "") for says in ("DRAFT: t", "EXPORT_HUGO_DRAFT: true")),
    *(("adoc", ASCIIDOC, says) for says in (":draft:", ":page-draft: true", ":page-published: false")),
    ("adoc", ASCIIDOC, ":jbake-status: draft"),
    *(("xml", WXR, says) for says in ("draft", "private", "future", "acf-disabled")),
    *(("xml", WXR, FIELD.format(key, "1")) for key in ("_wplp_post_feed", "_restrict_content", "password_protected")),
    *(("xml", WXR, FIELD.format(key, "yes")) for key in ("members_only", "_is_premium", "acme_paywall")),
    ("xml", WXR, FIELD.format("_um_content_restriction", 'a:1:{s:26:"_um_custom_access_settings";s:1:"1";}')),
    *(
        ("html", PAGE, f'<meta name="{key}" content="{says}">')
        for key, says in (("status", "draft"), ("draft", "true"))
    ),
    ("org", ORG, "#+PROPERTY: draft true"),
    *(("org", ORG, says) for says in ("#+OPTIONS: toc:nil draft:t", "#+begin_comment\na\n#+end_comment\n#+DRAFT: t")),
    *(("rst", RST, says) for says in (":private:", ":draft:", ":published: no")),
    *(("xml", WXR, FIELD.format(key, says)) for key, says in MEMBERSHIPS),
    *(
        ("xml", WXR.replace("<wp:status>{}</wp:status>", "{}"), f"<{key}>{says}</{key}>")
        for key, says in (("status", "draft"), ("draft", "true"), ("visibility", "private"))
    ),
    ("html", PAGE, '<meta name="access" content="private">'),
    ("html", PAGE, '<script type="application/ld+json">{"@type": "Article", "creativeWorkStatus": "Draft"}</script>'),
    ("adoc", ASCIIDOC, ":revremark: draft"),
    ("xml", BLOGGER, "<blogger:trashed>2025-05-05</blogger:trashed>"),
    *(
        ("json", EXPORT, says)
        for says in ('"publishedAt": null', '"published_at": ""', '"meta": {"publishedAt": null}')
    ),
    # ActivityPub: to followers alone; notes in the table that has the text.
    ("json", EXPORT, '"to": ["https://quay.example/ada/followers"], "cc": []'),
    # Unlisted: everybody may read it who knows where it is.
    ("json", EXPORT, '"to": ["https://quay.example/ada/followers"], "cc": ["as:Public"]'),
    ("json", EXPORT, '"to": [], "cc": ["Public"]'),
    ("json", EXPORT, '"visibility": "specified", "visibleUserIds": ["a1"]'),
    ("json", EXPORT, '"visibility": "home"'),
    ("json", EXPORT.replace('"<p>withheldx1x</p>"', '{{"text": "withheldx1x", "trashed": true}}'), '"type": "note"'),
    ("csv", TABLE.format("archived,draft"), "true,false"),  # Webflow
    *(("json", EXPORT, says) for says in ('"_id": "drafts.7"', '"excerpt": {"rendered": "", "protected": true}')),
    *(
        ("csv", TABLE.format(key), says)
        for key, says in (("published_at", ""), ("is_published", "false"), ("tags", "wip"))
    ),
    *(("md", NOTION, says) for says in ("Published?: No", "Status: Not started", "Tags: Draft")),
    *(("md", "# 2025-03-04 withheldx1x\n\n{}\n\nwithheldx1x\n", says) for says in ("Status: Draft", "draft:: true")),
    *(("md", "# 2025-03-04 withheldx1x\n\nwithheldx1x\n\n{}\n", says) for says in ("#draft", "#fog #status/private")),
    *(("md", LOGSEQ, says) for says in ("tags:: draft", "public:: false")),
    *(
        ("json", JSON_FEED, says)
        for says in ('"draft": true', '"_blog": {"status": "draft"}', '"_status": "draft"', '"_blog": {"draft": true}')
    ),
    ("json", JSON_FEED, '"date_published": null'),
    *(("json", GHOST, says) for says in ('"status": "sent"', '"status": "draft"', '"visibility": "product:gold"')),
    ("json", GHOST, '"status": "published", "visibility": "public", "email_only": 1'),
    # Write.as: a post that belongs to no blog; a blog that is not public. Textpattern: 4 is live.
    ("json", EXPORT.replace("content", "body"), '"slug": null, "appearance": "norm", "rtl": false'),
    ("json", f'{{{{"public": false, "title": "Quay", "posts": {EXPORT}}}}}', '"slug": "tide"'),
    ("csv", "Title,Posted,LastMod,AuthorID,Body,Status\nwithheldx1x,2025-03-04,2025-03-04,ada,withheldx1x,{}\n", "3"),
    ("org", ORG, "#+PROPERTY: HUGO_DRAFT true"),
    *(("md", "# 2025-03-04 withheldx1x\n\nwithheldx1x\n\n{}\n", says) for says in ("#private/diary", "#draft/sea")),
    ("md", "# 2025-03-04 withheldx1x\n{}\n\nwithheldx1x\n", "meta-draft: 1"),  # Blosxom
)


def test_a_heading_of_org_that_is_the_draft_of_a_post_of_its_own_stays_in(tmp_path: Path) -> None:
    drawer = ":PROPERTIES:\n:EXPORT_FILE_NAME: tide\n:END:\n"
    (tmp_path / "a.org").write_text(
        f"#+TITLE: Quay\n#+DATE: 2025-03-04\n\n* TODO Tide\n{drawer}withheldx1x\n** More\nwithheldx1x\n"
        f"* DRAFT Fog\n{drawer}withheldx1x\n* Ebb\n:PROPERTIES:\n:EXPORT_HUGO_DRAFT: t\n:END:\nwithheldx1x\n"
        f"* TODO Mend the quay\nThe stones are loose.\n* DONE Storm\n{drawer}The wind fell.\n"
    )
    report = built(tmp_path)
    assert leaks(report.feed) == []
    assert b"The stones are loose." in report.feed
    assert b"The wind fell." in report.feed


def test_what_stands_in_a_template_of_html_is_never_shown(tmp_path: Path) -> None:
    """No browser shows it; the word alone, between angle brackets, is a word."""
    texts = ("**Fog.** <template>withheldx1x</template>", "<template>\n\n**withheldx1x**\n\n</template>\n\nFog.")
    for number, text in enumerate((*texts, "<p>Fog <template><p>withheldx1x</p></template></p>", "A <template> tag.")):
        (tmp_path / f"{number}.md").write_text(f"---\ntitle: Tide {number}\ndate: {DATE}\n---\n\n{text}\n")
    report = built(tmp_path)
    assert report.totals.out == 4
    assert leaks(report.feed) == []
    assert b"template" in report.feed


def test_posts_that_hexo_discarded_stay_in(tmp_path: Path) -> None:
    (tmp_path / "source" / "_discarded").mkdir(parents=True)
    (tmp_path / "source" / "_discarded" / "a.md").write_text(file_of("layout: post", "withheldx1x"))
    assert [problem.code for problem in built(tmp_path).left_out] == ["draft"]


def test_what_other_formats_say_is_not_published_is_withheld(tmp_path: Path) -> None:
    for number, (ending, text, says) in enumerate(ELSEWHERE):
        (tmp_path / f"{number}.{ending}").write_text(text.format(says))
    report = built(tmp_path)
    assert {
        Path(problem.path).name for problem in report.left_out if problem.code in {"draft", "private", "locked"}
    } == {f"{number}.{ending}" for number, (ending, _, _) in enumerate(ELSEWHERE)}
    assert leaks(report.feed) == []


ZIM: Final = "Content-Type: text/x-zim-wiki\nWiki-Format: zim 0.6\n\n====== Tide ======\n\nThe water rose.\n\n{}\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("2025-03-04-tide.txt", ZIM.format("@draft"), ["draft"]),
        ("2025-03-04-tide.txt", ZIM.format("@sea @private"), ["private"]),
        ("2025-03-04-tide.txt", ZIM.format("'''\n@private\n'''"), []),  # Zim's code
        ("2025-03-04-tide.txt", ZIM.format('{{{code: lang="objc"\n@private\n}}}'), []),
        ("2025-03-04-tide.txt", ZIM.format("* @private"), []),
        *(
            ("2025-03-04-tide.md", f"# Tide\n\n{text}\n", [])
            for text in (
                "```js\n/**\n * @private\n */\n```",
                "```objc\n@private\n```",
                "    @private\n    int depth;",
                "@private",  # an annotation: no notes but Zim's have such tags
                "* @private\n* @public",
                "- @wip @ann",
                "#wip/music",  # of works in progress, of poems that nobody printed
                "#unpublished/poems",
            )
        ),
        ("a.md", "---\ntitle: Tide\ndate: 2025-03-04\n---\n\n- @private\n- @public\n", []),
    ],
)
def test_only_in_zim_a_line_of_names_is_one_of_tags(name: str, text: str, told: list[str], tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    assert [problem.code for problem in built(tmp_path).left_out] == told


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("1", ["1 (draft in Textpattern: a draft)"]),
        ("2", ["2 (hidden in Textpattern: a draft)"]),
        ("3", ["3 (pending in Textpattern: a draft)"]),
        *((says, []) for says in ("4", "5", "published", "Live")),
    ],
)
def test_only_numbers_are_states_of_textpattern(status: str, told: list[str], tmp_path: Path) -> None:
    row = {"title": "Tide", "author_id": "ada", "lastmod": "2025-03-04", "posted": "2025-03-04", "body": "The sea."}
    (tmp_path / "a.json").write_text(json.dumps([{**row, "status": status}]))
    left_out = built(tmp_path).left_out
    assert [problem.message for problem in left_out] == [f"a record says status: {says}" for says in told]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("[DRAFT] Tide", "draft"),
        ("[draft] Tide", "draft"),
        ("DRAFT: Tide", "draft"),
        ("Tide (draft)", "draft"),
        ("【草稿】Tide", "draft"),
        ("WIP: Tide", "draft"),
        *((title, "draft") for title in ("[ Draft ] Tide", "*Draft* Tide", "[DRAFT 2] Tide")),
        *((title, "draft") for title in ("Tide - DRAFT", "BORRADOR: Tide", "Черновик: Tide", "「草稿」Tide")),
        *((title, "draft") for title in ("DO NOT PUBLISH: Tide", "[Do not publish] Tide", "Tide (private)")),
        ("$:/state/tab", "private"),  # TiddlyWiki's own
        ("$ 5 a pound", None),
        *((title, None) for title in ("(Private) Equity", "NBA - DRAFT", "Drafts - a game", "Do not publish: a novel")),
        ("Draft: who was picked first", None),
        ("Tide (draft horses)", None),
        ("The draft", None),
    ],
)
def test_a_title_marks_a_draft_in_a_header_and_in_a_heading(title: str, code: str | None, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: '{title}'\ndate: {DATE}\nlink: https://q.example/1\n---\n\nRose.\n")
    (tmp_path / "b.md").write_text(f"# {title}\n\n2025-03-04\n\nThe water fell.\n")
    report = built(tmp_path)
    assert [problem.code for problem in report.left_out] == [code] * 2 * bool(code)


def test_a_strong_word_before_the_title_of_a_header_marks_a_draft(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: '**DRAFT** Tide'\ndate: {DATE}\n---\n\nThe water rose.\n")
    assert [problem.code for problem in built(tmp_path).left_out] == ["draft"]


def test_a_feed_and_a_header_that_says_published_are_marked_by_no_word(tmp_path: Path) -> None:
    header = f"title: Tide (draft)\ndate: {DATE}\ntags: [draft]\npublished: true"
    (tmp_path / "a.md").write_text(f"---\n{header}\n---\n\nThe water rose.\n")
    item = "<title>[Draft] Picks</title><category>Draft</category><pubDate>Tue, 04 Mar 2025 00:00:00 GMT</pubDate>"
    (tmp_path / "b.xml").write_text(
        f"<rss><channel><title>Q</title><item>{item}<description>R</description></item></channel></rss>"
    )
    assert built(tmp_path).totals.out == 2


def test_defaults_of_plug_ins_for_memberships_withhold_nothing(tmp_path: Path) -> None:
    """Each writes them with every post that is saved."""
    defaults = (
        *(("_mepr_unauthorized_message_type", "default"), ("_wppcp_post_page_visibility", "none")),
        *(("pms-content-restrict-type", "default"), ("_wc_memberships_force_public", "yes"), ("patreon-level", "0")),
        ("_issuem_leaky_paywall_visibility", 'a:1:{s:15:"visibility_type";s:7:"default";}'),
        ("memberful_acl", 'a:2:{s:7:"product";a:0:{}s:12:"subscription";a:0:{}}'),
        ("_restrict_comments", "1"),
        # Keys of other plug-ins, in which such words stand for something else.
        *(("_is_protected_species", "yes"), ("protected_by", "1"), ("is_premium_theme_layout", "1")),
        *(("display", "users"), ("sidebar_display", "subscribers"), ("sidebar_visibility", "members")),
        ("_expiration-date", "4102444800"),  # 2100
    )
    for number, (key, value) in enumerate(defaults):
        post = WXR.format(FIELD.format(key, value)).replace("withheldx1x", f"public {number}")
        (tmp_path / f"{number}.xml").write_text(post)
    assert built(tmp_path).totals.out == len(defaults)


def test_a_post_of_wordpress_is_taken_off_when_its_plug_in_says(tmp_path: Path) -> None:
    post = WXR.format(FIELD.format("_expiration-date", "1743465600")).replace("withheldx1x", "heldx1x")  # 1 April 2025
    (tmp_path / "a.xml").write_text(post)
    assert [problem.code for problem in built(tmp_path).left_out] == ["expired"]


@pytest.mark.parametrize(
    "says",
    [
        '"to": ["https://www.w3.org/ns/activitystreams#Public"]',
        '"to": "Public", "cc": ["https://quay.example/ada/followers"]',
        '"locked": true, "active_lock_reason": null',  # an issue of GitHub, for comments
        '"archived": true',  # an archive is public
    ],
)
def test_what_is_said_beside_others_may_be_about_something_else(says: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(EXPORT.format(says).replace("withheldx1x", "public"))
    assert built(tmp_path).totals.out == 1


def test_internal_tags_of_ghost_are_no_categories(tmp_path: Path) -> None:
    tags = '[{"id": "7", "name": "#withheldx1x", "visibility": "internal"}, {"id": "8", "name": "Tides"}]'
    joins = '[{"post_id": "1", "tag_id": "7"}, {"post_id": "1", "tag_id": "8"}]'
    export = GHOST.format('"status": "published"').replace("withheldx1x", "public")
    export = export.replace('"tags": []', f'"tags": {tags}').replace('"posts_tags": []', f'"posts_tags": {joins}')
    (tmp_path / "ghost.json").write_text(export)
    feed = built(tmp_path).feed
    assert leaks(feed) == []
    assert b'term="Tides"' in feed


KEYS = st.sampled_from(("draft", "isDraft", "private", "password", "unlisted", "encrypted"))
NOT_YES = frozenset({"", "0", "f", "false", "n", "never", "nil", "no", "none", "null", "off", "undefined", "~", "-"})
WORDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8).filter(
    lambda word: word.casefold() not in NOT_YES and word not in {"否", "无", "無"}
)


@given(
    KEYS,
    st.sampled_from((str.upper, str.title, str, "_".join, "-".join)),
    WORDS,
    st.sampled_from(("{}", '"{}"', "'{}'", "[{}]", "\n  - {}", " {}  ")),
    st.sampled_from((("---\n", "---\n"), ("\n---\n", "---\n\n"), ("---\n", "...\n"), ("", "---\n"), ("---\n", "\n"))),
)
@example("draft", str, "true", "{}", ("---\n", "---\n"))
def test_any_value_that_is_no_no_withholds(
    key: str, spell: object, word: str, quoted: str, fences: tuple[str, str]
) -> None:
    name = spell(key)  # type: ignore[operator]
    text = file_of(f"{name}: {quoted.format(word)}", "x", *fences)
    read = Document(SourceFile("a.md", "a.md"), text.encode())
    assert quick_key(read, context_for(Options(), NOW)) is None
