"""Whole builds: fixtures/builds/<case>/in with its expected feed and problems; and what must hold of every build."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from atom_rules import broken_rules
from folders import FIXTURES

import refeed
from refeed.config.toml_file import load_configuration
from refeed.options import Options
from refeed.outputs import output_names
from refeed.pipeline.second_pass.limit_and_span import window_of

BUILDS = FIXTURES / "builds"
CASES = sorted(path.name for path in BUILDS.iterdir() if path.is_dir())
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def build(folder: Path, **settings: object) -> refeed.Report:
    """Build a folder in memory; what every build must keep is asserted here."""
    report = refeed.build([folder], options=Options(**settings), now=NOW)  # type: ignore[arg-type]
    assert report.totals.add_up, report.totals
    assert broken_rules(report.feed) == []
    return report


def titles(report: refeed.Report) -> list[str]:
    return [entry.title for entry in feedparser.parse(report.feed).entries]


def dump(folder: Path, name: str, title: str, date: str, body: str = "Text enough to be read.", **keys: str) -> Path:
    """Write a small dump with front matter."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"title: {title}", f"date: {date}", *(f"{key}: {value}" for key, value in keys.items())]
    path.write_text("---\n" + "\n".join(lines) + f"\n---\n\n<p>{body}</p>\n")
    return path


def test_there_are_builds() -> None:
    assert "showcase" in CASES


@pytest.mark.parametrize("case", CASES)
def test_a_build_is_as_expected(case: str, accept: bool) -> None:
    folder = BUILDS / case
    stated = folder / "refeed.toml"
    options = load_configuration(stated) if stated.exists() else Options()
    report = refeed.build([folder / "in"], options=options, now=NOW)
    assert report.totals.add_up
    assert broken_rules(report.feed) == []
    problems = [str(problem).removeprefix(f"{folder}/in/") for problem in report.problems]
    lines = "".join(f"{line}\n" for line in [*problems, str(report.totals)]).replace(f"{folder}/in/", "")
    if accept:
        (folder / "expected.atom").write_bytes(report.feed)
        (folder / "expected.problems").write_text(lines)
    assert report.feed == (folder / "expected.atom").read_bytes()
    assert lines == (folder / "expected.problems").read_text()


def test_a_second_dump_of_the_oldest_article_changes_neither_order_nor_number(tmp_path: Path) -> None:
    for day in (1, 2, 3):
        dump(tmp_path, f"{day}.md", f"Day {day}", f"2020-05-0{day}T08:00:00Z", link=f"https://x.example/{day}")
    before = feedparser.parse(build(tmp_path).feed).entries
    dump(tmp_path, "again.md", "Day 1", "2020-06-30T08:00:00Z", link="http://x.example/1?utm_source=feed")
    after = feedparser.parse(build(tmp_path).feed).entries
    assert [entry.id for entry in after] == [entry.id for entry in before]
    assert [entry.published for entry in after] == [entry.published for entry in before]
    assert [entry.title for entry in after] == ["Day 3", "Day 2", "Day 1"]
    assert after[-1].updated == "2020-05-01T08:00:00Z"  # its text is the same


def test_renaming_and_moving_change_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "one" / "dumps", tmp_path / "two" / "dumps"
    shutil.copytree(BUILDS / "showcase" / "in", first)
    for number, path in enumerate(sorted(p for p in first.rglob("*") if p.is_file()), 1):
        target = second / f"{number:03}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    assert build(first).feed == build(second).feed


def test_the_published_date_is_the_earliest_dateline_of_all_copies(tmp_path: Path) -> None:
    heading = "<!--{}-->\n[Ferry](https://x.example/ferry)\n------\n\n<div><i>{}</i></div><p>It sails.</p>"
    first, second = "1665567543000", "1665653943000"  # 2022-10-12 and -13, 09:39:03Z
    (tmp_path / "a").write_text(heading.format(first, "Wed, 12 Oct 2022 09:21:33 GMT"))
    (tmp_path / "b").write_text(heading.format(second, "Thu, 13 Oct 2022 09:00:00 GMT"))
    (entry,) = feedparser.parse(build(tmp_path).feed).entries
    assert (entry.published, entry.updated) == ("2022-10-12T09:21:33Z", "2022-10-13T09:39:03Z")


