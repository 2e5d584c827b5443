"""Read the settings of Dendron (https://wiki.dendron.so/)."""

from collections.abc import Iterator

from refeed.site import Site
from refeed.sites.facts import site_of
from refeed.sites.values import Table, table_at, text_at


def read_dendron(table: Table) -> Site | None:
    """Read what Dendron says; a vault that is private is not published."""
    vaults = [*_tables(table.get("vaults")), *_tables(table_at(table, "workspace").get("vaults"))]
    if not vaults:
        return None
    site = site_of(
        "Dendron",
        table,
        text_at(table, "publishing.siteurl", "site.siteurl"),
        title=("publishing.seo.title", "site.title"),
        author=("publishing.seo.author", "site.author"),
    )
    folders = [(text_at(vault, "fspath").strip("./"), text_at(vault, "visibility")) for vault in vaults]
    return site._replace(
        content=tuple(f"{path}/" for path, _ in folders if path),
        kept_back=tuple((path or "*", "private") for path, visibility in folders if visibility == "private"),
    )


def _tables(found: object) -> Iterator[Table]:
    yield from (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()
