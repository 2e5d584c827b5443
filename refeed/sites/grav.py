"""Read the settings of Grav (https://learn.getgrav.org/basics/grav-configuration)."""

from typing import Final

from refeed.site import Site
from refeed.sites.facts import site_of
from refeed.sites.values import Table, text_at

_NONE: Final = frozenset({"", "null", "~"})


def read_grav(table: Table) -> Site | None:
    """Read what Grav says; it tells nobody its address, unless its settings do."""
    if not {"title", "author", "metadata", "summary", "taxonomies"} & table.keys():
        return None
    site = site_of(
        "Grav",
        table,
        text_at(table, "custom_base_url", "url", "metadata.url"),
        title=("title",),
        author=("author.name", "author"),
        language=("default_lang",),
        timezone=("timezone",),
    )
    return site._replace(
        dates_by_mark=text_at(table, "pages.dateformat.default").lower() in _NONE,  # otherwise it says how
        kept_back=(("*pages/_*", "site-page"), ("*pages/*/_*", "site-page")),  # modules, parts of pages
    )
