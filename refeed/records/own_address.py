"""Tell the address of a post itself from those of pages that it is about.

Robots that mirror others write the address of the article under the same keys (`source`, `link`) under which authors
write whom they quote. Where the address of the site around a file is known, its posts are there and nowhere else.
"""

from typing import Final

from refeed.model import RawRecord, SourceFile
from refeed.options import site_options
from refeed.records.context import NO_SITE, Context, site_of
from refeed.records.fields import Link
from refeed.site import Site
from refeed.urls import host_of

# A file of these formats is one post of its site. A feed, a table or a list of records only lies in its tree.
_POSTS: Final = frozenset({"comment-fields", "front-matter", "headed", "hybrid"})
_ROBOTS: Final = "heading"  # only robots make an address the heading of an article: it is that of the article


def is_own(url: str, site: Site | None) -> bool:
    """Return whether an address that opens can be that of a post: of a known site, only one on its host."""
    return site is None or not site.address or host_of(url) == host_of(site.address)


def is_post(raw: RawRecord) -> bool:
    """Return whether a record is a whole file, which is a post where a site is around it."""
    return raw.format in _POSTS


def divide_links(
    links: tuple[Link, ...], raw: RawRecord, source: SourceFile, context: Context
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Divide what a record states of its address into what may be its own, and the pages that it is about."""
    site = _site_by_path(source, context) if links and is_post(raw) else None
    if site is None or not site.address:
        return links, ()
    own = tuple(link for link in links if _is_own_link(link, site))
    return own, tuple(link for link in links if not _is_own_link(link, site))


def _is_own_link(link: Link, site: Site) -> bool:
    return link.url is None or link.statement.origin == _ROBOTS or is_own(link.url, site)


def _site_by_path(source: SourceFile, context: Context) -> Site | None:
    """Return the site that a file belongs to, whatever the addresses in it are: these are yet to be weighed."""
    options = context.options
    return site_of(site_options(options, source.name, None) if options.sources else NO_SITE, source, context)
