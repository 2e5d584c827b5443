"""Read an article that is two files in a folder of its own: `info.json` says what it is, `README.md` is its text.

Robots that save one article a folder write it so. The file with the fields stands for the article, and is read as the
header of the text, which is none by itself: the fields may say that nobody is to read it.
"""

import json
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

from refeed.input.source_files import SourceFiles
from refeed.input.two_files import FIELDS, TEXTS_OF_FIELDS
from refeed.model import Document, SourceFile
from refeed.problems import Problem

_HEADERS: Final = (b"---", b"+++", b"{")
_FIRST: Final = 200  # bytes of a text
_BOM: Final = b"\xef\xbb\xbf"
_LARGEST: Final = 16_384  # bytes of the fields
_LONGEST: Final = 1_000  # characters of a value that is no text
_OF_DAYS: Final = (
    "created",
    "createdat",
    "date",
    "datepublished",
    "pubdate",
    "publishdate",
    "published",
    "publishedat",
)
_OF_TEXTS: Final = frozenset({"body", "content", "contenthtml", "html", "markdown", "renderedbody", "text"})


def texts_of_fields(names: Sequence[str], prefix: str, folder: str, files: SourceFiles) -> frozenset[str]:
    """Return which of the files in a folder, at most one, is the text of fields beside it."""
    text = next((name for name in TEXTS_OF_FIELDS if name in names), None)
    if text is None or "/" not in prefix + folder:  # they are a folder of its own
        return frozenset()
    if _has_header(files.head(SourceFile(prefix + folder + text, folder + text), _FIRST)):
        return frozenset()
    beside = (SourceFile(prefix + folder + name, folder + name) for name in FIELDS if name in names)
    is_read = any(_are_of_an_article(files.head(fields, _LARGEST + 1)) for fields in beside)
    return frozenset({text}) if is_read else frozenset()


def files_beside(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the path of the text that lies beside fields, if there is one."""
    folder = path.rpartition("/")[0]
    return tuple(islice(filter(exists, (f"{folder}/{name}" for name in TEXTS_OF_FIELDS)), 1))


def with_files_beside(fields: Document, files: SourceFiles) -> Document | Problem:
    """Return fields with the text below them; alone if they are no header, have a text, or the text has a header."""
    path, name = fields.source
    outside = len(path) - len(name)
    found = files_beside(path, lambda text: files.exists(SourceFile(text, text[outside:])))
    if not found or not _are_of_an_article(fields.data):
        return fields
    from refeed.input.read import read  # a build that finds nothing new reads no file

    text = read(SourceFile(found[0], found[0][outside:]), fields.limits, files)
    if isinstance(text, Problem):
        return text
    if _has_header(text.data):
        return fields
    is_utf8, damage = fields.is_utf8 and text.is_utf8, (*fields.damage, *text.damage)
    return fields._replace(data=fields.data.strip() + b"\n\n" + text.data, is_utf8=is_utf8, damage=damage)


def _has_header(text: bytes) -> bool:
    return text.removeprefix(_BOM).lstrip().startswith(_HEADERS)


def _are_of_an_article(data: bytes) -> bool:
    """Return whether an object of JSON states a title and a day, and no text."""
    if len(data) > _LARGEST:
        return False
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return False
    if not isinstance(values, dict):
        return False
    said = {key.replace("_", "").replace("-", "").lower(): value for key, value in values.items()}
    if not _OF_TEXTS.isdisjoint(said) or any(isinstance(one, str) and len(one) > _LONGEST for one in said.values()):
        return False
    return isinstance(said.get("title"), str) and any(isinstance(said.get(key), str) for key in _OF_DAYS)
