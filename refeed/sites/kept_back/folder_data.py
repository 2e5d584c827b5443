"""Read what generators keep beside the posts of a folder, for all of them: whether these are published.

https://learn.getgrav.org/content/headers#frontmatter-yaml, https://lume.land/docs/creating-pages/shared-data/,
https://www.bridgetownrb.com/docs/content/front-matter-defaults, https://squidfunk.github.io/mkdocs-material/plugins/meta/
"""

from collections.abc import Callable, Iterator
from itertools import islice
from types import MappingProxyType
from typing import Final

from refeed.site import HandedDown, Site
from refeed.sites.generators import GENERATORS
from refeed.sites.kept_back.cascade import handed_down
from refeed.sites.kept_back.sections import read_header
from refeed.sites.listing import folders_below, names_in
from refeed.sites.notations.values import Table, text_at
from refeed.startup.late_patterns import late_pattern

# What the names of the files begin with.
_NAMES: Final = MappingProxyType(
    {"Bridgetown": "_defaults.", "Grav": "frontmatter.", "Lume": "_data", "MkDocs": ".meta."}
)
_FOLDER: Final = "_data"  # of Lume: each file in it holds the value of the key that it is named for
_MOST: Final = 10_000  # rows of a site
# The whole of a file: `true` in JSON or YAML, `export default true;` in a script.
_ONLY_WORD: Final = late_pattern(
    r"(?>\s*)(?:---\s)?(?>\s*)(?:(?:export\s{1,8}default|module\.exports\s{0,8}=)\s{1,8})?[\"']?(\w{1,40})[\"']?\s{0,8};?\s*"
)
_OF_MENUS: Final = "visible"  # in Grav
# Whether the children of a page of Grav are read by those alone who may read it: its plug-in for accounts says so.
_LOGIN: Final = ("user/config/plugins/login.yaml", "config/plugins/login.yaml")
_PAGE: Final = ".md"
_ACCESS: Final = "access"


def with_data_of_folders(
    site: Site,
    prefix: str,
    folder: str,
    read: Callable[[tuple[str, ...]], Table],
    text: Callable[[str], str | None],
) -> Site:
    """Return a site with what the data of its folders keep back.

    `read` reads some of its files as one, `text` returns that of a file.
    """
    beginning = _NAMES[site.generator]
    hands_down_access = site.generator == "Grav" and text_at(read(_LOGIN), "parent_acl").lower() == "true"

    def rows() -> Iterator[HandedDown]:
        generator = GENERATORS[site.generator]
        tops = (*(site.content or generator.content), *(site.pages or generator.pages))
        for top in dict.fromkeys(tops):
            for below in folders_below(prefix, folder, top):
                names = [*names_in(prefix, folder + below, only_folders=False, beginning=beginning)]
                said = read(tuple(below + name for name in names if name != _FOLDER))
                if _FOLDER in names:
                    said = {**_in_folder(f"{below}{_FOLDER}/", prefix + folder, text), **said}
                if site.generator == "Grav":
                    said.pop(_OF_MENUS, None)
                if hands_down_access:
                    said = {**_access_of(below, prefix + folder, text), **said}
                yield from handed_down({"cascade": said}, below, below, "") if said else ()

    return site._replace(handed_down=tuple(islice(rows(), _MOST)))


def _in_folder(folder: str, top: str, text: Callable[[str], str | None]) -> Table:
    """Return what the files of a folder say with a word, each of the key that it is named for; tables are of others."""
    only = {name: _ONLY_WORD.fullmatch(text(folder + name) or "") for name in names_in(top, folder, only_folders=False)}
    return {name.partition(".")[0].lower(): found[1] for name, found in only.items() if found}


def _access_of(folder: str, top: str, text: Callable[[str], str | None]) -> Table:
    """Return what the page of a folder says of who may read it."""
    pages = [name for name in names_in(top, folder, only_folders=False) if name.endswith(_PAGE)]
    said = [header[_ACCESS] for name in pages if _ACCESS in (header := read_header(text(folder + name) or ""))]
    return {_ACCESS: said[0]} if said else {}
