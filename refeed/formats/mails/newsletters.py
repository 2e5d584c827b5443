"""Read newsletters from mail: each mail of a file, as an article.

What no list sent is private mail, and withheld. The addresses of those whom a newsletter was sent to are not shown.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from refeed.formats.mails.message import header, headers, read_mail, text_of
from refeed.formats.mails.publication import is_unfinished, recipients, withheld
from refeed.limits import limit_message
from refeed.model import Document, RawRecord, Span, Statement
from refeed.problems import Problem

if TYPE_CHECKING:
    from refeed.formats.mails.message import Mail

_HEAD: Final = 65_536
_LARGEST: Final = 32_000_000  # bytes of one mail, what is attached among them; most servers take 25 MB
# RFC 4155: the first line of each mail, after a blank one. A pattern that begins with a word is found much faster.
_SEPARATOR: Final = re.compile(rb"From (?:(?<=\AFrom )|(?<=\n\nFrom ))[^\n]{0,300}[0-9]{4}[^\n]{0,20}\n")
_QUOTED: Final = re.compile(rb"(?m)^>(>*From )")
_WEB_ARCHIVE: Final = (b"Snapshot-Content-Location:", b"<Saved by ")  # MHTML, of Chromium and Internet Explorer

_ID: Final = re.compile(r"<([^<>\s]{1,900})>")
_ADDRESS: Final = re.compile(r"<?(https?://[^\s<>]{1,2000})>?")


def read_mails(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every mail of the file."""
    data, path, most = document.data, document.source.path, document.limits.max_records
    if any(mark in data[:_HEAD] for mark in _WEB_ARCHIVE):
        yield Problem("saved-page", "a web page saved as MHTML is not read; save it as HTML", path, 1)
        return
    if is_unfinished(document.source.name):
        yield Problem("leftover", "a mail that was still being delivered (Maildir's tmp)", path, 1)
        return
    document.require_utf8()
    line, counted_to = 1, 0
    for number, span in enumerate(_spans(data)):
        line += data.count(b"\n", counted_to, span[0])
        counted_to = span[0]
        if number == most:
            yield Problem("over-limit", limit_message(most, "articles", "max_records"), path, line)
            return
        record = _record(document, span, line)
        yield record.at(path, line) if isinstance(record, Problem) else record


def _spans(data: bytes) -> Iterator[Span]:
    """Find the mails of an mbox; of a file with one mail the whole."""
    begin = 0
    for separator in _SEPARATOR.finditer(data):
        if separator.start() > begin:
            yield begin, separator.start()
        begin = separator.start()
    yield begin, len(data)


def _record(document: Document, span: Span, line: int) -> RawRecord | Problem:
    start, end = span
    data = document.data[start:end]
    if end - start > _LARGEST:
        return Problem("over-limit", f"a mail has more than {_LARGEST:,} bytes")
    if separator := _SEPARATOR.match(data):
        data = _QUOTED.sub(rb"\1", data[separator.end() :])
    if len(data.partition(b"\n\n")[0]) > document.limits.max_header_bytes:
        return Problem("over-limit", limit_message(document.limits.max_header_bytes, "bytes", "max_header_bytes"))
    mail = read_mail(data)
    if mail is None:
        return Problem("over-limit", "a mail has more parts than are read")
    return _record_of(mail, document, span, line)


def _record_of(mail: "Mail", document: Document, span: Span, line: int) -> RawRecord:
    addresses = recipients(mail)
    body = _without(text_of(mail), addresses)
    outlet, sender = _name_of(header(mail, "list-id")), _name_of(header(mail, "from"))
    return RawRecord(
        format="mail",
        line=line,
        span=(span[0], span[0] + len(body.encode("utf-8", "replace"))),  # pictures make no copy the better one
        body=body,
        titles=_stated("Subject", _without(header(mail, "subject"), addresses)),
        dates=_stated("Date", header(mail, "date")) or _received(mail),
        links=_links(mail),
        ids=_ids(mail),
        authors=_stated("From", sender) if outlet and sender != outlet else (),
        categories=tuple(
            Statement(one.strip(), "mail: Keywords") for one in header(mail, "keywords").split(",") if one.strip()
        ),
        languages=_stated("Content-Language", header(mail, "content-language").partition(",")[0]),
        outlets=_stated("List-Id", outlet) or _stated("From", sender),
        withheld=withheld(mail, document.source.name, body),
    )


def _links(mail: "Mail") -> tuple[Statement, ...]:
    """Return the address of the newsletter's page: RFC 5064; programs that send feeds; Substack."""
    for name in ("Archived-At", "X-RSS-URL", "X-RSS-Link", "List-Post"):
        if found := _ADDRESS.fullmatch(header(mail, name)):
            return _stated(name, found[1])
    return ()


def _ids(mail: "Mail") -> tuple[Statement, ...]:
    """Return the UUID of the mail's own address (RFC 2392): readers take that for an id."""
    found = _ID.search(header(mail, "message-id"))
    return _stated("Message-ID", uuid5(NAMESPACE_URL, f"mid:{quote(found[1], safe='@!$*+-._~')}").urn) if found else ()


def _received(mail: "Mail") -> tuple[Statement, ...]:
    """Return when a mail without a date arrived: each server adds itself above the others."""
    received = headers(mail, "received")
    return _stated("Received", received[0].rpartition(";")[2]) if received else ()


def _name_of(value: str) -> str:
    """Return the name in `"Name" <address>`, unless it is an address itself."""
    phrase, bracket, _ = value.partition("<")
    return "" if not bracket or "@" in phrase else phrase.strip(' "')


def _without(text: str, addresses: list[str]) -> str:
    """Return a text without its recipients' addresses, by themselves or as part of a web address."""
    for address in addresses:
        for written in (address, quote(address, safe="")):
            text = re.sub(re.escape(written), "…", text, flags=re.IGNORECASE)
    return text


def _stated(origin: str, text: str) -> tuple[Statement, ...]:
    return (Statement(text.strip(), f"mail: {origin}"),) if text.strip() else ()
