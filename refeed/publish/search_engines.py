"""Tell search engines which pages a site has: sitemap.xml (https://www.sitemaps.org/protocol.html) and robots.txt."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from refeed.feeds.addresses import Addresses
from refeed.startup.quick_lxml import etree

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST: Final = 50_000  # addresses in one document
_SITEMAP: Final = "sitemap.xml"
ROBOTS: Final = "robots.txt"


def sitemap_paths(pages: int) -> list[str]:
    """Return the paths of the sitemaps for `pages` pages; the one that lists the others comes last."""
    parts = range(1, -(-pages // _MOST) + 1)
    return [*(f"sitemap-{number}.xml" for number in parts), _SITEMAP] if pages > _MOST else [_SITEMAP]


def sitemaps(paths: Iterable[str], pages: int, addresses: Addresses) -> Iterator[bytes]:
    """Return the sitemaps and their index; the addresses in them have to be absolute."""
    names, rest = sitemap_paths(pages), iter(paths)
    for _ in range(0, pages, _MOST):
        yield _list("urlset", "url", islice(rest, _MOST), addresses)
    if len(names) > 1:
        yield _list("sitemapindex", "sitemap", names[:-1], addresses)


def robots(addresses: Addresses) -> bytes:
    """Return the file that lets all robots in, and names the sitemap where its address is known (RFC 9309)."""
    sitemap = addresses.own(_SITEMAP)
    return f"User-agent: *\nAllow: /\n{f'Sitemap: {sitemap}' if sitemap else ''}".rstrip().encode() + b"\n"


def _list(name: str, item: str, paths: Iterable[str], addresses: Addresses) -> bytes:
    root = etree.Element(name, nsmap={None: _NAMESPACE})
    for path in paths:
        address = addresses.own(path.removesuffix("index.html"))
        etree.SubElement(etree.SubElement(root, item), "loc").text = address
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
