"""Find where Astro publishes the posts of a collection: where its page with a route parameter lies.

`src/pages/log/[...slug].astro` shows a collection below /log/, whatever the collection's own name is.
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.site import Site
from refeed.sites.listing import names_in
from refeed.startup.late_patterns import late_pattern

_PAGES: Final = "src/pages/"
_COLLECTIONS: Final = ("src/content/", "src/data/")
# A parameter that names a post; others name tags, pages of lists, languages.
_POST: Final = late_pattern(
    r"\[(?:\.\.\.)?(?:article|entry|id|name|path|post|slug|title)\](?:\.[a-z]{1,8})?", re.IGNORECASE
)
_OF_OTHERS: Final = frozenset({"api", "author", "authors", "categories", "category", "og", "series", "tag", "tags"})
_DEEPEST: Final = 3


def with_route(site: Site, prefix: str, folder: str) -> Site:
    """Return a site with what stands before the paths of its posts, if one page shows one collection of them."""
    collections = [
        f"{top}{name}/" for top in _COLLECTIONS for name in names_in(prefix, folder + top, only_folders=True)
    ]
    routes = [*_routes(prefix, folder + _PAGES, "", _DEEPEST)]
    if len(collections) != 1 or len(routes) != 1:
        return site
    return site._replace(bases=((collections[0], routes[0]),), content=(collections[0], *_COLLECTIONS, _PAGES))


def _routes(prefix: str, pages: str, below: str, depth: int) -> Iterator[str]:
    """Yield the paths below which single posts are shown."""
    names = [*names_in(prefix, pages + below, only_folders=False)]
    if any(_POST.fullmatch(name) for name in names):
        yield f"/{below}".rstrip("/")
    for name in names if depth else ():
        if name[0] not in "[_." and "." not in name and name.lower() not in _OF_OTHERS:
            yield from _routes(prefix, pages, f"{below}{name}/", depth - 1)
