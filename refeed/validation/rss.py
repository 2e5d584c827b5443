"""Check an RSS 2.0 feed: the specification (https://www.rssboard.org/rss-specification) and its best practices."""

import re
from collections import defaultdict
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from refeed.validation.content import html_findings
from refeed.validation.elements import Grammar, child_findings
from refeed.validation.finding import Finding, of_entry
from refeed.validation.namespaces import ATOM, CONTENT
from refeed.validation.rss_channel import channel_findings
from refeed.validation.syntax import (
    is_absolute,
    is_dangerous,
    is_iri,
    is_language,
    is_media_type,
    is_rfc822,
    is_size,
    is_web_address,
    shows_references,
)

_ENCODED: Final = f"{{{CONTENT}}}encoded"
_LINK: Final = f"{{{ATOM}}}link"
MEDIA_TYPE: Final = "application/rss+xml"

_GRAMMARS: Final = MappingProxyType(
    {
        "channel": Grammar(
            required=frozenset({"title", "link", "description"}),
            optional=frozenset({"language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate"})
            | {"generator", "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays"},
            many=frozenset({"item", "category"}),
        ),
        "item": Grammar(
            required=frozenset(),
            optional=frozenset({"title", "link", "description", "author", "comments", "guid", "pubDate", "source"}),
            many=frozenset({"category", "enclosure"}),
        ),
        "image": Grammar(
            required=frozenset({"url", "title", "link"}),
            optional=frozenset({"width", "height", "description"}),
            many=frozenset(),
        ),
    }
)
# Tags that people would read in a text that holds none.
_TAG: Final = re.compile(r"</?(?:a|b|br|em|font|h[1-6]|i|img|p|span|strong|sub|sup|u)\b[^<>]{0,200}>", re.IGNORECASE)
_DATES: Final = frozenset({"lastBuildDate", "pubDate"})
_LINKS: Final = frozenset({"comments", "docs", "link", "url"})
_PEOPLE: Final = frozenset({"author", "managingEditor", "webMaster"})


def rss_findings(root: Any) -> Iterator[Finding]:
    """Yield what is wrong with a feed and with each of its items."""
    if root.get("version") != "2.0":
        yield Finding("wrong-version", f"the version of rss is {root.get('version')!r}", root.sourceline)
    channels = root.findall("channel")
    if len(channels) != 1:
        yield Finding("missing-element", f"rss has {len(channels)} elements channel", root.sourceline)
        return
    (channel,) = channels
    yield from _channel(channel)
    for item in channel.iter("item"):
        id_ = item.findtext("guid") or item.findtext("link") or ""
        yield from of_entry(_item(item), id_, item.findtext("title") or "", item.sourceline)
    yield from _duplicates(channel)


def _channel(channel: Any) -> Iterator[Finding]:
    yield from child_findings(channel, _GRAMMARS["channel"])
    for name in ("title", "link", "description"):
        if (element := channel.find(name)) is not None and not (element.text or "").strip():
            yield Finding("missing-element", f"channel: {name} is empty", element.sourceline)
    yield from _values(channel)
    yield from channel_findings(channel)
    for form in channel.findall("textInput"):
        yield from _values(form)
    yield from _self_links(channel)
    for image in channel.findall("image"):
        yield from child_findings(image, _GRAMMARS["image"])
        yield from _values(image)
        if (image.findtext("title"), image.findtext("link")) != (channel.findtext("title"), channel.findtext("link")):
            yield Finding("image-differs", "title and link of the image differ from the channel's", image.sourceline)


def _self_links(channel: Any) -> Iterator[Finding]:
    links = [link for link in channel.findall(_LINK) if link.get("rel") == "self"]
    if not links:
        yield Finding("no-self-link", "the channel has no atom:link rel=self", channel.sourceline)
    for link in links:
        if link.get("type") not in {None, MEDIA_TYPE}:
            yield Finding("self-link", f"atom:link rel=self has the type {link.get('type')!r}", link.sourceline)


