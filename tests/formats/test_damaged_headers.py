"""A damaged mark, key or date costs no article, and a damaged mark of a draft publishes none."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from refeed.formats.headers.fences import find_header
from refeed.model import Document, SourceFile
from refeed.options import Options
from refeed.records.context import context_for
from refeed.records.reader import read_metadata

CONTEXT: Final = context_for(Options(), datetime(2026, 11, 20, tzinfo=UTC))
BODY: Final = "\n<p>The ferry waits. See http://quay.example/.</p>\n"
EPOCH: Final = f"<!--1593714504000-->\n[Fog](https://a.example/fog)\n------\n{BODY}"
DATED: Final = f"[Fog](https://a.example/fog)\n------\n日期：Thu, 02 Jul 2020 18:28:24 +0000\n{BODY}"
MATTER: Final = (
    f"---\ntitle: Fog\ndate: Thu, 02 Jul 2020 18:28:24 +0000\ntags:\n - a\nlink: https://a.example/fog\n---\n{BODY}"
)
DRAFT: Final = f"---\ntitle: Fog\ndate: 2020-07-02 18:28:24\ndraft: true\nlink: https://a.example/fog\n---\n{BODY}"
UNPUBLISHED: Final = (
    f"---\ntitle: Fog\ndate: 2020-07-02 18:28:24\npublished: false\nlink: https://a.example/fog\n---\n{BODY}"
)
OBJECT: Final = (
    '{\n  "title": "Fog",\n  "date": "2020-07-02T18:28:24Z",\n  "tags": ["a", "b"],\n  "draft": true\n}\n' + BODY
)
LINE: Final = f'{{"title":"Fog","date":"2020-07-02T18:28:24Z","draft":true,"tags":["a"]}}\n{BODY}'
FENCED: Final = f"---json\n{OBJECT.replace(BODY, '---' + BODY)}"
IN_YAML: Final = FENCED.replace("---json", "---")
TOML: Final = f'title = "Fog"\ndate = 2020-07-02T18:28:24Z\ndraft = true\n+++\n{BODY}'
MEMBERS: Final = f';;;\n  "title": "Fog",\n  "date": "2020-07-02T18:28:24Z",\n  "draft": true\n;;;{BODY}'
# No digits, which make other dates, and no blanks, which YAML reads in its own way.
STRAY: Final = (b"\xff", b"x", b"\x01", b"!")


def damaged(text: str, first: str, last: str) -> list[bytes]:
    """Return a file once for each byte between two texts and each stray byte that stands there instead."""
    data = text.encode()
    places = range(data.index(first.encode()), data.index(last.encode()))
    return [data[:at] + stray + data[at + 1 :] for at in places for stray in STRAY if data[at : at + 1] != stray]


def read(file: Path, data: bytes) -> tuple[datetime | None, str, bool, set[str]]:
    """Return date and title of the only record, whether it is withheld, and the codes of all problems."""
    file.write_bytes(data)
    read = read_metadata(SourceFile(str(file), file.name), CONTEXT)
    assert len(read.records) == 1, (data, read.left_out)
    ((meta, problems),) = read.records
    codes = {problem.code for problem in (*problems, *read.problems)}
    return meta.key.date.value if meta.key.date else None, meta.title, bool(meta.key.withheld), codes


@pytest.mark.parametrize("text", [EPOCH, DATED, MATTER], ids=["epoch", "dated", "front matter"])
def test_one_damaged_byte_costs_no_article(tmp_path: Path, text: str) -> None:
    for data in damaged(text, text[0], "\n<p>"):
        date, _, is_withheld, _ = read(tmp_path / "a.md", data)
        assert not is_withheld, data
        assert date is not None, data


@pytest.mark.parametrize(
    ("whole", "now", "code"),
    [
        (MATTER, MATTER.replace("---", "-x-", 1), "bad-header"),
        (MATTER, MATTER.replace("---\n", "---\x07", 1), "bad-header"),
        (MATTER, f"x{MATTER}", "bad-header"),  # it was an empty line
        (MATTER, MATTER.replace("\n---", "\n--x"), "bad-header"),
        (MATTER, MATTER.replace("\n---", "\x07---"), "bad-header"),
        (MATTER, MATTER.replace("---\n\n", "---\x07\n"), "bad-header"),
        (MATTER, MATTER.replace("date", "dat!"), "bad-header"),
        (MATTER, MATTER.replace("date:", "date;"), "bad-header"),
        (MATTER, MATTER.replace("date:", "date\n"), "bad-header"),
        (MATTER, MATTER.replace("\ndate", "\x07date"), "bad-header"),
        (MATTER, MATTER.replace("title:", "title\x16"), "bad-header"),
        (EPOCH, EPOCH.replace("<!--", "<!-x"), "bad-header"),
        (EPOCH, EPOCH.replace("-->\n[", "-->\n\x07"), "bad-header"),
        (EPOCH, EPOCH.replace("](", "]x"), "bad-header"),
        (EPOCH, EPOCH.replace(")\n------", ")x------"), "bad-header"),
        (EPOCH, EPOCH.replace("------", "--x---"), "bad-header"),
        (DATED, DATED.replace("日期", "日x"), "bad-header"),
        (DATED, DATED.replace("------", "-x----"), "bad-header"),
    ],
)
def test_what_was_mended_is_told_and_says_what_it_said(tmp_path: Path, whole: str, now: str, code: str) -> None:
    date, title, _, codes = read(tmp_path / "a.md", now.encode())
    assert (date, title) == (datetime(2020, 7, 2, 18, 28, 24, tzinfo=UTC), "Fog")
    assert code in codes
    assert code not in read(tmp_path / "a.md", whole.encode())[3]


@pytest.mark.parametrize("end", ["\n+x+\n", "\nx++\n", "\n++\x07\n", "x+++\n"])
def test_a_damaged_end_of_toml_costs_no_article(tmp_path: Path, end: str) -> None:
    text = f'+++\ntitle = "Fog"\ndate = 2020-07-02T18:28:24Z\ndraft = true{end}{BODY}'
    assert read(tmp_path / "a.md", text.encode())[1:3] == ("Fog", True)


# Two bytes or more were hit: (the file's beginning, whether the article is withheld).
HIT_TWICE: Final = (
    *((MATTER.replace("tags:", f"{line}\ntags:"), True) for line in ("dDafq: true", "d\ufffdaXt: true", "dra!t; true")),
    *(
        (MATTER.replace("tags:", f"{line}\ntags:"), True)
        for line in ("pu\ufffdlish\ufffdd: false", "pr!vat\ufffd: true")
    ),
    *((MATTER.replace("tags:", f"{line}\ntags:"), False) for line in ("drama: true", "grant: true", "draft2: no")),
    (DRAFT.replace("\ndraft", " draft"), True),
    (UNPUBLISHED.replace("\nlink", " link"), True),
    (MATTER.replace("\ntags:\n - a", "1thumbnail: 'x'"), False),  # the line break behind the date
    (DRAFT.replace("title", "tit\ufffde").replace("\n---\n", "@---\n"), True),
    (f"\ufffd{DRAFT.replace('title', 'tit' + chr(0xFFFD) + 'e')}", True),
    (f"x+++\n{TOML.replace('draft', chr(9) + 'raft')}", True),
    (DRAFT.replace("title", "tit\ufffde").replace("\n---\n", "\n---\ufffd\n"), True),
    (FENCED.replace("json", "jso6"), True),
    (FENCED.replace("json", "{son"), True),
    (FENCED.replace('"title":', '"title"}').replace("true", "false"), False),
    (OBJECT.replace("{\n", "{\n[").replace("true", "false"), False),
    (f"x++\n{TOML.replace('draft', chr(9) + 'raft')}", True),
    (LINE.replace("{", "\n"), True),
    (LINE.replace("{", "\n").replace("true", "false"), False),
    (LINE.replace('"title":', '"titl\ufffd"\ufffd'), True),
    (LINE.replace('"draft"', '"dDafq"'), True),
    (LINE.replace('Z","draft"', 'Z\ufffd,\ufffddraft"'), True),
    (LINE.replace('"title"', '"tit\ufffde"').replace('"draft":t', '"draft"\ufffde'), True),
)


@pytest.mark.parametrize(("text", "is_draft"), HIT_TWICE)
def test_two_damaged_places_cost_no_article_and_publish_no_draft(tmp_path: Path, text: str, is_draft: bool) -> None:
    date, title, is_withheld, _ = read(tmp_path / "a.md", text.encode())
    assert date is not None
    assert (date.date().isoformat(), title, is_withheld) == ("2020-07-02", "Fog", is_draft)


def test_a_damaged_end_below_a_damaged_line_costs_no_article(tmp_path: Path) -> None:
    text = MATTER.replace(" - a", "B- a").replace("\n---\n", "\n---\x07\n")
    date, title, _, codes = read(tmp_path / "a.md", text.encode())
    assert (date, title, "bad-header" in codes) == (datetime(2020, 7, 2, 18, 28, 24, tzinfo=UTC), "Fog", True)


def test_a_damaged_date_is_told_with_what_was_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(EPOCH.replace("1593714504000", "15937145040\ufffd0").encode())
    ((meta, problems),) = read_metadata(SourceFile(str(file), "a.md"), CONTEXT).records
    assert meta.key.date is not None
    assert [problem.message for problem in problems if problem.code == "bad-date"] == [
        "epoch comment: '15937145040\ufffd0' is damaged; read as the earliest date that it can be, 2020-07-02T18:28:24Z"
    ]


@pytest.mark.parametrize(
    "date",
    ["1970-01-01T00:00:01Z", "Thu, 01 Jan 1970 00:00:00 GMT", "1960-01-01T00:00:00", "1969-11-09 10:00:00 +0100"],
)
def test_a_whole_date_before_1970_is_not_taken_for_a_damaged_one(tmp_path: Path, date: str) -> None:
    text = MATTER.replace("Thu, 02 Jul 2020 18:28:24 +0000", date)
    assert text != MATTER
    (found, *_) = read(tmp_path / "a.md", text.encode())
    assert found is None


@pytest.mark.parametrize("text", [OBJECT, LINE, FENCED, IN_YAML, MEMBERS])
def test_a_damaged_object_costs_no_article_and_publishes_no_draft(tmp_path: Path, text: str) -> None:
    for data in damaged(text, text[0], "\n<p>")[::3]:  # four stray bytes for each place
        _, _, is_withheld, _ = read(tmp_path / "2020-07-02-a.md", data)
        assert is_withheld, data


@pytest.mark.parametrize("mark", ['{"', '"t', 'e"', '":', '"F', 'g"', '",', '"2', "}"])
def test_a_damaged_object_says_what_it_said(tmp_path: Path, mark: str) -> None:
    text = LINE.replace(',"draft":true', "")
    at = text.index(mark) + (mark[0].isalnum())
    damaged_text = text[:at] + "!" + text[at + 1 :]
    date, title, is_withheld, codes = read(tmp_path / "a.md", damaged_text.encode())
    assert (date, title, is_withheld) == (datetime(2020, 7, 2, 18, 28, 24, tzinfo=UTC), "Fog", False)
    assert "bad-header" in codes


def test_other_evidence_counts_more_than_a_damaged_date(tmp_path: Path) -> None:
    """The day of the file's name is whole."""
    date, *_ = read(tmp_path / "2020-07-03-a.md", EPOCH.replace("15937", "1\ufffd937").encode())
    assert date == datetime(2020, 7, 3, tzinfo=UTC)