def test_a_draft_that_is_newest_withdraws_the_article(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "Kept", "2020-05-01T08:00:00Z", link="https://x.example/kept")
    dump(tmp_path, "b.md", "Gone", "2020-05-01T08:00:00Z", link="https://x.example/gone")
    dump(tmp_path, "c.md", "Gone", "2020-05-02T08:00:00Z", link="https://x.example/gone", draft="true")
    report = build(tmp_path)
    assert titles(report) == ["Kept"]
    assert (report.totals.withheld, report.totals.duplicates) == (1, 1)


def test_what_is_dated_in_the_future_is_held_back_and_told(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "Today", "2026-11-19T08:00:00Z")
    dump(tmp_path, "b.md", "Tomorrow", "2026-11-21T08:00:00Z")
    report = build(tmp_path)
    assert titles(report) == ["Today"]
    assert [(p.code, Path(p.path).name) for p in report.left_out] == [("future", "b.md")]
    assert report.totals.held_back == 1
    assert report.due == datetime(2026, 11, 21, 8, tzinfo=UTC)
    assert titles(refeed.build(tmp_path, now=report.due)) == ["Tomorrow", "Today"]
    assert titles(build(tmp_path, future="include")) == ["Tomorrow", "Today"]


def test_what_has_no_date_is_left_out_or_comes_last(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "Dated", "2020-05-01T08:00:00Z")
    dump(tmp_path, "b.md", "Undated", "Invalid Date")
    report = build(tmp_path)
    assert titles(report) == ["Dated"]
    assert [p.code for p in report.left_out] == ["no-date"]
    assert report.totals.undated == 1
    last = build(tmp_path, undated="last")
    assert titles(last) == ["Dated", "Undated"]
    assert feedparser.parse(last.feed).entries[1].updated == "1990-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("noon on Friday", "'noon on Friday' is not a valid date"),
        ("03/04/2021", "'03/04/2021' can be read in two ways; set `day-first` for this source in refeed.toml"),
        ("2020-13-01", "'2020-13-01' is not a valid date"),
        ("1888-01-01", "'1888-01-01' is not a plausible date"),
    ],
)
def test_a_stated_date_that_cannot_be_used_is_told_where_nothing_else_dates_the_article(
    tmp_path: Path, date: str, said: str
) -> None:
    dump(tmp_path, "a.md", "Undated", date)
    dump(tmp_path, "b.md", "Dated", "2020-05-01T08:00:00Z")
    report = build(tmp_path)
    assert [(problem.code, problem.message) for problem in report.left_out] == [
        ("bad-date", f"front matter: date: {said}; skipped (--undated last keeps it)")
    ]
    assert report.totals.undated == 1


def test_two_articles_that_state_one_id_are_two_articles(tmp_path: Path) -> None:
    for name in ("a", "b"):
        link = f"https://x.example/{name}"
        dump(tmp_path, f"{name}.md", name.upper(), "2020-05-01T08:00:00Z", link=link, guid="tag:x.example,2020:1")
    report = build(tmp_path)
    assert len({entry.id for entry in feedparser.parse(report.feed).entries}) == 2
    assert [p.code for p in report.entry_problems] == ["id-clash", "id-clash"]


def test_stubs_become_links_or_are_left_out_and_then_the_next_article_takes_their_place(tmp_path: Path) -> None:
    (tmp_path / "stub.md").write_text(
        "---\ntitle: Stub\ndate: 2020-05-03\nlink: https://x.example/s\n---\n\n<p> </p>\n"
    )
    dump(tmp_path, "a.md", "Full", "2020-05-02T08:00:00Z")
    dump(tmp_path, "b.md", "Older", "2020-05-01T08:00:00Z")
    linked = feedparser.parse(build(tmp_path, limit=2).feed).entries
    assert [entry.title for entry in linked] == ["Stub", "Full"]
    assert linked[0].content[0].value == '<p><a href="https://x.example/s">Stub</a></p>'
    report = build(tmp_path, limit=2, stubs="skip")
    assert titles(report) == ["Full", "Older"]
    assert [p.code for p in report.left_out] == ["stub"]
    assert report.totals.skipped == 1


def many(folder: Path, count: int, step: timedelta) -> None:
    newest = datetime(2026, 11, 1, tzinfo=UTC)
    for number in range(count):
        dump(folder, f"{number:03}.md", f"N{number}", (newest - number * step).isoformat())


