"""Check an RSS feed against what the specification asks, and against the W3C validator's best-known complaints."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM_LINK: Final = "{http://www.w3.org/2005/Atom}link"
# https://www.rssboard.org/rss-specification: the elements that may stand once, and those that may stand often.
ONCE: Final = {
    "channel": {"title", "link", "description", "language", "copyright", "pubDate", "lastBuildDate", "docs"}
    | {"generator", "image", "managingEditor", "webMaster", "ttl"},
    "item": {"title", "link", "description", "guid", "pubDate", "comments", "source", "author"},
    "image": {"url", "title", "link", "width", "height", "description"},
}
OFTEN: Final = {"channel": {"item", "category"}, "item": {"category", "enclosure"}, "image": set[str]()}
RFC_822: Final = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", re.ASCII)
ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")


def broken_rss_rules(xml: bytes) -> list[str]:
    """List the rules that a feed breaks; for a valid feed the list is empty."""
    try:
        root = etree.fromstring(xml, etree.XMLParser(huge_tree=True, resolve_entities=False))
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]
    if root.tag != "rss" or root.get("version") != "2.0" or [child.tag for child in root] != ["channel"]:
        return ["no rss element of version 2.0 with one channel"]
    return [*_known(root), *_channel(root[0]), *_items(root[0])]


def _known(root: etree._Element) -> Iterator[str]:
    for name in ("channel", "item", "image"):
        for element in root.iter(name):
            counts = Counter(child.tag for child in element if not str(child.tag).startswith("{"))
            yield from (f"{name}: undefined element {tag}" for tag in counts if tag not in ONCE[name] | OFTEN[name])
            yield from (f"{name}: {tag} stands {counts[tag]} times" for tag in ONCE[name] if counts[tag] > 1)
    for element in root.iter("pubDate", "lastBuildDate"):
        if not RFC_822.fullmatch(element.text or ""):
            yield f"{element.tag} is no RFC 822 date: {element.text!r}"
    for element in root.iter("link", "url"):
        if not ABSOLUTE.fullmatch(element.text or ""):
            yield f"{element.tag} is no full and valid URL: {element.text!r}"


def _channel(channel: etree._Element) -> Iterator[str]:
    yield from (f"channel: missing {tag}" for tag in ("title", "link", "description") if not channel.findtext(tag))
    for link in channel.findall(ATOM_LINK):
        if link.get("rel") != "self" or link.get("type") != "application/rss+xml":
            yield "atom:link: not rel=self of application/rss+xml"
    for image in channel.findall("image"):
        if (image.findtext("title"), image.findtext("link")) != (channel.findtext("title"), channel.findtext("link")):
            yield "image: title and link differ from the channel's"


def _items(channel: etree._Element) -> Iterator[str]:
    for item in channel.iter("item"):
        tags = [child.tag for child in item]
        if not (item.findtext("title") or item.findtext("description")):
            yield "item: neither title nor description"
        if CONTENT in tags and "description" in tags and tags.index(CONTENT) < tags.index("description"):
            yield "item: description should stand before content:encoded"
        guid = item.find("guid")
        if guid is None or not guid.text or guid.get("isPermaLink") != "false":
            yield "item: no guid with isPermaLink=false"
        for file in item.findall("enclosure"):
            if set(file.attrib) != {"url", "length", "type"} or not (file.get("length") or "").isdecimal():
                yield f"item: an enclosure has the attributes {dict(file.attrib)}"
            if not urlsplit(file.get("url") or "").scheme or not ABSOLUTE.fullmatch(file.get("url") or ""):
                yield f"item: enclosure url is no URL: {file.get('url')!r}"
    guids = Counter(guid.text for guid in channel.iter("guid"))
    yield from (f"{count} items with the guid {text!r}" for text, count in guids.items() if count > 1)
