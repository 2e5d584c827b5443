"""Read the settings of Quarto's sites, `_quarto.yml`, and what `_metadata.yml` says of the files in its folder.

https://quarto.org/docs/reference/projects/websites.html, https://quarto.org/docs/projects/quarto-projects.html
"""

from collections.abc import Callable
from glob import escape
from types import MappingProxyType
from typing import Final

from refeed.site import Site
from refeed.sites.facts import part_of, site_of
from refeed.sites.listing import folders_below
from refeed.sites.notations.values import Table, table_at, text_at

_METADATA: Final = ("_metadata.yml", "_metadata.yaml")
_MOST: Final = 100  # patterns of a site
_CODES: Final = MappingProxyType({"true": "draft", "false": ""})  # of `draft` that is handed down
# Data lie beside the posts that read them; what is XML and has articles is a feed that was saved, or an export.
_DATA: Final = ("csv", "json", "jsonl", "tsv")
_NOT_RENDERED: Final = (
    *(("_*", "site-page"), ("*/_*", "site-page")),
    *((f"*.{ending}", "site-page") for ending in _DATA),
)


def read_quarto(table: Table) -> Site | None:
    """Read what Quarto says of a website or a book."""
    site = {**table, **table_at(table, "book"), **table_at(table, "website")}
    if not {"book", "project", "website"} & table.keys():
        return None
    drafts = table_at(table, "website").get("drafts")
    listed = drafts if isinstance(drafts, list) else [drafts]
    return site_of(
        "Quarto",
        site,
        text_at(site, "site-url"),
        title=("title",),
        author=("author.name", "author"),
        language=("lang",),
    )._replace(kept_back=(*((escape(one), "draft") for one in listed[:_MOST] if isinstance(one, str)), *_NOT_RENDERED))


def with_metadata(site: Site, prefix: str, folder: str, read: Callable[[tuple[str, ...]], Table]) -> Site:
    """Return a site with what its folders say of their files; `read` reads some files as one."""
    said = [(below, read(tuple(below + name for name in _METADATA))) for below in folders_below(prefix, folder, "")]
    said = [(below, table) for below, table in reversed(said) if table]  # the innermost counts
    parts = tuple(part for below, table in said if (part := part_of(below, table)))
    stated = [(escape(below.rstrip("/")) or "*", text_at(table, "draft")) for below, table in said]
    drafts = [(pattern, _CODES[text]) for pattern, text in stated if text in _CODES]
    return site._replace(parts=parts, kept_back=(*drafts[:_MOST], *site.kept_back))
