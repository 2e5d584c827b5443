"""Hostile and broken files: each alone, and all together beside an innocent article, which always goes out.

fixtures/hostile/<case> is a file; <case>.expected.json says what becomes of it: {"why", "titles", "problems"}.
"""

import json
import os
import socket
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import feedparser
import pytest
from atom_rules import broken_rules, relaxng_errors
from command_line import dump
from folders import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

import refeed
from refeed.limits import Limits
from refeed.options import Options

HOSTILE: Final = FIXTURES / "hostile"
CASES: Final = sorted(path for path in HOSTILE.iterdir() if not path.name.endswith(".expected.json"))
NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
INNOCENT: Final = "Harbour"  # the title of the article beside them
# What no reader may run; the sanitiser has tests of its own.
ACTIVE: Final = frozenset(
    {"base", "embed", "form", "iframe", "link", "math", "meta", "object", "script", "style", "svg"}
)


def runs_something(content: str) -> bool:
    """Return whether a browser could do more with this than show it."""
    for element in html.fragments_fromstring(f"<div>{content}</div>")[0].iter():
        values = [value.strip().lower() for value in element.attrib.values()]
        handlers = [name for name in element.attrib if name.lower().startswith("on")]
        if element.tag in ACTIVE or handlers or any(value.startswith(("javascript:", "vbscript:")) for value in values):
            return True
    return False


class Outcome(NamedTuple):
    """What became of a tree besides the innocent article."""

    report: refeed.Report
    titles: list[str]

    def problems(self, name: str) -> list[dict[str, Any]]:
        """Return the problems of a file as expectations write them."""
        found = sorted(problem for problem in self.report.problems if Path(problem.path).name == name)
        return [{"code": problem.code, "line": problem.line, "message": problem.message} for problem in found]

    def codes(self, name: str) -> list[str]:
        """Return the codes of the problems of a file."""
        return [problem["code"] for problem in self.problems(name)]


def build(folder: Path, **settings: Any) -> Outcome:
    """Build a tree with an innocent article in it; what holds for every tree is asserted here."""
    dump(folder, "innocent.md", title=INNOCENT)
    report = refeed.build([folder], options=Options(limit=0, **settings), now=NOW)
    assert report.totals.add_up, report.totals
    assert not report.failed_inside, [str(problem) for problem in report.problems]
    assert broken_rules(report.feed) + relaxng_errors(report.feed) == []
    entries = feedparser.parse(report.feed, sanitize_html=False).entries
    assert len(entries) == report.totals.out
    assert [entry.title for entry in entries if runs_something(entry.content[0].value)] == []
    titles = sorted(entry.title for entry in entries)
    assert INNOCENT in titles
    titles.remove(INNOCENT)
    return Outcome(report, titles)


def expected(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HOSTILE / f"{case.name}.expected.json").read_text())
    assert found["why"], "say why this is right"
    return found


