"""Compare what is read from saved feeds with what feedparser reads, which has been at it since 2002."""

import importlib
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import feedparser
import pytest
from folders import FIXTURES, ROOT

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


DIFFERENCES = tomllib.loads(Path(__file__).with_name("feed_differences.toml").read_text(encoding="utf-8"))["kind"]


@pytest.fixture
def feeds(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the program that reads feeds with both, which is in no package."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module("feeds")


@pytest.mark.parametrize("kind", DIFFERENCES, ids=[kind["name"] for kind in DIFFERENCES])
def test_each_listed_kind_of_difference_is_as_the_list_says(kind: dict[str, Any], tmp_path: Path, feeds: Any) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(kind["feed"].encode("latin-1" if kind.get("is_bytes") else "utf-8"))
    ours, theirs, name = feeds.by_refeed(path), feeds.by_feedparser(path), kind["differs"]
    if name == "count":
        assert (len(ours), len(theirs)) == (kind["refeed"], kind["feedparser"])
        return
    for reader, entries in (("refeed", ours), ("feedparser", theirs)):
        if reader in kind:  # which charset feedparser guesses depends on its library
            value = getattr(entries[kind.get("entry", 0)], name)
            assert (list(value) if isinstance(value, tuple) else value) == (
                None if kind[reader] == "nothing" else kind[reader]
            )
    assert name in {one.field for one in feeds.differences(ours, theirs)} <= {name, *kind.get("fields", ())}


def test_a_statement_of_a_feed_of_the_public_suites_is_listed_once_and_with_a_reason() -> None:
    listed = Counter(
        (file, field)
        for kind in DIFFERENCES
        for file in kind["files"]
        for field in kind.get("fields", [kind["differs"]])
    )
    assert [one for one, times in listed.items() if times > 1] == []
    assert all(kind["what"] and kind["why"] for kind in DIFFERENCES)
    assert {kind["verdict"] for kind in DIFFERENCES} == {"specification", "mistake", "choice"}


def test_a_difference_that_is_not_listed_is_reported(
    tmp_path: Path, feeds: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    same = "<entry><id>urn:x-quay:1</id><title>Rain</title></entry>"
    entry = '<entry><id>urn:x-quay:2</id><title type="html">Why we need &lt;object> here</title></entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{same}{entry}</feed>'
    (tmp_path / "fog.xml").write_text(feed, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["feeds.py", str(tmp_path)])
    assert feeds.main() == 1
    said = capsys.readouterr().out
    assert "fog.xml\n    title 1: 'Why we need <object> here' but 'Why we need here'\n" in said
    assert "feeds that both read: 1\n    0 0.00% equal\n" in said
    assert "title, link and id of entries that both read: 1\n    0 0.00% equal\n" in said
    assert "\nentries that both read: 2\n    1 50.00% equal\n" in said
    assert "\nlink that both read: 2\n    2 100.00% equal\n" in said
    title = said.partition("\ntitle that both read: 2\n")[2].splitlines()[:5]
    assert (title[0], title[-1]) == ("    1 50.00% equal", "    1 50.00% unlisted")
    monkeypatch.setattr(feeds, "TABLE", tmp_path / "listed.toml")
    (tmp_path / "listed.toml").write_text(
        '[[kind]]\nname = "titles"\nverdict = "choice"\ndiffers = "id"\nfields = ["title"]\nfiles = ["fog.xml"]\n',
        encoding="utf-8",
    )
    assert feeds.main() == 0
    assert "    1 feeds     1 entries  choice: titles\n" in capsys.readouterr().out
    (tmp_path / "listed.toml").write_text(
        '[[kind]]\nname = "ids"\nverdict = "choice"\ndiffers = "id"\nfiles = ["fog.xml"]\n', encoding="utf-8"
    )
    assert feeds.main() == 1  # a kind explains no more than its own statements
