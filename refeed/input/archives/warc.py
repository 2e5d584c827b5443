"""Read the pages in a web archive: the responses of text in a WARC (ISO 28500), each called by its address."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from refeed.input.archives.errors import DamagedError, MemberError
from refeed.input.archives.http_message import body_of, charset_of
from refeed.input.archives.sequential import Item
from refeed.input.archives.stream import Stream
from refeed.limits import Limits, limit_message
from refeed.model import Crawl

MAGIC: Final = b"WARC/"
_LONGEST_LINE: Final = 2**14
_MOST_LINES: Final = 500
# What articles come as; a crawl holds pictures, styles and scripts by the thousand beside them.
_TEXTS: Final = frozenset(
    {
        *("application/feed+json", "application/json", "application/ld+json", "application/xhtml+xml"),
        *("application/xml", "text/html", "text/markdown", "text/x-markdown", "text/xml"),
        *("application/atom+xml", "application/rdf+xml", "application/rss+xml"),
    }
)
_ANGLES: Final = "<>"  # that WARC/0.18 and some programs put around addresses


def items(stream: Stream, limits: Limits) -> Iterator[Item]:
    """Yield the responses that hold text, in their order."""
    seen = set[str]()
    while headers := _record_headers(stream):
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            raise DamagedError("a record states no length")
        end = stream.position + int(length)
        if item := _item(headers, stream, end, limits):
            name = item.name if item.name not in seen else f"{item.name}#{headers.get('warc-date', '')}"
            seen.add(name)
            yield item._replace(name=name)
        if not stream.skip_to(end):
            raise DamagedError("it is cut short")


def _record_headers(stream: Stream) -> dict[str, str]:
    """Return the headers of the next record; none at the end."""
    line = b"\r\n"
    while line and not line.strip():  # blank lines end the record before
        line = stream.read_line(_LONGEST_LINE)
    if not line:
        return {}
    if not line.startswith(MAGIC):
        raise DamagedError("a record does not begin as one")
    headers = _headers(stream)
    if not headers:
        raise DamagedError("it is cut short")
    return headers


def _headers(stream: Stream, end: int | None = None) -> dict[str, str]:
    """Return the lines `Name: value` up to a blank one, by their names in lower case; the first of two counts."""
    found = dict[str, str]()
    for _ in range(_MOST_LINES):
        most = _LONGEST_LINE if end is None else min(_LONGEST_LINE, end - stream.position)
        line = stream.read_line(most).decode("utf-8", "replace")
        if not line.strip():
            return found
        name, _, value = line.partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    raise DamagedError("a record has more headers than refeed reads")


def _item(record: Mapping[str, str], stream: Stream, end: int, limits: Limits) -> Item | None:
    """Return the member that a record is, with the stream at the beginning of its body; None for any other record."""
    kind, content_type = record.get("warc-type", ""), record.get("content-type", "")
    http: Mapping[str, str] = {}
    if kind == "response" and content_type.lower().startswith("application/http"):
        status = stream.read_line(min(_LONGEST_LINE, end - stream.position)).split(None, 2)
        http = _headers(stream, end)
        content_type = http.get("content-type", "")
        if len(status) < 2 or status[1][:1] != b"2":
            return None
    elif kind != "resource":
        return None
    address = record.get("warc-target-uri", "").strip(_ANGLES)
    if content_type.partition(";")[0].strip().lower() not in _TEXTS or not address:
        return None
    crawl = Crawl(address, record.get("warc-date", ""), charset_of(content_type))
    return Item(address, None, None, partial(_body, stream, end, http, limits), crawl)


def _body(stream: Stream, end: int, http: Mapping[str, str], limits: Limits) -> Iterator[bytes]:
    if end - stream.position > limits.max_file_bytes:
        raise MemberError(limit_message(limits.max_file_bytes, "bytes", "max_file_bytes"), "over-limit")
    raw = stream.read(end - stream.position)
    if stream.position < end:
        raise DamagedError("it is cut short")
    yield body_of(raw, http, limits)
