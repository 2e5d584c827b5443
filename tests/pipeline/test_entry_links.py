"""Every entry has a link where the run knows any address, and the feed says what most of its entries are written in."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

import refeed
from refeed.options import FeedOptions
from refeed.pipeline.entries.link import link_of_entry
from refeed.vocabulary.languages import language_of_most

NOW = datetime(2026, 1, 15, tzinfo=UTC)
ID = "urn:uuid:0b8f3c52-6a0e-5b6e-8a43-0d3c1c2a7f11"
KEY = "0b8f3c52-6a0e-5b6e-8a43-0d3c1c2a7f11"
SITE = FeedOptions(link="https://quay.example/log/#top")


@pytest.mark.parametrize(
    ("settings", "entry_id", "link"),
    [
        ({}, ID, None),
        ({"base_url": "https://x.example/f"}, ID, f"https://x.example/f/#{ID}"),
        ({"base_url": "https://x.example/f/mine.xml"}, ID, f"https://x.example/f/#{ID}"),
        ({"base_url": "https://x.example"}, ID, f"https://x.example/#{ID}"),
        (
            {"feed": SITE, "base_url": "https://x.example/"},
            ID,
            f"https://quay.example/log/#{ID}",
        ),  # the site's
        ({"feed": SITE}, "tag:quay.example,2024:a#b", "https://quay.example/log/#tag:quay.example,2024:a%23b"),
        ({"feed": SITE, "entry_pages": "http://[::1]:8000/entry/{}"}, ID, f"http://[::1]:8000/entry/{KEY}"),  # serve
    ],
)
def test_an_entry_without_an_address_has_a_place(settings: dict[str, Any], entry_id: str, link: str | None) -> None:
    assert link_of_entry(entry_id, refeed.Options(**settings)) == link


def build(folder: Path, *bodies: str, **settings: Any) -> refeed.Report:
    for number, body in enumerate(bodies, 1):
        (folder / f"{number}.md").write_text(f"---\ntitle: Tide {number}\ndate: 2024-01-0{number}\n{body}\n")
    return refeed.build(options=refeed.Options(paths=(str(folder),), **settings), now=NOW)


def test_a_link_is_only_made_where_an_article_states_none(tmp_path: Path) -> None:
    stated = "link: https://harbour.example/a\n---\n\nLow water at six."
    report = build(tmp_path, stated, "---\n\nHigh water at noon.", base_url="https://x.example/f/", content="summary")
    made, kept = feedparser.parse(report.feed).entries
    assert made.link == f"https://x.example/f/#{made.id}"
    assert made.content[0].value == "<p>High water at noon.</p>"  # it does not stand behind that link
    assert kept.link == "https://harbour.example/a"
    assert not any("without a link" in note for note in report.notes)


def test_articles_without_a_link_are_counted_with_the_cure(tmp_path: Path) -> None:
    notes = build(tmp_path, "---\n\nHigh water.", "---\n\nLow water.").notes
    assert [note.partition(":")[0] for note in notes if "--base-url" in note] == [
        "2 articles without a link, which some readers refuse"
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([], None),
        (["he"], "he"),
        (["ar"] * 9 + [None], "ar"),  # a short text that nobody can tell
        (["ar"] * 8 + [None] * 2, None),
        (["zh-Hans"] * 5 + ["zh-Hant"] * 5, "zh"),
        (["de", "fr"], None),
        ([None, None], None),
    ],
)
def test_the_language_of_most(tags: list[str | None], expected: str | None) -> None:
    assert language_of_most(tags) == expected


def test_the_feed_has_the_language_of_its_entries_and_their_direction(tmp_path: Path) -> None:
    body = "lang: ar\n---\n\nعاد المركب إلى الميناء في المساء.\n\n## المد\n\n- ماء (water)"
    parsed = feedparser.parse(build(tmp_path, body).feed)
    assert parsed.feed.language == "ar"
    (entry,) = parsed.entries
    assert entry.content[0].language == "ar"
    assert entry.content[0].value.count('dir="rtl"') >= 1


def test_what_the_settings_say_of_the_language_counts(tmp_path: Path) -> None:
    report = build(tmp_path, "lang: ar\n---\n\nعاد المركب.", feed=FeedOptions(language="en"))
    assert feedparser.parse(report.feed).feed.language == "en"
