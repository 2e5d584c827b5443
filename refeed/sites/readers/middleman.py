"""Read the settings of Middleman and of its plug-in for blogs (https://middlemanapp.com/basics/blogging/)."""

from collections.abc import Iterator
from typing import Final

from refeed.site import Site
from refeed.sites.facts import everywhere, site_of, usable_address
from refeed.sites.kept_back.plain_expressions import plain_expression
from refeed.sites.notations.values import Table, text_at
from refeed.startup.late_patterns import late_pattern

_IN_BRACES: Final = late_pattern(r"\{([a-z_]+)\}")
_PARTIALS: Final = (("source/_*", "site-page"), ("source/*/_*", "site-page"))  # parts of pages
_ENDINGS: Final = r"(?:\.\w{1,10}){0,2}\Z"  # of templates, behind the name of a page
_MOST: Final = 50  # paths that are ignored


def read_middleman(table: Table) -> Site | None:
    """Read what Middleman and its plug-in for blogs say."""
    if not {"blog", "directory_indexes"} & table.keys():  # Compass has a config.rb, too
        return None
    names = ("site_url", "url_root", "base_url", "host", "site_host", "url", "domain")
    site = site_of(
        "Middleman",
        table,
        next(filter(None, (usable_address(text_at(table, name)) for name in names)), ""),
        title=("site_title", "title", "blog_title", "site_name"),
        author=("author", "site_author", "blog_author"),
        language=("lang", "locale"),
        timezone=("time_zone", "timezone"),
    )
    prefix, sources = text_at(table, "blog.prefix").strip("/"), text_at(table, "blog.sources")
    below = f"{prefix}/" if prefix else ""
    folder = "" if sources.startswith((":", "{")) else sources.rpartition("/")[0]
    content = f"source/{below}{folder}/" if folder else f"source/{below}"
    pattern = _IN_BRACES.sub(r":\1", text_at(table, "blog.permalink") or "{year}/{month}/{day}/{title}.html")
    if text_at(table, "directory_indexes") == "true":
        pattern = pattern.removesuffix(".html").rstrip("/") + "/"
    return site._replace(
        permalinks=everywhere(f"/{below}{pattern}"),
        content=(content,),
        left_out=tuple(filter(None, _left_out(table))),
        kept_back=(*_PARTIALS, *((f"source/{path}", "site-page") for path in _ignored(table))),
    )


def _ignored(table: Table) -> Iterator[str]:
    """Yield the paths of what is built of no file, without and with the endings of templates: `ignore "berth/*"`."""
    found = table.get("ignored")
    for one in found[:_MOST] if isinstance(found, list) else ():
        if isinstance(one, str) and (path := one.strip("/")):
            yield from (path, f"{path}.*")


def _left_out(table: Table) -> Iterator[str]:
    """Yield what the paths of files fit that an expression leaves out: `ignore /^berth/`."""
    found = table.get("ignored expressions")
    for one in found[:_MOST] if isinstance(found, list) else ():
        fits = (
            plain_expression(text_at(one, "fits"), _ENDINGS, ignores_case=bool(text_at(one, "ignores_case")))
            if isinstance(one, dict)
            else ""
        )
        yield f"source/{fits}" if fits else ""