def test_there_are_specimens() -> None:
    assert len(CASES) >= 40
    assert {path.name for path in HOSTILE.glob("*.expected.json")} == {f"{case.name}.expected.json" for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_costs_itself_at_most(case: Path, tmp_path: Path, accept: bool) -> None:
    (tmp_path / case.name).write_bytes(case.read_bytes())
    outcome = build(tmp_path)
    actual = {"titles": outcome.titles, "problems": outcome.problems(case.name)}
    if accept:
        path = HOSTILE / f"{case.name}.expected.json"
        why = json.loads(path.read_text())["why"] if path.exists() else ""
        path.write_text(json.dumps({"why": why, **actual}, ensure_ascii=False, indent=2) + "\n")
    assert {"why": expected(case)["why"], **actual} == expected(case)


def test_all_of_them_together_cost_no_more(tmp_path: Path) -> None:
    for case in CASES:
        (tmp_path / case.name).write_bytes(case.read_bytes())
    outcome = build(tmp_path)
    assert outcome.titles == sorted(title for case in CASES for title in expected(case)["titles"])
    assert {case.name: outcome.problems(case.name) for case in CASES} == {
        case.name: expected(case)["problems"] for case in CASES
    }
    parallel = refeed.build([tmp_path], options=Options(limit=0, workers=2, index=str(tmp_path / "index")), now=NOW)
    assert (parallel.feed, parallel.problems) == (outcome.report.feed, outcome.report.problems)


# Made here, because they are large or no files at all. Name → what makes it, the limits, the titles, the problem codes.
HEADER: Final = "---\ntitle: Fog\ndate: 2020-06-01T08:00:00Z\nlink: https://h.example/fog\n"
RECORD: Final = "<!--{}-->\n[Fog {}](https://h.example/{})\n------\n\n<p>Fog.</p>\n\n"
FEED: Final = "<rss version='2.0'><channel><title>Harbour</title>"
ENTRY: Final = (
    "<item><title>Fog</title><link>https://h.example/fog</link><pubDate>Mon, 01 Jun 2020 08:00:00 GMT</pubDate>"
    "<description>Fog.</description></item>"
)
NOTE: Final = "<note><title>Fog</title><created>20200601T080000Z</created><content>Fog.</content></note>"
POST: Final = "TITLE: Fog\nSTATUS: Publish\nDATE: 06/01/2020 08:00:00 AM\n-----\nBODY:\nFog.\n-----\n--------\n"
MAIL: Final = (
    "From: Harbour <a@h.example>\nDate: Mon, 01 Jun 2020 08:00:00 +0000\nSubject: Fog\nMessage-ID: <1@h.example>\n"
    "List-Id: <harbour.example>\n"
)
PARTS: Final = "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
PAGE: Final = '<html><head><title>Fog</title><meta name="date" content="2020-06-01"></head><body>'
SCRIPT: Final = '<script type="application/ld+json">'
ITEMS: Final = '{"version": "https://jsonfeed.org/version/1", "items": ['
ITEM: Final = (
    '{"url": "https://h.example/fog", "title": "Fog", "content_text": "Fog.", "date_published": "2020-06-01"},'
)


def sparse(path: Path) -> None:
    path.write_text(HEADER + "---\n")
    os.truncate(path, 70_000_000)


def abandoned(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)


def records(count: int) -> str:
    return "".join(RECORD.format(1_591_000_000_000 + 3_600_000 * number, number, number) for number in range(count))


def texts(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text)


MADE: Final[Mapping[str, tuple[Callable[[Path], object], dict[str, int], list[str], list[str]]]] = {
    "sparse file": (sparse, {}, [], ["over-limit"]),  # a text by its header; the hole after it may be damage
    "large file": (texts(HEADER + "---\n" + "Fog. " * 300), {"max_file_bytes": 1_000}, [], ["over-limit"]),
    "large video": (lambda path: path.write_bytes(b"\0" * 70_000), {"max_file_bytes": 66_000}, [], ["binary-file"]),
    "long line": (texts(HEADER + f"---\n<p>{'fog ' * 50_000}</p>\n"), {}, ["Fog"], []),
    "many keys": (texts(HEADER + "".join(f"k{n}: v\n" for n in range(9_000)) + "---\nFog."), {}, [], ["over-limit"]),
    "many long keys": (
        texts(HEADER + "".join(f"key{'x' * (n % 40)}{n}: v\n" for n in range(3_000)) + "---\nFog."),
        {},
        [],
        ["over-limit"],
    ),
    "many keys in TOML": (
        texts("+++\ntitle = 'Fog'\n" + "".join(f"k{n} = 1\n" for n in range(9_000)) + "+++\nFog."),
        {},
        [],
        ["over-limit"],
    ),
    "many keys, no end": (texts(HEADER + "".join(f"k{n}: v\n" for n in range(9_000))), {}, [], ["over-limit"]),
    "many records": (texts(records(8)), {"max_records": 3}, ["Fog 0", "Fog 1", "Fog 2"], ["over-limit"]),
    "as many records as may be": (texts(records(3)), {"max_records": 3}, ["Fog 0", "Fog 1", "Fog 2"], []),
    "rules": (texts(RECORD.format(1_591_000_000_000, 0, 0) + "a](http://x)\n------\n" * 5_000), {}, ["Fog 0"], []),
    "deep elements": (texts(HEADER + "---\n" + "<div>" * 20_000 + "Fog."), {}, ["Fog"], ["cut"]),
    "a long body": (
        texts(HEADER + "---\n" + "<p>Fog, and more of it.</p>" * 500),
        {"max_body_bytes": 9_000},
        ["Fog"],
        ["cut"],
    ),
    "many elements": (texts(HEADER + "---\n" + "<p>fog</p>" * 500), {"max_elements": 100}, ["Fog"], ["cut"]),
    "a long heading": (
        texts(f"<!--1591000000000-->\n[{'fog ' * 9_000}](https://h.example/)\n------\n"),
        {},
        [],
        ["bad-header"],
    ),
    "many entries": (texts(FEED + ENTRY * 8), {"max_records": 3}, ["Fog"], ["duplicate", "duplicate", "over-limit"]),
    "a large entry": (
        texts(FEED + ENTRY.replace("Fog.", "Fog. " * 9_000)),
        {"max_body_bytes": 900},
        [],
        ["over-limit"],
    ),
    "many items": (texts(ITEMS + ITEM * 8), {"max_records": 3}, ["Fog"], ["duplicate", "duplicate", "over-limit"]),
    "nested mail": (texts(MAIL + PARTS * 5_000), {}, [], ["over-limit"]),
    "mail of many parts": (texts(MAIL + PARTS + "\n--b\n\nFog." * 20_001), {}, [], ["over-limit"]),
    "mail of many headers": (texts(MAIL + "X: fog\n" * 90 + "\nFog."), {"max_header_bytes": 500}, [], ["over-limit"]),
    "many mails": (texts(("From x 2020\n" + MAIL + "\nFog.\n\n") * 8), {"max_records": 1}, ["Fog"], ["over-limit"]),
    "many notes": (
        texts("<en-export>" + NOTE * 8),
        {"max_records": 3},
        ["Fog"],
        ["duplicate", "duplicate", "over-limit"],
    ),
    "a large note": (
        texts("<en-export>" + NOTE.replace("Fog.", "Fog. " * 9_000)),
        {"max_body_bytes": 900},
        [],
        ["over-limit"],
    ),
    "many entries of Movable Type": (
        texts(POST * 8),
        {"max_records": 3},
        ["Fog"],
        ["date-assumed", "duplicate", "duplicate", "over-limit"],  # it states no zone
    ),
    "large page": (texts(PAGE + "<p>Fog.</p>" * 90), {"max_page_bytes": 900}, [], ["over-limit"]),
    "page of many tags": (texts(PAGE + "<p>Fog.</p>" * 90), {"max_elements": 20}, [], ["over-limit"]),
    "page of attributes": (texts(PAGE + "<p" + " a=b" * 2_000 + ">Fog."), {}, [], ["over-limit"]),
    "deep page": (texts(PAGE + "<div>" * 20_000 + "Fog."), {}, [], ["over-limit"]),
    "endless comment in a page": (texts(PAGE + "<!--" * 9_000), {}, [], ["saved-page"]),
    "nested JSON in a page": (texts(PAGE + SCRIPT + '{"@graph": [' * 5_000), {}, [], ["saved-page"]),
    "picture in a page": (
        texts(PAGE + "<article>" + "Fog. " * 50 + '<img alt="" src="data:image/png;base64,' + "A" * 200_000 + '">'),
        {"max_page_bytes": 1_000},
        ["Fog"],
        ["media-lost"],
    ),
    "many objects": (texts("[" + ITEM * 8), {"max_records": 3}, ["Fog"], ["duplicate", "duplicate", "over-limit"]),
    "a deep object": (texts("[" + ITEM + '{"x": ' + "[" * 9_000), {}, ["Fog"], ["broken-feed"]),
    "lists in lists": (texts('{"a": [' * 150 + ITEM + '{"a": [' * 9_000), {}, [], ["no-format"]),
    "rows.csv": (
        texts("title,date,text\n" + "Fog,2020-06-01,Fog.\n" * 8),
        {"max_records": 3},
        ["Fog"],
        ["duplicate", "duplicate", "over-limit"],
    ),
    "one quotation mark.csv": (
        texts('title,date,text\nFog,2020-06-01,Fog.\nFog,"' + "a,b\n" * 9_000),
        {},
        ["Fog"],
        ["broken-feed"],
    ),
    "folder": (lambda path: dump(path, "in.md", title="Fog"), {}, ["Fog"], []),
    "loop": (lambda path: path.symlink_to(path), {}, [], ["symlink"]),
    "link out": (lambda path: path.symlink_to("/etc/passwd"), {}, [], ["symlink"]),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), {}, [], ["special-file"]),
    "link to the tree": (lambda path: path.symlink_to(path.parent), {}, [], ["symlink"]),
    "link to nothing": (lambda path: path.symlink_to("nowhere"), {}, [], ["symlink"]),
    "FIFO": (os.mkfifo, {}, [], ["special-file"]),
    "socket": (abandoned, {}, [], ["special-file"]),
    "--output=owned.md": (texts(HEADER + "---\nFog."), {}, ["Fog"], []),
    "-": (texts(HEADER + "---\nFog."), {}, ["Fog"], []),
    "fog\n2 files (0 with articles\x1b[2J.md": (texts(HEADER + "---\nFog."), {}, ["Fog"], []),
    os.fsdecode(b"caf\xe9.md"): (texts(HEADER + "---\nFog."), {}, ["Fog"], []),
    "x" * 255: (texts(HEADER + "---\nFog."), {}, ["Fog"], []),
}


