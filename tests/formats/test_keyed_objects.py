"""Objects with a key for each article, as databases export them, and feeds whose ids are numbers of their own."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

import refeed
from refeed.formats import load_formats
from refeed.limits import Limits
from refeed.model import Document, RawRecord, SourceFile
from refeed.options import Options

FOG: Final = {"title": "Fog", "date": "2020-07-02", "content": "The ferry waits."}
TIDE: Final = FOG | {"title": "Tide"}
COMMENTED: Final = FOG | {"comments": {"c1": {"title": "No", "text": "It did not.", "date": "2020-07-03"}}}
BOTH: Final = [("Fog", False), ("Tide", False)]


def read(value: object, name: str = "dump.json") -> list[RawRecord]:
    document = Document(SourceFile(name, name), json.dumps(value, indent=1).encode(), limits=Limits())
    records = load_formats()["records"]
    return [item for item in records.parse(document) if isinstance(item, RawRecord)] if records.sniff(document) else []


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"id1": FOG, "id2": TIDE}, BOTH),
        ({"posts": {"-N1": FOG, "-N2": TIDE}, "users": {"u1": {"name": "Ada", "url": "https://a.example/"}}}, BOTH),
        ({"version": 3, "data": {"posts": {"-N1": FOG, "count": 2, "-N2": TIDE}}}, BOTH),
        ({"2020": {"a": FOG}, "2021": {"b": TIDE}}, BOTH),
        ({"posts": {"a": COMMENTED, "b": TIDE}}, BOTH),  # comments are no articles
        ({"drafts": {"a": FOG}, "posts": {"b": TIDE}}, [("Fog", True), ("Tide", False)]),
        ({"a": FOG | {"draft": True}, "b": TIDE}, [("Fog", True), ("Tide", False)]),
        (FOG | {"meta": {"sea": {"depth": 3}}}, [("Fog", False)]),  # an article itself
        (
            {"en": {"title": "Hello", "text": "World"}, "de": {"title": "Hallo", "text": "Welt"}},
            [],
        ),  # texts of a program
        ({"packages": {"a": {"version": "1", "resolved": "https://a.example/"}}}, []),
    ],
)
def test_an_object_with_a_key_for_each_article_is_a_list_of_them(value: object, found: list[tuple[str, bool]]) -> None:
    assert [(record.titles[0].text, record.withheld is not None) for record in read(value)] == found


def test_the_key_of_an_article_is_its_id_unless_it_has_one() -> None:
    ids = [record.ids[0].text for record in read({"-N1": FOG, "-N2": FOG | {"id": "urn:x:tide"}})]
    assert ids == ["-N1", "urn:x:tide"]


def test_the_day_of_a_change_makes_an_article_only_of_what_has_a_title() -> None:
    row = {"content": "The ferry waits.", "updated_at": "2024-08-06"}
    assert [len(read([one])) for one in (row | {"title": "Fog"}, row, row | {"title": "Fog", "content": ""})] == [
        1,
        0,
        0,
    ]


def test_an_article_may_be_an_object_that_holds_the_page_it_was_saved_from() -> None:
    article = {"title": "Fog", "page": "<p>rope</p>" * 30_000, "text": "The ferry waits.", "date": "2024-08-06"}
    settings = article | {"text": ""}
    assert [[record.titles[0].text for record in read(one)] for one in (article, settings)] == [["Fog"], []]


def feed(title: str, *items: tuple[int, str]) -> str:
    entries = "".join(
        f'<item><title>Fog</title><guid isPermaLink="false">{number}</guid><description>{text}</description>'
        "<pubDate>Thu, 02 Jul 2020 18:28:24 GMT</pubDate></item>"
        for number, text in items
    )
    link = f"https://{title}.example/"
    return f'<rss version="2.0"><channel><title>{title}</title><link>{link}</link>{entries}</channel></rss>'


def test_a_number_is_the_id_of_an_entry_within_its_feed(tmp_path: Path) -> None:
    """Two entries of one moment are two, an entry that was saved twice is one, and another feed has a 17 of its own."""
    (tmp_path / "a.xml").write_text(feed("quay", (17, "One."), (18, "Two.")))
    (tmp_path / "b.xml").write_text(feed("quay", (17, "One."), (19, "Three.")))
    (tmp_path / "c.xml").write_text(feed("pier", (17, "Four.")))
    totals = refeed.build([tmp_path], options=Options(workers=1), now=datetime(2026, 1, 1, tzinfo=UTC)).totals
    assert (totals.out, totals.duplicates) == (4, 1)
