"""The namespaces of feeds, and whether a document writes them as they are defined."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from refeed.validation.finding import Finding

ATOM: Final = "http://www.w3.org/2005/Atom"
HISTORY: Final = "http://purl.org/syndication/history/1.0"  # RFC 5005, 2 and 4
TOMBSTONES: Final = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721, 3
CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
XHTML: Final = "http://www.w3.org/1999/xhtml"

# The prefix that everybody gives a namespace → the namespace. Readers compare the address letter by letter.
_USUAL: Final = MappingProxyType(
    {
        "atom": ATOM,
        "content": CONTENT,
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "fh": HISTORY,
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "thr": "http://purl.org/syndication/thread/1.0",
        "wfw": "http://wellformedweb.org/CommentAPI/",
    }
)


def namespace_findings(root: Any) -> Iterator[Finding]:
    """Yield the namespaces that have a usual prefix, but not the address that goes with it."""
    told = set[str]()
    for element in root.iter():
        prefix, stated = element.prefix, element.tag[1:].partition("}")[0] if isinstance(element.tag, str) else ""
        if prefix in _USUAL and prefix not in told and stated != _USUAL[prefix]:
            told.add(prefix)
            message = f"xmlns:{prefix} is {stated!r}, not {_USUAL[prefix]!r}"
            yield Finding("wrong-namespace", message, element.sourceline)
