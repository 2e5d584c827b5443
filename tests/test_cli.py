"""The command line: every exit status, what stdout and stderr say, and what a user gets wrong."""

import json
import os
import re
import socket
from collections import Counter
from contextlib import suppress
from pathlib import Path

import bs4
import feedparser
import pytest
from atom_rules import broken_rules
from command_line import Ran, dump, process, run, shell

from refeed.cli import FAILED_INSIDE, INTERRUPTED, NOTHING_WRITTEN, OK, UNCHANGED, WRONG_USAGE
from refeed.commands import command_names, load_command
from refeed.config.toml_file import load_configuration
from refeed.problems import Problem
from refeed.report import Report, Totals
from refeed.watch.log import BuildLog

Capture = pytest.CaptureFixture[bytes]
TOTALS = set(Totals().as_dict())
# What the readers of `inspect --json` rely on.
RECORD = {
    *("path", "line", "status", "reason", "format", "id", "title", "url", "summary", "language", "image", "source"),
    *("published", "updated", "header_date", "date_precision", "authors", "categories", "content", "problems"),
    *("enclosures", "evidence", "body", "changes", "votes", "raw"),
}
HOSTILE = "\x1b[31m\x9b2J\u202e\x07"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def raw_controls(text: str) -> list[str]:
    return [character for character in text if not character.isprintable() and character != "\n"]


# Exit statuses


