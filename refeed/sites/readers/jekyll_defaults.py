"""Read what the defaults of Jekyll's front matter say of the posts in a scope.

https://jekyllrb.com/docs/configuration/front-matter-defaults/. Whether these are published is for
`refeed.sites.kept_back.patterns` to say.
"""

from collections.abc import Iterator
from typing import Final

from refeed.site import Part
from refeed.sites.facts import part_of
from refeed.sites.notations.values import Table, Value, table_at, text_at
from refeed.startup.named_tuple import NamedTuple

_POSTS: Final = "_posts/"


class JekyllDefaults(NamedTuple):
    """What holds for some of the posts of a site."""

    permalinks: tuple[tuple[str, str], ...]  # patterns by the folder of a collection, or a folder below that of posts
    parts: tuple[Part, ...]


def jekyll_defaults(table: Table, collections: str) -> JekyllDefaults:
    """Read the defaults of a site whose collections lie in a folder; the narrower scope counts, then the later one."""
    scopes = sorted(_scopes(table, collections), key=lambda scope: -len(scope[0]))
    permalinks = {
        section: pattern
        for folder, values in reversed(scopes)
        if (pattern := text_at(values, "permalink")) and (section := _section(folder, collections))
    }
    parts = [part_of(folder, values) for folder, values in scopes]
    return JekyllDefaults(tuple(permalinks.items()), tuple(part for part in parts if part))


def _scopes(table: Table, collections: str) -> Iterator[tuple[str, Table]]:
    """Yield what the paths in a scope begin with, and what its defaults are, the later scopes first."""
    defaults = table.get("defaults")
    for default in reversed(defaults) if isinstance(defaults, list) else ():
        if isinstance(default, dict) and (folder := _folder(default, collections)) is not None:
            yield folder, table_at(default, "values")


def _folder(default: dict[str, Value], collections: str) -> str | None:
    kind, path = text_at(default, "scope.type"), text_at(default, "scope.path").removeprefix("./").strip("/")
    if kind in {"drafts", "pages"} or "*" in path:
        return None
    if path:
        return path if "." in path.rpartition("/")[2] else f"{path}/"
    return f"{collections}_{kind}/" if kind else ""


def _section(folder: str, collections: str) -> str:
    """Return by what a pattern for the posts in a scope is found, "" for none or that of all posts."""
    below = folder.removeprefix(collections + _POSTS)
    return folder if below == folder else below.partition("/")[0]
