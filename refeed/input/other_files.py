"""Tell for which posts other files have more to say; what reads each kind is loaded where there is one."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from refeed.input.source_files import SourceFiles
from refeed.input.two_files import FIELDS, HEADERS
from refeed.model import Document
from refeed.problems import Problem

_BOOKS: Final = "books/"  # nearly every file has the ending of what is in it
# Module of this package, with `files_beside` and `with_files_beside` → how the posts are called that it knows more of:
# the endings of their paths, and a folder that stands in them.
_KINDS: Final = {
    "two_files": (HEADERS, ""),
    "companions.bludit_pages": (("/index.txt",), "pages/"),
    "companions.gemlog_index": ((".gemini", ".gmi"), ""),
    "companions.long_tweets": ((".js",), ""),
    "companions.substack_export": ((".html",), "posts/"),
    "companions.text_of_fields": (FIELDS, ""),
    "companions.zenn_books": ((".md",), _BOOKS),
}
_ENDINGS: Final = tuple(ending for endings, folder in _KINDS.values() for ending in endings if folder != _BOOKS)


def may_have_more(path: str) -> bool:
    """Return whether the name of a file may be that of a post which has others beside it; every file is asked."""
    return path.endswith(_ENDINGS) or _BOOKS in path


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
    for module, (endings, folder) in _KINDS.items():
        if path.endswith(endings) and folder in path:
            return import_module(f"refeed.input.{module}")
    return None
