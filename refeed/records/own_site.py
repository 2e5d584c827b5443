"""Tell the site of a post from a site where it only lies, because it was published elsewhere."""

from refeed.model import RecordMeta
from refeed.records.own_address import is_own
from refeed.site import Site


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
