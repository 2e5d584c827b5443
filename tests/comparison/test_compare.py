"""The comparison itself: entries as values, and feeds that are not refeed's."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from refeed.comparison.compare import compare
from refeed.comparison.published import PublishedEntry, PublishedFeed, published_in, read_published
from refeed.model import Document, SourceFile
from refeed.problems import ConfigurationError

DAY: Final = datetime(2020, 5, 2, 8, tzinfo=UTC)


def entry(id_: str, *, title: str = "", link: str = "", content: str = "", published: datetime = DAY) -> PublishedEntry:
    return PublishedEntry(
        id=id_,
        title=title or id_,
        link=link or f"https://x.example/{id_}",
        published=published,
        updated=None,
        authors=(),
        categories=(),
        summary="",
        content=content or f"<p>Of {id_}.</p>",
        language="",
        image="",
        enclosures=(),
    )


A, B, C, D = (entry(name) for name in "abcd")


@dataclass
class Told:
    """Two feeds, and what became of the entries."""

    why: str
    old: PublishedFeed
    new: PublishedFeed
    changes: list[tuple[str, str]]  # kind and id
    is_cut: bool | None = None


def feed(*entries: PublishedEntry, **facts: object) -> PublishedFeed:
    return PublishedFeed("feed", entries)._replace(**facts)  # type: ignore[arg-type]


SAME_TEXT: Final = "<p>The kettles of the town sang at four, as they do in every spring that people remember.</p>"

CASES: Final = (
    Told("a limit cut the new feed", feed(A, B, C), feed(A), [("out of window", "b"), ("out of window", "c")], True),
    Told("nothing was cut", feed(A, B, C), feed(D, A, B), [("new", "d"), ("gone", "c")], False),
    Told(
        "what stood before an entry that stays was not cut",
        feed(A, B, C),
        feed(C),
        [("gone", "a"), ("gone", "b")],
        True,
    ),
    Told(
        "the feed says that older entries are elsewhere", feed(A, B), feed(A, continues=True), [("out of window", "b")]
    ),
    Told("it is in the archive", feed(A, B), feed(B, archived=frozenset("a")), [("out of window", "a")]),
    Told(
        "it says that one was deleted", feed(A, B), feed(D, A, withdrawn=frozenset("b")), [("new", "d"), ("gone", "b")]
    ),
    Told("an empty feed is no window", feed(A), feed(), [("gone", "a")], True),
    Told("out of the archive into the feed", feed(A, archived=frozenset("ab")), feed(A, B), [("returned", "b")]),
    Told(
        "all were replaced", feed(A, B), feed(C, D), [*zip(("new",) * 2 + ("out of window",) * 2, "cdab", strict=True)]
    ),
    Told(
        "another spelling of the link",
        feed(entry("a", link="http://x.example/p?utm_source=rss")),
        feed(entry("b", link="https://X.example/p")),
        [("moved", "b")],
    ),
    Told(
        "the address of the site is no article's",
        feed(entry("a", link="https://x.example/")),
        feed(entry("b", link="https://x.example/")),
        [("new", "b"), ("out of window", "a")],
    ),
    Told(
        "a page with several entries tells none of them",
        feed(entry("a", link="https://x.example/live"), entry("b", link="https://x.example/live")),
        feed(entry("b", link="https://x.example/live"), entry("c", link="https://x.example/live")),
        [("new", "c"), ("gone", "a")],
    ),
    Told(
        "a short text is that of many articles",
        feed(entry("a", content="<p>No text.</p>")),
        feed(entry("b", content="<p>No text.</p>")),
        [("new", "b"), ("out of window", "a")],
    ),
    Told(
        "a long one is not", feed(entry("a", content=SAME_TEXT)), feed(entry("b", content=SAME_TEXT)), [("moved", "b")]
    ),
    Told(
        "two new ones that say the same",
        feed(A),
        feed(entry("x", title="T", content=SAME_TEXT), entry("y", title="T", content=SAME_TEXT), A),
        [("new", "x"), ("repeated", "y")],
    ),
    Told("an id that stands there twice", feed(A, A._replace(title="Z"), B), feed(A, B), []),
    Told("the first feed of all", feed(), feed(A), [("new", "a")]),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_what_became_of_entries(case: Told) -> None:
    changes = compare(case.old, case.new, is_cut=case.is_cut)
    assert [(str(change.kind), change.entry.id) for change in changes] == case.changes


def read(text: str) -> PublishedFeed:
    return published_in(Document(SourceFile("feed.xml", "feed.xml"), text.encode(), is_utf8=True))


ATOM: Final = """<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{}<entry><id>urn:x:1</id>
<title type="html">Fog &amp;amp; &lt;b>rain&lt;/b></title><link href="https://x.example/1"/><updated>2020-05-02T08:00:00Z</updated>
<summary>High water.</summary><content type="html">&lt;p>Fog.&lt;/p></content></entry></feed>"""
RSS: Final = """<rss version="2.0"><channel><title>T</title><item><guid isPermaLink="false">urn:x:1</guid>
<title>Fog &amp; rain</title><link>https://x.example/1</link><pubDate>Sat, 02 May 2020 10:00:00 +0200</pubDate>
<description>High water.</description><encoded xmlns="http://purl.org/rss/1.0/modules/content/">&lt;p>Fog.&lt;/p></encoded>
</item></channel></rss>"""
JSON: Final = """{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "urn:x:1",
"url": "https://x.example/1", "title": "Fog & rain", "date_published": "2020-05-02T08:00:00Z",
"summary": "High water.", "content_text": "Fog."}]}"""


@pytest.mark.parametrize("old", [ATOM.format(""), RSS, JSON], ids=["atom", "rss", "json"])
@pytest.mark.parametrize("new", [ATOM.format(""), RSS, JSON], ids=["atom", "rss", "json"])
def test_feeds_of_others_in_another_format_are_the_same(old: str, new: str) -> None:
    assert compare(read(old), read(new)) == []


def test_what_looks_like_a_tag_is_the_same_in_every_format() -> None:
    atom = ATOM.format("").replace("High water.", "If a&lt;b and c>d")
    rss = RSS.replace("High water.", "If a&amp;lt;b and c&amp;gt;d")
    assert compare(read(atom), read(rss)) == []


def test_a_feed_may_be_in_another_encoding(tmp_path: Path) -> None:
    text = RSS.replace("High water.", "Ωραία")
    (tmp_path / "old.rss").write_bytes(b'<?xml version="1.0" encoding="iso-8859-7"?>' + text.encode("iso-8859-7"))
    assert compare(read_published(str(tmp_path / "old.rss")), read(text)) == []


def test_an_item_without_an_id_is_known_by_its_link() -> None:
    (item,) = read(RSS.replace('<guid isPermaLink="false">urn:x:1</guid>', "")).entries
    assert item.id == "https://x.example/1"


def test_a_feed_says_what_it_does_not_hold() -> None:
    """RFC 5005, 4: prev-archive; RFC 6721, 3: deleted-entry."""
    more = '<link rel="prev-archive" href="https://x.example/2020/04.xml"/>'
    deleted = (
        '<x:deleted-entry xmlns:x="http://purl.org/atompub/tombstones/1.0" ref="urn:x:0" when="2020-05-02T08:00:00Z"/>'
    )
    found = read(ATOM.format(more + deleted))
    assert found.continues
    assert found.withdrawn == {"urn:x:0"}
    assert not read(ATOM.format("")).continues
    assert read(JSON.replace('"title": "T"', '"title": "T", "next_url": "https://x.example/2.json"')).continues


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# Notes\n\nNo feed at all.\n", "is not a feed"),
        (RSS[:300], "the file ends within this entry; `refeed validate"),
    ],
)
def test_what_cannot_be_compared_is_named(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(text)
    with pytest.raises(ConfigurationError, match=reason):
        read_published(str(tmp_path / "feed.xml"))
