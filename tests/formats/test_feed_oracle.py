"""Compare what is read from saved feeds with what feedparser reads, which has been at it since 2002."""

from pathlib import Path

import feedparser
import pytest
from folders import FIXTURES

from refeed.formats.feed import parse
from refeed.model import Document, RawRecord, SourceFile, Statement

# Not the exports, of which refeed reads posts only, nor what feedparser does not read at all.
NAMES = ("atom-03.xml", "atom.xml", "cut.xml", "rss-091.xml", "rss-1.rdf", "rss-2.xml")


def records_of(path: Path) -> list[RawRecord]:
    document = Document(SourceFile(path.name, path.name), path.read_bytes())
    return [record for record in parse(document) if isinstance(record, RawRecord)]


def first(statements: tuple[Statement, ...]) -> str:
    return statements[0].text if statements else ""


@pytest.mark.parametrize("name", NAMES)
def test_links_and_ids_are_those_that_feedparser_reads(name: str) -> None:
    path = FIXTURES / "formats" / "feed" / name
    entries = feedparser.parse(path.read_bytes()).entries
    records = records_of(path)
    complete = entries[: len(records)]  # feedparser keeps what is left of an entry that is cut
    assert [first(record.links) for record in records] == [
        entry.get("feedburner_origlink", entry.get("link", "")) for entry in complete
    ]
    assert [first(record.ids) for record in records] == [entry.get("id", "") for entry in complete]
