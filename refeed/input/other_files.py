"""Tell for which posts other files have more to say; what reads each kind is loaded where there is one."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from refeed.input.source_files import SourceFiles
from refeed.input.two_files import HEADERS
from refeed.model import Document
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple


class _Kind(NamedTuple):
    """Posts that are called alike, and what knows the files beside them."""

    module: str  # of refeed.input, with `files_beside` and `with_files_beside`
    endings: tuple[str, ...]
    folder: str = ""  # that stands somewhere in their paths


_KINDS: Final = (
    _Kind("two_files", HEADERS),
    _Kind("companions.bludit_pages", ("/index.txt",), "pages/"),
    _Kind("companions.gemlog_index", (".gemini", ".gmi")),
    _Kind("companions.long_tweets", (".js",)),
    _Kind("companions.substack_export", (".html",), "posts/"),
)
_CHAPTERS: Final = _Kind("companions.zenn_books", (".md",), "books/")
_ENDINGS: Final = tuple(ending for kind in _KINDS for ending in kind.endings)


def may_have_more(path: str) -> bool:
    """Return whether the name of a file may be that of a post which has others beside it; every file is asked."""
    return path.endswith(_ENDINGS) or _CHAPTERS.folder in path


def other_files(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the paths of the files that a post has beside this one."""
    reader = _reader_of(path)
    found: tuple[str, ...] = reader.files_beside(path, exists) if reader else ()
    return found


def with_other_files(document: Document, files: SourceFiles) -> Document | Problem:
    """Return a document with what other files hold of the same post."""
    reader = _reader_of(document.source.path)
    whole: Document | Problem = reader.with_files_beside(document, files) if reader else document
    return whole


def _reader_of(path: str) -> Any:
    """Return the module that knows the files beside a post; None for a post that has none."""
    for kind in (*_KINDS, _CHAPTERS):
        if path.endswith(kind.endings) and kind.folder in path:
            return import_module(f"refeed.input.{kind.module}")
    return None
