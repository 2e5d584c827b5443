"""Recognise a JSON Feed by its beginning (jsonfeed.org, 1.0 and 1.1)."""

from typing import Final

from refeed.formats._once import once
from refeed.model import Document
from refeed.startup.late_patterns import late_pattern

_LOOKED_AT: Final = 65_536
# The version of a JSON Feed, by which it is known.
_VERSION: Final = late_pattern(rb'"version"(?>\s*):(?>\s*)"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')


@once
def begins_json_feed(document: Document) -> bool:
    """Return whether the beginning of a file says that it is a JSON Feed."""
    head = document.data[:_LOOKED_AT]
    return head.lstrip()[:1] == b"{" and _VERSION.search(head) is not None
