"""Saved feeds, many articles a file: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed, exports of WordPress (WXR) and Blogger.

What reads them is loaded when there is one.
"""

from collections.abc import Iterator
from typing import Final

from refeed.formats import Format, Match
from refeed.formats.feeds.json_opening import begins_json_feed
from refeed.formats.feeds.xml import OPENINGS, find_root
from refeed.model import Document, RawRecord
from refeed.problems import Problem


def sniff(document: Document) -> Match:
    """Claim what begins with the root element of a feed, or with an object that says that it is one."""
    if document.data[:1] not in OPENINGS:
        return Match.NO
    return Match.SURE if find_root(document) or begins_json_feed(document) else Match.NO


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every article of the feed; what else an export holds is counted, and what is broken told."""
    from refeed.formats.feeds.saved_feed import read_feed  # few archives hold any

    return read_feed(document)


FORMAT: Final = Format(name="feed", sniff=sniff, parse=parse)