def test_a_damaged_draft_is_withheld(tmp_path: Path) -> None:
    for text, key in ((DRAFT, "draft"), (UNPUBLISHED, "published")):
        for data in damaged(text, key, "\nlink"):
            assert read(tmp_path / "a.md", data)[2], data
        below_damaged_fence = text.replace("---", "-x-", 1).encode()
        assert read(tmp_path / "2020-07-02-a.md", below_damaged_fence)[2]


@pytest.mark.parametrize(
    "text",
    [
        "[Build](https://ci.example/fog)\n------\n\nThe ferry waits.\n",
        "--x\n\nA text with a rule.\n\ntitle: Fog\n\n---\n",
        "-x-\nname: fog\nversion: 1\n---\nThe ferry waits.\n",
        "Notes\n\n-----\n\n1593714504000 [Fog](https://a.example/fog)\n",
        '{"title": "Fog",\n  "date": "2020-07-02",\n  "items": [!]\n}\n\nThe ferry waits.\n',
        '{"title": "Fog", "version": !}\n\nThe ferry waits.\n',
        '!"title": "Fog"!\n\nThe ferry waits.\n',
        "#!/bin/sh\n# 2020-07-02\necho --- http://a.example/\n",
    ],
)
def test_what_only_looks_damaged_is_no_article(tmp_path: Path, text: str) -> None:
    file = tmp_path / "notes.md"
    file.write_text(text)
    records = read_metadata(SourceFile(str(file), "notes.md"), CONTEXT).records
    assert [meta for meta, _ in records if meta.key.date] == []


