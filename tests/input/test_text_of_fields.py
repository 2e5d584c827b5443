"""Articles that are two files: one with fields that say what they are, and one with their text beside it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from packing import write, zipped

import refeed
from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
FIELDS: Final = b'{"created_at":"2024-08-05T06:00:00+02:00","title":"Fog on the quay","tags":["fog"]}'
TEXT: Final = b"It came at *noon*.\n\n# And went\n\nBy six.\n"
SHOWN: Final = "<p>It came at <em>noon</em>.</p>\n<h1>And went</h1>\n<p>By six.</p>"


PAGE: Final = (
    b"<!DOCTYPE html>\n<html><head><title>Ebb</title>%s</head><body><p>Sand, as far as the light.</p></body></html>"
)


def contents(folder: Path) -> list[tuple[str, str]]:
    return [(entry.title, entry.content) for entry in refeed.entries(Options(paths=(str(folder),)), now=NOW)]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        *(("info.json", "README.md"), ("metadata.json", "content.md"), ("article.json", "index.md")),
        *(("post.json", "body.md"), ("info.json", "content.txt")),
    ],
)
def test_the_text_beside_fields_is_that_of_the_article(tmp_path: Path, fields: str, text: str) -> None:
    assert contents(write(tmp_path, {f"fog/{fields}": FIELDS, f"fog/{text}": TEXT})) == [("Fog on the quay", SHOWN)]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        *((f"2024/{one}.json", f"2024/{one}.md") for one in ("fog", "info", "old-post")),
        ("fog.json", "fog.txt"),  # the files of a whole archive lie side by side
        ("fog/quay-post.json", "fog/content.md"),
        ("fog/quay-meta.json", "fog/text.html"),
        ("fog.json", "fog.markdown"),
        ("fog.json", "fog.mdx"),
        ("fog/info.json", "fog/index.markdown"),
    ],
)
def test_fields_may_have_the_name_of_the_text_or_a_longer_one(tmp_path: Path, fields: str, text: str) -> None:
    # Without a text the article would show its title alone, and the text beside it would have no day.
    shown = SHOWN if not text.endswith(".html") else "<p>By six.</p>"
    files = {fields: FIELDS, text: TEXT if not text.endswith(".html") else b"<p>By six.</p>"}
    assert contents(write(tmp_path, files)) == [("Fog on the quay", shown)]


@pytest.mark.parametrize(
    "fields",
    [
        FIELDS.replace(b"created_at", b"timestamp"),
        FIELDS.replace(b"created_at", b"posted_at").replace(b"title", b"headline"),
        FIELDS.replace(b"created_at", "日期".encode()).replace(b"title", "标题".encode()),
        FIELDS.replace(b"created_at", b"data_di_pubblicazione").replace(b"title", b"titolo"),
        FIELDS.replace(b"created_at", "Дата".encode()).replace(b"title", "Заголовок".encode()),
        FIELDS[:-1] + b',"content":null,"html":""}',  # what a database has for no text
        FIELDS[:-1] + b',"excerpt":"%s"}' % (b"The fog came in. " * 100),
        FIELDS[:-1] + b',"links":[%s]}' % b",".join([b'"https://quay.example/fog"'] * 1_000),  # 27 kB
    ],
)
def test_fields_are_known_by_other_keys_and_among_more(tmp_path: Path, fields: bytes) -> None:
    assert contents(write(tmp_path, {"fog.json": fields, "fog.md": TEXT})) == [("Fog on the quay", SHOWN)]
    held = fields[:-1] + b',"draft":true}'
    assert contents(write(tmp_path, {"fog.json": held, "fog.md": b"# Fog, 2024-08-05\n\n" + TEXT})) == []


@pytest.mark.parametrize(
    ("name", "fields"), [("2024-08-05-fog.json", b'{"title":"Fog on the quay"%s}'), ("20240805.yml", b"title: Fog%s\n")]
)
def test_the_name_of_the_fields_may_say_their_day(tmp_path: Path, name: str, fields: bytes) -> None:
    text = Path(name).stem + ".md"
    assert [shown for _, shown in contents(write(tmp_path, {name: fields % b"", text: TEXT}))] == [SHOWN]
    draft = b',"draft":true' if name.endswith(".json") else b"\ndraft: true"
    assert contents(write(tmp_path, {name: fields % draft, text: TEXT})) == []


@pytest.mark.parametrize("other", ["2024-08-05-fog.txt", "2024-08-05-fog.html"])
def test_the_text_in_another_form_is_no_article_either(tmp_path: Path, other: str) -> None:
    page = b'<meta name="date" content="2024-08-05"><title>Fog</title><p>It came at noon.</p>'
    files = {
        "2024-08-05-fog.json": FIELDS,
        "2024-08-05-fog.md": TEXT,
        other: page if other.endswith(".html") else TEXT,
        "ebb.md": b"---\ntitle: Ebb\ndate: 2024-08-06\n---\n\nSand.\n",
    }
    assert [title for title, _ in contents(write(tmp_path, files))] == ["Ebb", "Fog on the quay"]
    held = files | {"2024-08-05-fog.json": FIELDS[:-1] + b',"draft":true}'}
    assert [title for title, _ in contents(write(tmp_path, held))] == ["Ebb"]


@pytest.mark.parametrize("above", [b"---\n\n", b"{{< quay >}}\n\n", b"{% quay %}\n\n"])
@pytest.mark.parametrize(("name", "fields"), [("fog.json", FIELDS), ("fog.yml", b"title: Fog\ndate: 2024-08-05\n")])
def test_a_rule_or_an_expression_above_the_text_is_no_header(
    tmp_path: Path, above: bytes, name: str, fields: bytes
) -> None:
    assert [shown for _, shown in contents(write(tmp_path, {name: fields, "fog.md": above + TEXT}))] == [SHOWN]


def test_of_several_articles_in_a_folder_each_has_its_text(tmp_path: Path) -> None:
    files = {
        "ebb.yml": b"title: Ebb\ndate: 2024-08-06\n",
        "ebb.html": b"<p>Sand.</p>",
        "fog.json": FIELDS,
        "fog.md": TEXT,
        "README.md": TEXT,
    }
    folder = write(tmp_path, files)
    assert contents(folder) == [("Ebb", "<p>Sand.</p>"), ("Fog on the quay", SHOWN)]
    report = build(Options(paths=(str(folder),)), NOW)
    beside = {Path(one.path).name: one.message for one in report.left_out if one.code == "site-page"}
    assert beside == dict.fromkeys(("ebb.html", "fog.md"), "it is the text of a post whose header is a file beside it")


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("fog/quay-post.json", "fog/README.md"),  # there may be more of them, and the text is of the folder
        ("fog/quay.json", "fog/content.md"),  # any file of data
        ("fog.json", "ebb.md"),
    ],
)
def test_other_names_say_nothing_of_a_text(tmp_path: Path, fields: str, text: str) -> None:
    shown = contents(write(tmp_path, {fields: FIELDS, text: TEXT}))
    assert [title for title, _ in shown] == ["Fog on the quay"]
    assert all("noon" not in content for _, content in shown)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        (b"1722830400", "2024-08-05T04:00:00"),  # 6 am in Berlin; 19,940 days and 4 hours since 1970
        (b"1722830400000", "2024-08-05T04:00:00"),
        (b"1722830400.5", "2024-08-05T04:00:00.500000"),
    ],
)
def test_the_day_may_be_a_number(tmp_path: Path, date: bytes, published: str) -> None:
    fields = FIELDS.replace(b'"2024-08-05T06:00:00+02:00"', date)
    folder = write(tmp_path, {"fog/info.json": fields, "fog/README.md": TEXT})
    (entry,) = refeed.entries(Options(paths=(str(folder),)), now=NOW)
    assert (entry.content, entry.updated.isoformat().removesuffix("+00:00")) == (SHOWN, published)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("meta.yml", b"title: Fog on the quay\ndate: 2024-08-05\ntags:\n- fog\n"),
        ("info.yaml", b"---\ntitle: 'Fog on the quay'\npublished_at: 2024-08-05\n---\n"),
        ("post.yml", b"--- \r\ndate: 2024-08-05\r\ntitle: Fog on the quay\r\n...\r\n"),
        ("meta.toml", b'title = "Fog on the quay"\ndate = 2024-08-05\n\n[more]\nbody = "None."\n'),
    ],
)
def test_the_fields_may_be_in_another_notation(tmp_path: Path, name: str, fields: bytes) -> None:
    assert contents(write(tmp_path, {f"fog/{name}": fields, "fog/README.md": TEXT})) == [("Fog on the quay", SHOWN)]
    draft = b"draft = true\n" if name.endswith(".toml") else b"draft: true\n"
    held = fields.replace(b"title", draft + b"title", 1)
    assert contents(write(tmp_path, {f"fog/{name}": held, "fog/README.md": TEXT})) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (b"<p>It came at <em>noon</em>.</p>\n<p>By six.</p>\n", "<p>It came at <em>noon</em>.</p>\n<p>By six.</p>"),
        (PAGE % b"", "<p>Sand, as far as the light.</p>"),
    ],
)
def test_the_text_may_be_html(tmp_path: Path, text: bytes, shown: str) -> None:
    assert contents(write(tmp_path, {"fog/post.json": FIELDS, "fog/index.html": text})) == [("Fog on the quay", shown)]


def test_a_saved_page_that_says_when_it_was_published_is_its_own_article(tmp_path: Path) -> None:
    page = PAGE % b'<meta property="article:published_time" content="2024-08-06T08:00:00Z">'
    page = page.replace(b"as the light", b"as the light" + b", and further than anybody here has walked before" * 5)
    folder = write(tmp_path, {"fog/meta.json": FIELDS, "fog/index.html": page})
    assert [title for title, content in contents(folder) if "Sand" in content] == ["Ebb"]


def test_they_are_read_from_an_archive_and_below_a_mark_of_the_charset(tmp_path: Path) -> None:
    files = {"fog/info.json": b"\xef\xbb\xbf" + FIELDS + b"\r\n", "fog/README.md": TEXT.replace(b"\n", b"\r\n")}
    assert contents(write(tmp_path, {"items.zip": zipped(files)}) / "items.zip") == [("Fog on the quay", SHOWN)]


@pytest.mark.parametrize("archive", ["", "items.zip"])
@pytest.mark.parametrize("names", [("fog/info.json", "fog/post.md"), ("fog/quay.json", "fog/quay.md")])
@pytest.mark.parametrize("stated", [b"", b',"draft":true', b',"status":"private"'])
def test_the_text_is_no_article_by_itself(tmp_path: Path, archive: str, names: tuple[str, str], stated: bytes) -> None:
    fields, text = FIELDS[:-1] + stated + b"}", b"\xef\xbb\xbf# Fog, 2024-08-05\n\n" + TEXT
    other = b"---\ntitle: Ebb\ndate: 2024-08-06\n---\n\nSand.\n"
    files = dict(zip(names, (fields, text), strict=True)) | {"ebb.md": other}
    folder = write(tmp_path, {archive: zipped(files)} if archive else files) / archive
    # The text has a title and a day of its own. A draft and what is private go out neither with it nor with its fields.
    assert [title for title, _ in contents(folder)] == ["Ebb", *([] if stated else ["Fog on the quay"])]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (FIELDS[:-1] + b',"body":"By boat."}', TEXT),  # they have a text
        (FIELDS[:-1] + b',"full_text":"By boat."}', TEXT),
        (FIELDS.replace(b"created_at", b"version"), TEXT),  # of software: no day
        (FIELDS.replace(b'"2024-08-05T06:00:00+02:00"', b"2024"), TEXT),  # only a year
        (FIELDS.replace(b"title", b"name_of_mod"), TEXT),
        (FIELDS, b"---\ntitle: Ebb\n---\n\nThe read-me of a site.\n"),  # it has a header
        (b"[" + FIELDS + b"]", TEXT),  # several
        (FIELDS[:-1], TEXT),  # damaged
    ],
)
def test_a_text_that_is_not_theirs_is_not_taken(tmp_path: Path, fields: bytes, text: bytes) -> None:
    other = b"---\ntitle: Ebb\ndate: 2024-08-06\n---\n\nSand.\n"
    folder = write(tmp_path, {"fog/info.json": fields, "fog/README.md": text, "ebb.md": other})
    shown = contents(folder)
    assert ("Ebb", "<p>Sand.</p>") in shown
    assert all("noon" not in content and "read-me" not in content for _, content in shown)
