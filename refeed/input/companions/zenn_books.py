"""Read a chapter of a book on Zenn: `books/BOOK/SLUG.md`, with what `config.yaml` beside it says of the whole book.

A chapter goes by its book: that may be a draft, cost money, or leave the chapter out. It is read as if its own header
said so. https://zenn.dev/zenn/articles/zenn-cli-guide
"""

import re
from collections.abc import Callable
from time import time_ns
from typing import Final

from refeed.input.companions.kept_tables import Rows, rows_beside, with_header
from refeed.input.source_files import SourceFiles
from refeed.model import Document
from refeed.startup.late_patterns import late_pattern

_SETTINGS: Final = ("config.yaml", "config.yml")
_CHAPTER: Final = late_pattern(
    r"(?P<folder>(?:.*/)?books/[^/]+/)(?P<number>[0-9]{1,4}\.)?(?P<slug>[^/.][^/]{0,100})\.md", re.DOTALL
)
_KEY: Final = late_pattern(r"^([a-z_]{2,30})[ \t]*:[ \t]*(.*)$", re.MULTILINE)
_IN_BRACKETS: Final = late_pattern(r"^chapters[ \t]*:\s*\[([^\[\]]*)\]", re.MULTILINE)  # over several lines, too
_ITEM: Final = late_pattern(r"[ \t]*-[ \t]+([^\s#]+)[ \t]*(?:#.*)?")
_REMARK: Final = late_pattern(r"(?:\A|[ \t])#.*")
# Two of these are in the settings of no other folder; one alone may be.
_OF_BOOKS: Final = ("chapters", "price", "published", "topics")
_FREE: Final = late_pattern(rb"---[ \t]*\n(?:(?!---)[^\n]*\n){0,40}?free:[ \t]*true\b")
_OPENING: Final = late_pattern(rb"(?>(?:\xef\xbb\xbf)?)---[ \t]*\n")
_QUOTES: Final = "\"' \t"

_BOOK: Final = ""  # the row of what holds for every chapter
_ALL: Final = "*"  # the row that says that no chapters are listed: those that are numbered are the book's
_NOT_PUBLISHED: Final = {"published": "false"}
_PAID: Final = {"visibility": "paid"}


def files_beside(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the path of the settings of the book that a chapter is of, if there are any."""
    found = _CHAPTER.fullmatch(path)
    settings = next(filter(exists, (found["folder"] + name for name in _SETTINGS)), "") if found else ""
    return (settings,) if settings else ()


def with_files_beside(chapter: Document, files: SourceFiles, clock: Callable[[], int] = time_ns) -> Document:
    """Return a chapter below what its book says of it; alone if it is of none."""
    found = _CHAPTER.fullmatch(chapter.source.path)
    if found is None:
        return chapter
    rows: Rows = {}
    for settings in _SETTINGS:
        rows = rows or rows_beside(chapter.source, found["folder"] + settings, files, _parsed, clock)
    if not rows:
        return chapter
    said = dict(rows[_BOOK])
    number, slug = found["number"] or "", found["slug"]
    is_listed = slug in rows or number + slug in rows or (_ALL in rows and bool(number))
    if not is_listed:
        said |= _NOT_PUBLISHED
    if "visibility" in said and _FREE.match(chapter.data):
        del said["visibility"]
    header = _OPENING.match(chapter.data)
    above = with_header(b"", said).rstrip().removesuffix(b"---") if header else with_header(b"", said)
    return chapter._replace(data=above + chapter.data[header.end() if header else 0 :])


def _parsed(data: bytes) -> Rows:
    """Return what the settings of a book say of its chapters; nothing if they are those of something else."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    found = {key[1]: (_REMARK.sub("", key[2]).strip(_QUOTES), key.end()) for key in _KEY.finditer(text)}
    if sum(key in found for key in _OF_BOOKS) < 2:
        return {}
    said = {"book_of_zenn": "true"}  # which is why line breaks are shown
    if found.get("published", ("", 0))[0].lower() != "true":
        said |= _NOT_PUBLISHED
    if found.get("price", ("0", 0))[0].strip("0"):
        said |= _PAID
    if day := found.get("published_at", ("", 0))[0]:
        said["published_at"] = day
    chapters = _chapters(text, *found["chapters"]) if "chapters" in found else ()
    return {_BOOK: said, **{key: {} for key in chapters or (_ALL,)}}


def _chapters(text: str, listed: str, end: int) -> list[str]:
    if bracketed := _IN_BRACKETS.search(text):
        listed = "".join(_REMARK.sub("", line) for line in bracketed[1].split("\n"))
    if listed:
        return [one.strip(_QUOTES) for one in listed.split(",") if one.strip(_QUOTES)]
    chapters = []
    for line in text[end:].lstrip("\n").split("\n"):
        item = _ITEM.fullmatch(line)
        if item:
            chapters.append(item[1].strip(_QUOTES))
        elif _REMARK.sub("", line).strip():
            break
    return chapters