def test_the_feed_holds_fifty_articles_or_two_days_whichever_is_more(tmp_path: Path) -> None:
    many(tmp_path / "slow", 60, timedelta(hours=6))
    many(tmp_path / "busy", 60, timedelta(minutes=30))
    assert build(tmp_path / "slow", workers=1).totals.out == 50
    assert build(tmp_path / "busy", workers=1).totals.out == 60
    assert build(tmp_path / "busy", workers=1, span=timedelta(hours=27)).totals.out == 54
    assert build(tmp_path / "busy", workers=1, limit=10).totals.out == 10
    assert build(tmp_path / "slow", workers=1, limit=0).totals.out == 60


def test_two_days_bring_no_more_than_a_thousand_articles_unless_they_are_asked_for(tmp_path: Path) -> None:
    # 1,003 of a day: readers refuse feeds of so many. The last three are counted as beyond the limit.
    rows = ({"title": f"N{number}", "content": "Ebb.", "date": 1_790_000_000 + 60 * number} for number in range(1003))
    (tmp_path / "list.json").write_text(json.dumps([*rows]))
    report = build(tmp_path, workers=1, content="summary")
    assert (report.totals.out, report.totals.beyond_limit) == (1000, 3)
    assert any("covers only 16.6 h" in note for note in report.notes)  # 999 minutes
    asked_for = window_of(Options(span=timedelta(hours=48)))
    assert asked_for.holds(1002, NOW - timedelta(hours=47), NOW)


def test_the_feed_stops_before_the_entry_that_would_pass_the_byte_limit(tmp_path: Path) -> None:
    many(tmp_path, 9, timedelta(days=1))
    whole = build(tmp_path)
    cut = build(tmp_path, max_bytes=len(whole.feed) - 1)
    assert (cut.totals.out, cut.totals.beyond_limit) == (8, 1)
    assert len(cut.feed) < len(whole.feed)
    assert build(tmp_path, max_bytes=len(whole.feed)).totals.out == 9
    assert build(tmp_path, max_bytes=1).totals.out == 1


def test_a_feed_that_covers_less_than_two_days_says_so(tmp_path: Path) -> None:
    many(tmp_path, 20, timedelta(hours=1))
    report = build(tmp_path, limit=10)
    assert any("covers only 9.0 h" in note for note in report.notes)
    assert not any("covers only" in note for note in build(tmp_path).notes)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"category": ("tides",)}, ["High"]),
        ({"category": ("tides", "fog")}, ["Grey", "High"]),
        ({"author": ("Ada",), "category": ("fog",)}, []),
        ({"outlet": ("x.example",)}, ["High"]),
        ({"since": datetime(2020, 5, 2, tzinfo=UTC)}, ["Grey"]),
        ({"until": datetime(2020, 5, 2, tzinfo=UTC)}, ["High"]),
    ],
)
def test_filters(tmp_path: Path, settings: dict[str, object], expected: list[str]) -> None:
    keys = {"link": "https://www.x.example/1"}
    dump(tmp_path, "a.md", "High", "2020-05-01T08:00:00Z", tags="[tides]", author="Ada", **keys)
    dump(tmp_path, "b.md", "Grey", "2020-05-02T08:00:00Z", tags="[fog]", author="Bob")
    report = build(tmp_path, **settings)
    assert titles(report) == expected
    assert report.totals.filtered == 2 - len(expected)


def test_bodies_that_do_not_go_out_are_not_even_decoded(tmp_path: Path) -> None:
    # A header is ASCII, its body in no encoding at all: whoever decodes the body must report it.
    for number in range(30):
        path = dump(tmp_path, f"{number:02}.md", f"N{number}", f"2020-05-{number + 1:02}T08:00:00Z")
        path.write_bytes(path.read_bytes() + bytes(range(0x81, 0xFF)) * 4)
    report = build(tmp_path, limit=3)
    assert {p.code for p in report.left_out} == {"unknown-encoding"}
    readable = [p for p in tmp_path.iterdir() if p.name < "25"]
    for path in readable:
        path.write_bytes(path.read_bytes().replace(bytes(range(0x81, 0xFF)), b""))
    report = build(tmp_path, limit=3)
    assert titles(report) == ["N24", "N23", "N22"]
    assert sorted(Path(p.path).name for p in report.left_out) == [f"{n}.md" for n in range(25, 30)]


