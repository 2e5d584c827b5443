"""Entries of feeds that are parts of one page, such as a blog's of one day: only their ids tell them apart."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

import refeed
from refeed.formats.feed import parse
from refeed.model import Document, RawRecord, RecordKey, SourceFile
from refeed.options import Options
from refeed.records.context import context_for
from refeed.records.identity import SelfDescription, identify, identify_address, identity_url
from refeed.records.normalise import make_key

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
PAGE: Final = "https://quay.example/2020/03/02.html"
ATOM: Final = "{http://www.w3.org/2005/Atom}"


def item(link: str, guid: str, text: str = "Fog.") -> str:
    return (
        f"<item><link>{link}</link><guid isPermaLink='false'>{guid}</guid><description>{text}</description>"
        "<pubDate>Mon, 02 Mar 2020 08:30:00 GMT</pubDate></item>"
    )


def key_of(link: str, guid: str) -> RecordKey:
    data = f"<rss version='2.0'><channel>{item(link, guid)}</channel></rss>".encode()
    document = Document(SourceFile("a.xml", "a.xml"), data)
    (raw,) = parse(document)
    assert isinstance(raw, RawRecord)
    return make_key(raw, document, 0, context_for(Options(), NOW))


@pytest.mark.parametrize(
    ("fragment", "guid"),
    [
        ("a0830", f"{PAGE}#a0830"),
        ("rain-at-nine", "tag:quay.example,2020:rain"),
        ("000123", "urn:x-quay:123"),
        ("note-12", f"{PAGE}#note-12"),
    ],
)
def test_an_entry_with_a_part_of_a_page_is_known_by_its_id(fragment: str, guid: str) -> None:
    found = key_of(f"{PAGE}#{fragment}", guid)
    assert found.identity == identify(SelfDescription(ids=(guid,))).digest
    assert found.stated_id == guid


def test_an_entry_with_a_path_for_a_script_is_known_by_its_id_below_a_folder_too() -> None:
    route = "https://quay.example/tides/#2020-03-02/rain"
    assert key_of(route, route).identity == identify(SelfDescription(ids=(route,))).digest
    post = "https://quay.example/2020/03/rain/"  # an address that ends with a slash, and a place in its page
    assert key_of(f"{post}#fog", f"{post}#fog").identity == identify_address(post)


@pytest.mark.parametrize(
    ("fragment", "guid"),
    [
        ("a0830", PAGE),  # the id of the page
        ("a0830", "4"),  # unique in its feed alone
        ("from=rss", "tag:quay.example,2020:5"),  # where the reader came from
        ("tk.rss_all", "tag:quay.example,2020:5"),
        ("comments", "tag:quay.example,2020:6"),  # a place that any page has
        ("0", f"{PAGE}#0"),
        ("", "tag:quay.example,2020:7"),
    ],
)
def test_any_other_entry_is_known_by_its_address(fragment: str, guid: str) -> None:
    assert key_of(f"{PAGE}#{fragment}", guid).identity == identify_address(identity_url(PAGE))


def test_the_same_feed_in_json_has_the_same_ids(tmp_path: Path) -> None:
    items = ",".join(
        f'{{"link": "{PAGE}#a{number}", "guid": "{PAGE}#a{number}", "description": "Fog {number}.",'
        ' "pubDate": "Mon, 02 Mar 2020 08:30:00 GMT"}'
        for number in range(2)
    )
    (tmp_path / "rss.json").write_text(f'{{"rss": {{"channel": {{"item": [{items}]}}}}}}', encoding="utf-8")
    built = ET.fromstring(refeed.build(tmp_path, now=NOW).feed or b"")  # noqa: S314
    ids = [entry.findtext(f"{ATOM}id") for entry in built.findall(f"{ATOM}entry")]
    assert sorted(ids, key=str) == [f"{PAGE}#a0", f"{PAGE}#a1"]


def test_articles_of_one_day_are_each_shown_once_under_their_addresses(tmp_path: Path) -> None:
    links = [f"{PAGE}#a{number}" for number in range(3)]
    items = "".join(item(link, link, f'Fog {link[-1]}, and <![CDATA[<a href="/pier">the pier</a>]]>') for link in links)
    feed = f"<rss version='2.0'><channel><link>https://quay.example/</link>{items}</channel></rss>"
    (tmp_path / "a.xml").write_text(feed, encoding="utf-8")
    (tmp_path / "b.xml").write_text(feed, encoding="utf-8")  # saved again
    built = ET.fromstring(refeed.build(tmp_path, now=NOW).feed or b"")  # noqa: S314
    entries = built.findall(f"{ATOM}entry")
    assert sorted(entry.find(f"{ATOM}link").get("href") or "" for entry in entries) == links  # type: ignore[union-attr]
    assert sorted(entry.findtext(f"{ATOM}id") or "" for entry in entries) == links
    assert all("https://quay.example/pier" in (entry.findtext(f"{ATOM}content") or "") for entry in entries)
