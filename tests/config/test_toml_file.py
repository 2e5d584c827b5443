"""refeed.toml: what it sets, and that every mistake is named with its file, its line and the nearest known key."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from command_line import dump, run

import refeed
from refeed.cli import OK, WRONG_USAGE
from refeed.config.precedence import read_options
from refeed.config.toml_file import load_configuration
from refeed.limits import DEFAULT_LIMITS
from refeed.options import FeedOptions, site_options

Capture = pytest.CaptureFixture[bytes]
CONFIGURATION = Path("refeed.toml")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# Text of the file, and how the message goes on after "refeed: refeed.toml".
MISTAKES = {
    "limits = 3": ":1: limits: unknown key; did you mean limit?",
    "\n\nmax_bytes = 3": ":3: max_bytes: unknown key; did you mean max-bytes?",
    "xyzzy = 3": ":1: xyzzy: unknown key; known keys: access-log, allow, author, base-url,",
    "[feeds]\ntitle = 'x'": ":2: title: expected a table [feeds.NAME]; what the feed says of itself stands in [feed]",
    "[feeds.fog]\ncategories = 'x'": ":2: categories: unknown key; did you mean category?",
    "[publish]\nmin-articles = 0": ":2: min-articles: expected a number of at least 1",
    "[publish]\nlimit = 3": ":2: limit: unknown key; known keys: archive, feeds, min-articles, output, pages, site",
    "feeds = ['outlet']": ":1: feeds: expected a table, not a single value",
    "[feed]\ntitle = 'x'\ntitel = 'y'": ":3: titel: unknown key; did you mean title?",
    "feed.titel = 'y'": ":1: titel: unknown key; did you mean title?",
    "limit = 3\nfeed = { titel = 'y' }": ":2: titel: unknown key; did you mean title?",
    "[sources.'x.example']\n\ntime-zone = 'UTC'": ":3: time-zone: unknown key; did you mean timezone?",
    '[sources."my old/*"]\nzone = "UTC"\n[feed]\nid="x"': ":2: zone: unknown key; did you mean timezone?",
    "[sources.'a']\nday-first = true\n[sources.'b']\nday-first = 'yes'": ":4: day-first: expected true or false",
    "[sources.'x']\nabbreviations = { CST = 'China' }": ":2: CST: expected a time zone, such as Asia/Shanghai",
    "[sources.'x'.abbreviations]\nIST = '+05:30'\nCST = 8": ":3: CST: expected a time zone",
    "[sources.'x']\nabbreviations = 'CST'": ":2: abbreviations: expected a table, not a single value",
    "[sources.'x']\ntimezone = 'Paris'": ":2: timezone: expected a time zone",
    "[sources.'x']\nencoding = 'klingon'": ":2: encoding: not an encoding",
    "[sources.'x']\nencoding = 'rot13'": ":2: encoding: not an encoding",
    "[sources.'x']\nencoding = 'unicode_escape'": ":2: encoding: not an encoding",
    "[sources.'x']\nlanguage = 'German!'": ":2: language: expected a language tag, such as en or zh-Hans",
    "[sources.'x']\noffset = '8'": ":2: offset: expected a number and m, h, d or w",
    "[sources.'x']\ndrop = ['.a', 'p >']": ":2: drop: not a valid CSS selector: Invalid character ' ' position 1",
    "[sources.'x']\n\nkeep = '::before'": ":3: keep: not a valid CSS selector: Pseudo-element found at position 0",
    "[sources.'x']\nkeep = ['.a']": ":2: keep: expected a single value, not a list",
    "[sources.'x']\nkept = '.a'": ":2: kept: unknown key; did you mean keep?",
    "[sources.'x']\ndrops = '.a'": ":2: drops: unknown key; did you mean drop?",
    "[sources.'x']\nreplaced = []": ":2: replaced: unknown key; did you mean replace?",
    "[sources.'x']\nreplace = 'a'": ":2: replace: expected a list of pairs",
    "[sources.'x']\nreplace = ['a', 'b']": ":2: replace: expected a list of pairs",
    "[sources.'x']\nreplace = [['a', 'b'], ['a', 1]]": ":2: replace: expected a list of pairs",
    "[sources.'x']\nreplace = [[' ', 'b']]": ':2: replace: expected a list of pairs such as [["old"',
    "[sources.'https://x.example/']\ntitle = 'X'": ":1: https://x.example/: expected a host such as news.example.org",
    "[sources.x.example]\ntitle = 'X'": ':1: x.example: a name with dots needs quotation marks: [sources."x.example"]',
    "limit = 1\n[sources.news.x.example]\ntitle = 'X'": ":2: news.x.example: a name with dots needs quotation marks",
    "sources.x.example.title = 'X'": ":1: x.example: a name with dots needs quotation marks",
    "[source.'x.example']\ntitle = 'X'": (
        ':1: source: expected the name of an outlet, not a table; did you mean [sources."x.example"]?'
    ),
    "outlet = { x = 1 }": ":1: outlet: expected a single value, not a table",
    "[cluster]\naddress = 'tcp://10.0.0.1:8786'": (
        ':1: cluster: expected a single value, not a table; write cluster = "…"'
    ),
    "config = 'other.toml'": ":1: config: unknown key",
    "no-config = true": ":1: no-config: unknown key",
    "[sources.'']\ntitle = 'X'": ":1: : expected a host such as news.example.org",
    "\n[sources]\nx = 'X'": ":3: x: expected a table",
    "sources = 1": ":1: sources: expected a table",
    "[allow]\nfile-bytes = 3": ":2: file-bytes: unknown key; did you mean max-file-bytes?",
    "[allow]\nmax-records = 0": ":2: max-records: expected a number of at least 1",
    "[allow]\nmax-header-depth = 1000": ":2: max-header-depth: expected a number from 1 to 200",
    "allow = 'max-records=3'": ":1: allow: expected a table",
    "feed = 'x'": ":1: feed: expected a table",
    "[feed]\nid = 'x'": ":2: id: expected an absolute IRI or a UUID",
    "[feed]\nlink = 'x.example'": ":2: link: expected an absolute address",
    "[sources.'x/*']\npermalink = '/:year/:mood/'": ":2: permalink: :mood is not a word that refeed knows",
    "[sources.'x/*']\npermalink = '/{date:%Y}/{mood}/'": ":2: permalink: {mood} is not a word that refeed knows",
    "[sources.'x/*']\npermalink = '/tide/'": ":2: permalink: expected a pattern",
    "[feed]\ntitle = ['x']": ":2: title: expected a single value, not a list",
    "limit = 5.5": ":1: limit: expected a single value, not a fraction",
    "limit = true": ":1: limit: expected a single value, not true or false",
    "limit = -1": ":1: limit: expected a number of at least 0",
    "since = 07:30:00": ":1: since: expected a single value, not a time",
    "since = 'soon'": ":1: since: not a valid date",
    "now = { x = 1 }": ":1: now: expected a single value, not a table",
    "strict = 'yes'": ":1: strict: expected true or false",
    "stubs = 'keep'": ":1: stubs: expected one of: link, summary, skip",
    "match = ['fine', '(']": ":1: match: not a valid regular expression",
    "paths = 'in'": ":1: paths: expected a list of folders or files",
    "paths = []": ":1: paths: expected a list of folders or files",
    r"""paths = ["in\u0000"]""": ":1: paths: expected a list of folders or files",
    "output = ''": ":1: output: expected the name of a file",
    "format = 'rss2'": ":1: format: expected one of: atom, json, rss",
    "limit = \n": ": is not TOML: Invalid value (at line 1, column 9)",
    "limit = 1\nlimit = 2\n": ": is not TOML: Cannot overwrite a value (at line 2,",
    f"limit = {'9' * 5000}": ": is not TOML: ",
    f"limit = {'[' * 5000}": ": is not TOML: ",
}


@pytest.mark.parametrize("text", MISTAKES, ids=lambda text: text[:40])
def test_a_mistake_is_named_with_its_line(text: str, tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "in/a.md")
    CONFIGURATION.write_text(text)
    for command in ("build", "check", "inspect"):
        ran = run(capfdbinary, command)
        assert (ran.status, ran.out) == (WRONG_USAGE, b"")
        assert ran.err.startswith(f"refeed: refeed.toml{MISTAKES[text]}")
        assert len(ran.lines) == 1


def test_a_file_that_cannot_be_read_is_told(capfdbinary: Capture) -> None:
    CONFIGURATION.write_bytes(b"title = '\xff'")
    ran = run(capfdbinary, "build")
    assert (ran.status, ran.err) == (WRONG_USAGE, "refeed: refeed.toml: is not UTF-8; save it as UTF-8\n")
    CONFIGURATION.unlink()
    CONFIGURATION.symlink_to("nowhere")
    ran = run(capfdbinary, "build")
    assert ran.err == "refeed: refeed.toml: cannot be read: No such file or directory\n"
    CONFIGURATION.unlink()
    CONFIGURATION.mkdir()
    assert run(capfdbinary, "build").err == "refeed: refeed.toml: cannot be read: it is not a file\n"


def test_relative_paths_start_at_the_file(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    path = tmp_path / "site" / "refeed.toml"
    path.write_text(
        '\ufeffpaths = ["in", "/abs", "zip://old.zip", "file:///srv/blog"]\noutput = "out/feed.xml"\n'
    )  # with the mark of some editors
    options = load_configuration(path)
    assert options.paths == (str(tmp_path / "site/in"), "/abs", str(tmp_path / "site/old.zip"), "/srv/blog")
    assert options.output == str(tmp_path / "site/out/feed.xml")
    assert options.folder == str(tmp_path / "site")


def test_the_command_line_overrides_the_file(tmp_path: Path, capfdbinary: Capture) -> None:
    for number in range(4):
        dump(tmp_path, f"in/{number}.md", tags="[tides]" if number else "[fog]")
    CONFIGURATION.write_text('paths = ["in"]\nlimit = 1\ncategory = "fog"\noutput = "feed.xml"\n')
    assert run(capfdbinary, "build").status == OK
    assert len(feedparser.parse(Path("feed.xml").read_bytes()).entries) == 1
    ran = run(capfdbinary, "build", "--limit", "0", "--category", "tides", "-o", "other.xml")
    assert ran.lines[-2].startswith("4 files (4 with articles, 0 skipped); 4 records: 3 out,")
    assert len(feedparser.parse(Path("other.xml").read_bytes()).entries) == 3


def test_a_path_in_the_file_that_does_not_exist_is_told(capfdbinary: Capture) -> None:
    CONFIGURATION.write_text('paths = ["gone"]')
    ran = run(capfdbinary, "build")
    assert ran.status == WRONG_USAGE
    assert ran.lines == [
        "note: settings from refeed.toml",
        "refeed: gone: No such file or directory; give a folder or a file that exists",
    ]


def test_what_the_feed_says_of_itself(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "in/a.md")
    facts = {
        "id": "urn:uuid:6f3f2c1e-9a54-4d0c-8b1d-1c2f0b7f5a10",
        "title": "Tides & fog",
        "subtitle": "What the harbour saw",
        "author": "Ada",
        "rights": "CC0",
        "icon": "https://x.example/icon.png",
        "logo": "https://x.example/logo.png",
        "link": "https://x.example/",
        "language": "en",
    }
    CONFIGURATION.write_text("[feed]\n" + "".join(f'{key} = "{value}"\n' for key, value in facts.items()))
    feed = feedparser.parse(run(capfdbinary, "build").out).feed
    assert {key: feed.get(key) for key in facts} == facts


TIDES = "<p>High water.</p><p class='tip'>Buy a boat.</p>"
UNUSED = {
    "code": "rule-unused",
    "path": "example/a.md",
    "line": 1,
    "severity": "warning",
    "message": "keep = '.none' found nothing to read; the whole body was kept",
}
FIRST = "2020-05-01T08:00:00Z"
# What [sources] may say, the dump it changes, and what becomes of it: name of the record's field → value.
RULES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    'timezone = "Asia/Shanghai"': ({"date": "2020-05-01 16:00"}, {"updated": FIRST, "problems": []}),
    "day-first = true": ({"date": "03/04/2021 08:00 UTC"}, {"updated": "2021-04-03T08:00:00Z"}),
    "day-first = false": ({"date": "03/04/2021 08:00 UTC"}, {"updated": "2021-03-04T08:00:00Z"}),
    'offset = "-8h"': ({"date": "2020-05-01T16:00:00Z"}, {"updated": FIRST}),
    'abbreviations = { cst = "Asia/Shanghai" }': ({"date": "Fri, 01 May 2020 16:00:00 CST"}, {"updated": FIRST}),
    'language = "zh-Hans"': ({}, {"language": "zh-Hans"}),
    'title = "The Pier"': ({}, {"source": "The Pier"}),
    "drop = ['.tip']": ({"body": TIDES}, {"content": "<p>High water.</p>"}),
    "drop = '.tip'": ({"body": TIDES}, {"content": "<p>High water.</p>"}),
    "keep = '.tip'": ({"body": TIDES}, {"content": "<p>Buy a boat.</p>"}),
    "keep = '.none'": ({"body": TIDES}, {"problems": [UNUSED]}),
    "replace = [['High', 'Low'], ['Buy', 'Sell']]": (
        {"body": TIDES},
        {"content": "<p>Low water.</p>\n<p>Sell a boat.</p>"},
    ),
}


@pytest.mark.parametrize("pattern", ["x.example", "WWW.X.example", "ex*/*", "*/a.md"])
@pytest.mark.parametrize("rule", RULES)
def test_what_is_said_of_a_source_changes_its_records_alone(
    rule: str, pattern: str, tmp_path: Path, capfdbinary: Capture
) -> None:
    facts, expected = RULES[rule]
    dump(tmp_path, "example/a.md", **facts)
    dump(tmp_path, "other/b.md", **{"link": "https://other.example/b", **facts})
    CONFIGURATION.write_text(f'[sources."{pattern}"]\n{rule}\n')
    told, other = (json.loads(line) for line in run(capfdbinary, "inspect", "--json").out.splitlines())
    assert {key: told[key] for key in expected} == expected
    assert {key: other[key] for key in expected} != expected


def test_an_encoding_can_be_said_of_files(tmp_path: Path, capfdbinary: Capture) -> None:
    text = "---\ntitle: Кафе у моря\ndate: 2020-05-01T08:00:00Z\n---\n\n<p>Tea.</p>\n"
    path = tmp_path / "old" / "a.md"
    path.parent.mkdir()
    path.write_bytes(text.encode("cp1251"))
    assert run(capfdbinary, "check").out.decode().rstrip().endswith("[unknown-encoding]")
    CONFIGURATION.write_text('[sources."old/*"]\nencoding = "cp1251"\n')
    ran = run(capfdbinary, "build", "--strict")
    assert [entry.title for entry in feedparser.parse(ran.out).entries] == ["Кафе у моря"]


def test_what_a_later_table_says_wins_and_what_it_does_not_say_stays() -> None:
    CONFIGURATION.write_text('[sources."x.example"]\ntitle = "One"\noffset = "1h"\n[sources."*"]\ntitle = "Two"\n')
    rule = site_options(load_configuration(CONFIGURATION), "a.md", "news.x.example")
    assert (rule.title, rule.offset) == ("Two", timedelta(hours=1))


def test_a_later_list_of_rules_stands_for_an_earlier_one() -> None:
    first = "drop = ['.a', '.b']\nkeep = 'main'\nreplace = [['a', 'b']]\n"
    CONFIGURATION.write_text(f"[sources.'x.example']\n{first}[sources.'*']\ndrop = '.c'\n")
    rule = site_options(load_configuration(CONFIGURATION), "a.md", "x.example")
    assert (rule.drop, rule.keep, rule.replace) == ((".c",), "main", (("a", "b"),))


def test_limits_stand_in_a_table_and_the_command_line_counts_more() -> None:
    CONFIGURATION.write_text('[allow]\nmax-file-bytes = "200M"\nmax-records = 3\n')
    stated = DEFAULT_LIMITS._replace(max_file_bytes=200_000_000, max_records=3)
    assert load_configuration(CONFIGURATION).allow == stated
    given = read_options((), {"allow": ("max-records=5", "max-names=2k")}).options
    assert given.allow == stated._replace(max_records=5, max_names=2_000)
    assert read_options((), {"no_config": True}).options.allow == DEFAULT_LIMITS


def test_a_title_of_blanks_is_none(tmp_path: Path) -> None:
    # A feed that is called "  " has no name in any reader.
    file = tmp_path / "refeed.toml"
    file.write_text('[feed]\ntitle = "  "\nauthor = "\\t"\n[sources."x.example"]\ntitle = " "\n')
    (tmp_path / "a.md").write_text("---\ntitle: Ebb\ndate: 2024-01-02\nlink: https://x.example/1\n---\nLow water.\n")
    read = load_configuration(file)
    feed = feedparser.parse(refeed.build([tmp_path], options=read).feed)
    assert (feed.feed.title, feed.feed.author) == (tmp_path.name, tmp_path.name)
    assert feed.entries[0].source.title == "x.example"
    library = replace(read, feed=FeedOptions(title="\n"))
    assert feedparser.parse(refeed.build([tmp_path], options=library).feed).feed.title == tmp_path.name
