"""What `inspect` shows: the body before and after, what each step removed; as JSON, as a table, as a page."""

import html
import json
import os
import re
import tempfile
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import patch

import pytest
from body_cases import CASES, Case, clean_case
from bs4 import BeautifulSoup
from command_line import dump, run
from hypothesis import example, given
from hypothesis import strategies as st
from soup import SOUP

from refeed.clean.body import STEPS, Body, clean_body
from refeed.cli import NOTHING_WRITTEN, OK, main
from refeed.html.sanitise import ALLOWED
from refeed.inspection.compare_page import Page, before
from refeed.inspection.inspect import inspect
from refeed.inspection.removed_text import RemovalRecorder
from refeed.options import Options

Capture = pytest.CaptureFixture[bytes]
NOW = datetime(2026, 11, 20, tzinfo=UTC)
FOOTER = "<br><hr><div>获取更多RSS：<br><a href='https://mirror.example'>https://mirror.example</a></div>"
HIDDEN = "".join(f"<p hidden>secret {number}</p>" for number in range(5))
BODY = f"<p>The tide is high.</p><p>The ships are out.</p>{HIDDEN}<p><img src=x.gif width=1 height=1></p>{FOOTER}"
STEPS_OF_BODY = [step.name for step in STEPS if step.name in {"boilerplate by wording", "hidden elements", "pictures"}]
# Steps that replace what they take by another spelling of it, so that the note counts something else.
REPLACING = {"editors", "embedded posts", "frames", "formulas", "line breaks by style", "rule replace"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def bare(text: str) -> str:
    """Leave of a text what is counted: no white space, no picture."""
    return "".join(re.sub(r"<img [^>]*>", "", text).split())


# What was removed


def miscounted(case: Case) -> list[str]:
    """Clean a body while it is watched; name the steps whose removed texts are not what the step counted."""
    trace = RemovalRecorder()
    watched = clean_body(case.body, trace)
    counted = {change.step: change.removed for change in watched.changes if change.step not in REPLACING}
    removed = {step: texts for step, texts in trace.removed.items() if step not in REPLACING}
    shown = {step: sum(len(bare(text)) for text in texts) for step, texts in removed.items()}
    wrong = [step for step, size in shown.items() if size > counted.get(step, 0) or not all(removed[step])]
    programs = ("<noembed", "<noframes", "<script", "<style", "<template", "<textarea", "<title")
    if not any(mark in case.raw for mark in programs):  # a step counts their text too, which nobody would have seen
        wrong += [step for step, size in counted.items() if shown[step] != size]
    return [*wrong, *["watching changes the body"] * (watched != clean_case(case))]


def test_the_removed_texts_are_what_the_steps_counted() -> None:
    assert {case.name: found for case in CASES if (found := miscounted(case))} == {}


def test_texts_stand_together_by_the_element_that_went() -> None:
    raw = (
        "<p>One <b>bold</b> text that stays in the body, long enough.</p>"
        "<p hidden>a<b>b</b><br>c</p><p hidden>d</p><p>Stays.</p><p hidden>e <img src='https://x.example/1.jpg'></p>"
    )
    trace = RemovalRecorder()
    clean_body(Body(raw, markdown=False, title="", url=None, dateline=None, images=()), trace)
    assert trace.removed["hidden elements"] == ("ab c", "d", "e <img https://x.example/1.jpg>")
    assert trace.gone == {3, 4, 5, 6, 8, 9}  # of One, bold, text…, a, b, c, d, Stays, e, the picture


def test_what_moved_is_not_removed() -> None:
    raw = "<p><img src='data:image/gif;base64,R0'><noscript><img src='https://x.example/2.jpg'></noscript></p><p>A.</p>"
    trace = RemovalRecorder()
    cleaned = clean_body(Body(raw, markdown=False, title="", url=None, dateline=None, images=()), trace)
    assert "https://x.example/2.jpg" in cleaned.content
    assert [text for texts in trace.removed.values() for text in texts] == []


def test_a_body_is_parsed_once_watched_or_not() -> None:
    for watch in (None, RemovalRecorder()):
        with patch.object(BeautifulSoup, "__init__", autospec=True, side_effect=BeautifulSoup.__init__) as parse:
            clean_body(Body(BODY, markdown=False, title="", url=None, dateline=None, images=()), watch)
        assert parse.call_count == 1


@given(SOUP)
def test_every_piece_of_a_body_stands_or_is_gone(text: str) -> None:
    trace = RemovalRecorder()
    clean_body(Body(text, markdown=False, title="", url="https://x.example/1", dateline=None, images=()), trace)
    assert before(text, "html", frozenset()) == before(text, "html", frozenset()).replace("<del>", "")
    assert before(text, "html", trace.gone).count("<del>") <= len(trace.gone)


# As JSON and as a table


def test_json_has_the_body_before_and_every_removed_text(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md", body=BODY)
    record = json.loads(run(capfdbinary, "inspect", "--json").out)
    assert record["raw"].strip() == BODY
    assert record["content"] == "<p>The tide is high.</p>\n<p>The ships are out.</p>"
    assert record["changes"] == [
        {"step": "hidden elements", "count": 5, "removed": 35, "texts": [f"secret {number}" for number in range(5)]},
        {"step": "pictures", "count": 1, "removed": 0, "texts": ["<img x.gif>"]},
        {
            "step": "boilerplate by wording",
            "count": 1,
            "removed": 30,
            "texts": ["获取更多RSS： https://mirror.example"],
        },
    ]


def test_the_table_shows_the_body_before_what_went_and_the_body_after(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md", body=BODY)
    text = run(capfdbinary, "inspect").out.decode()
    body = text[text.index("  before") :].splitlines()
    assert re.fullmatch(r"  before +html, \d+ characters: <p>The tide is high\.</p>.*…", body[0])
    lines = [line.strip() for line in body[1:-2]]
    assert [line[2:].partition("  ")[0] for line in lines if line.startswith("- ")] == STEPS_OF_BODY
    for step in (
        [
            "- hidden elements           5 changes, 35 characters removed",
            "− secret 0",
            "− secret 1",
            "− secret 2",
            "… and 2 more: --json has them all, whole",
        ],
        ["- pictures                  1 change, 0 characters removed", "− <img x.gif>"],
        [
            "- boilerplate by wording    1 change, 30 characters removed",
            "− 获取更多RSS： https://mirror.example",
        ],
    ):
        start = lines.index(step[0])
        assert lines[start : start + len(step)] == step
    assert re.fullmatch(r"  after +\d+ characters: <p>The tide is high\.</p> <p>The ships are out\.</p>", body[-2])
    assert body[-1] == ""


def on_a_terminal(folder: Path, **environment: str) -> str:
    """Run `inspect` with a terminal for stdout and return what stands on it."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as stdout, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("sys.stdout", stdout)
        for name in ("FORCE_COLOR", "NO_COLOR"):
            patch.delenv(name, raising=False)
        for name, value in {"TERM": "xterm", **environment}.items():
            patch.setenv(name, value)
        assert main(["inspect"]) == OK
    shown = b""
    with suppress(OSError):  # EIO: nobody writes any more
        while part := os.read(ours, 60_000):
            shown += part
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_on_a_terminal_the_table_is_as_wide_as_it(tmp_path: Path) -> None:
    dump(tmp_path, "a.md", title="A long title of ships, tides and harbours " * 2, summary="潮汐と港" * 20, body=BODY)
    for width in (50, 90):
        shown = on_a_terminal(tmp_path, COLUMNS=str(width), NO_COLOR="1")
        cells = [sum(1 + (ord(c) > 0x2E7F) for c in line) for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).split("\n")]
        assert width - 25 < max(cells) <= width
    coloured = on_a_terminal(tmp_path, COLUMNS="90")
    assert "\x1b[31m− secret 0" in coloured


def test_nothing_of_a_dump_steers_a_terminal(tmp_path: Path) -> None:
    body = "<p>Text that stays, long enough.</p><p hidden>\x1b]0;x\x07 [red]\x9b2J\u202e</p>"
    dump(tmp_path, "a\x1b[2J\x9b.md", title="'[bold]\x1b[31m'", author=":smile:", body=body)
    shown = on_a_terminal(tmp_path, COLUMNS="300", NO_COLOR="1")
    left = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert [character for character in left if not character.isprintable() and character != "\n"] == []
    assert "[bold]" in left
    assert ":smile:" in left


# As a page


def page_of(path: Path) -> str:
    page = Page()
    for inspected in inspect(Options(paths=(str(path),)), NOW):
        page.add(inspected)
    with tempfile.TemporaryFile() as out:
        page.write(out)
        out.seek(0)
        text = out.read().decode()
    page.close()
    return text


class Elements(HTMLParser):
    """Collects the start tags of a page."""

    def __init__(self, text: str) -> None:
        """Read the page."""
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one."""
        self.found.append((tag, dict(attrs)))


# What the page itself is made of.
OWN = {"bdi", "body", "head", "header", "html", "main", "meta", "nav", "style", "title"}
ATTRIBUTES = {"class", "id", "charset", "name", "content", "http-equiv", "dir", "lang", "scope"}


def test_the_page_shows_both_sides_and_where_everything_comes_from(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md", title="Tides & <ships>", body=BODY)
    ran = run(capfdbinary, "inspect", "--html", "page.html")
    assert (ran.status, ran.out, ran.err) == (OK, b"", "wrote page.html: 1 record before and after cleaning\n")
    text = Path("page.html").read_text()
    page = BeautifulSoup(text, "html.parser")
    (left,), (right,) = page.select(".before"), page.select(".after")
    assert [mark.get_text() for mark in left.select("del")] == [
        *(f"secret {number}" for number in range(5)),
        "img x.gif",
        "获取更多RSS：",
        "https://mirror.example",
    ]
    assert right.decode_contents().strip() == "<p>The tide is high.</p>\n<p>The ships are out.</p>"
    assert page.find("h2", string="Tides & <ships>")
    assert html.escape(BODY) in text
    rows = {
        row("th")[0].get_text(): [cell.get_text() for cell in row("td")] for row in page.select("tbody tr, table > tr")
    }
    assert rows["published"] == ["2020-05-01T08:00:00Z", "front matter: date"]
    assert rows["hidden elements"][0] == "5"
    assert [place.get_text() for place in page.select(".place")] == ["a.md:1, front-matter; votes: front-matter SURE"]
    assert page.find("nav") is None


def test_many_records_have_an_index_and_their_problems(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "a.md", date="2020-05-01 08:00")
    dump(tmp_path, "b.md", title="'<b>'")
    (tmp_path / "c<i>").touch()
    assert run(capfdbinary, "inspect", "--html", "page.html").status == OK
    page = BeautifulSoup(Path("page.html").read_text(), "html.parser")
    links = [(link["href"], link.get_text()) for link in page.select("nav a")]
    assert links == [("#record-1", "Harbour"), ("#record-2", "<b>"), ("#record-3", "c<i>")]
    assert [section["id"] for section in page.select("section.record")] == ["record-1", "record-2", "record-3"]
    assert [code.get_text() for code in page.select(".problems code")] == ["date-assumed", "empty-file"]


def test_the_page_replaces_no_article_and_is_no_input(tmp_path: Path, capfdbinary: Capture) -> None:
    article = dump(tmp_path, "a.md")
    was = article.read_bytes()
    assert run(capfdbinary, "inspect", "--html", "a.md").status == NOTHING_WRITTEN
    assert article.read_bytes() == was
    for _ in range(2):
        ran = run(capfdbinary, "inspect", "--json", "--html", "page.html")
        assert [json.loads(line)["path"] for line in ran.out.splitlines()] == ["a.md"]
    page = Path("page.html").read_bytes()
    Path("page.html").unlink()
    Path("refeed.toml").write_text('html = "of-the-file.html"\n')
    assert run(capfdbinary, "inspect").out == b""
    assert Path("of-the-file.html").read_bytes() == page


@given(SOUP, st.sampled_from(["", "</h2><script>x</script>", '" onload="x', "'"]))
@example("<plaintext><script>x</script>", "")
@example("<p title='<img src=x onerror=x>'><a href='javascript:x' title='\"><script>'>x</a></p>", "")
@example("<svg><style><img src=x onerror=x></style></svg><math><mtext><table><mglyph><style><img src=x>", "")
def test_nothing_on_the_page_acts(body: str, title: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "a.md")
        header = f"---\ntitle: {json.dumps(title)}\ndate: 2020-05-01T08:00:00Z\nlink: https://x.example/1\n---\n"
        path.write_text(header + body.replace("---", ""), errors="replace")
        text = page_of(path)
    assert text.index("Content-Security-Policy") < text.index("<style>")
    assert "default-src 'none'" in text
    found = Elements(text).found
    assert {tag for tag, _ in found} <= ALLOWED.keys() | OWN
    for tag, attributes in found:
        assert attributes.keys() <= ALLOWED.get(tag, set()) | ATTRIBUTES, tag
        assert not str(attributes.get("href", "")).lower().startswith(("javascript:", "data:"))
    # The left side loads nothing.
    left = text[text.index('class="body before"') : text.index("<h3>After")] if '"body before"' in text else ""
    assert not re.search(r"<(?:img|audio|video|source|iframe)\b", left)


def test_the_left_side_is_the_body_as_it_came() -> None:
    raw = "# Tides\n\n- one\n- two <img src=/a.png>"
    assert before(raw, "markdown", frozenset({0})).startswith("<h1><del>Tides</del></h1>")
    assert "<samp>img /a.png</samp>" in before(raw, "html", frozenset())


# A file of an archive


@pytest.mark.parametrize(
    "file", ["2024-01-02/post.md", "2024/01/02/post.md", "2024-01-02 Tides/post.md", "log/2024-1-2_low/post.md"]
)
@pytest.mark.parametrize("around", ["", "./", "above/../", "/"])
def test_the_folders_of_a_day_above_a_file_count(file: str, around: str, capfdbinary: Capture) -> None:
    path = Path(file)
    path.parent.mkdir(parents=True)
    Path("above").mkdir()
    path.write_text("---\ntitle: Tide\n---\nThe water rose until noon.\n")
    given = f"{Path.cwd()}/{file}" if around == "/" else around + file
    record = json.loads(run(capfdbinary, "inspect", given, "--json", "--no-config").out)
    assert (record["path"], record["published"]) == (given, "2024-01-02T00:00:00Z")


def test_a_file_has_the_rules_of_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    dump(tmp_path, "posts/news/a.md", date="2024-05-03 08:00")
    Path("refeed.toml").write_text('paths = ["posts"]\n[sources."news/*"]\ntimezone = "Asia/Tokyo"\n')
    record = json.loads(run(capfdbinary, "inspect", "posts/news/a.md", "--json").out)
    assert (record["path"], record["published"]) == ("posts/news/a.md", "2024-05-02T23:00:00Z")
    monkeypatch.chdir("posts/news")  # its name is too short to say in which folder it lies
    record = json.loads(run(capfdbinary, "inspect", "a.md", "--json").out)
    assert Path(record["path"]).resolve() == tmp_path / "posts/news/a.md"
    assert record["published"] == "2024-05-02T23:00:00Z"


@pytest.mark.parametrize(
    ("folder", "file"),
    [("log/2024-01-02", "post.md"), ("log/2024/01/02", "./post.md"), ("log/2024/01", "02/post.md")],
)
def test_the_folders_of_a_day_count_that_one_works_in(
    folder: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    path = tmp_path / folder / file
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: Tide\n---\nThe water rose until noon.\n")
    monkeypatch.chdir(tmp_path / folder)
    record = json.loads(run(capfdbinary, "inspect", file, "--json", "--no-config").out)
    assert record["published"] == "2024-01-02T00:00:00Z"


def test_a_member_of_a_zip_has_its_days_and_rules(capfdbinary: Capture) -> None:
    Path("refeed.toml").write_text('[sources."news/*"]\ntimezone = "Asia/Tokyo"\n')
    with zipfile.ZipFile("blog.zip", "w") as packed:
        packed.writestr("news/2024-05-03/a.md", "---\ntitle: Tide\n---\nThe water rose until noon.\n")
        packed.writestr("news/b.md", "---\ntitle: Ebb\ndate: 2024-05-03 08:00\n---\nThe water fell.\n")
    for file, published in (("2024-05-03/a.md", "2024-05-03T00:00:00Z"), ("b.md", "2024-05-02T23:00:00Z")):
        record = json.loads(run(capfdbinary, "inspect", f"blog.zip!/news/{file}", "--json").out)
        assert (record["path"], record["published"]) == (f"blog.zip!/news/{file}", published)


def test_a_private_folder_around_an_archive_keeps_nothing_back(capfdbinary: Capture) -> None:
    dump(Path.cwd(), "private/2024/a.md")
    assert json.loads(run(capfdbinary, "inspect", "private/2024/a.md", "--json").out)["status"] == "entry"


# What a build makes of it


@pytest.mark.parametrize(
    ("header", "settings", "status", "reason", "codes"),
    [
        ("date: 2026-11-30", "", "entry", "future", ["future"]),  # ten days ahead
        ("date: 2099-01-01", "", "entry", "future", ["bad-date", "future"]),  # no date, and held back all the same
        ("date: 2024-01-02\nembargo: 2026-12-24", "", "entry", "future", ["future"]),
        ("date: 2026-11-30", "future = 'include'", "entry", None, []),
        ("", "", "entry", "no-date", ["no-date"]),
        ("date: 03/04/2021", "", "entry", "no-date", ["bad-date", "no-date"]),
        ("", "undated = 'last'", "entry", None, ["no-date"]),  # a warning: it goes out
        ("draft: true", "", "withheld", "draft", ["no-date", "draft"]),
        ("date: 2024-01-02\nexpires: 2024-02-01", "", "withheld", "expired", ["expired"]),
        ("date: 2024-01-02", "", "entry", None, []),
    ],
)
def test_a_record_is_said_to_go_out_where_a_build_lets_it_out(
    header: str, settings: str, status: str, reason: str | None, codes: list[str], capfdbinary: Capture
) -> None:
    Path("a.md").write_text(
        f"---\ntitle: Tide\nlink: https://q.example/tide\n{header}\n---\nThe water rose until noon.\n"
    )
    Path("refeed.toml").write_text(f"{settings}\n")
    record = json.loads(run(capfdbinary, "inspect", "a.md", "--json", "--now", "2026-11-20").out)
    assert (record["status"], record["reason"]) == (status, reason)
    assert [problem["code"] for problem in record["problems"]] == codes
    report = json.loads(run(capfdbinary, "check", "a.md", "--json", "--no-index", "--now", "2026-11-20").out)
    counted = {None: "out", "future": "held_back", "no-date": "undated"}.get(reason, "withheld")
    assert report["totals"][counted] == report["totals"]["records_read"] == 1


def test_the_table_says_that_a_record_is_left_out_and_until_when(capfdbinary: Capture) -> None:
    dump(Path.cwd(), "a.md", date="2026-11-30")
    shown = run(capfdbinary, "inspect", "a.md", "--now", "2026-11-20").out.decode()
    assert shown.startswith("a.md:1  left out future\n")
    assert "dated 2026-11-30T00:00:00Z: held back until then [future]" in shown
