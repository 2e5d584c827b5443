"""Read the entries of exports in XML, each by itself, so that a file that breaks off still gives its whole entries."""

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any, Final

from refeed.formats.feeds.names import children_of, text_of
from refeed.formats.feeds.xml import EntrySpan, Root, entry_spans, parse_part, tags_of
from refeed.formats.objects.article import record_of, values_of
from refeed.formats.objects.exports import journal_entry
from refeed.formats.xml_exports.evernote import note_values, without_files
from refeed.formats.xml_exports.pluxml import article_values
from refeed.formats.xml_exports.tumblr import post_values
from refeed.limits import limit_message
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import Value

_ESCAPED: Final = 6  # bytes that one takes when it is escaped: &quot;


class _Export(NamedTuple):
    """How one of the exports names its entries, and what is made of an entry."""

    entry: bytes
    values: Callable[[Any, str], dict[str, Value]]  # of an element in a file of that name
    is_whole: bool = False  # a file is one entry


def _entry_values(element: Any, _name: str) -> dict[str, Value]:
    return journal_entry({name: text_of(found[0]) for name, found in children_of(element).items()})


_EXPORTS: Final = MappingProxyType(
    {
        "document": _Export(b"document", article_values, is_whole=True),
        "en-export": _Export(b"note", note_values),
        "livejournal": _Export(b"entry", _entry_values),
        "tumblr": _Export(b"post", post_values),
    }
)


def read_entries(document: Document, root: Root) -> Iterator[RawRecord | Problem]:
    """Yield every entry; what is broken is reported."""
    data, path, most = document.data, document.source.path, document.limits.max_records
    export, line, counted_to, others, is_empty = _EXPORTS[root.name], 1, 0, 0, True
    start = root.start if export.is_whole else root.end
    for number, entry in enumerate(entry_spans(data, start, tags_of(export.entry))):
        line += data.count(b"\n", counted_to, entry.span[0])
        counted_to = entry.span[0]
        if number == most:
            yield Problem("over-limit", limit_message(most, "articles", "max_records"), path, line)
            break
        found = _record(document, root, entry, line)
        is_empty = False
        others += found is None
        if found:
            yield found.at(path, line) if isinstance(found, Problem) else found
    if others:
        yield Problem("site-page", f"entries with neither a title nor a text: {others:,}", path, 1)
    elif is_empty:
        yield Problem("saved-feed", "an export without entries", path, 1)


def _record(document: Document, root: Root, entry: EntrySpan, line: int) -> RawRecord | Problem | None:
    if entry.is_cut:
        return Problem("broken-feed", "the file ends within this entry")
    part, most = without_files(document.data[slice(*entry.span)]), document.limits.max_body_bytes
    if len(part) > _ESCAPED * most:
        return Problem("over-limit", f"an entry has {limit_message(most, 'bytes in its body', 'max_body_bytes')}")
    parsed = parse_part(root, part)
    element = next(iter(parsed), None) if parsed is not None else None
    if element is None:
        return Problem("broken-feed", "this entry is not well-formed XML, and could not be repaired")
    values = values_of(_EXPORTS[root.name].values(element, document.source.name))
    record = record_of(values, line=line, span=entry.span)
    return record and record._replace(format="xml-export")
