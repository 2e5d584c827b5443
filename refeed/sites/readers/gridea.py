"""Read the settings of Gridea (https://github.com/getgridea/gridea)."""

from typing import Final

from refeed.site import Site
from refeed.sites.facts import site_of
from refeed.sites.notations.values import Table, text_at

# The program takes the days of its files for those of this zone.
_ZONE: Final = "Asia/Shanghai"

# Folders beside the posts: what is published already, and what is put beside it.
_OTHERS: Final = (r"(?:config|output|static|themes)/",)


def read_gridea(table: Table) -> Site | None:
    """Read what Gridea says; other programs have a config/setting.json, too."""
    if not (text_at(table, "config.domain") and text_at(table, "config.postpath", "config.themename")):
        return None
    site = site_of("Gridea", table, text_at(table, "config.domain"), title=("config.sitename",))
    path = text_at(table, "config.postpath").strip("/")
    return site._replace(timezone=_ZONE, base=f"/{path}" if path else None, left_out=_OTHERS)