@pytest.mark.parametrize("name", MADE, ids=ascii)
def test_what_is_large_or_no_file_costs_itself_at_most(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, limits, titles, problems = MADE[name]
    monkeypatch.chdir(tmp_path)
    make(tmp_path / name)
    outcome = build(tmp_path, allow=Limits(**limits))
    assert (outcome.titles, outcome.codes(name)) == (titles, problems)  # each once


def test_all_that_is_no_file_lies_beside_the_innocent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [name for name, (_, _, titles, problems) in MADE.items() if not titles and "over-limit" not in problems]
    for name in names:
        MADE[name][0](tmp_path / name)
    outcome = build(tmp_path)
    assert {name: outcome.codes(name) for name in names} == {name: MADE[name][3] for name in names}


def test_folders_deeper_than_a_path_may_name_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    for _ in range(20):  # 20 × 250 is more than a path may have
        Path("d" * 250).mkdir()
        os.chdir("d" * 250)
    Path("deep.md").write_text(HEADER + "---\nFog.")
    for index in (None, str(tmp_path / "index"), str(tmp_path / "index")):  # none, a cold one, a warm one
        outcome = build(tmp_path, index=index)
        assert outcome.titles == ["Fog"]  # each folder is opened from the one above it
        assert "unreadable" not in [problem.code for problem in outcome.report.problems]


def test_the_way_down_into_folders_in_folders_is_not_begun_again_at_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each folder was opened from the top: 10,000 took minutes."""
    depth, opened, really_open = 490, 0, os.open
    bottom = tmp_path / Path(*["d"] * depth)
    bottom.mkdir(parents=True)
    (bottom / "deep.md").write_text("---\ntitle: Deep\ndate: 2024-05-01\n---\n\nAt the bottom.\n")

    def counted(*args: Any, **named: Any) -> int:
        nonlocal opened
        opened += 1
        return really_open(*args, **named)

    monkeypatch.setattr(os, "open", counted)
    outcome = build(tmp_path, workers=1)
    assert (outcome.titles, outcome.codes("deep.md")) == (["Deep"], [])
    assert opened < 20 * depth


@pytest.mark.parametrize("seconds", [99_999_999_999, -99_999_999_999])  # years 5138 and -1199
@pytest.mark.parametrize("undated", ["skip", "mtime"])
def test_a_file_of_another_age_costs_nothing(seconds: int, undated: str, tmp_path: Path) -> None:
    file = tmp_path / "in" / "old.md"
    file.parent.mkdir()
    file.write_text("---\ntitle: Old\ndate: 2024-05-01\n---\n\nAs ever.\n")
    os.utime(file, (seconds, seconds))
    if os.stat(file).st_mtime != seconds:  # noqa: PTH116
        seconds = 0  # the file system knows no such time
    for text in ("As ever.", "As never."):
        file.write_text(f"---\ntitle: Old\ndate: 2024-05-01\n---\n\n{text}\n")
        os.utime(file, (seconds, seconds))
        outcome = build(file.parent, undated=undated, index=str(tmp_path / "index"))
        assert (outcome.titles, outcome.codes("old.md")) == (["Old"], [])
        assert text.encode() in outcome.report.feed


def test_a_problem_says_what_is_over_which_limit_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(records(3))
    (tmp_path / "b.md").write_text(HEADER + "---\n" + "Fog. " * 100)
    (tmp_path / "c.md").write_text(HEADER.replace("fog", "fog-and-mist") + "tags: [a, b, c]\n---\nFog.")
    (tmp_path / "d.md").write_text(HEADER.replace("Fog", "Fog and mist").replace("fog", "d") + "---\nFog.")
    limits = Limits(max_records=2, max_file_bytes=300, max_title_length=10, max_names=2, max_url_length=27)
    found = build(tmp_path, allow=limits).report.problems
    told = {(Path(p.path).name, p.line, p.code): p.message for p in found}
    assert told == {
        ("a.md", 13, "over-limit"): "more than 2 articles; --allow max-records=N reads more",
        ("b.md", 0, "over-limit"): "more than 300 bytes; --allow max-file-bytes=N reads more",
        ("c.md", 1, "bad-url"): (
            "'https://h.example/fog-and-mist'… is left out: "
            "more than 27 characters; --allow max-url-length=N reads more"
        ),
        ("c.md", 1, "cut"): "category: 3 are stated; 2 are kept; --allow max-names=N keeps more",
        ("d.md", 1, "cut"): ("the title has 12 characters; 10 are shown; --allow max-title-length=N shows more"),
    }


TITLES: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    (
        "---",
        "\n\n---\n\n",
        "\n\n<!--1591000000000-->\n[Forged](https://h.example/forged)\n------\n\n",
        "</title></entry><entry>",
    )
)


@settings(max_examples=60)
@given(TITLES, TITLES, TITLES)
def test_no_text_forges_a_second_record(title: str, author: str, body: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        facts = json.dumps({"title": f"Fog {title}", "author": author, "date": "2020-06-01"}, ensure_ascii=False)
        (Path(name) / "a.md").write_text(f"{facts}\n\n<p>Fog.</p>\n{body}", newline="")
        assert refeed.build([name], now=NOW).totals.records_read == 1
