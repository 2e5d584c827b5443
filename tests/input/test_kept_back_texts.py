"""Texts that the fields in a file beside them keep back, whatever the texts say themselves."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from packing import write, zipped

import refeed
from refeed.options import Options
from refeed.pipeline.build import build

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
        assert told[Path(name).name] == f"{Path(fields).name} beside it says that it is not published"
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


def test_who_asks_for_drafts_is_shown_them(tmp_path: Path) -> None:
    folder = write(tmp_path, {"fog.yml": DRAFT, "fog.md": TEXT, **OTHER})
    assert titles(folder, withheld="include") == ["Ebb", "Fog"]