def test_only_the_bodies_that_go_out_are_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import bs4

    parsed = []
    original = bs4.BeautifulSoup.__init__

    def spy(self: bs4.BeautifulSoup, *arguments: object, **keywords: object) -> None:
        parsed.append(1)
        original(self, *arguments, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(bs4.BeautifulSoup, "__init__", spy)
    many(tmp_path, 40, timedelta(days=1))
    assert build(tmp_path, limit=7).totals.out == 7
    assert len(parsed) == 7


def test_a_tree_without_a_dump_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(
        refeed.NothingToBuildError,
        match="no files; looked for comment-fields, dated-link, epoch-link, feed, front-matter, headed, mail, movable",
    ):
        refeed.build([tmp_path], now=NOW)
    (tmp_path / "notes.txt").write_text("Bread, milk.")
    with pytest.raises(refeed.NothingToBuildError, match="1 file, none of them a dump"):
        refeed.build([tmp_path], now=NOW)


def test_filters_that_match_nothing_give_a_valid_empty_feed(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "High", "2020-05-01T08:00:00Z")
    report = build(tmp_path, category=("none",))
    assert (report.totals.out, report.totals.filtered) == (0, 1)


def test_the_feeds_id_comes_from_its_title_and_the_note_gives_the_line_to_add(tmp_path: Path) -> None:
    folder = tmp_path / "somewhere" / "Harbour"
    dump(folder, "a.md", "High", "2020-05-01T08:00:00Z")
    report = build(folder)
    parsed = feedparser.parse(report.feed).feed
    assert parsed.title == "Harbour"
    assert any(f'add id = "{parsed.id}" under [feed] in refeed.toml' in note for note in report.notes)


@pytest.mark.parametrize(
    ("base", "feed", "page"),
    [
        ("https://x.example/feeds", "https://x.example/feeds/feed.xml", "https://x.example/feeds/"),
        ("https://x.example/feeds/", "https://x.example/feeds/feed.xml", "https://x.example/feeds/"),
        ("https://x.example/mine.xml", "https://x.example/mine.xml", "https://x.example/"),
    ],
)
def test_the_feed_says_where_it_is_served(tmp_path: Path, base: str, feed: str, page: str) -> None:
    dump(tmp_path, "a.md", "High", "2020-05-01T08:00:00Z")
    links = feedparser.parse(build(tmp_path, base_url=base).feed).feed.links
    assert [(link.rel, link.href) for link in links] == [("self", feed), ("alternate", page)]


def test_a_title_that_lost_characters_before_is_shown_as_it_is_and_told(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "港口\ufffd\ufffd船", "2020-05-01T08:00:00Z")
    report = build(tmp_path)
    assert titles(report) == ["港口\ufffd\ufffd船"]
    assert [p.code for p in report.entry_problems] == ["bad-encoding"]


def test_an_undated_copy_does_not_make_a_dated_article_old(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "Ferry", "2020-05-01T08:00:00Z", link="https://x.example/f")
    dump(tmp_path, "b.md", "Ferry", "Invalid Date", link="https://x.example/f")
    (entry,) = feedparser.parse(build(tmp_path, undated="last").feed).entries
    assert entry.published == "2020-05-01T08:00:00Z"


def test_an_id_stays_what_the_oldest_record_says(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "Ferry", "2020-05-01T08:00:00Z", link="https://x.example/f")
    dump(tmp_path, "b.md", "Tide", "2020-05-01T08:00:00Z", link="https://x.example/t", id="tag:x.example,2020:t")
    before = [entry.id for entry in feedparser.parse(build(tmp_path).feed).entries]
    dump(tmp_path, "c.md", "Ferry", "2020-05-02T08:00:00Z", link="https://x.example/f", id="tag:x.example,2020:f")
    dump(tmp_path, "d.md", "Tide", "2020-05-02T08:00:00Z", link="https://x.example/t", id="tag:x.example,2020:u")
    assert [entry.id for entry in feedparser.parse(build(tmp_path).feed).entries] == before


def test_neither_options_nor_the_clock_move_an_id(tmp_path: Path) -> None:
    dump(tmp_path, "2021-04-03-a.md", "Slash", "03/04/2021")
    dump(tmp_path, "2020-01-02-b.md", "Far", "2027-12-31")
    ids = {entry.title: entry.id for entry in feedparser.parse(build(tmp_path, future="include").feed).entries}
    rule = refeed.SiteOptions(day_first=True, timezone="Asia/Shanghai")
    again = refeed.build([tmp_path], options=Options(sources={"*": rule}), now=datetime(2028, 1, 1, tzinfo=UTC))
    assert {entry.title: entry.id for entry in feedparser.parse(again.feed).entries} == ids


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8"])
def test_what_only_the_body_tells_is_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    # No title, no link: the identity is the body's; no date in the header: the date is the dateline's.
    words = "渡轮今天早上离开三号码头，船上有八十名乘客。船长说，最安静的不是发动机，而是海鸥。"
    header = "---\nauthor: Ada\ndate: Invalid Date\ntitle: x\n---\n"
    (tmp_path / "a.md").write_bytes(f"{header}日期：2020年5月1日 08:00\n\n{words}\n".encode(encoding))
    (tmp_path / "b.md").write_bytes(f"---\nauthor: Ada\ndate: 2020-05-02\n---\n\n{words}\n".encode(encoding))
    report = build(tmp_path)
    assert [p.code for p in report.left_out] == []
    assert [entry.published for entry in feedparser.parse(report.feed).entries] == [
        "2020-05-02T00:00:00Z",
        "2020-05-01T08:00:00Z",
    ]


def test_damaged_utf16_is_told(tmp_path: Path) -> None:
    path = dump(tmp_path, "a.md", "Ferry", "2020-05-01T08:00:00Z")
    path.write_bytes(path.read_text().encode("utf-16") + b"\x00")
    assert [p.code for p in build(tmp_path).entry_problems] == ["bad-encoding"]


def test_a_file_that_changes_during_the_build_is_told_and_the_rest_goes_out(tmp_path: Path) -> None:
    from refeed.pipeline.build_context import BuildContext, BuildRequest
    from refeed.pipeline.first_pass.run import decide, first_pass
    from refeed.pipeline.second_pass.run import second_pass
    from refeed.pipeline.workers.pool import WorkerPool
    from refeed.pipeline.workers.worker import Worker

    dump(tmp_path, "a.md", "Stays", "2020-05-01T08:00:00Z")
    vanishes = dump(tmp_path, "b.md", "Vanishes", "2020-05-02T08:00:00Z")
    changes = dump(tmp_path, "c.md", "Changes", "2020-05-03T08:00:00Z")
    options = Options()
    pool = WorkerPool(Worker(options, NOW), 1)
    collected = first_pass([str(tmp_path)], options, NOW, pool=pool)
    decision = decide(collected, options, NOW, pool)
    vanishes.unlink()
    changes.write_text(changes.read_text().replace("Changes", "Another"))
    context = BuildContext(options, NOW, pool, None, BuildRequest(), ())
    composed = second_pass(collected, decision.selected, context, lambda _: 0)
    assert [(p.code, Path(p.path).name) for p in composed.left_out] == [
        ("changed-file", "c.md"),
        ("unreadable", "b.md"),
    ]
    assert (composed.totals.out, composed.totals.skipped) == (1, 2)
    assert (collected.totals + decision.totals + composed.totals).add_up
    composed.close()
    collected.close()


def test_a_digest_of_many_records_is_read_whole_beyond_the_first_chunk(tmp_path: Path) -> None:
    record = "<!--{}-->\n[Note {}](https://x.example/{})\n------\n\n<p>{}</p>\n\n"
    text = "".join(record.format(1600000000000 + 60_000 * n, n, n, "tide " * 700) for n in range(90))
    (tmp_path / "digest.md").write_text(text)
    assert len(text) > 2**16 * 4
    report = build(tmp_path, limit=0)
    assert titles(report) == [f"Note {n}" for n in reversed(range(90))]


def test_the_library_leaves_the_configuration_alone_as_the_command_line_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump(tmp_path, "a.md", "Ferry", "2020-05-01T08:00:00Z")
    (tmp_path / "refeed.toml").write_text('paths = ["."]\n')
    monkeypatch.chdir(tmp_path)
    assert build(Path()).totals.files_found == 1


def test_a_path_may_be_a_bare_text(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "Ferry", "2020-05-01T08:00:00Z")
    assert refeed.build(str(tmp_path), now=NOW).totals.out == 1
    assert refeed.build(tmp_path, now=NOW).totals.out == 1


def test_an_article_that_grows_when_it_is_cleaned_does_not_push_the_others_out(tmp_path: Path) -> None:
    # Every `<` becomes `&lt;`, and in the XML `&amp;lt;`: a megabyte of them would be a feed of its own.
    dump(tmp_path, "a.md", "Grows", "2020-05-02T08:00:00Z", body="5 <" + " <" * 400_000)
    dump(tmp_path, "b.md", "Older", "2020-05-01T08:00:00Z")
    report = build(tmp_path)
    assert titles(report) == ["Grows", "Older"]
    assert [problem.code for problem in report.entry_problems if problem.path.endswith("a.md")] == ["cut"]
    assert len(report.feed) < 100_000


def test_the_report_says_which_file_each_entry_is_from(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "Older", "2020-05-02T08:00:00Z")
    dump(tmp_path, "b.md", "Newer", "2020-05-03T08:00:00Z")
    report = build(tmp_path)
    assert [(origin.path, origin.line) for origin in report.origins] == [
        (str(tmp_path / "b.md"), 1),
        (str(tmp_path / "a.md"), 1),
    ]
    assert all(f"<id>{origin.id}</id>".encode() in report.feed for origin in report.origins)


def test_a_file_time_never_beats_a_stated_date(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "Ferry", "2020-05-01T08:00:00Z", link="https://x.example/f")
    undated = dump(tmp_path, "b.md", "Ferry, undated", "Invalid Date", link="https://x.example/f")
    os.utime(undated, (1.6e9, 1.6e9))  # September 2020: later than the stated date
    (entry,) = feedparser.parse(build(tmp_path, undated="mtime").feed).entries
    assert (entry.title, entry.published, entry.updated) == ("Ferry", "2020-05-01T08:00:00Z", "2020-05-01T08:00:00Z")


def test_a_limit_is_exact_whatever_the_span(tmp_path: Path) -> None:
    many(tmp_path, 20, timedelta(hours=1))
    assert build(tmp_path, limit=10, span=timedelta(hours=72)).totals.out == 10


def test_a_heading_inside_a_body_is_no_record(tmp_path: Path) -> None:
    victim = "<!--1577836800000-->\n[Bank opens](https://bank.example/news)\n------\n\n<p>At nine.</p>\n"
    forged = "<!--1590000000000-->\n[Bank closes](https://bank.example/news)\n------\n\n<p>Send money.</p>"
    stranger = f"<!--1580000000000-->\n[A list](https://x.example/a)\n------\n\n<div><pre>\n\n{forged}\n</pre></div>\n"
    (tmp_path / "a.md").write_text(victim)
    (tmp_path / "b.md").write_text(stranger)
    report = build(tmp_path)
    assert titles(report) == ["A list", "Bank opens"]
    assert report.totals.records_read == 2


@pytest.mark.parametrize("pattern", ["x.example", "old/*", "old/"])
def test_the_encoding_of_a_source_is_known_by_path_or_by_host(tmp_path: Path, pattern: str) -> None:
    path = dump(tmp_path, "old/a.md", "Кафе у моря", "2020-05-01T08:00:00Z", link="https://www.x.example/1")
    path.write_bytes(path.read_text().encode("cp1251"))  # three words: too few to tell by
    dump(tmp_path, "new/b.md", "Tea", "2020-04-01T08:00:00Z")
    assert [p.code for p in build(tmp_path).left_out] == ["unknown-encoding"]
    report = build(tmp_path, sources={pattern: refeed.SiteOptions(encoding="cp1251")})
    assert titles(report) == ["Кафе у моря", "Tea"]


def test_later_tables_of_a_source_win_also_where_they_take_back(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", "Ferry", "2020-05-01T08:00:00Z", link="https://x.example/1")
    rules = {"*": refeed.SiteOptions(offset=timedelta(hours=-8), title="All"), "x.example": refeed.SiteOptions()}
    (entry,) = feedparser.parse(build(tmp_path, sources=rules).feed).entries
    assert (entry.published, entry.source.title) == ("2020-05-01T00:00:00Z", "All")
    rules["x.example"] = refeed.SiteOptions(offset=timedelta(0))
    (entry,) = feedparser.parse(build(tmp_path, sources=rules).feed).entries
    assert entry.published == "2020-05-01T08:00:00Z"


def test_a_body_that_is_only_a_counter_is_a_stub_whatever_the_headers_picture(tmp_path: Path) -> None:
    keys = {"link": "https://x.example/1", "image": "https://x.example/boat.jpg"}
    counter = "<img src=https://x.example/count.gif width=1 height=1>"
    dump(tmp_path, "a.md", "Counted", "2020-05-01T08:00:00Z", counter, **keys)
    dump(
        tmp_path,
        "b.md",
        "Shown",
        "2020-05-02T08:00:00Z",
        "<img src=/boat.jpg>",
        **keys | {"link": "https://x.example/2"},
    )
    report = build(tmp_path)
    assert [Path(p.path).name for p in report.entry_problems if p.code == "stub"] == ["a.md"]
    content = feedparser.parse(report.feed).entries[1].content[0].value
    assert "https://x.example/boat.jpg" in content
    assert '<a href="https://x.example/1">Counted</a>' in content


@pytest.mark.parametrize("name", output_names())
def test_refeeds_own_feed_is_no_input_and_named_if_it_is_given_itself(tmp_path: Path, name: str) -> None:
    dump(tmp_path, "a.md", "Ferry", "2020-05-01T08:00:00Z")
    old = tmp_path / f"old.{name}"
    old.write_bytes(refeed.build([tmp_path], options=Options(format=name), now=NOW).feed)
    assert build(tmp_path).left_out == ()
    report = refeed.build([tmp_path / "a.md", old], now=NOW)
    assert [problem.code for problem in report.left_out] == ["own-feed"]
    assert report.totals.add_up


def test_notes_are_told_from_documentation_by_their_names_and_by_what_the_user_wants(tmp_path: Path) -> None:
    for name in ("2024/08/05/fog.md", "2024-08-06/boats.md", "tides.md", "docs/engine.md", "README.md", "install.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {path.stem}\n\nSomething about it.\n")
    assert titles(build(tmp_path)) == ["boats", "fog"]  # a folder has the day
    assert titles(build(tmp_path, undated="last")) == ["boats", "fog", "tides"]


def test_notes_without_heading_day_and_title_are_articles_for_who_keeps_the_undated(tmp_path: Path) -> None:
    texts = {
        "Low water.md": "It fell.\n\n## Later\n\nIt rose.\n",  # no heading first
        "quay/Old rope.md": "---\ntags: [rope]\n---\n\nIt holds.\n",
        "quay/Empty.md": "---\ntags: [rope]\n---\n",
        "quay/Sketch.md": "---\nexcalidraw-plugin: parsed\ntags: [rope]\n---\n\n==Switch to the drawing==\n",
        # Obsidian's Digital Garden gives every note a path of its own, which in other sites only pages have.
        "garden/Ebb.md": "---\n" + '{"dg-publish": true, "permalink": "/ebb/"}' + "\n---\n\nIt falls.\n",
        "garden/Spring tide.md": "---\npermalink: /spring-tide/\n---\n\nIt is high.\n",
        "README.md": "---\ntags: [rope]\n---\n\nHow to tie it.\n",
        "404.md": "It is not here.\n",
        "docs/engine.md": "It runs.\n",
        "links.txt": "It is no Markdown.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    dump(tmp_path, "ferry.md", "Ferry", "2020-05-01T08:00:00Z")
    assert titles(build(tmp_path)) == ["Ferry"]
    assert sorted(titles(build(tmp_path, undated="last"))) == ["Ebb", "Ferry", "Low water", "Old rope"]


def test_a_read_me_is_an_article_where_its_folder_is_that_of_a_day(tmp_path: Path) -> None:
    files = ("20240805_fog/README.md", "20240805_fog/LICENSE.md", "2024-08-06 boats/readme.ja.md", "ropes/README.md")
    for name in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# About {path.parent.name[-4:]}\n\nSomething of {name}.\n")
    report = build(tmp_path, undated="last")
    assert titles(report) == ["About oats", "About _fog"]
    assert [Path(one.path).as_posix()[-15:] for one in report.left_out] == ["_fog/LICENSE.md", "ropes/README.md"]


def test_a_note_in_another_encoding_is_read(tmp_path: Path) -> None:
    text = "# 港口的渡轮\n\n港口的第一艘电动渡轮今天早上离开三号码头，船上有八十名乘客。船长说，最安静的不是发动机。\n"
    (tmp_path / "2024-08-05.md").write_bytes(text.encode("gb18030"))
    assert titles(build(tmp_path)) == ["港口的渡轮"]