@pytest.mark.parametrize("line", ["drift: true", "craft: yes", "publisher: no", "title: How to write draft: true"])
def test_other_words_withhold_nothing(tmp_path: Path, line: str) -> None:
    text = MATTER.replace("tags:", f"{line}\ntags:").replace("title: Fog\n", "" if "title" in line else "title: Fog\n")
    assert not read(tmp_path / "a.md", text.encode())[2]


@pytest.mark.parametrize(
    ("text", "has_header"),
    [
        ("<!--\ntitle: Fog\ndate: 2020-07-02\n-->\n<p>The ferry waits.</p>\n", True),
        ("<!--\ntitle: Fog\nsort: 2\n-->\n<p>The ferry waits.</p>\n", False),  # of a template
        ("<!--\ntitle: Fog\ndate: 2020-07-02\n-->\n<!DOCTYPE html><p>The ferry waits.</p>\n", False),  # a page
    ],
)
def test_a_header_in_a_comment_states_title_and_day_above_a_part_of_a_page(text: str, has_header: bool) -> None:
    document = Document(SourceFile("a.html", "a.html"), text.encode())
    assert (find_header(document) is not None) is has_header


@pytest.mark.parametrize(
    ("text", "has_header"),
    [
        ("```md\n---\ntitle: Fog\ndate: 2020-07-02\n---\n\nThe ferry waits.\n", True),  # never closed
        ("~~~~mdx\n---\ntitle: Fog\ndate: 2020-07-02\n---\n\n~~~\nropes\n~~~\n~~~~\n", True),
        ("```\n---\ntitle: Fog\ndate: 2020-07-02\n---\n```\n\nThe ferry waits.\n", False),  # code of any kind
        ("```md\n---\ntitle: Fog\ndate: 2020-07-02\n---\n\nThe ferry.\n```\n\nSo begins a post.\n", False),
        ("```yaml\n---\nname: Fog\ndate: 2020-07-02\n```\n\nThe ferry waits.\n", False),  # never closed
    ],
)
def test_a_header_in_code_counts_where_the_code_is_no_example(text: str, has_header: bool) -> None:
    document = Document(SourceFile("a.md", "a.md"), text.encode())
    assert (find_header(document) is not None) is has_header


@pytest.mark.parametrize("below", ["layout: post", "tags: [sea]", "layout:", ""])
def test_a_password_without_a_value_is_no_damaged_one(tmp_path: Path, below: str) -> None:
    text = f"---\ntitle: Fog\npassword:\n{below}\n---\n{BODY}"  # the file's name has the day
    assert not read(tmp_path / "2020-07-02-fog.md", text.encode())[2]
