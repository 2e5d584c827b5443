"""Tell a post's own address from those of pages that it is about, and from that of a page with many posts.

Robots that mirror others write the address of the article under the same keys (`source`, `from`, `link`) under which
authors write whom they quote, and their trees have settings of a generator, too: so these tell nothing. Only who says
in refeed.toml where posts are published knows that what leads elsewhere is not their address. A post with an address
elsewhere has no part in the site around its file.
"""

import re
from typing import Final

from refeed.addresses.snapshots import publisher
from refeed.model import RawRecord, RecordMeta, SourceFile
from refeed.options import site_options
from refeed.records.context import Context
from refeed.records.fields.choose import Link
from refeed.records.identity import identity_url, is_iri_or_uuid, names_an_article
from refeed.site import Site
from refeed.startup.late_patterns import late_pattern
from refeed.urls import host_of

# A file of these formats is one post of its site. A feed, a table or a list of records only lies in its tree.
_POSTS: Final = frozenset({"comment-fields", "front-matter", "headed", "hybrid"})
# A fragment that names an article on the page of a day, not where a reader came from or a place that any page has. What
# has a slash is no place in a page but a path that a script reads, wherever the page lies.
_PART: Final = late_pattern(
    r"\A(?>[^#]*)#[^#=/!][^#=/]*/[^#=]+|\A(?>[^#]*)(?<=[^/])#(?![!/]|(?:comments|content|disqus_thread|more|respond|top|tk\.[\w.]*|[\w.-]*rss[\w.-]*|[0-9])\Z)[^#=]+",
    re.IGNORECASE,
)
_LISTS: Final = frozenset({"feed", "records"})  # whose entries state ids
_HEADING: Final = "heading"  # an origin: only robots make an address the heading of an article, and it is its own


def is_own(url: str, site: str | None) -> bool:
    """Return whether an address that opens can be that of a post of a site: of a known one, only one on its host."""
    return not site or publisher(url) == host_of(site)


def is_post(raw: RawRecord) -> bool:
    """Return whether a record is a whole file, which is a post where a site is around it."""
    return raw.format in _POSTS


def is_part_of_page(raw: RawRecord) -> bool:
    """Return whether an entry of a list is one of many articles on a page: its address has a fragment, and it an id."""
    if raw.format not in _LISTS or not raw.links or not raw.ids or "#" not in raw.links[0].text:
        return False
    id_ = is_iri_or_uuid(raw.ids[0].text) or ""
    is_its_own = names_an_article(identity_url(id_)) and "#" in id_ if id_[:4].lower() == "http" else bool(id_)
    return is_its_own and _PART.fullmatch(raw.links[0].text) is not None


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


def own_site(meta: RecordMeta) -> Site | None:
    """Return the site of a post; an article that was published elsewhere only lies in its tree."""
    return site_around(meta, meta.own_url)


def site_around(meta: RecordMeta, page: str | None) -> Site | None:
    """Return the site around the file of a post, if a page may be one of it: one that nobody knows (None) may be."""
    site = meta.site
    if site is None or page is None:
        return site
    addresses = (site.address, *dict(site.hosts).values())
    return site if any(is_own(page, address) for address in addresses) else None
