"""Write a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), an item at a time.

The older `author` stands beside `authors`, for readers of version 1.0. What JSON Feed has no name for is in `_refeed`.
"""

import json
from collections.abc import Iterable
from html import escape
from typing import Any, BinaryIO, Final

from refeed.addresses.media_types import UNKNOWN
from refeed.model import Enclosure, Entry, Feed
from refeed.outputs import Output
from refeed.outputs._texts import iri, language_tag, non_empty, people, rfc3339, uri, xml_content, xml_text
from refeed.version import VERSION

_VERSION: Final = "https://jsonfeed.org/version/1.1"
_END: Final = b"  ]\n}\n"


def serialise(entry: Entry) -> bytes:
    """Return one item on a line of its own, with the comma that parts it from the next one."""
    title = xml_text(entry.title) or iri(entry.id)
    summary, outlet = xml_text(entry.summary), xml_text(entry.outlet or "")
    item = {
        "id": iri(entry.id),
        "url": uri(entry.url or ""),
        "title": title,
        "content_html": xml_content(entry.content) or f"<p>{escape(summary or title)}</p>",
        "summary": summary,
        "image": uri(entry.image or ""),
        "date_published": entry.published and rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        **_authors(people(entry.authors) or people((outlet,))),
        "tags": non_empty(entry.categories),
        "language": language_tag(entry.language),
        "attachments": [_attachment(file) for file in entry.enclosures],
        "_refeed": outlet and {"outlet": outlet},
    }
    return b"    " + _to_json(item) + b",\n"


def write(feed: Feed, entries: Iterable[bytes], out: BinaryIO) -> None:
    """Write the document item by item; nothing is written before the first one is there."""
    rest = iter(entries)
    last = next(rest, b"")
    out.write(_head(feed))
    for item in rest:
        out.write(last)
        last = item
    out.write(last.removesuffix(b",\n") + b"\n" * bool(last) + _END)


def _head(feed: Feed) -> bytes:
    facts = {
        "version": _VERSION,
        "_refeed": {
            "id": iri(feed.id),
            "updated": rfc3339(feed.updated),
            "rights": xml_text(feed.rights or ""),
            "version": VERSION,
        },
        "title": xml_text(feed.title) or iri(feed.id),
        "home_page_url": uri(feed.site_url or ""),
        "feed_url": uri(feed.self_url or ""),
        "description": xml_text(feed.subtitle or ""),
        "icon": uri(feed.logo or ""),
        "favicon": uri(feed.icon or ""),
        **_authors(people((feed.author, feed.title, iri(feed.id)))[:1]),
        "language": language_tag(feed.language),
    }
    lines = [f'  "{name}": '.encode() + _to_json(value) + b",\n" for name, value in facts.items() if value]
    return b"".join([b"{\n", *lines, b'  "items": [\n'])


def _authors(named: list[dict[str, str]]) -> dict[str, Any]:
    return {"authors": named, "author": named[0]} if named else {}


def _attachment(file: Enclosure) -> dict[str, Any]:
    facts = {
        "url": uri(file.url),
        "mime_type": xml_text(file.type) or UNKNOWN,
        "title": xml_text(file.title),
        "size_in_bytes": file.length,
    }
    return {name: value for name, value in facts.items() if value}


def _to_json(value: Any) -> bytes:
    """Return a value in one line; what is empty is left out of objects, as JSON Feed wants it."""
    stated = {name: item for name, item in value.items() if item} if isinstance(value, dict) else value
    return json.dumps(stated, ensure_ascii=False).encode()


OUTPUT: Final = Output(name="json", suffix=".json", media_type="application/feed+json", entry=serialise, write=write)
