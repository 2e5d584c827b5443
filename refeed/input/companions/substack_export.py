"""Read a post of Substack's export: its text is `posts/ID.slug.html`, all else stands in a row of `posts.csv`.

The file of the text stands for the post. It is read as the one file that header and text would be together.
"""

import re
from collections.abc import Callable, Mapping
from io import StringIO
from time import time_ns
from types import MappingProxyType
from typing import Final

from refeed.input.companions.kept_tables import LARGEST, Rows, rows_beside, with_header
from refeed.input.source_files import SourceFiles
from refeed.model import Document
from refeed.startup.late_patterns import late_pattern

_TABLE: Final = "posts.csv"
_POST: Final = late_pattern(
    r"(?P<around>(?:.*/)?)posts/(?P<id>[0-9]{1,20}(?:\.(?P<slug>[^/]{0,300}))?)\.html", re.DOTALL
)
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
_ID: Final = late_pattern(r"[0-9]{1,20}(?:\.[^\n/]{0,300})?")
# Only who has both is public; in doubt, as in a table that was cut, a post is not.
_FOR_ALL: Final = MappingProxyType(
    {"is_published": frozenset({"1", "true", "yes"}), "audience": frozenset({"everyone"})}
)
_DAMAGED: Final = MappingProxyType({"draft": "its row in posts.csv is damaged"})
_WORDS: Final = frozenset({"title", "subtitle"})
# What a quotation mark that is not closed takes into a cell.
_OF_ROWS: Final = late_pattern(r"[\r\n]|,\d{4}-\d\d-\d\dT[\d:.]{5,15}Z,|,(?:newsletter|podcast|page|thread),")


def files_beside(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the path of the table that a file's row stands in, if there is one."""
    found = _POST.fullmatch(path)
    return (found["around"] + _TABLE,) if found and exists(found["around"] + _TABLE) else ()


def lacks_row(text: Document) -> bool:
    """Return whether a file that no format reads has the name of such a post: its row or the table is missing."""
    found = _POST.fullmatch(text.source.path)
    return found is not None and found["slug"] is not None


def with_files_beside(text: Document, files: SourceFiles, clock: Callable[[], int] = time_ns) -> Document:
    """Return the text of a post below what its row says of it; alone if it has none."""
    found = _POST.fullmatch(text.source.path)
    if found is None:
        return text
    row = rows_beside(text.source, found["around"] + _TABLE, files, _parsed, clock).get(found["id"])
    if not row:
        return text
    said = {**row, "slug": found["slug"] or ""}
    return text._replace(data=with_header(text.data, said))


def _parsed(data: bytes) -> Rows:
    """Return the rows of a table by the ids of posts; none of another table."""
    import csv

    from refeed.csv_rows import rows_of

    try:
        table = rows_of(StringIO(data.decode("utf-8-sig"), newline=""), LARGEST)
        columns = next(table, [])
        rows = [row for row in table if row]
    except (UnicodeDecodeError, csv.Error):
        return {}
    if not {"post_id", "is_published", "audience"} <= {*columns}:
        return {}
    said: dict[str, Mapping[str, str]] = {}
    at = columns.index("post_id")
    for cells in rows:
        row = _said(columns, cells)
        post = cells[at] if at < len(cells) else ""
        said[post] = row if said.get(post, row) == row else {**_DAMAGED, **row}  # twice, and not the same
    return said


def _said(columns: list[str], cells: list[str]) -> Mapping[str, str]:
    """Return what a row says by the keys of front matter; what is damaged may have words of another post.

    Without a day a damaged one says nothing: its post stays in as one without a row.
    """
    row = dict(zip(columns, cells, strict=False))
    said = {key: row[column] for key, column in _KEYS if row.get(column)}
    if len(cells) != len(columns) or not _ID.fullmatch(row["post_id"]) or any(map(_OF_ROWS.search, cells)):
        kept = {key: value for key, value in said.items() if key not in _WORDS}
        return {**_DAMAGED, **kept} if "date" in kept else {}
    is_known = all(row[column].strip().casefold() in words for column, words in _FOR_ALL.items())
    return said if is_known else {**said, **_DAMAGED}
