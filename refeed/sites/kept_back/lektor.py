"""Find the pages that Lektor hides: children of hidden pages, and of pages whose model hides them.

https://www.getlektor.com/docs/content/#system-fields, https://www.getlektor.com/docs/models/children/
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from refeed.site import HandedDown, Site
from refeed.sites.kept_back.page_patterns import path_of_section
from refeed.sites.listing import folders_below, names_in
from refeed.sites.notations.values import Table, text_at
from refeed.startup.late_patterns import late_pattern

_CONTENT: Final = "content/"
_MODELS: Final = "models/"
_PAGE: Final = "contents.lr"
# The fields of a page by which it is hidden, or its model says so.
_FIELD: Final = late_pattern(r"(?m)^_(hidden|model)[ \t]*:[ \t]*(\S+)[ \t]*$")
_YES: Final = frozenset({"1", "true", "yes"})
_MOST: Final = 10_000  # pages
_KEY: Final = "private"  # by which the header of such a page says the same


def with_hidden_pages(
    site: Site, prefix: str, folder: str, read: Callable[[tuple[str, ...]], Table], text: Callable[[str], str | None]
) -> Site:
    """Return a site with the pages that are hidden with the one above them.

    `read` reads some of its files as one, `text` returns that of a file.
    """
    names = names_in(prefix, folder + _MODELS, only_folders=False)
    hides = {
        name.rpartition(".")[0]: said
        for name in names
        if (said := text_at(read((_MODELS + name,)), "children.hidden").lower())
    }
    rows = _handed_down([*folders_below(prefix, folder, _CONTENT)], hides, text)
    return site._replace(handed_down=tuple(islice(rows, _MOST)))


def _handed_down(folders: list[str], hides: dict[str, str], text: Callable[[str], str | None]) -> Iterator[HandedDown]:
    parents = {below.rstrip("/").rpartition("/")[0] + "/" for below in folders if below != _CONTENT}
    for below in folders:
        said = dict(_FIELD.findall(text(below + _PAGE) or "")) if below in parents else {}
        hidden = hides.get(said.get("model", "")) or said.get("hidden", "").lower()
        if hidden:
            path = path_of_section(below)
            children = rf"[^/]*{re.escape(path)}/[^/]+/.*"
            yield HandedDown(path, children, ((_KEY, "private" if hidden in _YES else ""),))
