"""Read the settings of Wintersmith (https://github.com/jnordberg/wintersmith#config)."""

import re

from refeed.site import Site
from refeed.sites.facts import everywhere, folder_of, site_of
from refeed.sites.kept_back.globs import left_out
from refeed.sites.notations.values import Table, text_at


def read_wintersmith(table: Table) -> Site | None:
    """Read what Wintersmith says; other programs have a config.json, too."""
    if not isinstance(table.get("locals"), dict):
        return None
    site = site_of(
        "Wintersmith",
        table,
        text_at(table, "locals.url"),
        title=("locals.name", "locals.title"),
        author=("locals.owner", "locals.author"),
        language=("locals.lang", "locals.language"),
    )
    pattern = text_at(table, "filenametemplate").replace(":file", ":filename").removesuffix("index.html")
    content = folder_of(text_at(table, "contents"))
    return site._replace(
        content=content,
        permalinks=everywhere(pattern),
        left_out=left_out(re.escape(next(iter(content), "contents/")), table.get("ignore")),
    )
