"""Read parts of a text that several posts include: Quarto's `{{< include _part.qmd >}}`.

Only a file of the archive is read whose name says that it is such a part, by the `_` it begins with, and that has no
header of its own: nothing that is, or was to be, a post.
"""

import posixpath
from collections.abc import Callable
from contextlib import closing
from typing import Final

from refeed.formats.publication.marks_in_text import mark_above
from refeed.input.source_files import SourceFiles
from refeed.model import LinkedPost, SourceFile
from refeed.records.unpublished_places import code_of_folders, code_of_name
from refeed.site import Sites

_ENDINGS: Final = (".markdown", ".md", ".qmd", ".rmd")
_LARGEST: Final = 65_536  # bytes
_NO_POSTS: Final = frozenset({"", "site-page"})  # why the settings of a site keep a part back: it is no page


def find_part(
    written: str, post: str, top: str, sites: Sites, listed: Callable[[str], SourceFile | None]
) -> LinkedPost | None:
    """Return the text that a post at a path of its site includes; None where there is none that may be shown.

    `top` begins the paths of the site, and `listed` returns a file of the run by its path below that.
    """
    folder = "" if written.startswith("/") else posixpath.dirname(post)
    path = posixpath.normpath(posixpath.join(folder, written.lstrip("/")))
    name = posixpath.basename(path)
    if not name.startswith("_") or not name.lower().endswith(_ENDINGS) or path.startswith("../"):
        return None
    source = listed(path)
    is_kept_back = code_of_folders(posixpath.dirname(path)) or code_of_name(name)
    if source is None or is_kept_back or sites.why_kept_back(top + path) not in _NO_POSTS:
        return None
    with closing(SourceFiles()) as files:
        data = files.read_small(source, _LARGEST) or b""
    if data.lstrip().startswith((b"---", b"+++")) or mark_above(data, 0):
        return None
    try:
        return LinkedPost("", "", data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        return None
