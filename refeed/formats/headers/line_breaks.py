"""Recognise headers of programs that show every line break of a text, where CommonMark shows a blank."""

from collections.abc import Container
from typing import Final

# Keys, folded, that no other generator has together.
_SERVICES: Final = (
    frozenset({"emoji", "topics", "type"}),  # Zenn's command line
    frozenset({"bookofzenn"}),  # the same, for chapters (`refeed.input.companions.zenn_books`)
    frozenset({"feature", "hideinlist", "published"}),  # Gridea
    frozenset({"ignorepublish", "organizationurlname"}),  # Qiita's
)


def keeps_line_breaks(keys: Container[str]) -> bool:
    """Return whether a header with such keys is one of theirs."""
    return any(all(key in keys for key in service) for service in _SERVICES)
