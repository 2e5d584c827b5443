"""Take the address of a site whose settings say none from the file in which GitHub Pages keeps its host.

https://docs.github.com/en/pages/configuring-a-custom-domain-for-your-github-pages-site
"""

from collections.abc import Callable
from typing import Final

from refeed.site import Site
from refeed.sites.facts import joined, usable_address
from refeed.sites.generators import GENERATORS
from refeed.sites.notations.values import Table, text_at
from refeed.startup.late_patterns import late_pattern

_FILE: Final = "CNAME"
# Where people keep it beside the folders that a generator publishes as they are: Pelican's, VuePress' and VitePress'.
_FOLDERS: Final = (
    *("content/extra/", "content/extras/", "content/static/"),
    *(".vuepress/public/", ".vitepress/public/"),
)
# A host, with a scheme and a slash or without.
_HOST: Final = late_pattern(r"(?i)\s*(?:https?://)?((?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z][a-z0-9-]{1,62})/?\s*")
# Where settings say the folder of a site that is not at the top of its host.
_BASES: Final = ("baseurl", "root", "base", "pathprefix", "basepath", "app.baseurl")


def with_custom_domain(site: Site, table: Table, text: Callable[[str], str | None]) -> Site:
    """Return a site with the address at its own host, if nothing else says where it is; `text` reads its files."""
    if site.address:
        return site
    folders = ("", site.source, *site.static, *GENERATORS[site.generator].static, *_FOLDERS)
    said = next(filter(None, (text(folder + _FILE) for folder in dict.fromkeys(folders))), "")
    host = _HOST.fullmatch(said.partition("\n")[0])
    return (
        site._replace(address=usable_address(joined(f"https://{host[1]}", text_at(table, *_BASES)))) if host else site
    )
