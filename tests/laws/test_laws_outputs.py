"""Laws of addresses, identity and outputs, on whatever hypothesis invents."""

import io
from datetime import UTC
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from atom_rules import ATOM, broken_rules, relaxng_errors
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from refeed.model import Entry, Feed, SafeHtml
from refeed.outputs import load_outputs
from refeed.outputs._xml import characters, iri
from refeed.records.identity import SelfDescription, identify, identity_url, is_iri_or_uuid
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


MEDIA: Final = "{http://search.yahoo.com/mrss/}"
DATES: Final = st.datetimes(timezones=st.just(UTC))
NAMES: Final = st.lists(ANY, max_size=3).map(tuple)
OPTIONAL: Final = st.none() | ANY
ENTRIES: Final = st.builds(
    Entry,
    id=st.uuids().map(lambda uuid: uuid.urn),
    title=ANY,
    updated=DATES,
    published=st.none() | DATES,
    url=OPTIONAL,
    authors=NAMES,
    categories=NAMES,
    summary=ANY,
    content=ANY.map(SafeHtml),
    language=OPTIONAL,
    image=OPTIONAL,
    outlet=OPTIONAL,
)
FEEDS: Final = st.builds(
    Feed,
    id=st.uuids().map(lambda uuid: uuid.urn),
    title=ANY,
    updated=DATES,
    author=ANY,
    subtitle=OPTIONAL,
    rights=OPTIONAL,
    language=OPTIONAL,
    icon=OPTIONAL,
    logo=OPTIONAL,
    self_url=OPTIONAL,
    site_url=OPTIONAL,
)


@given(FEEDS, st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.id))
def test_any_feed_is_valid_and_its_texts_come_back(feed: Feed, entries: list[Entry]) -> None:
    atom, out = load_outputs()["atom"], io.BytesIO()
    atom.write(feed, map(atom.entry, entries), out)
    assert relaxng_errors(out.getvalue()) == []
    assert broken_rules(out.getvalue()) == []
    root = ET.fromstring(out.getvalue())  # noqa: S314  (our own output)
    assert root.findtext(f"{ATOM}title") == (characters(feed.title) or feed.id)
    for entry, read in zip(entries, root.iter(f"{ATOM}entry"), strict=True):
        assert read.findtext(f"{ATOM}title") == (characters(entry.title) or entry.id)
        assert (read.findtext(f"{ATOM}summary") or "") == characters(entry.summary)
        if characters(entry.content):
            assert read.findtext(f"{ATOM}content") == characters(entry.content)


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
    return [text for text in map(characters, filter(None, texts)) if text]


@given(FEEDS, ENTRIES)
def test_every_field_comes_back_from_any_text(feed: Feed, entry: Entry) -> None:
    """Nothing is added, escaped twice or split; addresses are encoded once, and no element is forged."""
    atom, out = load_outputs()["atom"], io.BytesIO()
    atom.write(feed, [atom.entry(entry)], out)
    root = etree.fromstring(out.getvalue(), etree.XMLParser(huge_tree=True, resolve_entities=False))
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
