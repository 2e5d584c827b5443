"""Check a JSON Feed: version 1.1 of its specification (https://www.jsonfeed.org/version/1.1/), or 1.0."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from refeed.formats.feeds.json_feed import item_lines
from refeed.startup.named_tuple import NamedTuple
from refeed.validation.content import html_findings
from refeed.validation.finding import Finding, of_entry
from refeed.validation.syntax import (
    is_absolute,
    is_dangerous,
    is_iri,
    is_language,
    is_media_type,
    is_rfc3339,
    shows_references,
)

_VERSIONS: Final = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
MEDIA_TYPE: Final = "application/feed+json"


class Shape(NamedTuple):
    """The keys of one kind of object: what their values are, and which have to be there."""

    name: str
    types: Mapping[str, Any]
    required: tuple[str, ...]


_FEED: Final = Shape(
    "feed",
    {
        **dict.fromkeys(("version", "title", "home_page_url", "feed_url", "description", "user_comment"), str),
        **dict.fromkeys(("next_url", "icon", "favicon", "language"), str),
        **dict.fromkeys(("authors", "hubs", "items"), list),
        "author": dict,
        "expired": bool,
    },
    ("version", "title", "items"),
)
_ITEM: Final = Shape(
    "item",
    {
        **dict.fromkeys(("id", "url", "external_url", "title", "content_html", "content_text", "summary"), str),
        **dict.fromkeys(("image", "banner_image", "date_published", "date_modified", "language"), str),
        **dict.fromkeys(("authors", "tags", "attachments"), list),
        "author": dict,
    },
    ("id",),
)
_PERSON: Final = Shape("author", dict.fromkeys(("name", "url", "avatar"), str), ())
_ATTACHMENT: Final = Shape(
    "attachment",
    {"url": str, "mime_type": str, "title": str, "size_in_bytes": int, "duration_in_seconds": float},
    ("url", "mime_type"),
)
_ADDRESSES: Final = frozenset(
    {
        "avatar",
        "banner_image",
        "external_url",
        "favicon",
        "feed_url",
        "home_page_url",
        "icon",
        "image",
        "next_url",
        "url",
    }
)
_DATES: Final = frozenset({"date_modified", "date_published"})
_MAY_BE_EMPTY: Final = frozenset({"content_html", "content_text", "expired", "items", "size_in_bytes", "title"})


def json_findings(text: str) -> Iterator[Finding]:
    """Yield what is wrong with a feed and with each of its items."""
    try:
        feed = json.loads(text)
    except json.JSONDecodeError as error:
        yield Finding("not-well-formed", f"not JSON: {error.msg}", error.lineno)
        return
    except RecursionError:
        yield Finding("not-well-formed", "values are nested too deeply")
        return
    if not any(feed.get("version") == version for version in _VERSIONS):  # whatever kind of value it is
        yield Finding("wrong-version", f"version is {feed.get('version')!r}", 1)
    yield from (finding._replace(line=1) for finding in _object(feed, _FEED))
    if not feed.get("feed_url"):
        yield Finding("no-self-link", "the feed has no feed_url", 1)
    items = feed.get("items")
    lines = item_lines(text)
    ids = Counter[str]()
    for item in items if isinstance(items, list) else ():
        line = next(lines, 0)
        if not isinstance(item, dict):
            yield Finding("bad-value", f"an item is not an object: {item!r:.60}", line)
            continue
        id_, title = (value if isinstance(value := item.get(key), str) else "" for key in ("id", "title"))
        yield from of_entry(_item(item), id_, title, line)
        ids[id_] += 1
        if id_ and ids[id_] == 2:
            yield Finding("duplicate-id", f"more than one item with the id {id_!r}", line, id_, title)


def _item(item: Mapping[str, Any]) -> Iterator[Finding]:
    yield from _object(item, _ITEM)
    texts = {key: item[key] for key in ("content_html", "content_text") if isinstance(item.get(key), str)}
    if not texts:
        yield Finding("missing-content", "item has neither content_html nor content_text")
    yield from html_findings(texts.get("content_html", ""), "content_html")
    title = item.get("title")
    if isinstance(title, str) and (reference := shows_references(title)):
        yield Finding("escaped-twice", f"people will read {reference} in the title {title[:60]!r}")
    attachments = item.get("attachments")
    for file in attachments if isinstance(attachments, list) else ():
        if isinstance(file, dict):
            yield from _object(file, _ATTACHMENT)
            yield from _file(file)
        else:
            yield Finding("bad-value", f"an attachment is not an object: {file!r:.60}")


def _file(file: Mapping[str, Any]) -> Iterator[Finding]:
    type_, size = file.get("mime_type"), file.get("size_in_bytes", 0)
    if isinstance(type_, str) and not is_media_type(type_):
        yield Finding("bad-media-type", f"attachment: {type_!r} is not a media type")
    if isinstance(size, int) and size < 0:
        yield Finding("bad-length", f"attachment: size_in_bytes is {size}")


def _object(value: Mapping[str, Any], shape: Shape) -> Iterator[Finding]:
    yield from (Finding("missing-element", f"{shape.name} has no {key}") for key in shape.required if key not in value)
    for key, one in value.items():
        yield from _extension(shape.name, key, one) if key.startswith("_") else _member(shape, key, one)
    yield from _people(shape.name, value)


def _extension(name: str, key: str, one: object) -> Iterator[Finding]:
    if not isinstance(one, dict):
        yield Finding("bad-value", f"{name}: the extension {key} is not an object")


def _member(shape: Shape, key: str, one: object) -> Iterator[Finding]:
    name = shape.name
    if key not in shape.types:
        yield Finding("undefined-element", f"{name}: there is no key {key}")
    elif not _is_of(one, shape.types[key]):
        yield Finding("bad-value", f"{name}: {key} is {type(one).__name__}, not {shape.types[key].__name__}")
    elif not one and key not in _MAY_BE_EMPTY:
        yield Finding("bad-value", f"{name}: {key} is empty")
    else:
        yield from _value(name, key, one)


def _people(name: str, value: Mapping[str, Any]) -> Iterator[Finding]:
    people = value.get("authors", [])
    if not isinstance(people, list):
        return
    if "author" in value and people and people[0] != value["author"]:
        yield Finding("bad-value", f"{name}: author is not the first of the authors")
    for person in people:
        if isinstance(person, dict) and person:
            yield from _object(person, _PERSON)
        else:
            yield Finding("bad-value", f"{name}: one of the authors is {person!r:.60}")


def _is_of(value: object, kind: type) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)


def _value(name: str, key: str, one: Any) -> Iterator[Finding]:
    if key in _ADDRESSES:
        if not is_iri(one) or not one.isascii():
            yield Finding("bad-address", f"{name}: {key} is not an address: {one!r}")
        elif is_dangerous(one):
            yield Finding("dangerous-address", f"{name}: {key} leads to {one!r}")
        elif not is_absolute(one):
            yield Finding("relative-link", f"{name}: {key} leads to {one!r}")
    elif key in _DATES and not is_rfc3339(one):
        yield Finding("bad-date", f"{name}: {key} is not a date: {one!r}")
    elif key == "language" and not is_language(one):
        yield Finding("bad-language", f"{name}: language is not a language tag: {one!r}")
