"""Answer GET and HEAD as RFC 9110 says: conditions, codings, and the headers that every answer carries."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, formatdate, parsedate_to_datetime
from functools import lru_cache
from time import time
from typing import Final

from refeed.serve.http.codings import choose
from refeed.serve.published import Variant
from refeed.startup.named_tuple import NamedTuple

Headers = list[tuple[bytes, bytes]]

_TAGS: Final = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_OF_THE_REQUEST: Final = frozenset(
    {b"accept-encoding", b"if-match", b"if-modified-since", b"if-none-match", b"if-unmodified-since"}
)


class Answer(NamedTuple):
    """What goes back."""

    status: int
    headers: Headers
    body: bytes


class Resource:
    """Something that is served: its variants, and the headers of each, made once."""

    def __init__(
        self, variants: Sequence[Variant], headers: Iterable[tuple[str, str]], last_modified: datetime | None = None
    ) -> None:
        """Prepare the answers; `headers` are those that every answer carries."""
        self.variants = variants
        self.size = sum(len(variant.body) for variant in variants)
        self.last_modified = last_modified
        common = [("vary", "accept-encoding"), *headers]
        if last_modified:
            common.append(("last-modified", format_datetime(last_modified, usegmt=True)))
        self._common = _encoded(common)
        self._of_variant = {variant.etag: self._headers(variant) for variant in variants}

    def _headers(self, variant: Variant) -> tuple[Headers, Headers]:
        """Return the headers of 200, and those of 304, which say nothing of a body."""
        tagged = [*self._common, (b"etag", variant.etag.encode())]
        coding = [("content-encoding", variant.coding)] if variant.coding != "identity" else []
        whole = [*tagged, *_encoded([*coding, ("content-length", str(len(variant.body)))])]
        return whole, [header for header in tagged if header[0] != b"content-type"]

    def answer(self, request: Iterable[tuple[bytes, bytes]]) -> Answer:
        """Answer a GET; for a HEAD the server leaves the body out."""
        asked = _asked(request)
        variant = choose(asked.get(b"accept-encoding"), self.variants)
        if variant is None:
            return plain(406, "Available encodings: identity, gzip, br.", [("vary", "accept-encoding")])
        whole, bare = self._of_variant[variant.etag]
        status = self._status(asked, variant.etag)
        if status == 304:
            return Answer(304, [_date(), *bare], b"")
        if status == 412:
            return plain(412, "This has changed.")
        return Answer(200, [_date(), *whole], variant.body)

    def _status(self, asked: dict[bytes, str], etag: str) -> int:
        """Go through the conditions in their order (RFC 9110, 13.2.2)."""
        if (tags := asked.get(b"if-match")) is not None:
            as_known = tags.strip() == "*" or etag in _strong_tags(tags)
        else:
            as_known = self._unchanged_since(asked.get(b"if-unmodified-since")) is not False
        if not as_known:
            return 412
        if (tags := asked.get(b"if-none-match")) is not None:
            known = tags.strip() == "*" or etag in _tags(tags)
        else:
            known = self._unchanged_since(asked.get(b"if-modified-since")) is True
        return 304 if known else 200

    def _unchanged_since(self, text: str | None) -> bool | None:
        """Compare with a date; None where there is nothing to compare."""
        date = _http_date(text)
        return self.last_modified <= date if self.last_modified and date else None


def plain(status: int, text: str, headers: Iterable[tuple[str, str]] = (), kind: str = "text/plain") -> Answer:
    """Answer with a line of text that no cache keeps."""
    body = f"{text}\n".encode()
    own = [("content-type", f"{kind}; charset=utf-8"), ("content-length", str(len(body)))]
    kept = [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
    return Answer(status, [_date(), *_encoded([*own, *kept, *headers])], body)


def _asked(request: Iterable[tuple[bytes, bytes]]) -> dict[bytes, str]:
    """Return the headers that matter; a list that comes in several headers is one list."""
    asked: dict[bytes, str] = {}
    for name, value in request:
        if name in _OF_THE_REQUEST:
            text = value.decode("latin-1")
            asked[name] = f"{asked[name]}, {text}" if name in asked else text
    return asked


def _tags(text: str) -> set[str]:
    """Return every tag; If-None-Match compares weakly: what a proxy marked as weak still fits (RFC 9110, 13.1.2)."""
    return {tag for _, tag in _TAGS.findall(text)}


def _strong_tags(text: str) -> set[str]:
    return {tag for weak, tag in _TAGS.findall(text) if not weak}


@lru_cache(maxsize=64)
def _http_date(text: str | None) -> datetime | None:
    """Read a date in any of the three forms (RFC 9110, 5.6.7); anything else counts as no date."""
    if text is None:
        return None
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _encoded(headers: Iterable[tuple[str, str]]) -> Headers:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def _date() -> tuple[bytes, bytes]:
    """Return the Date header, exact to the second: Last-Modified must never be later (RFC 9110, 8.8.2.1)."""
    return b"date", _date_at(int(time()))


@lru_cache(maxsize=2)
def _date_at(second: int) -> bytes:
    return formatdate(second, usegmt=True).encode()
