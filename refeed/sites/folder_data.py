"""Read what Grav and Lume keep beside the posts of a folder, for all of them: whether these are published.

https://learn.getgrav.org/content/headers#frontmatter-yaml, https://lume.land/docs/creating-pages/shared-data/
"""

from collections.abc import Callable
from glob import escape
from types import MappingProxyType
from typing import Final

from refeed.formats.headers.fields import key_name
from refeed.formats.publication.shown import shown_by
from refeed.formats.publication.stated import withheld
from refeed.site import Site
from refeed.sites.generators import GENERATORS
from refeed.sites.listing import folders_below, names_in
from refeed.sites.values import Table

_NAMES: Final = MappingProxyType({"Grav": "frontmatter.", "Lume": "_data."})  # what those of the files begin with
_MOST: Final = 100  # folders that say so


def with_data_of_folders(site: Site, prefix: str, folder: str, read: Callable[[tuple[str, ...]], Table]) -> Site:
    """Return a site with what the data of its folders keep back; `read` reads some of its files as one."""
    beginning = _NAMES[site.generator]
    rows: dict[str, str] = {}
    for content in site.content or GENERATORS[site.generator].content:
        for below in folders_below(prefix, folder, content):
            names = names_in(prefix, folder + below, only_folders=False, beginning=beginning)
            if found := read(tuple(below + name for name in names)):
                said = {key_name(key): value for key, value in found.items()}
                if problem := withheld(said):
                    rows[escape(below.rstrip("/")) or "*"] = problem.code
                elif below and shown_by(said):
                    rows[escape(below.rstrip("/"))] = ""
    return site._replace(kept_back=(*site.kept_back, *[*rows.items()][:_MOST][::-1]))  # the innermost counts
