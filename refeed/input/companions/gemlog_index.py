"""Read a post of a gemlog below what the index of its capsule says of it: lines `=> tide.gmi 2024-08-05 - Tide`.

By such lines readers of Gemini subscribe to a page, and nothing else may say the day of a post.
https://geminiprotocol.net/docs/companion/subscription.gmi
"""

from collections.abc import Callable, Iterator
from posixpath import normpath
from time import time_ns
from typing import Final
from urllib.parse import unquote

from refeed.input.companions.kept_tables import Rows, rows_beside, with_header
from refeed.input.source_files import SourceFiles
from refeed.model import Document
from refeed.startup.late_patterns import late_pattern

_INDEXES: Final = ("index.gmi", "index.gemini")
_FOLDER_OF_POST: Final = tuple(f"/{index}" for index in _INDEXES)
_FOLDERS: Final = 4  # from that of the post on upwards: gemlogs have folders of years and months
_LINE: Final = late_pattern(
    r"(?m)^=>(?>[ \t]*)(?:gemini://[^/\s]{1,200}(?=/))?([^\s:]{1,1000})(?>[ \t]+)"
    r"((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])(?>[ \t:–—-]*)(.*)$"
)


def files_beside(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the paths of the indexes that may say the day of a post: those of its folder and of the ones above."""
    return tuple(filter(exists, _indexes(path)))


def _indexes(path: str) -> Iterator[str]:
    folder, _, name = path.rpartition("/")
    if name in _INDEXES:  # that of a post which is a folder
        if not folder:
            return
        folder = folder.rpartition("/")[0]
    for _ in range(_FOLDERS):
        around = f"{folder}/" if folder or path.startswith("/") else ""
        yield from (around + index for index in _INDEXES)
        if not folder:
            return
        folder = folder.rpartition("/")[0]


def with_files_beside(post: Document, files: SourceFiles, clock: Callable[[], int] = time_ns) -> Document:
    """Return a post below its day; as it is if no index says that, or if it has a header of its own."""
    path, name, _ = post.source
    if post.data.startswith((b"---", b"+++")) or (path.endswith(_FOLDER_OF_POST) and _parsed(post.data)):
        return post  # it has a header, or is an index itself
    for index in _indexes(path):
        folder = index.rpartition("/")[0]
        below = path[len(folder) + 1 :] if folder else path
        rows = rows_beside(post.source, index, files, _parsed, clock)
        row = next((rows[one] for one in _addresses(below, name) if one in rows), None) if rows else None
        if row:
            said = {"date": row["date"]} if post.data.startswith(b"#") else row
            return post._replace(data=with_header(post.data, said))
    return post


def _addresses(below: str, name: str) -> Iterator[str]:
    """Yield how an index may name a file: from its own folder, or from the top of the capsule.

    That may lie in any folder of the archive. A folder stands for the index in it.
    """
    parts = name.split("/")
    for path in (below, *("/" + "/".join(parts[start:]) for start in range(len(parts)))):
        yield path
        if path.endswith(_FOLDER_OF_POST):
            yield path.rpartition("/")[0]


def _parsed(data: bytes) -> Rows:
    """Return what an index says of each post, by its path from the index, or from the top of the capsule."""
    rows: dict[str, dict[str, str]] = {}
    for line in _LINE.finditer(data.decode("utf-8", "replace").replace("\r\n", "\n")):
        target = normpath(unquote(line[1]))
        rows.setdefault(target, {"date": line[2], **({"title": line[3].strip()} if line[3].strip() else {})})
    return rows