def test_build_writes_the_feed_to_stdout_and_all_else_to_stderr(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")
    ran = run(capfdbinary, "build")
    assert ran.status == OK
    assert broken_rules(ran.out) == []
    assert [entry.title for entry in feedparser.parse(ran.out).entries] == ["Harbour"]
    assert ran.lines[-1] == (
        "1 file (1 with articles, 0 skipped); 1 record: 1 out, 0 duplicates, 0 withheld, 0 filtered, 0 held back, "
        "0 undated, 0 skipped, 0 beyond limit"
    )


@pytest.mark.parametrize("command", ["build", "check", "inspect"])
def test_an_empty_tree_is_told(command: str, capfdbinary: Capture) -> None:
    ran = run(capfdbinary, command)
    assert (ran.status, ran.out) == (NOTHING_WRITTEN, b"")
    assert ran.lines[-1].startswith("refeed: .: no files")


def test_a_tree_without_a_dump_is_told_and_check_says_why(tmp_path: Path, capfdbinary: Capture) -> None:
    (tmp_path / "notes.txt").write_text("Bread, milk.")
    (tmp_path / "README.md").write_text("What this is.")
    built = run(capfdbinary, "build")
    assert (built.status, built.out) == (NOTHING_WRITTEN, b"")
    assert [line.rpartition("[")[2] for line in built.lines[:2]] == ["no-format]", "read-me]"]
    assert built.lines[-1].startswith(
        "refeed: .: 2 files, none of them a dump; looked for comment-fields, dated-link, epoch-link,"
    )
    checked = run(capfdbinary, "check")
    assert checked.status == NOTHING_WRITTEN
    assert re.findall(r"\S+(?=: notice)|\[.*\]$", checked.out.decode(), re.MULTILINE)[::2] == [
        "notes.txt",
        "README.md",
    ]
    counted = json.loads(run(capfdbinary, "check", "--json").out)
    assert counted["totals"] | {"files_found": 2, "files_skipped": 2} == counted["totals"]


# The words of stderr are for people, but each of these must be in it.
MISTAKES = {
    "buidl": "build",
    "build --limti 3": "No such option '--limti'. Did you mean '--limit'?",
    "build --allow max-records": "--allow: expected NAME=N, where NAME is one of max-archive-depth, max-attributes,",
    "build --allow records=3": "--allow: expected NAME=N",
    "build --allow max-records=many": "--allow: expected a number of at least 1",
    "build --limit x": "--limit: expected a number of at least 0",
    "build --limit -1": "--limit: expected a number of at least 0",
    "build --span 48": "--span: expected a number and m, h, d or w, such as 48h",
    "build --span=-3h": "--span: expected a span that is not negative",
    "build --max-bytes 4X": "--max-bytes: expected a number of bytes",
    "build --since yesterday": "--since: not a valid date; write it as 2026-11-20",
    "build --until 03/04/2021": "--until: it is not clear which number is the day",
    "build --since 1960-01-01": "--since: dates before 1970-01-02 are not accepted",
    "build --now ?": "--now: not a valid date",
    "build --match [": "--match: not a valid regular expression: unterminated",
    "build --base-url /feeds": "--base-url: expected an absolute address, such as https://",
    "build --format rss2": "'rss2' is not one of 'atom', 'json', 'rss'",
    "build --undated keep": "'skip', 'last', 'mtime', 'git'",
    "build --future yes": "'hold', 'include'",
    "build --stubs no": "'link', 'summary', 'skip'",
    "build --content some": "'full', 'summary'",
    "build --if-changed": "give -o FILE",
    "build -q -v": "--quiet and --verbose exclude each other",
    "build zip://": "an empty name is neither a folder nor a file",
    "build nowhere": "nowhere: No such file or directory; give a folder or a file that exists",
    "check --limit 3": "No such option '--limit'",
    "inspect --since 2020-01-01": "No such option '--since'",
    "init nowhere": "nowhere",
    "": "Usage: refeed",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_wrong_usage_names_the_mistake(line: str, tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")
    ran = run(capfdbinary, *line.split())
    assert (ran.status, ran.out) == (WRONG_USAGE, b"")
    assert MISTAKES[line] in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("path", ["nowhere", "archive.zip", "zip://archive.zip", "a.md/"])
def test_a_path_that_does_not_exist_leaves_no_index_behind(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    dump(tmp_path, "a.md")
    for command in ("build", "check", "inspect"):
        assert run(capfdbinary, command, path).status == WRONG_USAGE
    assert run(capfdbinary, "build", path, "--index", "x.index").status == WRONG_USAGE
    assert [found.name for found in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize(
    "path", ["http://127.0.0.1:9/archive.zip", "ftp://x.example/archive", "file://elsewhere/archive"]
)
def test_an_address_where_nothing_can_be_read_leaves_no_index_behind(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for arguments in (("build", path), ("check", path), ("build", path, "--index", str(tmp_path / "x.index"))):
        assert run(capfdbinary, *arguments).status == NOTHING_WRITTEN
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(("option", "value"), [("-o", ""), ("--limit", ""), ("--since", ""), ("--exclude=x", "")])
def test_an_empty_value_is_a_mistake(option: str, value: str, tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")
    ran = run(capfdbinary, "build", option, value)
    assert (ran.status, ran.out) == (WRONG_USAGE, b"")


def test_if_changed_has_a_status_of_its_own_and_needs_a_file(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")
    command = ("build", "-o", "feed.xml", "--if-changed")
    assert [run(capfdbinary, *command).status for _ in range(3)] == [OK, UNCHANGED, UNCHANGED]
    dump(tmp_path, "b.md")
    assert run(capfdbinary, *command).status == OK


@pytest.fixture
def cursed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the parser of HTML fail on one body, as a bug would."""
    original = bs4.BeautifulSoup.__init__

    def fail(self: bs4.BeautifulSoup, markup: bytes = b"", *arguments: object, **keywords: object) -> None:
        if b"cursed" in markup:
            raise RuntimeError(f"bad\n{HOSTILE}luck")
        original(self, markup, *arguments, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(bs4.BeautifulSoup, "__init__", fail)
    dump(tmp_path, "a.md", title="Good")
    dump(tmp_path, "b.md", title="Bad", body="<p>A cursed body.</p>")


@pytest.mark.usefixtures("cursed")
def test_a_failure_of_refeeds_own_costs_one_entry_and_has_a_status_of_its_own(capfdbinary: Capture) -> None:
    built = run(capfdbinary, "build")
    assert built.status == FAILED_INSIDE
    assert [entry.title for entry in feedparser.parse(built.out).entries] == ["Good"]
    assert built.lines[0].startswith("b.md: error: refeed failed here (RuntimeError: bad")
    assert run(capfdbinary, "check").status == FAILED_INSIDE
    assert run(capfdbinary, "inspect", "b.md").status == FAILED_INSIDE
    strict = run(capfdbinary, "build", "--strict", "-o", "feed.xml")
    assert (strict.status, Path("feed.xml").exists()) == (NOTHING_WRITTEN, False)
    assert strict.lines[-1] == "refeed: nothing was written, because there are errors and --strict was given"


@pytest.mark.usefixtures("cursed")
def test_debug_shows_where_and_no_line_of_it_can_be_taken_for_another(capfdbinary: Capture) -> None:
    ran = run(capfdbinary, "build", "--debug")
    assert "    Traceback (most recent call last):" in ran.lines
    assert "    luck" not in ran.lines
    assert raw_controls(ran.err) == []
    assert all(line.startswith(("b.md: error", "    ", "note: ", "2 files (")) for line in ran.lines)


def test_strict_passes_without_errors_and_check_and_inspect_know_it(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")
    for command in ("build", "check", "inspect"):
        assert run(capfdbinary, command, "--strict").status == OK
    given = ("a.md", "/proc/self/mem")  # nobody, not even root, can read it from its beginning
    for command in ("build", "check", "inspect"):
        assert run(capfdbinary, command, *given).status == OK
        assert run(capfdbinary, command, "--strict", *given).status == NOTHING_WRITTEN


def test_an_interrupted_run_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bs4.BeautifulSoup, "__init__", interrupt)
    ran = run(capfdbinary, "build", "-o", "feed.xml")
    assert (ran.status, [path.name for path in tmp_path.iterdir()]) == (INTERRUPTED, ["a.md"])
    assert ran.lines[-1] == "refeed: interrupted; the -o file was not changed"


# What stderr says


def test_too_little_memory_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    dump(tmp_path, "a.md")
    monkeypatch.setattr("refeed.pipeline.build._build", fail)
    ran = run(capfdbinary, "build", str(tmp_path), "--no-index", "--no-config")
    assert (ran.status, ran.out) == (NOTHING_WRITTEN, b"")
    assert ran.err == "refeed: out of memory; try --workers 1, or a smaller --limit\n"


def test_every_file_left_out_is_named_at_most_twenty_of_a_kind(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md", date="2020-05-01 08:00")
    for number in range(23):
        dump(tmp_path, f"n{number:02}.md", date="Invalid Date")
    (tmp_path / "empty").touch()
    ran = run(capfdbinary, "build")
    assert sum("[no-date]" in line and line.startswith("n") for line in ran.lines) == 20
    assert "… and 3 more [no-date]: refeed check" in ran.lines
    assert any(line.startswith("empty: notice: ") and line.endswith("[empty-file]") for line in ran.lines)
    assert any(line.startswith("warning: once in the feed: ") and "[date-assumed]" in line for line in ran.lines)
    assert not any(line.startswith("a.md") for line in ran.lines)
    verbose = run(capfdbinary, "build", "--verbose")
    assert sum("[no-date]" in line for line in verbose.lines) == 23
    assert any(line.startswith("a.md:1: warning: ") and line.endswith("[date-assumed]") for line in verbose.lines)
    assert verbose.lines[-1] == ran.lines[-1]
    checked = run(capfdbinary, "check")
    assert (checked.status, len(checked.out.splitlines())) == (OK, 25)
    assert checked.lines[-1].startswith("25 files (24 with articles, 1 skipped); 24 records: 1 out,")


def test_with_a_file_the_last_line_says_what_became_of_it(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md", body=f"<p>{'High water. ' * 200}</p>")
    first = run(capfdbinary, "build", "-o", "feed.xml")
    size = (tmp_path / "feed.xml").stat().st_size  # 2,400 characters of text and what stands around them
    assert first.lines[-1] == f"wrote feed.xml: 1 entry, {round(size / 1000)} kB"
    assert run(capfdbinary, "build", "-o", "feed.xml").lines[-1] == first.lines[-1].replace("wrote", "unchanged:")
    dump(tmp_path, "b.md")
    assert run(capfdbinary, "build", "-o", "feed.xml").lines[-1].startswith("wrote feed.xml: 2 entries, ")
    assert run(capfdbinary, "build", "-o", "/dev/null").lines[-1] == "wrote /dev/null: 2 entries"
    assert run(capfdbinary, "build").lines[-1].startswith("2 files (")


def test_a_quiet_run_says_nothing_but_errors(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md", date="2020-05-01 08:00")  # a warning, and no id: a note
    (tmp_path / "empty").touch()  # a notice
    for command in ("build", "build -o feed.xml", "check", "inspect --html page.html"):
        assert run(capfdbinary, *command.split(), "-q").err == ""
    assert run(capfdbinary, "check", "--quiet").out == b""
    for command in ("init", "index", "index --clear"):
        assert run(capfdbinary, *command.split(), "-q")[1:] == (b"", "")
    given = ("a.md", "/proc/self/mem")  # the latter cannot be read: an error
    for command in ("build", "check"):
        ran = run(capfdbinary, command, "-q", *given)
        told = (ran.err if command == "build" else ran.out.decode()).splitlines()
        assert [line.rpartition(" ")[2] for line in told] == ["[unreadable]"]
        assert ran.status == OK
    strict = run(capfdbinary, "build", "-q", "--strict", *given)
    assert strict.lines[-1] == "refeed: nothing was written, because there are errors and --strict was given"
    assert run(capfdbinary, "build", "nowhere", "-q").err.startswith("refeed: nowhere: ")


@pytest.mark.parametrize("name", command_names())
def test_every_command_can_be_quiet(name: str) -> None:
    assert any("-q" in parameter.opts for parameter in load_command(name).params)


def test_the_log_of_a_quiet_server_has_nothing_but_errors() -> None:
    told: list[str] = []
    log = BuildLog(lambda *lines: told.extend(lines), quiet=True)
    problems = (Problem("no-date", "no date", "a.md"), Problem("unreadable", "no such disk", "b.md"))
    log.built(Report(totals=Totals(), left_out=problems, entry_problems=(), notes=("no id",)))
    log.note("serving")
    log.failed("the disk is full")
    assert told == ["b.md: error: no such disk [unreadable]", "refeed: the disk is full"]


def test_reports_as_json_have_the_names_of_the_totals(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")
    dump(tmp_path, "b.md", date="Invalid Date")
    built = run(capfdbinary, "build", "--json")
    report = json.loads(built.err)
    assert set(report["totals"]) == TOTALS
    assert (report["written"], report["changed"]) == (True, True)
    assert [(p["code"], p["severity"], p["path"], p["line"]) for p in report["problems"]] == [
        ("no-date", "warning", "b.md", 1)
    ]
    checked = run(capfdbinary, "check", "--json")
    assert json.loads(checked.out)["totals"] == report["totals"]
    assert (json.loads(checked.out)["written"], checked.err) == (False, "")


def test_check_covers_everything_whatever_the_limits_of_the_feed(tmp_path: Path, capfdbinary: Capture) -> None:
    for number in range(5):
        dump(tmp_path, f"{number}.md")
    Path("refeed.toml").write_text('limit = 1\nmax-bytes = 1\nspan = "1h"\noutput = "feed.xml"\n')
    assert json.loads(run(capfdbinary, "build", "--json").err)["totals"]["beyond_limit"] == 4
    Path("feed.xml").unlink()
    assert json.loads(run(capfdbinary, "check", "--json").out)["totals"]["out"] == 5
    assert not Path("feed.xml").exists()


# inspect and init


def test_inspect_gives_every_fact_of_every_record_and_a_line_for_every_other_file(
    tmp_path: Path, capfdbinary: Capture
) -> None:
    dump(tmp_path, "a.md", tags="[tides]", author="Ada")
    dump(tmp_path, "b.md", date="Invalid Date")
    (tmp_path / "c").touch()
    ran = run(capfdbinary, "inspect", "--json")
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert [set(record) for record in records] == [RECORD] * 3
    dated, undated, empty = records
    assert (dated["status"], dated["format"], dated["updated"]) == ("entry", "front-matter", "2020-05-01T08:00:00Z")
    assert (dated["authors"], dated["categories"], dated["problems"]) == (["Ada"], ["tides"], [])
    assert (undated["status"], undated["updated"], undated["problems"][0]["code"]) == ("entry", None, "no-date")
    assert (empty["path"], empty["status"], empty["reason"]) == ("c", "skipped", "empty-file")
    assert {empty[key] for key in ("format", "id", "title", "content", "published")} == {None}
    assert (empty["authors"], empty["evidence"]) == ([], {})


def test_lines_about_files_left_out_are_few_however_many_codes_there_are(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")
    for number in range(30):  # a warning and notices
        dump(tmp_path, f"d{number:02}.md", date="Invalid Date")
        (tmp_path / f"e{number:02}.md").touch()
        (tmp_path / f"x{number:02}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        dump(tmp_path, f"w{number:02}.md", draft="true")
    ran = run(capfdbinary, "build")
    codes = [found[0] for line in ran.lines if (found := re.findall(r"\[([a-z-]+)\](?:: refeed check)?$", line))]
    assert Counter(codes)["no-date"] == 6  # five, and how many more
    assert len(codes) <= 40
    assert codes[0] == "no-date"  # a warning, before the notices
    assert "… and 25 more [no-date]: refeed check" in ran.lines
    few = run(capfdbinary, "check", "--most", "2")
    assert few.out.count(b"[no-date]\n") == 3
    assert b"\n\xe2\x80\xa6 and 28 more [no-date]\n" in few.out
    assert any(line.startswith("30 warnings [no-date]") for line in few.lines)


def test_inspect_shows_a_table_with_the_evidence(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md", author="Ada")
    (tmp_path / "b").touch()
    ran = run(capfdbinary, "inspect")
    text = ran.out.decode()
    assert text.startswith("a.md:1  entry front-matter\n")
    assert re.search(r"^  authors +Ada   ← front matter: author$", text, re.MULTILINE)
    assert re.search(r"^  updated +2020-05-01T08:00:00Z", text, re.MULTILINE)
    assert "b:1  skipped empty-file\n" in text
    assert ran.err == ""


def test_inspect_shows_the_first_records_of_a_folder(tmp_path: Path, capfdbinary: Capture) -> None:
    for number in range(23):
        dump(tmp_path, f"{number:02}.md")
    told = "note: these are the first 5 records; name a file to see its own. --html FILE and --json show all.\n"
    for arguments in ((), (".",), (".", "00.md")):
        ran = run(capfdbinary, "inspect", *arguments)
        assert (ran.out.count(b"  entry front-matter\n"), ran.err) == (5, told)
    whole = run(capfdbinary, "inspect", "00.md", "01.md", "02.md", "03.md", "04.md", "05.md")
    assert (whole.out.count(b"  entry front-matter\n"), whole.err) == (6, "")
    assert len(run(capfdbinary, "inspect", "--json").out.splitlines()) == 23
    assert run(capfdbinary, "inspect", "--json").out.count(b"\n") == 23
    assert run(capfdbinary, "inspect", "--html", "page.html").err.startswith("wrote page.html: 23 records ")


FOLDERS = ["plain", 'a "quoted" one', "back\\slash", "new\nline", "{braces}", HOSTILE, "海港", "caf\udce9"]


@pytest.mark.parametrize("name", FOLDERS)
def test_init_writes_a_configuration_with_a_fresh_id(name: str, tmp_path: Path, capfdbinary: Capture) -> None:
    ids = set()
    for parent in ("one", "two"):
        folder = tmp_path / parent / name
        folder.mkdir(parents=True)
        ran = run(capfdbinary, "init", str(folder))
        assert (ran.status, ran.out, raw_controls(ran.err)) == (OK, b"", [])
        options = load_configuration(folder / "refeed.toml")
        assert options.feed.title == options.feed.author == name.replace("\udce9", "?")
        assert options.paths == (str(folder),)
        ids.add(options.feed.id)
    assert len(ids) == 2


def test_init_takes_a_title_and_never_overwrites(tmp_path: Path, capfdbinary: Capture) -> None:
    assert run(capfdbinary, "init", "--title", "Tides", "--author", "Ada").status == OK
    written = Path("refeed.toml").read_bytes()
    feed = load_configuration(Path("refeed.toml")).feed
    assert (feed.title, feed.author) == ("Tides", "Ada")
    again = run(capfdbinary, "init")
    assert (again.status, Path("refeed.toml").read_bytes()) == (NOTHING_WRITTEN, written)
    assert again.err == "refeed: refeed.toml: already exists and was not changed; edit it, or remove it first\n"
    dump(tmp_path, "a.md")
    built = run(capfdbinary, "build")
    assert feedparser.parse(built.out).feed.id == feed.id
    assert built.lines[0] == "note: settings from refeed.toml"
    assert built.err.count("note: ") == 1
    assert built.lines[-1].startswith("1 file (1 with articles,")  # refeed.toml is no input


# Hostile names and strange files


def test_nothing_from_strangers_reaches_the_terminal_raw(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, f"a{HOSTILE}\nrefeed: all is well.md", title=f"'T{HOSTILE}'", guid=f"'{HOSTILE}'", link="ht tp:")
    dump(tmp_path, f"b{HOSTILE}.md", date=f"'{HOSTILE}'")
    (tmp_path / f"c{HOSTILE}\nnote: forged").touch()
    for command in (
        "build --verbose",
        "build --json -o feed.xml",
        "check",
        "inspect",
        "inspect --json",
        "check --json",
    ):
        ran = run(capfdbinary, *command.split())
        shown = ran.err if command.startswith("build") else ran.out.decode() + ran.err
        assert raw_controls(shown) == []
        assert not any(line.startswith(("refeed: all", "note: forged")) for line in shown.splitlines())
    names = [json.loads(line)["path"] for line in run(capfdbinary, "inspect", "--json").out.splitlines()]
    assert set(names) == {path.name for path in tmp_path.iterdir()} - {"feed.xml"}  # escaped, yet the same
    for mistake in (HOSTILE, f"--x{HOSTILE}", f"--limit={HOSTILE}"):
        assert raw_controls(run(capfdbinary, "build", mistake).err) == []


def test_loops_fifos_sockets_and_unreadable_files_are_told(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "in/a.md")
    (tmp_path / "in/loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in/fifo.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("in/socket.md")
        ran = run(capfdbinary, "build", "in", "/proc/self/mem", "in/fifo.md")
    assert ran.status == OK
    told = {(line.split(": ")[0], line.rpartition(" ")[2]) for line in ran.lines}
    assert told >= {
        ("/proc/self/mem", "[unreadable]"),
        ("in/fifo.md", "[special-file]"),
        ("in/loop", "[symlink]"),
        ("in/socket.md", "[special-file]"),
    }


# Streams


CLOSED_EARLY = "refeed: stdout: it was closed early; the output is incomplete"


def test_a_reader_that_goes_away_early_is_told_without_a_traceback(tmp_path: Path) -> None:
    for number in range(16):  # twice what a pipe holds
        dump(tmp_path, f"{number}.md", body=f"<p>{'Long words ' * 800}</p>")
    ran = shell("$REFEED build --limit 0 | head -c 10; exit ${PIPESTATUS[0]}", tmp_path)
    assert (ran.status, len(ran.out)) == (NOTHING_WRITTEN, 10)
    assert ran.lines == [CLOSED_EARLY]


@pytest.mark.parametrize("command", ["inspect", "inspect --json"])
def test_every_command_bears_a_reader_that_goes_away(
    command: str, tmp_path: Path, capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump(tmp_path, "a.md", body=f"<p>{'Long words ' * 800}</p>")
    reader, writer = os.pipe()
    os.close(reader)
    stdout = os.fdopen(writer, "w", encoding="utf-8")
    monkeypatch.setattr("sys.stdout", stdout)
    ran = run(capfdbinary, *command.split())
    assert (ran.status, ran.lines) == (NOTHING_WRITTEN, [CLOSED_EARLY])
    with suppress(OSError):
        stdout.close()


CLOSED = "refeed: stdout is closed: there is nowhere to write to\n"
FULL = "refeed: stdout: cannot be written: No space left on device; the output is incomplete\n"


def test_a_stdout_that_is_closed_or_full_is_told(tmp_path: Path) -> None:
    dump(tmp_path, "a.md")
    (tmp_path / "empty").touch()
    for stdout, told in ((">&-", CLOSED), ("> /dev/full", FULL)):
        ran = shell(f"$REFEED build {stdout}", tmp_path)
        assert (ran.status, ran.err) == (NOTHING_WRITTEN, told)


@pytest.mark.parametrize("command", ["--help", "--version", "build --help", "index --help"])
def test_a_help_tells_that_stdout_is_full(command: str, tmp_path: Path) -> None:
    ran = shell(f"$REFEED {command} > /dev/full", tmp_path)
    assert (ran.status, ran.err) == (NOTHING_WRITTEN, FULL.replace("cannot be written: ", ""))


@pytest.mark.parametrize("command", ["check", "inspect"])
def test_every_command_tells_that_stdout_is_closed_or_full(
    command: str, tmp_path: Path, capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump(tmp_path, "a.md")
    (tmp_path / "empty").touch()
    monkeypatch.setattr("sys.stdout", None)  # as Python says that it is closed
    ran = run(capfdbinary, command)
    assert (ran.status, ran.err) == (NOTHING_WRITTEN, CLOSED)
    stdout = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115  closing it fails
    monkeypatch.setattr("sys.stdout", stdout)
    ran = run(capfdbinary, command)
    assert (ran.status, ran.err) == (NOTHING_WRITTEN, FULL)
    with suppress(OSError):
        stdout.close()


@pytest.mark.parametrize("stderr", ["2>&-", "2>/dev/full", "2> >(true)"])
def test_a_stderr_that_is_gone_costs_nothing(stderr: str, tmp_path: Path) -> None:
    dump(tmp_path, "a.md")
    ran = shell(f"$REFEED build {stderr}", tmp_path)
    assert (ran.status, broken_rules(ran.out)) == (OK, [])


def test_building_into_the_folder_twice_gives_the_same(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")
    dump(tmp_path, "b.md", date="Invalid Date")
    run(capfdbinary, "build", "-o", "other.xml")  # an older feed under another name
    first, second = (shell("$REFEED build > feed.xml 2> log.txt && cat feed.xml log.txt", tmp_path) for _ in range(2))
    assert first == second
    assert b"2 files (2 with articles, 0 skipped)" in first.out


# The same everywhere


def test_no_clock_locale_zone_folder_or_order_of_files_reaches_the_feed(tmp_path: Path) -> None:
    names = [f"{name}.md" for name in ("z", "é", "B", "a", "10", "9", "sub/c", "海")]
    outcomes = set[Ran]()
    for parent, order, env in (
        ("one", names, {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        ("other/deeper", reversed(names), {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}),
        ("third", sorted(names), {"TZ": ":/nonsense", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "1"}),
    ):
        folder = tmp_path / parent / "dumps"
        for name in order:
            dump(folder, name, title=f"Of {name}", date="2020-05-01 08:00", link="", tags="[b, a, c]")
        outcomes.add(process("build", "--verbose", cwd=folder, env=env))
    (only,) = outcomes
    assert only.status == OK
    assert len(feedparser.parse(only.out).entries) == len(names)


# Help and completion


def test_help_shows_the_options_in_groups(capfdbinary: Capture) -> None:
    text = run(capfdbinary, "build", "--help").out.decode()
    titles = re.findall(r"^(\S.*):$", text, re.MULTILINE)
    assert titles == ["What goes out", "Which articles", "Odd ones", "Speed", "Settings", "Messages"]
    messages, _, example = text.partition("Messages:")[2].partition("Examples:")
    assert re.findall(r"^  .*?(--\w+) ", messages, re.MULTILINE)[-2:] == ["--debug", "--help"]
    assert re.search(r"^  --span 48h {22}Publish at least everything", text, re.MULTILINE), "beside its text"
    assert re.search(r"^  --undated \[skip\|last\|mtime\|git]\n {34}Choose", text, re.MULTILINE), "too long for that"
    assert example.split("\n")[1] == "    refeed build archive > feed.xml"


@pytest.mark.parametrize("option", ["--outlet", "--source"])
def test_an_outlet_has_two_names(option: str, tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md")
    dump(tmp_path, "b.md", title="Fog", link="https://other.example/b")
    ran = run(capfdbinary, "build", option, "other.example")
    assert [entry.title for entry in feedparser.parse(ran.out).entries] == ["Fog"]
    Path("refeed.toml").write_text(f'{option[2:]} = "x.example"\n')
    ran = run(capfdbinary, "build")
    assert [entry.title for entry in feedparser.parse(ran.out).entries] == ["Harbour"]


def test_the_shell_completes_commands_options_choices_and_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    (tmp_path / "archive").mkdir()

    def asked(**variables: str) -> list[str]:
        """Ask as the shell does: with variables alone."""
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            run(capfdbinary)
        assert ended.value.code == OK
        return capfdbinary.readouterr().out.decode().splitlines()

    def completed(words: str) -> list[str]:
        count = str(len(words.split(" ")) - 1)
        lines = asked(_REFEED_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=count)
        return [line.partition(",")[2] for line in lines]

    for name in ("bash", "zsh", "fish"):
        assert "_REFEED_COMPLETE" in "\n".join(asked(_REFEED_COMPLETE=f"{name}_source"))
    assert completed("refeed bu") == ["build"]
    assert completed("refeed build --und") == ["--undated"]
    assert completed("refeed build --undated ") == ["skip", "last", "mtime", "git"]
    assert completed("refeed build --format ") == ["atom", "json", "rss"]
    assert completed("refeed build -o arch") == ["arch"]  # the shell's own completion of files goes on from here
    assert completed("refeed check arch") == ["arch"]
