"""Read the settings of Gridsome: its first source of files, and the template of what that holds.

https://gridsome.org/docs/config, https://gridsome.org/docs/templates, https://gridsome.org/plugins/@gridsome/vue-remark
"""

from refeed.site import Site
from refeed.sites.facts import everywhere, folder_of, joined, site_of
from refeed.sites.notations.values import Table, table_at, text_at


def read_gridsome(table: Table) -> Site | None:
    """Read what Gridsome says; the options of all its plug-ins are one table, in which the first counts."""
    site = site_of(
        "Gridsome",
        table,
        joined(text_at(table, "siteurl"), text_at(table, "pathprefix")),
        title=("sitename",),
        author=("metadata.author", "metadata.siteauthor"),
        language=("metadata.language",),
    )
    options = table_at(table_at(table, "plugins"), "options")
    base = text_at(options, "basedir")
    path = text_at(options, "path").partition("*")[0].rpartition("/")[0]
    is_one_source = not (base and "./" in text_at(options, "path"))  # else they are those of two plug-ins
    pattern = text_at(options, "route") or (_template(table, text_at(options, "typename")) if is_one_source else "")
    ending = "" if text_at(table, "permalinks.trailingslash") == "false" else "/"
    prefix = text_at(options, "pathprefix").strip("/")
    if not base:
        prefix = "/".join(filter(None, (prefix, path.removeprefix("./").strip("/"))))
    return site._replace(
        content=folder_of(base or path),
        permalinks=everywhere(pattern.replace("fileInfo__name", "filename").rstrip("/") + ending if pattern else ""),
        base=f"/{prefix}" if prefix else "",
        ending=ending,
    )


def _template(table: Table, kind: str) -> str:
    """Return where the pages of a kind are."""
    name = f"templates.{kind.lower()}"
    return (text_at(table, name) or text_at(table, f"{name}.path")) if kind else ""
