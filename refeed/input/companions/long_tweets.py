"""Read posts of an X archive together with what its other files say of them.

Their long texts stand in `note-tweet.js`, and in `protected-history.js` whether everybody may read them. All are read
as one list that begins with these, so that the lines of the posts stay what they are.
"""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from refeed.input.source_files import SourceFiles
from refeed.model import Document, SourceFile
from refeed.startup.late_patterns import late_pattern

_POSTS: Final = late_pattern(r"(?:.*/)?(?:community-)?tweets?(?:-part[0-9]{1,4})?\.js", re.DOTALL)
# Files, and what stands around their items in the list: the changes of an account are one item.
_BESIDE: Final = MappingProxyType(
    {"note-tweet.js": (b"", b","), "protected-history.js": (b'{"protectedHistory":[', b"]},")}
)
_LARGEST: Final = 64_000_000  # bytes of one


def files_beside(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the paths of the files that say more of these posts."""
    if not _POSTS.fullmatch(path):
        return ()
    folder = path[: path.rfind("/") + 1]
    return tuple(beside for name in _BESIDE if exists(beside := folder + name))


def with_files_beside(posts: Document, files: SourceFiles) -> Document:
    """Return the posts behind what other files say of them; alone if there are none."""
    path, name, _ = posts.source
    begin = posts.data.find(b"[") + 1 if _POSTS.fullmatch(path) else 0
    if not begin or posts.data[begin:].lstrip()[:1] != b"{":
        return posts
    folders = path[: path.rfind("/") + 1], name[: name.rfind("/") + 1]
    before = b""
    for beside, (opening, closing) in _BESIDE.items():
        listed = files.read_small(SourceFile(folders[0] + beside, folders[1] + beside), _LARGEST) or b""
        items = listed[listed.find(b"[") + 1 : listed.rfind(b"]")].strip()
        if items.startswith(b"{"):
            one_line = items.replace(b"\r", b" ").replace(b"\n", b" ")  # in the texts line ends are escaped
            before += opening + one_line + closing
    return posts._replace(data=posts.data[:begin] + before + posts.data[begin:]) if before else posts
