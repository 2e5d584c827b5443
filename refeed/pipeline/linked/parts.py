"""Read parts of a text that several posts include: Quarto's `{{< include _part.qmd >}}`.

Only a file of a site of Quarto is read whose name says that it is such a part, by the `_` it begins with, and neither a
day nor a draft, and that has no header of its own: nothing that is, or was to be, a post.
"""

import posixpath
from collections.abc import Callable
from contextlib import closing
from typing import Final

from refeed.dates import name_date
from refeed.formats.headers.fences import find_header
from refeed.formats.notes.marks_in_notes import mark_in_note
from refeed.formats.notes.messages_in_notes import why_message
from refeed.input.source_files import SourceFiles
from refeed.model import Document, LinkedPost, SourceFile
from refeed.records.publication.unpublished_places import code_of_folders, code_of_name
from refeed.site import Sites
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.typography import BLANKS, DASHES, MARKS, WITHOUT_WIDTH

_ENDINGS: Final = (".markdown", ".md", ".qmd", ".rmd")
_LARGEST: Final = 65_536  # bytes
_NO_POSTS: Final = frozenset({"", "site-page"})  # why the settings of a site keep a part back: it is no page

_GENERATOR: Final = "Quarto"
# What a header may begin with, though nothing in it is known: below blanks of any kind and comments.
_FENCE: Final = late_pattern(
    rf"(?>(?:[\s{BLANKS}{WITHOUT_WIDTH}]|<!--[^<]*?-->)*)"
    rf"(?:[-+;{DASHES}]+[ \t]*(?:json|toml|yaml)?[ \t]*(?:\n|\Z)|\{{\s*[\w{MARKS}])"
)


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
    source, site = listed(path), sites.around(top + path)
    if source is None or site is None or site.generator != _GENERATOR or _is_kept_back(path):
        return None
    if sites.why_kept_back(top + path) not in _NO_POSTS:
        return None
    with closing(SourceFiles()) as files:
        data = files.read_small(source, _LARGEST) or b""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None
    return None if _is_post(source, text) else LinkedPost("", "", text)


def _is_kept_back(path: str) -> bool:
    """Return whether the names of a part and of its folders say that it is a draft, or is for a day."""
    folder, name = posixpath.split(path)
    name = name.lstrip("_")
    named = posixpath.join(folder, posixpath.splitext(name)[0])  # a name is a draft as that of a folder is
    return bool(code_of_folders(named) or code_of_name(name)) or name_date(name) is not None


def _is_post(source: SourceFile, text: str) -> bool:
    """Return whether a text has a header, however damaged, or says that it is not published."""
    if _FENCE.match(text):
        return True
    document = Document(source, text.encode(), is_utf8=True)
    mark = mark_in_note(document.data, text) or why_message(text, posixpath.basename(source.name))
    return mark is not None or find_header(document) is not None
