"""Read a page of Bludit: its text is `pages/SLUG/index.txt`, all else stands in `databases/pages.php`.

The file of the text stands for the page. It is read as the one file that header and text would be together.
"""

import json
from collections.abc import Callable
from time import time_ns
from types import MappingProxyType
from typing import Any, Final

from refeed.input.companions.kept_tables import Rows, rows_beside, with_header
from refeed.input.source_files import SourceFiles
from refeed.model import Document

_NAME: Final = "/index.txt"
_TABLE: Final = "databases/pages.php"
# What the keys of a page are in front matter.
_KEYS: Final = MappingProxyType(
    {"title": "title", "description": "description", "date": "date", "dateModified": "updated"}
)
_PUBLIC: Final = frozenset({"published", "sticky"})
_STATIC: Final = "static"


def files_beside(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the path of the table that says what a page is, if there is one."""
    around, key = _place_of(path)
    return (around + _TABLE,) if key and exists(around + _TABLE) else ()


def _place_of(path: str) -> tuple[str, str]:
    """Return the folder around the pages, and the key of the page, or "" for a file that is none."""
    if not path.endswith(_NAME):
        return "", ""
    around, mark, key = f"/{path.removesuffix(_NAME)}".rpartition("/pages/")
    return (f"{around}/"[1:], key) if mark else ("", "")


def with_files_beside(text: Document, files: SourceFiles, clock: Callable[[], int] = time_ns) -> Document:
    """Return the text of a page below what its table says of it; alone if that says nothing."""
    around, key = _place_of(text.source.path)
    row = rows_beside(text.source, around + _TABLE, files, _parsed, clock).get(key) if key else None
    return text._replace(data=with_header(text.data, row)) if row else text


def _parsed(data: bytes) -> Rows:
    """Return what a table says of each page by its key; a line of PHP stands above the object."""
    try:
        pages = json.loads(data.partition(b"\n")[2])
    except (ValueError, RecursionError):
        return {}
    found = [*pages.items()] if isinstance(pages, dict) else []
    return {key: _said(key, page) for key, page in found if isinstance(page, dict)}


def _said(key: str, page: dict[str, Any]) -> dict[str, str]:
    said = {name: str(page[theirs]) for theirs, name in _KEYS.items() if page.get(theirs)}
    kind, tags = page.get("type"), page.get("tags")
    named = ", ".join(map(str, tags.values())) if isinstance(tags, dict) else ""
    said |= {"slug": key, **({"tags": named} if named else {})}
    if kind == _STATIC:
        return {**said, "layout": "page"}
    return said if kind in _PUBLIC else {**said, "status": str(kind or "draft"), "draft": "true"}
