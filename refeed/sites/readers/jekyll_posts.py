"""Tell whether the tree of a Jekyll site has posts: GitHub publishes other things with a `_config.yml`, too."""

from itertools import islice
from typing import Final

from refeed.site import Site
from refeed.sites.listing import names_in
from refeed.sites.notations.values import Table

_POSTS: Final = "_posts"
_MOST: Final = 200  # folders that may have posts of their own


def with_posts(site: Site, prefix: str, folder: str, table: Table) -> Site:
    """Return a site as it is if it has posts or collections; else none of its folders means anything to Jekyll.

    If there is no such folder as its settings name, they are read from another one: it lies in that itself.
    """
    if site.source and not any(names_in(prefix, folder + site.source, only_folders=False)):
        site = site._replace(source="")
    return (
        site if table.get("collections") or _has_posts(prefix, folder + site.source) else site._replace(underscored=())
    )


def _has_posts(prefix: str, top: str) -> bool:
    """Return whether posts lie in a folder, or in one of its folders, as those of a category do."""
    categories = names_in(prefix, top, only_folders=True)
    below = (f"{top}{name}/" for name in islice(categories, _MOST) if name[0] not in "._")
    return any(_POSTS in names_in(prefix, one, only_folders=True, beginning=_POSTS) for one in (top, *below))
