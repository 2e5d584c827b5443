"""Tell the address of a post itself from those of pages that it is about.

Robots that mirror others write the address of the article under the same keys (`source`, `from`, `link`) under which
authors write whom they quote, and their trees have settings of a generator, too: so these tell nothing. Only who says
in refeed.toml where posts are published knows that what leads elsewhere is not their address.
"""

from typing import Final

from refeed.addresses.snapshots import publisher
from refeed.model import RawRecord, SourceFile
from refeed.options import site_options
from refeed.records.context import Context
from refeed.records.fields import Link
from refeed.urls import host_of

# A file of these formats is one post of its site. A feed, a table or a list of records only lies in its tree.
_POSTS: Final = frozenset({"comment-fields", "front-matter", "headed", "hybrid"})
_HEADING: Final = "heading"  # an origin: only robots make an address the heading of an article, and it is its own


def is_own(url: str, site: str | None) -> bool:
    """Return whether an address that opens can be that of a post of a site: of a known one, only one on its host."""
    return not site or publisher(url) == host_of(site)


def is_post(raw: RawRecord) -> bool:
    """Return whether a record is a whole file, which is a post where a site is around it."""
    return raw.format in _POSTS


def divide_links(
    links: tuple[Link, ...], raw: RawRecord, source: SourceFile, context: Context
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Divide what a record states of its address into what may be its own, and the pages that it is about."""
    options = context.options
    # The addresses in the file are yet to be weighed: only tables for its path are asked.
    site = site_options(options, source.name, None).site if links and options.sources and is_post(raw) else None
    if site is None:
        return links, ()
    own: list[Link] = []
    others: list[Link] = []
    for link in links:
        (own if _is_own_link(link, site) else others).append(link)
    return tuple(own), tuple(others)


def _is_own_link(link: Link, site: str) -> bool:
    return link.url is None or link.statement.origin == _HEADING or is_own(link.url, site)
