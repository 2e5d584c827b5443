"""Read a feed as its subscribers get it: Atom, RSS or JSON Feed, from any program."""

import json
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from refeed.dates import parse_date
from refeed.formats import Match
from refeed.formats.feed import FORMAT
from refeed.formats.feeds.tombstones import is_deletion
from refeed.formats.feeds.xml import entry_spans, find_root, parse_part
from refeed.input.declared_encoding import declared_encoding
from refeed.input.encoding import decode
from refeed.input.read import read
from refeed.input.source_files import SourceFiles
from refeed.limits import DEFAULT_LIMITS
from refeed.model import Document, RawRecord, SourceFile, Statement, Timestamp
from refeed.problems import ConfigurationError, Problem
from refeed.startup.named_tuple import NamedTuple

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_DELETED: Final = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_MORE: Final = frozenset({"next", "prev-archive"})  # links to older entries (RFC 5005, 3 and 4)
# A feed may hold a whole archive.
_LIMITS: Final = DEFAULT_LIMITS._replace(max_file_bytes=2**31, max_records=2**24, max_body_bytes=2**26)


class PublishedEntry(NamedTuple):
    """An entry as a feed states it."""

    id: str
    title: str
    link: str
    published: datetime | None  # aware, UTC; where only an update is stated, that
    updated: datetime | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    summary: str
    content: str
    language: str
    image: str
    enclosures: tuple[str, ...]  # their addresses


class PublishedFeed(NamedTuple):
    """A feed at one time."""

    format: str  # "feed" (Atom), "rss", "rdf", "json"
    entries: tuple[PublishedEntry, ...]
    archived: frozenset[str] = frozenset()  # ids of what its archives hold (RFC 5005, 4)
    withdrawn: frozenset[str] = frozenset()  # ids of what it says is deleted (RFC 6721)
    continues: bool = False  # it says where older entries are


def read_published(path: str) -> PublishedFeed:
    """Read the feed in a file; ConfigurationError says why it is not a feed."""
    with closing(SourceFiles([path], _LIMITS)) as files:  # the file was given, so it may be a link
        found = read(SourceFile(path, Path(path).name), _LIMITS, files)
    if isinstance(found, Problem):
        raise ConfigurationError(f"{path}: {found.message}")
    decoded = decode(found, declared_encoding(found.data))
    if decoded.document is None:
        raise ConfigurationError(f"{path}: its encoding could not be determined")
    return published_in(decoded.document)


def published_in(document: Document) -> PublishedFeed:
    """Return the feed that a document is; one that breaks off or holds broken entries is refused."""
    path = document.source.path
    if FORMAT.sniff(document) is Match.NO:
        raise ConfigurationError(f"{path}: is not a feed (Atom, RSS or JSON Feed)")
    entries = list[PublishedEntry]()
    for found in FORMAT.parse(document):
        if isinstance(found, RawRecord):
            if not is_deletion(found):
                entries.append(_entry(found))
        elif found.code in {"broken-feed", "over-limit"}:
            raise ConfigurationError(f"{path}:{found.line}: {found.message}; `refeed validate {path}` says more")
    root = find_root(document)
    if root is None:
        return PublishedFeed("json", tuple(entries), continues=_names_next(document))
    around = _around_entries(document.data, root.end)
    elements = [*element.iter()] if (element := parse_part(root, around)) is not None else []
    return PublishedFeed(
        root.name,
        tuple(entries),
        withdrawn=frozenset(one.get("ref", "") for one in elements if one.tag == _DELETED),
        continues=any(one.tag == _ATOM + "link" and one.get("rel") in _MORE for one in elements),
    )


def _entry(record: RawRecord) -> PublishedEntry:
    link = _first(record.links)
    title = _first(record.titles)
    published = _date(record.dates)
    body = record.body if isinstance(record.body, str) else ""
    return PublishedEntry(
        id=_first(record.ids) or link or f"{title} {published or ''}",  # as readers do
        title=title,
        link=link,
        published=published,
        updated=_date(record.updates),
        authors=_texts(record.authors),
        categories=_texts(record.categories),
        summary=_first(record.summaries),
        content=body,
        language=_first(record.languages),
        image=_first(record.images),
        enclosures=tuple(file.text for file in record.enclosures),
    )


def _around_entries(data: bytes, start: int) -> bytes:
    """Return what a feed says outside of its entries."""
    parts, at = list[bytes](), start
    for entry in entry_spans(data, start):
        parts.append(data[at : entry.span[0]])
        at = entry.span[1]
    return b"".join([*parts, data[at:]])


def _names_next(document: Document) -> bool:
    """Return whether a JSON Feed names a next page."""
    try:
        feed: Any = json.loads(document.data)
    except ValueError:
        return False
    return isinstance(feed, dict) and bool(feed.get("next_url"))


def _date(statements: Iterable[Statement]) -> datetime | None:
    found = (parse_date(statement.text) for statement in statements)
    return next((date.value for date in found if isinstance(date, Timestamp)), None)


def _first(statements: Iterable[Statement]) -> str:
    return next((statement.text for statement in statements), "")


def _texts(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(statement.text for statement in statements)
