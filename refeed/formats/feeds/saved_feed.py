"""Read a saved feed, in XML or JSON: every entry by itself, so that one that was cut in two gives its whole entries."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from refeed.formats.feeds import exports
from refeed.formats.feeds.entry import Channel, read_channel, read_entry
from refeed.formats.feeds.json_feed import parse_json_feed
from refeed.formats.feeds.names import Children, children_of
from refeed.formats.feeds.tombstones import deletions, deletions_alone, with_deletion
from refeed.formats.feeds.xml import EntrySpan, Root, entry_spans, find_root, parse_part
from refeed.formats.pages.template import has_mark
from refeed.limits import limit_message
from refeed.model import Document, RawRecord
from refeed.problems import Problem

_HEAD: Final = 2**22  # bytes of a feed's own statements; an export of WordPress lists all of its tags there
_ESCAPED: Final = 6  # bytes that one takes when it is escaped: &quot;
_ATTACHMENT: Final = b"attachment_url>"


def read_feed(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every article of the feed; what else an export holds is counted, and what is broken told."""
    document.require_utf8()
    root = find_root(document)
    if root and _is_template(document, root):
        yield Problem("source-code", "the template of a feed, not a saved one", document.source.path, 1)
        return
    found = _parse_xml(document, root) if root else parse_json_feed(document)
    is_empty = True
    for one in found:
        is_empty = False
        yield one.at(document.source.path, 1) if isinstance(one, Problem) else one
    if is_empty:
        yield Problem("saved-feed", "a saved feed without entries", document.source.path, 1)


def _is_template(document: Document, root: Root) -> bool:
    """Return whether a program has still to fill in both what the feed says of itself and its first entry."""
    first = next(entry_spans(document.data, root.end), None)
    if first is None:
        return False
    start, end = first.span
    return has_mark(document.text((0, start))) and has_mark(document.text((start, end)))


def _parse_xml(document: Document, root: Root) -> Iterator[RawRecord | Problem]:
    data, line, counted_to = document.data, 1, 0
    channel, others, most = _channel(document, root), Counter[str](), document.limits.max_records
    deleted, met = deletions(data, root, most), set[str]()
    for number, entry in enumerate(entry_spans(data, root.end)):
        line += data.count(b"\n", counted_to, entry.span[0])
        counted_to = entry.span[0]
        if number == most:
            yield Problem("over-limit", limit_message(most, "articles", "max_records"), line=line)
            break
        read = _entry(document, root, channel, entry, line)
        if isinstance(read, str):
            others[read] += 1
        elif isinstance(read, Problem):
            yield read
        else:
            met.update(id_.text for id_ in read.ids)
            yield from with_deletion(read, deleted)
    yield from deletions_alone(deleted, met, len(data))
    if others:
        yield Problem("site-page", f"not posts: {exports.counted(others)}")


def _entry(document: Document, root: Root, channel: Channel, entry: EntrySpan, line: int) -> RawRecord | Problem | str:
    """Return an article; or what the entry is, if it is something else, or why it cannot be read."""
    start, end = entry.span
    if entry.is_cut:
        return Problem("broken-feed", "the file ends within this entry", line=line)
    most = document.limits.max_body_bytes
    if end - start > _ESCAPED * most:
        reason = limit_message(most, "bytes in its body", "max_body_bytes")
        return Problem("over-limit", f"an entry has {reason}", line=line)
    element = _parsed(root, document.data[start:end])
    if element is None:
        return Problem("broken-feed", "this entry is not well-formed XML, and could not be repaired", line=line)
    children = children_of(element)
    kind = exports.kind_of(children)
    if not exports.is_article(kind, children):
        return kind
    return read_entry(children, channel, line=line, span=entry.span, element=element)


def _channel(document: Document, root: Root) -> Channel:
    """Read what the feed says for all entries: what stands before the first; and the attachments among them."""
    data = document.data
    first = next(entry_spans(data, root.end), None)
    head = parse_part(root, data[root.end : min(first.span[0] if first else len(data), root.end + _HEAD)])
    channel = Channel() if head is None else read_channel(head)
    if _ATTACHMENT not in data:
        return channel
    return channel._replace(pictures=exports.attached_pictures(_attachments(document, root)))


def _attachments(document: Document, root: Root) -> Iterator[Children]:
    most = document.limits.max_body_bytes
    for entry in islice(entry_spans(document.data, root.end), document.limits.max_records):
        part = document.data[slice(*entry.span)]
        if _ATTACHMENT in part and len(part) <= most and (element := _parsed(root, part)) is not None:
            yield children_of(element)


def _parsed(root: Root, part: bytes) -> object | None:
    """Return the element of an entry."""
    parsed = parse_part(root, part)
    return next(iter(parsed), None) if parsed is not None else None
