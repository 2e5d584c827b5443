"""Tell for which posts other files have more to say; what reads each kind is loaded where there is one."""

from collections.abc import Callable
from typing import Final

from refeed.input.source_files import SourceFiles
from refeed.input.two_files import HEADERS, text_beside, with_text
from refeed.model import Document
from refeed.problems import Problem

_OF_BLUDIT: Final = "/index.txt"
_OF_SUBSTACK: Final = ".html"
_OF_X: Final = ".js"
_OF_GEMINI: Final = (".gemini", ".gmi")
_ENDINGS: Final = (*HEADERS, _OF_BLUDIT, _OF_SUBSTACK, _OF_X, *_OF_GEMINI)
_BOOKS: Final = "books/"  # of Zenn


def may_have_more(path: str) -> bool:
    """Return whether the name of a file is that of a post which may have others beside it."""
    return path.endswith(_ENDINGS) or _BOOKS in path


def other_files(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the paths of the files that a post has beside this one."""
    if path.endswith(_OF_X):
        from refeed.input.companions.long_tweets import are_posts_of_x, files_beside

        return files_beside(path, exists) if are_posts_of_x(path) else ()
    if path.endswith(_OF_GEMINI):
        from refeed.input.companions.gemlog_index import indexes_around

        return indexes_around(path, exists)
    other = ""
    if path.endswith(HEADERS):
        other = text_beside(path, exists)
    elif path.endswith(_OF_SUBSTACK):
        if "posts/" in path:
            from refeed.input.companions.substack_export import table_beside

            other = table_beside(path, exists)
    elif path.endswith(_OF_BLUDIT):
        from refeed.input.companions.bludit_pages import table_of_pages

        other = table_of_pages(path, exists)
    elif _BOOKS in path:
        from refeed.input.companions.zenn_books import settings_beside

        other = settings_beside(path, exists)
    return (other,) if other else ()


def with_other_files(document: Document, files: SourceFiles) -> Document | Problem:
    """Return a document with what other files hold of the same post."""
    path = document.source.path
    if path.endswith(HEADERS):
        return with_text(document, files)
    if path.endswith(_OF_BLUDIT) and "pages/" in path:
        from refeed.input.companions.bludit_pages import with_page

        return with_page(document, files)
    if path.endswith(_OF_SUBSTACK) and "posts/" in path:
        from refeed.input.companions.substack_export import with_row

        return with_row(document, files)
    if path.endswith(_OF_GEMINI):
        from refeed.input.companions.gemlog_index import with_day

        document = with_day(document, files)
    elif path.endswith(".md"):
        from refeed.input.companions.zenn_books import with_book

        document = with_book(document, files)
    elif path.endswith(_OF_X):
        from refeed.input.companions.long_tweets import are_posts_of_x, with_files_beside

        return with_files_beside(document, files) if are_posts_of_x(path) else document
    return document
