"""Read the data that Eleventy has for all files of a folder: `posts/posts.json` may say how their pages are named."""

from collections.abc import Callable, Iterator
from typing import Final

from refeed.site import Site
from refeed.sites.generators import GENERATORS
from refeed.sites.listing import names_in
from refeed.sites.values import Table, text_at

_ENDINGS: Final = (".11tydata.json", ".json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
_NO_PAGE: Final = "{{ none }}"  # what nobody can fill


def with_folder_data(site: Site, prefix: str, folder: str, read: Callable[[tuple[str, ...]], Table]) -> Site:
    """Return a site with the patterns that the data of its folders have; `read` reads some of its files as one."""
    contents = site.content or GENERATORS[site.generator].content
    patterns = [*site.permalinks]
    for content in contents:
        patterns += _patterns(content, names_in(prefix, folder + content, only_folders=True), read)
    return site._replace(permalinks=tuple(patterns))


def _patterns(
    content: str, names: Iterator[str], read: Callable[[tuple[str, ...]], Table]
) -> Iterator[tuple[str, str]]:
    for name in names:
        if name[0] not in "_.":
            table = read(tuple(f"{content}{name}/{name}{ending}" for ending in _ENDINGS))
            if pattern := text_at(table, "permalink"):
                yield name, _NO_PAGE if pattern == "false" else pattern
