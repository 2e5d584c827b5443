"""Laws of addresses, identity and outputs, on whatever hypothesis invents."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from atom_rules import ATOM, broken_rules, relaxng_errors
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from refeed.model import Enclosure, Entry, Feed, SafeHtml
from refeed.outputs import load_outputs
from refeed.outputs._texts import iri, rfc3339, uri, xml_text
from refeed.records.identity import SelfDescription, identify, identity_url, is_iri_or_uuid
from refeed.text.characters import drop_forbidden
from refeed.urls import host, readable, resolve

# Any code point, lone surrogates included: dumps hold them, and JSON can say them.
ANY: Final = st.text(st.characters(codec=None, exclude_categories=()))
# Text that looks like an address: the parts that the functions look for, in any order.
# fmt: off
PIECES: Final = st.sampled_from([
    "http", "HTTPS", "://", "/", "//", "?", "#", "!", "@", ":", ":80", ":0443", "[::1]", "[", "]", ".", "。", "..",
    "%", "%e4", "%2F", "%41", "%%34", "&", "=", "utm_source=x", "source=rss-1", "full=y", "ftchinese.com",
    "a.example", "例え", "ß", "'", "<", "İ", "／", "％", "x", '"', "\\", " ", "\t", "\n", "\u3000", "\u200b", "\ud800",
    "\ufffe",
])
# fmt: on
URL: Final = st.builds(
    lambda start, pieces: start + "".join(pieces),
    st.sampled_from(["", "http://", "https://", "https://a.example", "http://a.example/"]),
    st.lists(PIECES | ANY, max_size=8),
)


@given(URL)
def test_readable_is_idempotent_ascii_and_absolute(url: str) -> None:
    found = readable(url)
    if found is not None:
        assert readable(found) == found
        assert found.isascii()
        assert found.isprintable()
        assert not set(found) & set(' "<>\\^`{|}')
        assert urlsplit(found).scheme in {"http", "https"}
        assert urlsplit(found).hostname
        assert host(found)


@given(URL, URL | st.none())
def test_resolve_gives_readable_addresses(address: str, base: str | None) -> None:
    found = resolve(address, readable(base) if base else None)
    assert found is None or readable(found) == found
    assert readable(address) is None or found == readable(address)


@given(URL)
def test_identity_is_idempotent_and_ascii(url: str) -> None:
    found = identity_url(url)
    assert identity_url(found) == found
    assert found.isascii()


@given(URL)
def test_identity_does_not_depend_on_the_repair_of_addresses(url: str) -> None:
    found = readable(url)
    if found is not None:
        assert identity_url(found) == identity_url(url)
        assert identity_url(found).startswith("https://")


@given(URL)
def test_the_short_way_of_identity_agrees_with_the_long_one(url: str) -> None:
    """A scheme in capitals takes the long way."""
    if url.startswith(("http://", "https://")):
        assert identity_url("HTTP" + url[4:]) == identity_url(url)


TEXTS: Final = st.lists(ANY, max_size=2).map(tuple)
SELF_DESCRIPTIONS: Final = st.builds(
    SelfDescription,
    URL.map(identity_url) | st.just(""),
    TEXTS,
    ANY,
    ANY,
    ANY,
    TEXTS,
    ANY,
    ANY,
    ANY,
    ANY,
    st.integers(0, 9),
    ANY,
)


@given(SELF_DESCRIPTIONS, st.booleans())
def test_identify_never_raises(record: SelfDescription, is_shared: bool) -> None:
    found = identify(record, is_shared=is_shared)
    assert len(found.digest) == 16
    assert is_iri_or_uuid(found.id) == found.id


HUGE: Final = etree.XMLParser(huge_tree=True, resolve_entities=False)
RFC_822: Final = "%a, %d %b %Y %H:%M:%S GMT"
DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
ENCODED: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA: Final = "{http://search.yahoo.com/mrss/}"
DATES: Final = st.datetimes(timezones=st.just(UTC))
# No reader of dumps or settings leaves a title or a name that is nothing but blanks.
SHOWN: Final = ANY.map(lambda text: text if drop_forbidden(text).strip() else "")
NAMES: Final = st.lists(SHOWN, max_size=3).map(tuple)
OPTIONAL: Final = st.none() | ANY
ENCLOSURES: Final = st.lists(
    st.builds(Enclosure, ANY.map("https://a.example/".__add__), ANY, st.integers(0, 2**40), ANY), max_size=2
).map(tuple)


def entries(address: st.SearchStrategy[str | None]) -> st.SearchStrategy[Entry]:
    """Invent entries with such addresses."""
    return st.builds(
        Entry,
        id=st.uuids().map(lambda uuid: uuid.urn),
        title=SHOWN,
        updated=DATES,
        published=st.none() | DATES,
        url=address,
        authors=NAMES,
        categories=NAMES,
        summary=ANY,
        content=ANY.map(drop_forbidden).map(SafeHtml),  # as the sanitiser does
        language=OPTIONAL,
        image=address,
        outlet=st.none() | SHOWN,
    )


def feeds(address: st.SearchStrategy[str | None]) -> st.SearchStrategy[Feed]:
    """Invent feeds with such addresses."""
    return st.builds(
        Feed,
        id=st.uuids().map(lambda uuid: uuid.urn),
        title=SHOWN,
        updated=DATES,
        author=SHOWN,
        subtitle=OPTIONAL,
        rights=OPTIONAL,
        language=OPTIONAL,
        icon=address,
        logo=address,
        self_url=address,
        site_url=address,
    )


FEEDS: Final = feeds(OPTIONAL)
ENTRIES: Final = entries(OPTIONAL)


@given(FEEDS, st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.id))
def test_any_feed_is_valid_and_its_texts_come_back(feed: Feed, entries: list[Entry]) -> None:
    atom, out = load_outputs()["atom"], io.BytesIO()
    atom.write(feed, map(atom.entry, entries), out)
    assert relaxng_errors(out.getvalue()) == []
    assert broken_rules(out.getvalue(), invented=True) == []
    root = ET.fromstring(out.getvalue())  # noqa: S314  (our own output)
    assert root.findtext(f"{ATOM}title") == (xml_text(feed.title) or feed.id)
    for entry, read in zip(entries, root.iter(f"{ATOM}entry"), strict=True):
        assert read.findtext(f"{ATOM}title") == (xml_text(entry.title) or entry.id)
        assert (read.findtext(f"{ATOM}summary") or "") == xml_text(entry.summary)
        if xml_text(entry.content):
            assert read.findtext(f"{ATOM}content") == xml_text(entry.content)


def inside(element: Any, path: str) -> list[str]:
    """Return the texts of the elements at a path, or of an attribute of theirs."""
    steps, _, attribute = path.partition("/@")
    found = element.findall(
        "/".join(MEDIA + step[6:] if step.startswith("media:") else ATOM + step for step in steps.split("/"))
    )
    return [one.get(attribute) if attribute else one.text or "" for one in found]


def encoded(*addresses: str | None) -> list[str]:
    return [iri(address) for address in addresses if address]


def kept(*texts: str | None) -> list[str]:
    return [text for text in map(xml_text, filter(None, texts)) if text]


@given(FEEDS, ENTRIES)
def test_every_field_comes_back_from_any_text(feed: Feed, entry: Entry) -> None:
    """Nothing is added, escaped twice or split; addresses are encoded once, and no element is forged."""
    atom, out = load_outputs()["atom"], io.BytesIO()
    atom.write(feed, [atom.entry(entry)], out)
    root = etree.fromstring(out.getvalue(), HUGE)
    (read,) = root.findall(f"{ATOM}entry")
    assert inside(root, "subtitle") == kept(feed.subtitle)
    assert inside(root, "rights") == kept(feed.rights)
    assert inside(root, "author/name") == (kept(feed.author, feed.title) or [feed.id])[:1]
    for name, address in (("icon", feed.icon), ("logo", feed.logo)):
        assert inside(root, name) == encoded(address)
    assert inside(root, "link/@href") == encoded(feed.self_url, feed.site_url)
    assert inside(read, "id") == [entry.id]
    assert inside(read, "link/@href") == encoded(entry.url)
    assert inside(read, "author/name") == (kept(*entry.authors) or kept(entry.outlet))
    assert inside(read, "category/@term") == kept(*entry.categories)
    assert inside(read, "source/title") == kept(entry.outlet)
    assert inside(read, "media:thumbnail/@url") == encoded(entry.image)
    for address in (*inside(root, "link/@href"), *inside(read, "link/@href")):
        assert iri(address) == address


ABSOLUTE: Final = st.none() | ANY.map("https://a.example/".__add__)


@given(feeds(ABSOLUTE), st.lists(entries(ABSOLUTE), max_size=3, unique_by=lambda entry: entry.id), ENCLOSURES)
def test_any_feed_says_the_same_in_every_format(
    feed: Feed, plain: list[Entry], enclosures: tuple[Enclosure, ...]
) -> None:
    """What RSS and JSON Feed hold is what Atom holds, each by the rules of its own specification."""
    made = [replace(entry, enclosures=enclosures) for entry in plain]
    atom, rss, json_feed = (written(name, feed, made) for name in ("atom", "rss", "json"))
    assert broken_rules(rss, invented=True) == []
    assert broken_rules(json_feed, invented=True) == []
    entries_ = etree.fromstring(atom, HUGE).iter(f"{ATOM}entry")
    items = etree.fromstring(rss, HUGE).iter("item")
    for entry, read, item, object_ in zip(made, entries_, items, json.loads(json_feed)["items"], strict=True):
        assert [entry.id] == inside(read, "id") == [item.findtext("guid")] == [object_["id"]]
        assert inside(read, "title") == [item.findtext("title")] == [object_["title"]]
        assert inside(read, "updated") == [item.findtext(f"{ATOM}updated")] == [object_["date_modified"]]
        published = inside(read, "published") or inside(read, "updated")
        assert published == [rfc3339(datetime.strptime(item.findtext("pubDate"), RFC_822).replace(tzinfo=UTC))]
        assert inside(read, "published") == kept(object_.get("date_published"))
        assert (
            inside(read, "summary")
            == kept(unescape(item.findtext("description") or ""))
            == kept(object_.get("summary"))
        )
        if xml_text(entry.content):
            assert inside(read, "content") == [item.findtext(ENCODED)] == [object_["content_html"]]
        names = [one.text for one in item.findall(f"{DUBLIN_CORE}creator")]
        assert inside(read, "author/name") == names == [one["name"] for one in object_.get("authors", [])]
        tags = [one.text for one in item.findall("category")]
        assert inside(read, "category/@term") == tags == object_.get("tags", [])
        files = [one.get("url") for one in item.findall("enclosure")]
        assert [uri(file.url) for file in enclosures] == files == [one["url"] for one in object_.get("attachments", [])]
        assert kept(entry.url and uri(entry.url)) == kept(item.findtext("link")) == kept(object_.get("url"))


def written(name: str, feed: Feed, made: list[Entry]) -> bytes:
    output, out = load_outputs()[name], io.BytesIO()
    output.write(feed, map(output.entry, made), out)
    return out.getvalue()
