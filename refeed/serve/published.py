"""What is being served: one value a build, never changed, swapped whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from refeed.model import SafeHtml
from refeed.options import Options
from refeed.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """One entry as the finished feed has it, and where it came from."""

    key: str  # names it in addresses: /entry/<key>; a UUID in lower case, the same as long as the id is the same
    id: str  # atom:id
    title: str  # plain text, never empty
    url: str | None  # where the article is; http or https
    published: datetime | None  # aware, UTC
    updated: datetime  # aware, UTC
    authors: tuple[str, ...]  # never empty unless neither author nor outlet is known
    categories: tuple[str, ...]
    outlet: str | None
    language: str | None  # BCP 47
    image: str | None  # the lead picture's address
    summary: str  # plain text, may be empty
    content: SafeHtml  # went through the sanitiser; empty for a stub and with --content summary
    path: str  # of the dump
    line: int  # where its record begins, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """What the finished feed says of itself."""

    id: str
    title: str
    updated: datetime  # aware, UTC
    author: str
    subtitle: str | None
    rights: str | None
    language: str | None
    site_url: str | None  # the page that it belongs to
    icon: str | None
    logo: str | None


class Failure(NamedTuple):
    """Why the newest rebuild did not replace what is served."""

    message: str
    at: datetime  # aware, UTC


class Variant(NamedTuple):
    """The same bytes in one content coding."""

    coding: str  # "identity", "gzip" or "br"
    body: bytes
    etag: str  # strong, with its quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One build: the bytes that readers get and the facts that pages show."""

    options: Options
    now: datetime  # the present that the build went by (what is later is held back)
    report: Report  # totals, problems, notes; `report.feed` are the bytes
    variants: tuple[Variant, ...]  # of the feed, identity first
    last_modified: datetime  # when the served bytes last changed; whole seconds, UTC
    facts: FeedFacts
    entries: tuple[ShownEntry, ...]  # in the order of the feed
    by_key: Mapping[str, ShownEntry]
    failure: Failure | None = None  # set when a later rebuild failed: this is the last good one


class Visit(NamedTuple):
    """All that pages depend on of a request."""

    feed_url: str  # absolute: what to subscribe to
    root: str  # the path that all of the server's own addresses begin with; ends with "/"; "/feeds/" behind a proxy
    pictures: bool = True  # the articles' pictures may be loaded; not with ?pictures=off
