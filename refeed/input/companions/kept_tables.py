"""Keep the tables that describe many posts, because each of those posts asks for the same one."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from refeed.input.place import FileStats, is_young
from refeed.input.source_files import SourceFiles
from refeed.model import SourceFile

Rows = Mapping[str, Mapping[str, str]]
"""By the ids of posts: what is said by each key of front matter."""

LARGEST: Final = 64_000_000
"""Bytes of a table."""

_MOST_KEPT: Final = 4  # tables that are read by turns
_kept: dict[str, tuple[FileStats, Rows]] = {}  # by the path of the table


def rows_beside(
    post: SourceFile, path: str, files: SourceFiles, parse: Callable[[bytes], Rows], clock: Callable[[], int]
) -> Rows:
    """Return the rows of a table beside a post, if there is one; it is read again only where it may have changed.

    What lies outside of the folder that was given is not read.
    """
    given = len(post.path) - len(post.name)
    if not path.startswith(post.path[:given]):
        return {}
    table = SourceFile(path, path[given:])
    stats = files.stats(table)
    if stats is None:
        return {}
    kept = _kept.get(table.path)
    if kept and kept[0] == stats:
        return kept[1]
    moment = clock()
    data = files.read_small(table, LARGEST)
    if data is None:
        return {}
    rows = parse(data)
    _, _, ctime, _ = stats
    if not is_young(ctime, ctime, moment):
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[table.path] = stats, rows
    return rows


def with_header(text: bytes, header: Mapping[str, str]) -> bytes:
    """Return a text below what is said of it."""
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in header.items())
    return f"---\n{lines}---\n\n".encode() + text
