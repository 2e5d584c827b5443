"""Readers get the same entries from Atom, RSS and JSON Feed: feedparser, reader, and feedsmith, which runs in node.

Where feedsmith is missing the others check alone, except in CI, where that is a failure (.ci/check installs it).
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import feedparser
import pytest
from bs4 import BeautifulSoup
from folders import ROOT
from reader import make_reader

from refeed import build
from refeed.model import Enclosure, Entry, Feed, SafeHtml
from refeed.options import Options
from refeed.outputs import load_outputs
from refeed.outputs._texts import uri

NOON: Final = datetime(2024, 5, 6, 12, tzinfo=UTC)
FEED: Final = Feed(id="urn:uuid:5d8f0f2e-3f0c-4c57-8d0f-2a8f5b8d9a01", title="Harbour", updated=NOON, author="Harbour")
FEEDSMITH: Final = Path(sys.prefix) / "share" / "feedsmith"


class Facts(NamedTuple):
    """What a reader gets of an entry."""

    title: str
    updated: datetime
    published: datetime
    link: str
    authors: Sequence[str]
    content: str
    enclosures: Sequence[tuple[str, str, int]]  # address, type, bytes


Entries = Mapping[str, Facts]  # by the ids of the entries


def with_feedparser(paths: Sequence[Path]) -> list[Entries]:
    return [{entry.id: _of_feedparser(entry) for entry in _parsed(path).entries} for path in paths]


def _parsed(path: Path) -> Any:
    return feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)


def _of_feedparser(entry: Any) -> Facts:
    files = [(one.href, one.type, int(one.length)) for one in entry.get("enclosures", ())]
    dates = _moment(entry.updated), _moment(entry.published)
    authors = [one.name for one in entry.get("authors", ())]
    return _facts(entry.title, dates, entry.link, authors, entry.content[0].value, files)


def with_reader(paths: Sequence[Path]) -> list[Entries]:
    with closing(make_reader(":memory:", feed_root=str(paths[0].parent))) as reader:
        for path in paths:
            reader.add_feed(path.name)
            reader.update_feed(path.name)
        return [{entry.id: _of_reader(entry) for entry in reader.get_entries(feed=path.name)} for path in paths]


def _of_reader(entry: Any) -> Facts:
    files = [(one.href, one.type, one.length) for one in entry.enclosures]
    dates, authors = (entry.updated, entry.published), [one.name for one in entry.authors]
    return _facts(entry.title, dates, entry.link, authors, markup(entry.content[0].value), files)


def markup(html: str) -> str:
    """Write HTML in one way: reader cleans that of Atom and RSS, and orders attributes as it likes."""
    return str(BeautifulSoup(html, "lxml"))


def with_feedsmith(paths: Sequence[Path]) -> list[Entries]:
    script = Path(__file__).with_name("feedsmith.mjs")
    told = subprocess.run(["node", script, FEEDSMITH, *paths], check=True, capture_output=True, timeout=120).stdout
    return [{entry["id"]: _of_feedsmith(entry) for entry in entries} for entries in json.loads(told)]


def _of_feedsmith(entry: Any) -> Facts:
    dates = _moment(entry["updated"]), _moment(entry["published"])
    files = [(address, kind, size) for address, kind, size in entry["enclosures"]]
    return _facts(entry["title"], dates, entry["link"], entry["authors"], entry["content"], files)


def _facts(
    title: str, dates: tuple[datetime, datetime], link: str, authors: list[str], content: str, files: list[Any]
) -> Facts:
    """Return facts; an address may stand as an IRI (Atom) or as the URI that is the same."""
    return Facts(title, *dates, uri(link), authors, content, [(uri(address), *rest) for address, *rest in files])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text) if text[:4].isdecimal() else parsedate_to_datetime(text)


class Reader(NamedTuple):
    """A reader, and the formats that it reads."""

    read: Callable[[Sequence[Path]], list[Entries]]
    formats: Sequence[str]
    authors_of_xml: slice = slice(None)  # those of Atom and RSS that it keeps
    content: Callable[[str], str] = str  # how it writes HTML


READERS: Final = {
    "feedparser": Reader(with_feedparser, ("atom", "rss")),
    "reader": Reader(with_reader, ("atom", "rss", "json"), slice(-1, None), markup),  # it takes feedparser's last one
    "feedsmith": Reader(with_feedsmith, ("atom", "rss", "json")),
}
THERE: Final = [name for name in READERS if name != "feedsmith" or FEEDSMITH.is_dir() or os.environ.get("CI")]

ENTRIES: Final = (
    Entry(
        id="urn:uuid:0b7c9b0a-52f5-5d2e-9f37-6f1f7f0c1d01",
        title="雾 <b>& ferries</b>",
        updated=datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
        published=datetime(2024, 5, 6, 6, 30, tzinfo=UTC),
        url="https://harbour.example/雾?a=1&b=2",
        authors=("林小满", "Ada Reed"),
        categories=("航运",),
        summary="Fog.",
        content=SafeHtml('<p>Fog &amp; <a href="https://harbour.example/?a=1&amp;b=2">ferries</a>: 1 &lt; 2.</p>'),
        language="en",
        image=None,
        outlet="Harbour",
        enclosures=(
            Enclosure("https://harbour.example/雾.mp3", "audio/mpeg", 1_048_576),
            Enclosure("https://harbour.example/map.pdf?a=1&b=2", "application/pdf", 12),
        ),
    ),
    Entry(
        id="tag:harbour.example,2024:boats-7",
        title="Seven boats",
        updated=datetime(2024, 5, 5, tzinfo=UTC),
        published=datetime(2024, 5, 5, tzinfo=UTC),
        url="https://harbour.example/boats",
        authors=(),
        categories=(),
        summary="",
        content=SafeHtml("<pre>]]&gt;\n  boats</pre>"),
        language=None,
        image=None,
        outlet="Harbour",
        enclosures=(),
    ),
)
# What stands above, as an address of ASCII alone, and the outlet for authors where there are none.
EXPECTED: Final = {
    "urn:uuid:0b7c9b0a-52f5-5d2e-9f37-6f1f7f0c1d01": Facts(
        "雾 <b>& ferries</b>",
        datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
        datetime(2024, 5, 6, 6, 30, tzinfo=UTC),
        "https://harbour.example/%E9%9B%BE?a=1&b=2",
        ["林小满", "Ada Reed"],
        '<p>Fog &amp; <a href="https://harbour.example/?a=1&amp;b=2">ferries</a>: 1 &lt; 2.</p>',
        [
            ("https://harbour.example/%E9%9B%BE.mp3", "audio/mpeg", 1_048_576),
            ("https://harbour.example/map.pdf?a=1&b=2", "application/pdf", 12),
        ],
    ),
    "tag:harbour.example,2024:boats-7": Facts(
        "Seven boats",
        datetime(2024, 5, 5, tzinfo=UTC),
        datetime(2024, 5, 5, tzinfo=UTC),
        "https://harbour.example/boats",
        ["Harbour"],
        "<pre>]]&gt;\n  boats</pre>",
        [],
    ),
}


@pytest.mark.parametrize("name", THERE)
def test_a_reader_gets_every_field_from_every_format(name: str, tmp_path: Path) -> None:
    outputs, paths = load_outputs(), list[Path]()
    for format_ in READERS[name].formats:
        paths.append(tmp_path / f"feed{outputs[format_].suffix}")
        with paths[-1].open("wb") as out:
            outputs[format_].write(FEED, map(outputs[format_].entry, ENTRIES), out)
    for format_, found in zip(READERS[name].formats, READERS[name].read(paths), strict=True):
        kept = slice(None) if format_ == "json" else READERS[name].authors_of_xml
        assert found == {
            id_: one._replace(authors=one.authors[kept], content=READERS[name].content(one.content))
            for id_, one in EXPECTED.items()
        }, format_


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Build an archive of invented dumps in every input format as a feed in each format."""
    root = tmp_path_factory.mktemp("feeds")
    subprocess.run([sys.executable, ROOT / "bench" / "generate.py", root / "in", "45", "--seed", "7"], check=True)
    paths = {}
    for format_, output in load_outputs().items():
        paths[format_] = root / f"feed{output.suffix}"
        options = Options(limit=0, format=format_, workers=1, base_url="https://x.example/")
        paths[format_].write_bytes(build([root / "in"], options=options, now=NOON).feed)
    return paths


@pytest.mark.parametrize("name", THERE)
def test_a_reader_gets_the_same_from_every_format(name: str, feeds: Mapping[str, Path]) -> None:
    reader = READERS[name]
    atom, *others = reader.read([feeds[format_] for format_ in reader.formats])
    assert len(atom) > 30
    for format_, found in zip(reader.formats[1:], others, strict=True):
        kept = reader.authors_of_xml if format_ == "json" else slice(None)
        assert {id_: one._replace(authors=one.authors[kept]) for id_, one in found.items()} == atom, format_


def test_whoever_changes_the_format_sees_nothing_new(feeds: Mapping[str, Path]) -> None:
    with closing(make_reader(":memory:", feed_root=str(feeds["atom"].parent))) as reader:
        reader.add_feed(feeds["atom"].name)
        first = reader.update_feed(feeds["atom"].name)
        assert first
        assert first.new > 30
        for before, after in pairwise(["atom", "rss", "json", "atom", "json", "rss", "atom"]):  # every change once
            reader.change_feed_url(feeds[before].name, feeds[after].name)
            updated = reader.update_feed(feeds[after].name)
            assert updated is None or updated.new == 0, (before, after)
        assert reader.get_entry_counts().total == first.new
