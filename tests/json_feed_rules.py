"""Check a JSON Feed against version 1.1 of its specification (https://www.jsonfeed.org/version/1.1/)."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

# Name → type: of the feed, of an item, of a person, of an attachment.
FEED: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("version", "title", "home_page_url", "feed_url", "description", "user_comment"), str),
    **dict.fromkeys(("next_url", "icon", "favicon", "language"), str),
    "authors": list,
    "author": dict,
    "expired": bool,
    "hubs": list,
    "items": list,
}
ITEM: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image"), str),
    **dict.fromkeys(("banner_image", "date_published", "date_modified", "language"), str),
    "authors": list,
    "author": dict,
    "tags": list,
    "attachments": list,
}
PERSON: Final = {"name": str, "url": str, "avatar": str}
ATTACHMENT: Final = {"url": str, "mime_type": str, "title": str, "size_in_bytes": int, "duration_in_seconds": int}
RFC_3339: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", re.ASCII)
ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")
ADDRESSES: Final = ("home_page_url", "feed_url", "icon", "favicon", "url", "image")


def broken_json_rules(data: bytes) -> list[str]:
    """List the rules that a feed breaks; for a valid feed the list is empty."""
    feed = json.loads(data.decode("utf-8"))
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        return [f"version is {feed.get('version')!r}"]
    return [*_object("feed", feed, FEED, ("title", "items")), *_items(feed["items"])]


def _items(items: list[dict[str, Any]]) -> Iterator[str]:
    for item in items:
        yield from _object("item", item, ITEM, ("id", "content_html"))
        for name in ("date_published", "date_modified"):
            if name in item and not RFC_3339.fullmatch(item[name]):
                yield f"item: {name} is no RFC 3339 date: {item[name]!r}"
        for file in item.get("attachments", ()):
            yield from _object("attachment", file, ATTACHMENT, ("url", "mime_type"))
    counts = Counter(item.get("id") for item in items)
    yield from (f"{count} items with the id {id_!r}" for id_, count in counts.items() if count > 1)


def _object(name: str, value: Mapping[str, Any], types: Mapping[str, Any], required: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{name}: missing {key}" for key in required if key not in value)
    for key, one in value.items():
        if key.startswith("_"):
            if not isinstance(one, dict):
                yield f"{name}: the extension {key} is no object"
        elif key not in types or type(one) is not types[key]:
            yield f"{name}: {key} is {type(one).__name__}"
        elif key in ADDRESSES and not ABSOLUTE.fullmatch(one):
            yield f"{name}: {key} is no URL: {one!r}"
        elif not one and key not in {"items", "content_html"}:
            yield f"{name}: {key} is empty"
    people = value.get("authors", [])
    if people[:1] != [value["author"]] * bool(people) if "author" in value else people:
        yield f"{name}: author is not the first of the authors"
    for person in people:
        yield from _object("person", person, PERSON, ("name",))
