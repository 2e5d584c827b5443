"""Texts that the fields in a file beside them keep back, whatever the texts say themselves."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from command_line import run
from packing import write, zipped
from work_count import calls_of

import refeed
from refeed.input.discover import batches
from refeed.input.source_files import SourceFiles
from refeed.input.walk import Walk
from refeed.inspection.inspect import inspect, inspect_record
from refeed.limits import DEFAULT_LIMITS
from refeed.model import SourceFile
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.records.publication.said_beside import said_beside

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
OTHER: Final = {"2024-08-06-ebb.md": b"---\ntitle: Ebb\ndate: 2024-08-06\n---\n\nSand.\n"}
TEXT: Final = b"---\ntitle: Fog\ndate: 2024-08-05\n---\n\nIt came at noon.\n"
BARE: Final = b"# Fog, 2024-08-05\n\nIt came at noon.\n"
LINES: Final = b"title: Fog\ndate: 2024-08-05\n"
OBJECT: Final = b'{"title":"Fog","date":"2024-08-05"}'
DRAFT: Final = b"draft: true\n"


def titles(folder: Path, **options: str) -> list[str]:
    return [entry.title for entry in refeed.entries(Options(paths=(str(folder),), **options), now=NOW)]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [TEXT, BARE])
@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ("fog.yml", "fog.md"),
        ("fog.yml", "fog.MD"),
        ("FOG.YML", "fog.md"),  # of a disk that folds names
        ("fog.yml", "fog.en.md"),
        ("fog.yml", "fog.pt-br.markdown"),
        ("fog.md.yaml", "fog.md"),
        ("fog.yml", "fog.txt"),
        ("fog/meta.yml", "fog/index.md"),
        ("fog/meta.yml", "fog/index.de.md"),
        ("fog/post.yaml", "fog/Content.MD"),
        ("fog/info.yml", "fog/fog.md"),  # called as its folder is
        ("2024-08-05-fog/meta.yml", "2024-08-05-fog/fog.md"),  # the only one there
    ],
)
def test_a_text_is_kept_back_by_fields_beside_it(tmp_path: Path, fields: str, name: str, text: bytes) -> None:
    folder = write(tmp_path, {fields: LINES + DRAFT, name: text, **OTHER})
    assert titles(folder) == ["Ebb"]
    report = build(Options(paths=(str(folder),)), NOW)
    assert report.totals.add_up
    if text == TEXT:  # else the two may be one article, whose header says so
        told = {Path(one.path).name: one.message for one in report.left_out if one.code == "draft"}
        assert told[Path(name).name] == f"{Path(fields).name} beside it says draft: true"
        assert report.totals.withheld == 1
    shown = titles(write(tmp_path, {fields: LINES + b"draft: false\n"}))
    assert any(title.startswith("Fog") for title in shown)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("fog.yml", b"draft: true\n"),
        ("fog.yml", b"\xef\xbb\xbfDraft: yes\r\nlayout: sea\r\n"),
        ("fog.toml", b'layout = "sea"\ndraft = true\n'),
        ("fog.json", b'{"isDraft":true}'),
        ("fog.json", b'{\n  "status": "private"\n}\n'),
        ("fog.json", b'{"published":false}'),
        ("fog.yml", b"publish: no\n"),
        ("fog.yml", b"post_status: draft\n"),
        ("fog.yml", b"password: 'quay'\n"),
        ("fog.11tydata.json", b'{"draft":true}'),
        ("fog.11tydata.json", b'{"permalink":false}'),
        ("fog.yml", b"title: Fog\nwip: true\n"),
        ("fog.yml", b"unpublished: yes\n"),
        ("fog.yml", b"members_only: true\n"),
        ("fog.toml", b"visible = false\n"),
        ("fog.yml", "草稿: 是\n".encode()),
        ("fog.yml", "draft：true\n".encode()),  # with a colon as wide as the letters
        ("fog.yml", b"Entwurf: ja\n"),
        ("fog.json", '{"状态":"草稿"}'.encode()),
        ("fog.toml", b"borrador = true\n"),
        ("fog.json", b'{"title":"Fog","date":"2024-08-05","body":"It came.","draft":true}'),  # they have a text, too
        ("fog.json", b'{"title":"Fog","links":["%s"],"draft":true}' % (b"quay" * 40_000)),  # 160 kB
        ("fog.Yml", b"draft: true\n"),
        ("fog.yml", b"\n  # of the text beside it\n  layout: sea\n  draft: true\n"),
        ("fog.yml", b"layout: sea\ndraft: !!bool true\n"),
        ("fog.yml", b"title: Fog\nlayout: sea\nprivate: true\n"),  # whatever else, beside a title
        ("fog.toml", b"Date = 2024-08-05\npublic = false\n[sea]\nquay = 1\n"),  # or a day
        ("fog.yml", "标题：Fog\nlayout: sea\nvisibility: private\n".encode()),
        ("fog.json", b'{"date_published":"2024-08-05","tags":["sea"],"status":"pending"}'),
        ("fog.yml", b"---\n# for us\n\ndraft: false\nvisibility: private\n---\n"),  # nothing else
        ("fog.11tydata.json", b'{"layout":"sea","private":true}'),  # of no other thing
        ("fog.yml", b"title: Fog\nlinks: %s\ndraft: true\n" % (b"quay" * 40_000)),
        ("fog.yml", b"status: {name: draft}\n"),
        ("fog.json", b'{"status":{"name":"draft","id":3}}'),
        ("fog.yml", b"title: Fog\nlocked: true\n"),  # any word that headers have for it
        ("fog.yml", b"title: Fog\npassword: quay\n"),
        ("fog.yml", b"date: 2024-08-05\nuser: ada\npassword: quay\n"),  # programs have no day
        ("fog.yml", b"title: Fog\npublishDate: 2030-01-01\n"),  # held back until then
        ("fog.toml", b'expiryDate = "2025-01-01"\n'),
    ],
)
@pytest.mark.parametrize("archive", ["", "items.zip"])
def test_the_fields_may_say_so_in_many_ways(tmp_path: Path, name: str, fields: bytes, archive: str) -> None:
    files = {name: fields, "fog.md": TEXT, **OTHER}
    folder = write(tmp_path, {archive: zipped(files)} if archive else files) / archive
    assert titles(folder) == ["Ebb"]


@pytest.mark.parametrize(
    ("name", "fields", "text"),
    [
        ("fog.yml", LINES, "fog.md"),
        ("fog.yml", b"draft: false\nprivate: no\npassword:\npublished: true\n", "fog.md"),
        ("fog.yml", "草稿: 没有\nborrador: no\n状态: 发布\n".encode(), "fog.md"),
        ("fog.yml", b"sea:\n  draft: true\n", "fog.md"),  # of something else
        ("fog.yml", b"permalink: false-alarm/\nvisible: true\nwip: false\n", "fog.md"),
        ("fog.toml", b"[sea]\ndraft = true\n", "fog.md"),  # the draught of a ship, maybe
        ("fog.json", b'{"sea":{"draft":true}}', "fog.md"),
        ("fog.json", b'[{"draft":true}]', "fog.md"),
        ("fog.yml", DRAFT, "fogs.md"),
        ("fog.yml", DRAFT, "fog/fog.md"),
        ("mqtt.yml", b"host: quay.example\npassword: secret\n", "mqtt.md"),  # samples for the article
        ("mqtt.yml", b"title: MQTT\nserver: quay.example\nuser: ada\npassword: secret\n", "mqtt.md"),
        ("flags.yml", b"sea: 1\nenabled: false\nstatus: {name: draft}\n", "flags.md"),
        ("api.yml", b"info: {title: Sea, status: draft}\npaths: {}\n", "api.md"),
        ("compose.yaml", b"services:\n  sea:\n    title: Sea\nstatus: pending\n", "compose.md"),
        ("config.json", b'{"private":true,"paths":["sea"]}', "config.md"),
        ("order.json", b'{"status":"draft","customer":{"title":"Dr"}}', "order.md"),
        ("app.toml", b'public = false\n[server]\ntitle = "Sea"\n', "app.md"),
        ("app.yml", b"port: 80\nvisible: no\nunlisted: true\nmembers-only: yes\n", "app.md"),
        ("fog.yml", b"password: !!null null\n", "fog.md"),
        ("fog.yml", DRAFT, "fog.bar.md"),  # no language
        ("fog.yml", DRAFT, "fog.dev-2.md"),
        ("package.json", b'{"private":true}', "package.md"),  # about a registry of programs
        ("meta.yml", DRAFT, "quay/fog.md"),
    ],
)
def test_other_fields_keep_nothing_back(tmp_path: Path, name: str, fields: bytes, text: str) -> None:
    assert "Fog" in titles(write(tmp_path, {name: fields, text: TEXT, **OTHER}))


def test_fields_of_a_folder_say_nothing_of_the_posts_in_it(tmp_path: Path) -> None:
    files = {"sea/meta.yml": DRAFT, "sea/fog.md": TEXT, "sea/ebb.md": OTHER["2024-08-06-ebb.md"]}
    assert titles(write(tmp_path, files)) == ["Ebb", "Fog"]


PAGE: Final = (
    b'<html><head><title>Fog</title><link rel="canonical" href="https://harbour.example/2024/fog/">'
    b'<meta property="article:published_time" content="2024-08-05T00:00:00Z"></head>'
    b"<body><article><h1>Fog</h1><p>It came at noon, and the ferry waited for an hour.</p></article></body></html>"
)
FEED: Final = (
    b'<rss version="2.0"><channel><title>Harbour</title><item><title>Fog</title>'
    b"<link>https://harbour.example/2024/fog/</link><pubDate>Mon, 05 Aug 2024 00:00:00 GMT</pubDate>"
    b"<description>It came at noon.</description></item></channel></rss>"
)


@pytest.mark.parametrize("form", [{"public/fog/index.html": PAGE}, {"rss.xml": FEED}])
@pytest.mark.parametrize(
    "post",
    [
        {"posts/fog.md": TEXT, "posts/fog.yml": DRAFT},
        {"posts/fog/index.md": TEXT, "posts/fog/meta.yml": DRAFT},
        # The title and the day of its other forms are in the fields alone.
        {"posts/fog.md": b"---\ntitle: Fog\n---\n\nIt came.\n", "posts/fog.yml": b"date: 2024-08-05\ndraft: true\n"},
        # The text alone would be no article.
        {"posts/fog.md": b"# Fog\n\nIt came at noon.\n", "posts/fog.yml": b"date: 2024-08-05\ndraft: true\n"},
    ],
)
def test_what_fields_keep_back_goes_out_in_no_other_form(
    tmp_path: Path, post: dict[str, bytes], form: dict[str, bytes]
) -> None:
    folder = write(tmp_path, {**post, **form, **OTHER})
    report = build(Options(paths=(str(folder),)), NOW)
    assert (report.totals.out, report.totals.withheld, report.totals.add_up) == (1, 1, True)
    fields = folder.joinpath(next(name for name in post if name.endswith(".yml")))
    fields.write_bytes(LINES)
    assert "Fog" in titles(folder)


def test_an_index_knows_when_fields_beside_a_text_change(tmp_path: Path) -> None:
    folder = str(write(tmp_path, {"fog.md": TEXT, **OTHER}))
    fields, seen = tmp_path / "fog.yml", list[Sequence[int]]()

    def look() -> None:
        (batch,) = batches((folder,), Walk((folder,)), with_stats=True)
        stats = {name: batch.stats[4 * number : 4 * number + 4] for number, name in enumerate(batch.names)}
        assert stats["fog.md"] not in seen
        assert batch.beside == ({batch.names.index("fog.md"): ("fog.yml",)} if fields.exists() else {})
        seen.append(stats["fog.md"])

    look()
    fields.write_bytes(b"draft: true\n")
    look()
    fields.write_bytes(b"draft: false\n")
    look()
    os.utime(fields, (1, 1))
    fields.unlink()
    fields.write_bytes(b"draft: false\n")
    look()
    fields.unlink()
    seen.remove(seen[0])  # and now it is the same as before
    look()


def test_a_text_that_is_given_itself_is_kept_back_as_well(tmp_path: Path) -> None:
    folder = write(tmp_path, {"fog.yml": DRAFT, "fog.md": TEXT, **OTHER})
    given = tuple(str(folder / name) for name in ("fog.md", *OTHER))
    assert [entry.title for entry in refeed.entries(Options(paths=given), now=NOW)] == ["Ebb"]
    (found,) = inspect(Options(paths=given[:1]), NOW)
    assert (found.status, found.reason) == ("withheld", "draft")
    shown = inspect_record(given[0], 1, Options(paths=(str(folder),)), NOW, most=100)
    assert shown is not None
    assert shown.status == "withheld"


def test_workers_and_rows_of_a_scan_know_of_fields(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    files = {f"{number}.md": TEXT.replace(b"Fog", b"Fog %d" % number) for number in range(9)}
    folder = write(tmp_path / "sea", {**files, "3.yml": DRAFT, "5.json": b'{"draft":true}'})
    usual = ("--now", "2026-11-20T00:00:00Z", "--no-config", "--no-index")
    whole = run(capfdbinary, "build", str(folder), *usual, "--workers", "2")
    assert "2 withheld" in whole.err
    rows = str(tmp_path / "sea.rows")
    assert run(capfdbinary, "scan", str(folder), "-o", rows, *usual[:3]).status == 0
    assert run(capfdbinary, "build", "--from", rows, *usual) == whole


def test_who_asks_for_drafts_is_shown_them(tmp_path: Path) -> None:
    folder = write(tmp_path, {"fog.yml": DRAFT, "fog.md": TEXT, **OTHER})
    assert titles(folder, withheld="include") == ["Ebb", "Fog"]


def test_a_long_sample_is_searched_for_damaged_keys_at_its_beginning_alone(tmp_path: Path) -> None:
    damaged = Path(refeed.__file__).parent / "formats" / "headers" / "damaged"

    def searching(paths: int) -> int:
        sample = b"openapi: 3.0\npaths:\n" + b"  /fog:\n    summary: ebb\n    tags: [a, b]\n" * paths
        folder = write(tmp_path / str(paths), {"fog.yml": sample, "fog.md": TEXT})
        text = SourceFile(f"{folder}/fog.md", "fog.md", ("fog.yml",))
        return calls_of(lambda: [*said_beside(text, DEFAULT_LIMITS, SourceFiles())], within=damaged)

    assert 0 < searching(4_000) < 1.1 * searching(2_000)
