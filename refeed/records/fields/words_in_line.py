"""Split categories and tags where Jekyll and Bridgetown do: in a text that is no list, each word is one.

https://jekyllrb.com/docs/posts/#tags-and-categories
"""

from collections import Counter
from typing import Final

from refeed.model import Document, RawRecord, Statement
from refeed.site import Site
from refeed.startup.late_patterns import late_pattern

_GENERATORS: Final = frozenset({"Bridgetown", "Jekyll"})
_IN_ONE_LINE: Final = late_pattern(rb"(?m)^(categories|tags):(?>[ \t]*)[^\s\[\]\"'-]")


def divided_categories(raw: RawRecord, document: Document, site: Site | None) -> tuple[Statement, ...]:
    """Return the categories of a record as its site reads them."""
    if site is None or site.generator not in _GENERATORS or isinstance(raw.body, str):
        return raw.categories
    header = document.data[raw.span[0] : raw.body[0]]
    keys = {match[1].decode() for match in _IN_ONE_LINE.finditer(header)}
    counts = Counter(one.origin for one in raw.categories)  # several: a comma has divided them
    return tuple(
        one._replace(text=word)
        for one in raw.categories
        for word in (one.text.split() if counts[one.origin] == 1 and _key_of(one) in keys else [one.text])
    )


def _key_of(statement: Statement) -> str:
    return statement.origin.rpartition(" ")[2]
