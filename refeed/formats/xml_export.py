"""Exports in XML that are no feeds: Evernote's notes (.enex), LiveJournal's months, Tumblr's posts, PluXml's articles.

What reads them is loaded when there is one.
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.formats import Format, Match
from refeed.formats._once import once
from refeed.formats.feeds.xml import ATTRIBUTES, LOOKED_AT, PROLOGUE, Root
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

_ROOT: Final = late_pattern(
    (
        rb"\A"
        + PROLOGUE
        + rb"(<(en-export|livejournal|tumblr|"
        + rb"document(?=>\s{0,9}<title>.{1,3000}?</title>\s{0,9}<allow_com>))(?=[\s>])"
        + ATTRIBUTES
        + rb">)"
    ).decode(),
    re.IGNORECASE | re.DOTALL,
)


def sniff(document: Document) -> Match:
    """Claim what begins with the root element of one of these exports."""
    return Match.SURE if _find_root(document) else Match.NO


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every entry; what is broken is reported."""
    document.require_utf8()
    root = _find_root(document)
    if root is None:
        return
    from refeed.formats.xml_exports.entries import read_entries  # few archives hold any

    yield from read_entries(document, root)


@once
def _find_root(document: Document) -> Root | None:
    if document.data[:1] not in {b"\t", b"\n", b" ", b"<"}:
        return None
    head = document.data[:LOOKED_AT].decode("latin-1")  # byte by byte: where it stands is where it stands in the file
    found = _ROOT.match(head)
    return Root(found[1].encode("latin-1"), found[2].lower(), found.start(1), found.end()) if found else None


FORMAT: Final = Format(name="xml-export", sniff=sniff, parse=parse)
