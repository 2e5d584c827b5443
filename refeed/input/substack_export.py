"""Read a post of Substack's export: its text is `posts/ID.slug.html`, all else stands in a row of `posts.csv`.

The file of the text stands for the post. It is read as the one file that header and text would be together.
"""

import csv
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import StringIO
from typing import Final

from refeed.input.source_files import SourceFiles
from refeed.model import Document, SourceFile

_TABLE: Final = "posts.csv"
_POST: Final = re.compile(r"(?P<around>(?:.*/)?)posts/(?P<id>[0-9]{1,20}(?:\.(?P<slug>[^/]{0,300}))?)\.html", re.DOTALL)
_LARGEST: Final = 64_000_000  # bytes of the table
# What the columns are in front matter.
_KEYS: Final = (
    ("title", "title"),
    ("subtitle", "subtitle"),
    ("date", "post_date"),
    ("is_published", "is_published"),
    ("audience", "audience"),
    ("type", "type"),
    ("podcast_url", "podcast_url"),
)


def table_beside(path: str, exists: Callable[[str], bool]) -> str:
    """Return the path of the table that a file's row stands in, or ""."""
    found = _POST.fullmatch(path) if path.endswith(".html") else None
    table = found["around"] + _TABLE if found else ""
    return table if table and exists(table) else ""


def with_row(text: Document, files: SourceFiles) -> Document:
    """Return the text of a post below what its row says of it; alone if it has none."""
    path, name = text.source
    found = _POST.fullmatch(path)
    if found is None or len(found["around"]) < len(path) - len(name):  # the table would lie outside of what was given
        return text
    table = found["around"] + _TABLE
    data = files.read_small(SourceFile(table, table[len(path) - len(name) :]), _LARGEST)
    row = _rows(data).get(found["id"]) if data else None
    if row is None:
        return text
    said = [(key, row[column]) for key, column in _KEYS if row.get(column)] + [("slug", found["slug"] or "")]
    header = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in said)
    return text._replace(data=f"---\n{header}---\n\n".encode() + text.data)


@lru_cache(maxsize=1)  # every post of an export asks for the same table
def _rows(data: bytes) -> Mapping[str, Mapping[str, str]]:
    """Return the rows of a table by the ids of posts; none of another table."""
    try:
        table = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))
        rows = {str(row.get("post_id")): row for row in table}
    except (UnicodeDecodeError, csv.Error):
        return {}
    return rows if {"post_id", "is_published", "audience"} <= {*(table.fieldnames or ())} else {}
