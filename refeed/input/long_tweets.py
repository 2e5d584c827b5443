"""Read the posts of an archive of X with their long texts: those stand in `note-tweet.js` beside `tweets.js`.

The two lists are read as one that begins with the long texts, so that the lines of the posts stay what they are.
"""

from collections.abc import Callable
from typing import Final

from refeed.input.source_files import SourceFiles
from refeed.model import Document, SourceFile

TWEETS: Final = "tweets.js"
"""What the file of the posts is called."""

_LONG: Final = "note-tweet.js"
_LARGEST: Final = 64_000_000  # bytes of it


def long_texts_beside(path: str, exists: Callable[[str], bool]) -> str:
    """Return the path of the file that holds the long texts of these posts, or ""."""
    beside = path.removesuffix(TWEETS) + _LONG
    return beside if exists(beside) else ""


def with_long_texts(posts: Document, files: SourceFiles) -> Document:
    """Return the posts behind their long texts; alone if there are none."""
    path, name = posts.source
    long = files.read_small(SourceFile(path.removesuffix(TWEETS) + _LONG, name.removesuffix(TWEETS) + _LONG), _LARGEST)
    listed = long[long.find(b"[") + 1 : long.rfind(b"]")].strip() if long else b""
    begin = posts.data.find(b"[") + 1
    if not listed.startswith(b"{") or not begin or posts.data[begin:].lstrip()[:1] != b"{":
        return posts
    one_line = listed.replace(b"\r", b" ").replace(b"\n", b" ")  # in the texts themselves line ends are escaped
    return posts._replace(data=posts.data[:begin] + one_line + b"," + posts.data[begin:])
