"""Read the settings of Grav (https://learn.getgrav.org/basics/grav-configuration)."""

from typing import Final

from refeed.site import Site
from refeed.sites.facts import site_of
from refeed.sites.values import Table, text_at

_DAY_OR_MONTH: Final = "djmnFM"
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
        order=_order(text_at(table, "pages.dateformat.default")),
        kept_back=(("*pages/_*", "site-page"), ("*pages/*/_*", "site-page")),  # modules, parts of pages
    )


def _order(form: str) -> str:
    """Return whether day or month comes first in a format of PHP's; without one its own rule holds."""
    letters = [letter for letter in form if letter in _DAY_OR_MONTH] if form.lower() not in _NONE else []
    return ("day" if letters[0] in "dj" else "month") if letters else "mark"
