"""Read the settings of Grav (https://learn.getgrav.org/basics/grav-configuration)."""

from glob import escape
from typing import Final

from refeed.site import Site
from refeed.sites.facts import site_of
from refeed.sites.notations.values import Table, table_at, text_at

# Folders beside the pages, in which accounts and what visitors have sent lie, too; settings may lie in `user/`.
_OTHERS: Final = (r"(?:user/)?(?:accounts|config|data|env|plugins|themes)/", r"(?:backup|cache|logs|system|tmp)/")
_DAY_OR_MONTH: Final = "djmnFM"
_NONE: Final = frozenset({"", "null", "~"})
_MOST: Final = 100  # names of a list


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
        left_out=_OTHERS,
        order=_order(text_at(table, "pages.dateformat.default")),
        kept_back=tuple(
            (f"*pages/{place}{name}", "site-page") for name in ("_*", *_ignored(table)) for place in ("", "*/")
        ),
    )


def _ignored(table: Table) -> list[str]:
    """Return the names of files and folders that are not read; those with a `_` are parts of pages."""
    pages = table_at(table, "pages")
    found = [one for key in ("ignore_folders", "ignore_files") if isinstance(one := pages.get(key), list)]
    return [escape(name) for names in found for name in names[:_MOST] if isinstance(name, str) and name]


def _order(form: str) -> str:
    """Return whether day or month comes first in a format of PHP's; without one its own rule holds."""
    letters = [letter for letter in form if letter in _DAY_OR_MONTH] if form.lower() not in _NONE else []
    return ("day" if letters[0] in "dj" else "month") if letters else "mark"
