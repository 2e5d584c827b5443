"""Every key that generators, exporters and note programs document is read: one tiny post for each row of a table.

fixtures/formats/keys.tsv: who writes it, the line of front matter, the field, and what refeed has to make of it.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from folders import ROOT

from refeed.model import RecordMeta, SourceFile, Timestamp
from refeed.options import Options
from refeed.records.context import context_for
from refeed.records.reader import read_metadata

CONTEXT = context_for(Options(), datetime(2026, 1, 15, tzinfo=UTC))


class Row(NamedTuple):
    """One key of one generator."""

    generator: str
    line: str
    field: str
    expected: str


def test_every_documented_key_is_read(tmp_path: Path) -> None:
    rows = [Row(*line.split("\t")) for line in (ROOT / "fixtures/formats/keys.tsv").read_text("utf-8").splitlines()]
    assert len(rows) > 200
    found = [(row, fields_of(read(tmp_path / "post.md", row))[row.field]) for row in rows]
    assert [(row, said) for row, said in found if said != row.expected] == []


@pytest.mark.parametrize("value", ["harbours.csv", "2019 census, 12 counties", "{year: 2024}", "[2024-01-02]", "yes"])
def test_what_is_called_data_in_english_is_no_date(value: str, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(f"---\ntitle: Tide\ndata: {value}\n---\n\nThe water is low.\n")
    ((meta, problems),) = read_metadata(SourceFile(str(tmp_path / "post.md"), "post.md"), CONTEXT).records
    assert meta.key.date is None
    assert [problem.code for problem in problems] == ["no-date"]


@pytest.mark.parametrize(
    "line",
    [
        "publicado: sí",  # a switch, not a bad date
        "来源: 码头日报",  # where the text was taken from, without an address
        "Quelle: Hafenblatt",
    ],
)
def test_a_word_with_a_second_meaning_says_nothing_without_a_date_or_an_address(line: str, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(f"---\ntitle: Tide\ndate: 2024-01-02\n{line}\n---\n\nThe water is low.\n")
    ((meta, problems),) = read_metadata(SourceFile(str(tmp_path / "post.md"), "post.md"), CONTEXT).records
    assert (meta.url, meta.title, problems) == (None, "Tide", ())


@pytest.mark.parametrize("word", ["来源", "出處", "fuente", "fonte", "Quelle", "источник", "kaynak", "المصدر", "ที่มา"])
def test_articles_with_one_source_are_several(word: str, tmp_path: Path) -> None:
    keys = []
    for name in ("tide", "fog"):
        (tmp_path / name).write_text(
            f"---\ntitle: {name}\ndate: 2024-01-02\n{word}: https://quay.example/a\n---\n\nA.\n"
        )
        ((meta, _),) = read_metadata(SourceFile(str(tmp_path / name), name), CONTEXT).records
        assert meta.url == "https://quay.example/a"
        keys.append(meta.key.identity)
    assert keys[0] != keys[1]


def read(path: Path, row: Row) -> RecordMeta:
    has_date = row.field == "published" or row.line.startswith("date: ")
    date = "" if has_date else "date: 2024-01-01\n"
    title = "" if row.field == "title" else "title: Tide\n"
    path.write_text(f"---\n{title}{date}{row.line}\n---\n\nThe water is low.\n")
    ((meta, _),) = read_metadata(SourceFile(str(path), path.name), CONTEXT).records
    return meta


def fields_of(meta: RecordMeta) -> dict[str, str | None]:
    """Return what a row may ask for; of dates the day."""
    return {
        "author": ", ".join(meta.authors),
        "id": meta.id,
        "image": next(iter(meta.images), None),
        "language": meta.language,
        "link": meta.url,
        "published": _day(meta.key.date),
        "summary": meta.summary,
        "tags": ", ".join(meta.categories),
        "title": meta.title,
        "updated": _day(meta.key.updated),
    }


def _day(date: Timestamp | None) -> str | None:
    return date.value.date().isoformat() if date else None
