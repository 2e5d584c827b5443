"""An export of Movable Type: in the charsets of its time, with drafts held back, its line breaks made paragraphs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed.formats import Match, load_formats
from refeed.formats.bodies.movable_type_text import paragraphs
from refeed.model import Document, RawRecord, SourceFile
from refeed.options import Options
from refeed.problems import Problem

NOW = datetime(2026, 1, 15, tzinfo=UTC)
ENTRY = "AUTHOR: {2}\nTITLE: {0}\nSTATUS: {1}\nDATE: {3}\n-----\nBODY:\n{2}\n-----\nEXTENDED BODY:\n\n-----\n--------\n"
JAPANESE = "港に霧が降りて、今日の船は昼まで出ません。漁師たちは網をなおしながら待っています。"
WESTERN = "Le bac attend jusqu'à midi, et les pêcheurs réparent leurs filets près du phare."


def read(text: str) -> list[RawRecord]:
    document = Document(SourceFile("export.txt", "export.txt"), text.encode())
    return [one for one in load_formats()["movable-type"].parse(document) if isinstance(one, RawRecord)]


def problems_in(text: str) -> list[tuple[str, int | None]]:
    document = Document(SourceFile("export.txt", "export.txt"), text.encode())
    found = load_formats()["movable-type"].parse(document)
    return [(one.code, one.line) for one in found if isinstance(one, Problem)]


def written(date: str) -> str:
    ((statement,),) = (record.dates for record in read(ENTRY.format("Fog", "Publish", "Ada", date)))
    return statement.text


@pytest.mark.parametrize(
    ("charset", "text"),
    [("utf-8", JAPANESE), ("cp932", JAPANESE), ("euc-jp", JAPANESE), ("cp1252", WESTERN)],
)
def test_an_export_in_the_charset_of_its_time_goes_out_without_its_drafts(
    charset: str, text: str, tmp_path: Path
) -> None:
    entries = [(text[:6], "Publish"), (text[7:15], "Draft"), (text[16:24], "Publish")]
    export = "".join(
        ENTRY.format(title, status, text, f"03/0{day}/2021 08:00:00 AM")
        for day, (title, status) in enumerate(entries, 1)
    )
    (tmp_path / "export.txt").write_bytes(export.encode(charset))
    report = refeed.build([tmp_path], options=Options(limit=0), now=NOW)
    assert (report.totals.out, report.totals.withheld) == (2, 1)
    assert report.totals.add_up
    titles = [title.strip() for title, _ in entries]
    assert [f'<title type="text">{title}<' in report.feed.decode() for title in titles] == [True, False, True]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("01/31/2002 03:31:05 PM", "2002-01-31 15:31:05"),
        ("12/01/2002 12:00:00 AM", "2002-12-01 00:00:00"),  # midnight
        ("12/01/2002 12:00:00 PM", "2002-12-01 12:00:00"),  # noon
        ("1/2/2002 15:31", "2002-01-02 15:31"),  # month first in 24 hours, too
        ("31/01/2002 15:31:05", "31/01/2002 15:31:05"),  # by hand: there are no 31 months
        ("2002-01-31 15:31", "2002-01-31 15:31"),
    ],
)
def test_the_month_comes_first_in_its_dates(date: str, expected: str) -> None:
    assert written(date) == expected


@pytest.mark.parametrize("status", ["Draft", "Future", "Review", "Unpublish", "Spam", "draft", "下書き"])
def test_only_what_is_published_goes_out(status: str) -> None:
    (problem,) = (record.withheld for record in read(ENTRY.format("Fog", status, "Ada", "")))
    assert problem
    assert problem.code == "draft"


@pytest.mark.parametrize("status", ["Publish", "publish", "", "公開"])
def test_what_is_published_is_not_withheld(status: str) -> None:
    assert [record.withheld for record in read(ENTRY.format("Fog", status, "Ada", ""))] == [None]


@pytest.mark.parametrize(
    ("text", "breaks", "expected"),
    [
        ("Fog.\nMore.\n\nBoats.", "__default__", "<p>Fog.<br>\nMore.</p>\n\n<p>Boats.</p>"),
        ("Fog.\nMore.", "", "<p>Fog.<br>\nMore.</p>"),
        ("Fog.\nMore.", "0", "Fog.\nMore."),
        ("<p>Fog.</p>\nMore.", "1", "<p>Fog.</p>\nMore."),  # it has paragraphs: the field is wrong
        ("Fog.<br />\nMore.", "1", "Fog.<br />\nMore."),
        ("<pre>a\n\n  b</pre>\n\nFog.", "1", "<pre>a\n\n  b</pre>\n\n<p>Fog.</p>"),
        ("<h2>Fog</h2>\n\n<b>Low</b>\nwater", "1", "<h2>Fog</h2>\n\n<p><b>Low</b><br>\nwater</p>"),
    ],
)
def test_line_breaks_are_made_as_its_filter_does(text: str, breaks: str, expected: str) -> None:
    assert paragraphs(text, breaks) == expected


def test_many_entries_are_told_apart() -> None:
    export = "".join(ENTRY.format(f"Fog {number}", "Publish", "Ada", "03/04/2021 08:00:00") for number in range(300))
    found = read(export)
    assert [(one.titles[0].text, one.line) for one in found] == [(f"Fog {n}", 1 + 12 * n) for n in range(300)]


@pytest.mark.parametrize(
    "before", ["ENTRY ID: 1\n", "ID: 1\n", "\n# by hand\n", "# by hand\nID: 1\n\n", "TITLE: x\n" * 90]
)
def test_what_is_above_the_first_known_field_hides_no_entry(before: str) -> None:
    entry = before + ENTRY.format("Fog", "Publish", "Ada", "")
    document = Document(SourceFile("export.txt", "export.txt"), (entry * 3).encode())
    assert load_formats()["movable-type"].sniff(document) is Match.SURE
    assert [record.body for record in read(entry * 3)] == ["<p>Ada</p>"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Low.\n-----\nCOMMENT: see below\n-----\nHigh.",  # a part's name ends its line
        "Low.\n--------\nNOTE: see below\n\nHigh.",  # an entry has parts
    ],
)
def test_lines_of_dashes_within_a_text_belong_to_it(text: str) -> None:
    (record,) = read(ENTRY.replace("BODY:\n{2}", "BODY:\n" + text, 1).format("Fog", "Publish", "Ada", ""))
    assert isinstance(record.body, str)
    assert record.body.endswith("High.</p>")


def test_a_part_of_another_name_is_left_out_and_told() -> None:
    entry = ENTRY.replace("EXTENDED BODY:\n", "PRIVATE:\nOnly for us.").format("Fog", "Publish", "Ada", "")
    assert [record.body for record in read(entry)] == ["<p>Ada</p>"]
    assert problems_in(entry) == [("private-part", 1)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("-----\n--------", "-----\nSTATUS: Draft\n--------", "draft"),
        ("-----\n--------", "-----\nTAGS: fog\nSTATUS: Draft\n--------", "draft"),
        ("TITLE", "STATUS: Draft\nTITLE", "draft"),  # of two states the one that withholds
        ("TITLE", "PASSWORD: gull\nTITLE", "locked"),
        ("TITLE", "SECRET: 1\nTITLE", "private"),
        ("-----\n--------", "-----\nPASSWORD: gull\n--------", "locked"),
    ],
)
def test_a_field_withholds_wherever_it_stands(old: str, new: str, code: str) -> None:
    (record,) = read(ENTRY.format("Fog", "Publish", "Ada", "").replace(old, new))
    assert record.body == "<p>Ada</p>"
    assert record.withheld
    assert record.withheld.code == code
    assert "gull" not in record.withheld.message