def _item(item: Any) -> Iterator[Finding]:
    yield from child_findings(item, _GRAMMARS["item"])
    yield from _values(item)
    if not (item.findtext("title") or item.findtext("description")):
        yield Finding("missing-content", "an item has neither title nor description")
    tags = [child.tag for child in item]
    if _ENCODED in tags and "description" in tags and tags.index(_ENCODED) < tags.index("description"):
        yield Finding("description-after-content", "description stands after content:encoded")
    yield from _guid(item)
    for file in item.findall("enclosure"):
        yield from _enclosure(file)
    for title in item.findall("title"):
        yield from _title(title)
    for name, where in (("description", "description"), (_ENCODED, "content:encoded")):
        for child in item.findall(name):
            yield from (one._replace(line=child.sourceline) for one in html_findings(child.text or "", where))


def _title(title: Any) -> Iterator[Finding]:
    text, line = title.text or "", title.sourceline
    if reference := shows_references(text):
        yield Finding("escaped-twice", f"people may read {reference} in {text!r}", line)
    if tag := _TAG.search(text):
        yield Finding("html-in-title", f"people may read {tag[0]} in {text!r}", line)


def _guid(item: Any) -> Iterator[Finding]:
    guid = item.find("guid")
    if guid is None or not (guid.text or "").strip():
        yield Finding("no-guid", "an item has no guid")
    elif (guid.get("isPermaLink") or "true") != "false" and not is_web_address(guid.text.strip()):
        yield Finding("guid-no-permalink", f"guid is not a web address: {guid.text!r}", guid.sourceline)


def _enclosure(file: Any) -> Iterator[Finding]:
    line = file.sourceline
    for name in ("url", "length", "type"):
        if file.get(name) is None:
            yield Finding("missing-element", f"an enclosure has no {name}", line)
    if (url := file.get("url")) is not None and not (is_absolute(url) and is_iri(url)):
        yield Finding("bad-address", f"an enclosure's url is not an absolute address: {url!r}", line)
    if (length := file.get("length")) is not None and not is_size(length):
        yield Finding("bad-length", f"an enclosure's length is not a number of bytes: {length!r}", line)
    if (type_ := file.get("type")) is not None and not is_media_type(type_):
        yield Finding("bad-media-type", f"an enclosure's type is not a media type: {type_!r}", line)


def _values(element: Any) -> Iterator[Finding]:
    """Yield what is wrong with the values of the element's children: dates, addresses, people, languages."""
    for child in element:
        name, text, line = child.tag, (child.text or "").strip(), child.sourceline
        if not isinstance(name, str) or name.startswith("{"):
            continue
        if len(child) and name not in {"image", "item", "textInput", "skipHours", "skipDays"}:
            yield Finding("markup-in-text", f"{name} holds elements", line)
        if name in _DATES and not is_rfc822(text):
            yield Finding("bad-date", f"{name} is not a date: {text!r}", line)
        if name in _LINKS and text:
            yield from _address(name, text, line)
        if name in _PEOPLE and "@" not in text:
            yield Finding("bad-person", f"{name} is not a mail address: {text!r}", line)
        if name == "language" and not is_language(text):
            yield Finding("bad-language", f"language is not a language tag: {text!r}", line)
        if name == "source" and not child.get("url"):
            yield Finding("missing-element", "source has no url", line)


def _address(name: str, text: str, line: int) -> Iterator[Finding]:
    if not is_iri(text) or not text.isascii():
        yield Finding("bad-address", f"{name} is not an address: {text!r}", line)
    elif not is_absolute(text):
        yield Finding("relative-link", f"{name} leads to {text!r}", line)
    elif is_dangerous(text):
        yield Finding("dangerous-address", f"{name} leads to {text!r}", line)


def _duplicates(channel: Any) -> Iterator[Finding]:
    items = defaultdict[str, list[Any]](list)
    for item in channel.iter("item"):
        items[(item.findtext("guid") or "").strip()].append(item)
    for guid, same in items.items():
        if guid and len(same) > 1:
            message, title = f"{len(same)} items with the guid {guid!r}", same[1].findtext("title") or ""
            yield Finding("duplicate-id", message, same[1].sourceline, guid, title)
