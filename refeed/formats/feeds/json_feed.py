"""Read a JSON Feed (jsonfeed.org, 1.0 and 1.1) item by item: one that was cut in two still gives its whole items."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from refeed.formats.feeds.names import is_address, joined, paragraphs
from refeed.formats.headers.json import folded, read_list, read_value
from refeed.formats.publication import stated as publication
from refeed.limits import limit_message
from refeed.model import Document, FileStatement, RawRecord, Span, Statement
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import plain_values

_DEPTH: Final = 2  # of the objects of extensions
_ITEMS: Final = late_pattern(r'"items"(?>\s*):(?>\s*)\[')

Object = Mapping[str, Any]


class _JsonFeed(NamedTuple):
    """A feed: what it says for all items, and where the first of them begins."""

    values: Object
    text: str
    start: int


def parse_json_feed(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every item."""
    feed = _open(document.text((0, len(document.data))))
    line, at, counted_to, most = 1, 0, 0, document.limits.max_records
    for number, (item, (start, end)) in enumerate(read_list(feed.text, feed.start)):
        line += feed.text.count("\n", counted_to, start)
        at += len(feed.text[counted_to:start].encode())
        counted_to = start
        if number == most:
            yield Problem("over-limit", limit_message(most, "articles", "max_records"), line=line)
            return
        if not isinstance(item, dict):
            yield Problem("broken-feed", "this item is not JSON, and the rest of the file is not read", line=line)
            return
        yield _record(item, feed.values, line, (at, at + len(feed.text[start:end].encode())))


def item_lines(text: str) -> Iterator[int]:
    """Yield the line that each item begins in."""
    line, counted_to = 1, 0
    for _, (start, _) in read_list(text, _open(text).start):
        line += text.count("\n", counted_to, start)
        counted_to = start
        yield line


def _open(text: str) -> _JsonFeed:
    """Read what stands before the items; what a file may say of itself after them is not looked for."""
    opening = _ITEMS.search(text)
    if opening is None:
        return _JsonFeed({}, text, len(text))
    head = read_value(text[: opening.end()] + "]}", 0)
    return _JsonFeed(head[0] if head and isinstance(head[0], dict) else {}, text, opening.end())


def _record(item: Object, feed: Object, line: int, span: Span) -> RawRecord:
    base = _text(feed, "home_page_url")
    link, cited = (joined(base, _text(item, key)) for key in ("url", "external_url"))
    by_id = tuple(one for one in _stated(item, "id") if not link and is_address(one.text))
    html = _text(item, "content_html")
    return RawRecord(
        format="feed",
        line=line,
        span=span,
        body=html or paragraphs(_text(item, "content_text")) or paragraphs(_text(item, "summary")),
        titles=_stated(item, "title"),
        dates=_stated(item, "date_published") or _stated(item, "date_modified"),
        updates=_stated(item, "date_modified"),
        links=(Statement(link, "feed: url"),) if link else (),
        citations=(Statement(cited, "feed: external_url"),) if cited else by_id,
        ids=_stated(item, "id"),
        authors=_authors(item) or _authors(feed),
        categories=_list(item, "tags"),
        images=tuple(
            Statement(joined(base, one.text), one.origin)
            for one in (*_stated(item, "image"), *_stated(item, "banner_image"))
        ),
        enclosures=tuple(_attachments(item, base)),
        summaries=_stated(item, "summary"),
        languages=_stated(item, "language") or _stated(feed, "language"),
        outlets=_stated(feed, "title"),
        withheld=_withheld(item),
        base="" if link else base,
    )


def _withheld(item: Object) -> Problem | None:
    """Return why an item is not published: its keys say so, or there is no day on which it was."""
    values = folded(item, _DEPTH)
    if "date_published" in item and item["date_published"] is None:
        values["publishedat"] = "null"
    extensions = (plain_values(value, _DEPTH) for key, value in item.items() if key.startswith("_"))
    said = (values, *(one for one in extensions if isinstance(one, dict)))
    return next((found for one in said if (found := publication.withheld(one, "the feed"))), None)


def _attachments(item: Object, base: str) -> Iterator[FileStatement]:
    stated = item.get("attachments")
    for file in stated if isinstance(stated, list) else ():
        if isinstance(file, dict) and (url := _text(file, "url")):
            type_, size, title = (_text(file, key) for key in ("mime_type", "size_in_bytes", "title"))
            yield FileStatement(joined(base, url), "feed: attachments", "file", type_, size, title)


def _authors(values: Object) -> tuple[Statement, ...]:
    """Return the names of `authors` (1.1) or `author` (1.0)."""
    stated = values.get("authors")
    people = stated if isinstance(stated, list) else [values.get("author")]
    names = (_text(one, "name") for one in people if isinstance(one, dict))
    return tuple(Statement(name, "feed: author") for name in names if name)


def _list(values: Object, key: str) -> tuple[Statement, ...]:
    stated = values.get(key)
    texts = (text.strip() for text in stated if isinstance(text, str)) if isinstance(stated, list) else ()
    return tuple(Statement(text, f"feed: {key}") for text in texts if text)


def _stated(values: Object, key: str) -> tuple[Statement, ...]:
    text = _text(values, key)
    return (Statement(text, f"feed: {key}"),) if text else ()


def _text(values: Object, key: str) -> str:
    """Return a text; numbers are as they were written."""
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""
