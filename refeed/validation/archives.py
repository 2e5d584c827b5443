"""Check archives of feeds (RFC 5005) and deleted entries (RFC 6721): within a document, and from one to the next."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urljoin

from refeed.startup.named_tuple import NamedTuple
from refeed.validation.finding import Finding
from refeed.validation.namespaces import ATOM, HISTORY, TOMBSTONES
from refeed.validation.syntax import is_absolute, is_iri, rfc3339_date

_CHAIN: Final = ("current", "next-archive", "prev-archive")
FOLLOWED: Final = frozenset({*_CHAIN, "next", "previous", "self"})
"""Links that programs follow, which know where they had the document from: they may be relative."""


class Links(NamedTuple):
    """What a document says of its place in an archive."""

    address: str  # its own: rel=self, else the file's name
    is_archive: bool
    current: str = ""
    newer: str = ""  # next-archive
    older: str = ""  # prev-archive


def links_of(feed: Any, file: str = "") -> Links:
    """Read the links of an Atom feed; relative ones are those of its address, or of its file's name."""
    stated = {
        link.get("rel"): link.get("href") or "" for link in reversed(feed.findall(f"{{{ATOM}}}link")) if link.get("rel")
    }
    own = stated.get("self") or file
    current, newer, older = (urljoin(own, stated[rel]) if stated.get(rel) else "" for rel in _CHAIN)
    return Links(own, feed.find(f"{{{HISTORY}}}archive") is not None, current, newer, older)


def archive_findings(feed: Any) -> Iterator[Finding]:
    """Yield what does not fit together in one document (RFC 5005, 2 to 4)."""
    line, links = feed.sourceline, links_of(feed)
    rels = [link.get("rel") for link in feed.findall(f"{{{ATOM}}}link")]
    for rel in _CHAIN:
        if rels.count(rel) > 1:
            yield Finding("archive-links", f"{rels.count(rel)} links rel={rel}", line)
    if links.is_archive and not links.current:
        yield Finding("archive-links", "an archive document has no link rel=current", line)
    if links.newer and not links.is_archive:
        yield Finding("archive-links", "a document with next-archive does not say fh:archive", line)
    if feed.find(f"{{{HISTORY}}}complete") is not None and (links.is_archive or links.older):
        yield Finding("archive-links", "a complete feed (fh:complete) has archives", line)


def tombstone_findings(feed: Any) -> Iterator[Finding]:
    """Yield what is wrong with deleted entries (RFC 6721, 3 and 4)."""
    entries = {
        (entry.findtext(f"{{{ATOM}}}id") or "").strip(): entry.findtext(f"{{{ATOM}}}updated") or ""
        for entry in feed.iter(f"{{{ATOM}}}entry")
    }
    for tombstone in feed.iter(f"{{{TOMBSTONES}}}deleted-entry"):
        ref, when, line = tombstone.get("ref") or "", tombstone.get("when") or "", tombstone.sourceline
        deleted = rfc3339_date(when)
        if not (is_absolute(ref) and is_iri(ref)):
            yield Finding("tombstone", f"deleted-entry: ref is not an id: {ref!r}", line, ref)
        if deleted is None:
            yield Finding("tombstone", f"deleted-entry: when is not a date: {when!r}", line, ref)
        updated = rfc3339_date(entries.get(ref, ""))
        if updated and deleted and updated < deleted:
            yield Finding("tombstone", "an entry is in the feed that says it was deleted later", line, ref)


def chain_findings(documents: Mapping[str, Links]) -> Iterator[tuple[str, Finding]]:
    """Yield what breaks the way from the newest document to the oldest one, with the file that it is in.

    `documents` are all that are known, by their files; an archive has to be given whole.
    """
    files = {links.address: file for file, links in documents.items() if links.address}
    if not any(links.is_archive for links in documents.values()):
        return
    for file, links in documents.items():
        for rel, address in (("prev-archive", links.older), ("next-archive", links.newer)):
            if address and address not in files:
                yield file, Finding("archive-chain", f"{rel} leads to {address!r}, which is not one of the files")
        older = documents.get(files.get(links.older, ""))
        if older and not older.is_archive:
            yield (
                file,
                Finding("archive-chain", f"prev-archive leads to {links.older!r}, which is not an archive document"),
            )
        elif older and links.is_archive and older.newer != links.address:
            yield file, Finding("archive-chain", f"next-archive of {links.older!r} does not lead back")
        if links.is_archive and links.address and not _is_reached(links.address, documents):
            yield file, Finding("archive-chain", "no document's prev-archive leads here")


def _is_reached(address: str, documents: Mapping[str, Links]) -> bool:
    return any(links.older == address for links in documents.values())
