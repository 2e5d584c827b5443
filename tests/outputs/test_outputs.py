"""Every output, over every feed in fixtures/outputs: goldens, validity, and what a reader gets back."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import fastjsonschema
import feedparser
import pytest
from atom_rules import ATOM, broken_rules, jing, refused_by, relaxng_errors
from folders import FIXTURES

from refeed.html.sanitise import sanitise
from refeed.model import Enclosure, Entry, Feed, SafeHtml
from refeed.options import Options
from refeed.outputs import Output, format_of, load_output, load_outputs, output_names
from refeed.outputs._texts import iri, uri, xml_text
from refeed.version import VERSION

TABLES: Final = FIXTURES / "outputs"
CASES: Final = sorted(path for path in TABLES.glob("*.json") if ".expected." not in path.name)
IS_JSON_FEED: Final = fastjsonschema.compile(json.loads((FIXTURES / "schema" / "json-feed.json").read_text("utf-8")))
NOON: Final = datetime(2024, 5, 6, 12, tzinfo=UTC)
FEED: Final = Feed(id="urn:uuid:5d8f0f2e-3f0c-4c57-8d0f-2a8f5b8d9a01", title="港口日报", updated=NOON, author="编辑部")


def _read(case: Path) -> tuple[Feed, tuple[Entry, ...]]:
    data = json.loads(case.read_text("utf-8"))
    assert data["why"]
    when = datetime.fromisoformat
    entries = tuple(
        Entry(
            **entry
            | {
                "updated": when(entry["updated"]),
                "published": when(entry["published"]) if entry["published"] else None,
                "authors": tuple(entry["authors"]),
                "categories": tuple(entry["categories"]),
                "content": sanitise(entry["content"]),
                "enclosures": tuple(Enclosure(*file) for file in entry.get("enclosures", ())),
            }
        )
        for entry in data["entries"]
    )
    return Feed(**data["feed"] | {"updated": when(data["feed"]["updated"])}), entries


def _entry(number: int = 1, **changes: object) -> Entry:
    facts: dict[str, object] = {
        "id": f"urn:uuid:0b7c9b0a-52f5-5d2e-9f37-{number:012x}",
        "title": f"渡轮 {number}",
        "updated": NOON,
        "published": NOON,
        "url": f"https://harbour.example/{number}",
        "authors": ("Ada",),
        "categories": ("航运",),
        "summary": "雾。",
        "content": SafeHtml("<p>雾。</p>"),
        "language": "zh-Hans",
        "image": None,
        "outlet": "港口广播",
    }
    return Entry(**facts | changes)  # type: ignore[arg-type]


def _write(output: Output, feed: Feed, *entries: Entry) -> bytes:
    out = io.BytesIO()
    output.write(feed, map(output.entry, entries), out)
    return out.getvalue()


def _atom(feed: Feed, *entries: Entry) -> bytes:
    return _write(load_output("atom"), feed, *entries)


def _rss(feed: Feed, *entries: Entry) -> bytes:
    return _write(load_output("rss"), feed, *entries)


def _json(feed: Feed, *entries: Entry) -> bytes:
    return _write(load_output("json"), feed, *entries)


@pytest.mark.parametrize("name", output_names())
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden(case: Path, name: str, accept: bool) -> None:
    feed, entries = _read(case)
    written = _write(load_outputs()[name], feed, *entries)
    golden = case.with_suffix(f".expected.{name}")
    if accept:
        golden.write_bytes(written.replace(VERSION.encode(), b"{version}"))
    assert written.decode() == golden.read_bytes().replace(b"{version}", VERSION.encode()).decode()


def test_there_are_fixtures() -> None:
    assert CASES
    inputs = {case.stem for case in CASES}
    goldens = [path for path in TABLES.iterdir() if ".expected." in path.name]
    assert {path.name.partition(".expected.")[0] for path in goldens} == inputs
    assert {path.name.partition(".expected.")[2] for path in goldens} == set(output_names())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_atom_is_valid(case: Path) -> None:
    feed, entries = _read(case)
    xml = _atom(feed, *entries)
    assert relaxng_errors(xml) == []
    assert broken_rules(xml) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_rss_and_json_feed_are_valid(case: Path) -> None:
    feed, entries = _read(case)
    assert broken_rules(_rss(feed, *entries)) == []
    assert broken_rules(_json(feed, *entries)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_json_feed_follows_the_schema_of_its_version(case: Path) -> None:
    feed, entries = _read(case)
    IS_JSON_FEED(json.loads(_json(feed, *entries)))


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "https://jsonfeed.org/version/1"},
        {"items": None},
        {"items": [{"content_text": "Fog."}]},  # no id
        {"items": [{"id": 1, "content_text": "Fog."}]},  # numbers have been wrong since version 1
        {"items": [{"id": "1"}]},  # neither text nor HTML
        {"items": [{"id": "1", "content_text": "Fog.", "date_published": "2024-05-06"}]},  # RFC 3339 has a time
        {"items": [{"id": "1", "content_text": "Fog.", "attachments": [{"url": "https://harbour.example/a.mp3"}]}]},
        {"author": "Ada"},  # what readers of version 1 look for is an object
    ],
)
def test_the_schema_of_json_feed_refuses_what_its_text_does(changes: dict[str, object]) -> None:
    found = {**json.loads(_json(FEED, _entry())), **changes}
    with pytest.raises(fastjsonschema.JsonSchemaException):
        IS_JSON_FEED(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_reader_gets_the_same_from_rss_as_from_atom(case: Path) -> None:
    feed, entries = _read(case)
    atom, rss = feedparser.parse(_atom(feed, *entries)), feedparser.parse(_rss(feed, *entries))
    assert not rss.bozo
    assert rss.feed.title == atom.feed.title
    for entry, one, other in zip(entries, atom.entries, rss.entries, strict=True):
        for name in ("id", "title", "updated_parsed", "tags"):
            assert other.get(name) == one.get(name), name
        assert other.published_parsed == one.get("published_parsed", one.updated_parsed)
        if entry.content:
            assert [text.value for text in other.content] == [text.value for text in one.content]
        assert [file.href for file in other.get("enclosures", ())] == [uri(file.url) for file in entry.enclosures]
        if entry.image:
            assert [picture["url"] for picture in other.media_thumbnail] == [uri(entry.image)]
        if entry.url:
            assert other.link == uri(one.link)
        if entry.summary:
            assert unescape(other.summary) == one.summary


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_reader_gets_every_entry(case: Path) -> None:
    feed, entries = _read(case)
    read = feedparser.parse(_atom(feed, *entries))
    assert not read.bozo
    assert [entry.id for entry in read.entries] == [entry.id for entry in entries]
    links = [[link.href for link in entry.get("links", ())] for entry in read.entries]
    assert links == [
        [iri(url) for url in (entry.url, *(file.url for file in entry.enclosures)) if url] for entry in entries
    ]
    files = [[(one.href, one.type) for one in entry.get("enclosures", ())] for entry in read.entries]
    assert files == [[(iri(file.url), file.type or "text/html") for file in entry.enclosures] for entry in entries]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_texts_come_back_as_they_went_in(case: Path) -> None:
    feed, entries = _read(case)
    for entry, read in zip(entries, ET.fromstring(_atom(feed, *entries)).iter(f"{ATOM}entry"), strict=True):  # noqa: S314
        assert read.findtext(f"{ATOM}title") == xml_text(entry.title)
        assert (read.findtext(f"{ATOM}summary") or "") == xml_text(entry.summary)
        assert (read.findtext(f"{ATOM}content") or "") == xml_text(entry.content)


def test_an_entry_stands_in_the_document_without_namespaces_of_its_own() -> None:
    written = load_output("atom").entry(_entry(image="https://harbour.example/i.png"))
    assert b"xmlns" not in written
    assert written.startswith(b"  <entry")
    assert written.endswith(b"</entry>\n")


def test_content_goes_where_the_entry_has_its_own_whatever_its_texts_say() -> None:
    content = SafeHtml("<p>1 &lt; 2 &amp; “潮”</p>")
    written = load_output("atom").entry(_entry(title='<content type="html">-', summary="-", content=content))
    entry = feedparser.parse(b"<feed>" + written + b"</feed>", sanitize_html=False).entries[0]
    assert (entry.title, entry.summary, entry.content[0].value) == ('<content type="html">-', "-", content)


def test_many_entries_are_streamed() -> None:
    xml = _atom(FEED, *map(_entry, range(300)))
    assert relaxng_errors(xml) == []
    assert broken_rules(xml) == []
    assert len(feedparser.parse(xml).entries) == 300


def test_nothing_is_written_before_the_first_entry_is_there() -> None:
    out = io.BytesIO()

    def entries() -> Iterator[bytes]:
        assert out.getvalue() == b""
        yield load_output("atom").entry(_entry())
        assert b"<entry" in out.getvalue()

    load_output("atom").write(FEED, entries(), out)
    assert broken_rules(out.getvalue()) == []


def test_the_same_feed_gives_the_same_bytes() -> None:
    assert _atom(FEED, _entry(), _entry(2)) == _atom(FEED, _entry(), _entry(2))


def test_dates_are_written_in_utc_to_the_second() -> None:
    beijing = datetime(2024, 5, 6, 0, 30, 59, 999999, tzinfo=timezone(timedelta(hours=8)))
    xml = _atom(FEED, _entry(updated=beijing, published=datetime(1, 1, 1, tzinfo=UTC)))
    assert b"<updated>2024-05-05T16:30:59Z</updated>" in xml
    assert b"<published>0001-01-01T00:00:00Z</published>" in xml


def test_an_item_of_rss_without_a_date_of_publication_has_that_of_its_update() -> None:
    assert b"<pubDate>Mon, 06 May 2024 12:00:00 GMT</pubDate>" in _rss(FEED, _entry(published=None))


def test_an_item_of_json_feed_always_has_content() -> None:
    feed = json.loads(_json(FEED, _entry(content=SafeHtml(""), summary="雾 < 雨")))
    assert feed["items"][0]["content_html"] == "<p>雾 &lt; 雨</p>"


def test_a_summary_of_rss_is_text_also_for_a_reader_that_takes_it_for_html() -> None:
    read = feedparser.parse(_rss(FEED, _entry(summary="<b>5</b> & 6")))
    assert read.entries[0].summary == "&lt;b&gt;5&lt;/b&gt; &amp; 6"


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({}, "atom"),
        ({"output": "feed.xml"}, "atom"),
        ({"output": "feed.rss"}, "rss"),
        ({"output": "out/FEED.JSON"}, "json"),
        ({"output": "feed.atom"}, "atom"),
        ({"output": "rss"}, "atom"),  # a name without an ending
        ({"output": "feed.rss", "format": "json"}, "json"),  # what is said counts more
    ],
)
def test_the_format_is_the_one_stated_or_the_one_that_the_ending_names(options: dict[str, str], name: str) -> None:
    assert format_of(Options(**options)) == name  # type: ignore[arg-type]


def test_missing_texts_never_stop_a_feed() -> None:
    feed = Feed(id="urn:x-test:feed", title="\x00", updated=NOON, author="")
    xml = _atom(feed, _entry(title="\ufffe", content=sanitise("\x00"), url=None, authors=(), outlet="\x00"))
    assert relaxng_errors(xml) == []
    assert broken_rules(xml) == []


def test_names_come_without_importing_an_output() -> None:
    code = "import sys, refeed.outputs as o; print(o.output_names(), 'feedgen' in sys.modules, 'lxml' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=TABLES.parents[1]
    )
    assert done.stdout.strip() == f"{output_names()} False False"


def test_every_output_has_its_module_s_name() -> None:
    assert tuple(load_outputs()) == output_names()
    assert "atom" in output_names()


BROKEN: Final = (
    (b"<id>", b"<ident>", b"</id>", b"</ident>"),  # an element that Atom lacks
    (b"T12:00:00Z", b" 12:00", b"", b""),  # no RFC 3339 date
    (b'xml:lang="zh-Hans"', b'xml:lang="zh_Hans"', b"", b""),  # no language tag
    (b"<title ", b"<title/><title ", b"", b""),  # two titles
)


def _broken(old: bytes, new: bytes, old_end: bytes, new_end: bytes) -> bytes:
    xml = _atom(FEED, _entry())
    assert old in xml
    return xml.replace(old, new).replace(old_end, new_end) if old_end else xml.replace(old, new)


@pytest.mark.parametrize("changes", BROKEN)
def test_the_grammar_rejects_broken_feeds(changes: tuple[bytes, bytes, bytes, bytes]) -> None:
    assert relaxng_errors(_atom(FEED, _entry())) == []
    assert relaxng_errors(_broken(*changes)) != []


@pytest.mark.parametrize("program", jing())
def test_jing_rejects_broken_feeds_and_no_other(program: str) -> None:
    broken = {f"broken-{number}": _broken(*changes) for number, changes in enumerate(BROKEN)}
    valid = {case.stem: case.with_suffix(".expected.atom").read_bytes() for case in CASES}
    assert refused_by(program, {**valid, **broken, "entry": _atom(FEED, _entry())}) == broken.keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渡轮\t停\n航", "渡轮\t停\n航"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x00\x08\x0b\x0c\x0e\x1f", ""),
        ("a\ufffe\uffff\ufdd0\ufdefb", "ab"),
        ("a\U0001fffe\U0010ffffb", "ab"),
        ("a\ud800\udc00b", "ab"),  # two lone halves, no pair
        ("\x85\u2028\ufffd\U0001f41f", "\x85\u2028\ufffd\U0001f41f"),
    ],
)
def test_characters(text: str, expected: str) -> None:
    assert xml_text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://harbour.example/中?a=[1]#b", "https://harbour.example/中?a=[1]#b"),
        ('a b"<>{}|\\^`', "a%20b%22%3C%3E%7B%7D%7C%5C%5E%60"),
        ("a\u00a0\u3000\u202e\n", "a%C2%A0%E3%80%80%E2%80%AE%0A"),
        ("a\ud800\ufffe", "a%EF%BF%BD%EF%BF%BE"),
    ],
)
def test_iri(text: str, expected: str) -> None:
    assert iri(text) == expected
