"""Read an article that is two files in a folder of its own: `info.json` says what it is, `README.md` is its text.

Or `meta.yml`, and `index.html`. Robots that save one article a folder write it so. The file with the fields stands for
the article, and is read as the header of the text, which is none by itself: the fields may say that nobody is to read
it.
"""

import json
import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

from refeed.input.source_files import SourceFiles
from refeed.input.two_files import FIELDS, TEXTS_OF_FIELDS
from refeed.model import Document, SourceFile
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

_HEADERS: Final = (b"---", b"+++", b"{")
_FENCES: Final = {".yml": b"---", ".yaml": b"---", ".toml": b"+++"}  # around such fields above a text
_KEYS: Final = late_pattern(rb"^([A-Za-z][\w-]{0,30})(?:[ \t]*=|:(?=[ \t\r\n]))[ \t]*(\S?)", re.MULTILINE)
_PAGE: Final = late_pattern(rb"(?i:<!doctype|<html)")
_OF_PAGES: Final = late_pattern(rb"(?i:<link[^>]*canonical|og:url|published_time|datePublished|<time[ >])")
_BOM: Final = b"\xef\xbb\xbf"
_LARGEST: Final = 16_384  # bytes of the fields, and of a text that are looked at
_LONGEST: Final = 1_000  # characters of a value that is no text
_FIRST_SECOND: Final = 600_000_000  # since 1970: smaller numbers are years and days
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
    if _stands_alone(files.head(SourceFile(prefix + folder + text, folder + text), _LARGEST)):
        return frozenset()
    beside = (SourceFile(prefix + folder + name, folder + name) for name in FIELDS if name in names)
    is_read = any(_are_of_an_article(fields.name, files.head(fields, _LARGEST + 1)) for fields in beside)
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
    if not found or not _are_of_an_article(name, fields.data):
        return fields
    from refeed.input.read import read  # a build that finds nothing new reads no file

    text = read(SourceFile(found[0], found[0][outside:]), fields.limits, files)
    if isinstance(text, Problem):
        return text
    if _stands_alone(text.data[:_LARGEST]):
        return fields
    is_utf8, damage = fields.is_utf8 and text.is_utf8, (*fields.damage, *text.damage)
    header = _fenced(name, fields.data.strip())
    return fields._replace(data=header + b"\n\n" + text.data, is_utf8=is_utf8, damage=damage)


def _fenced(name: str, fields: bytes) -> bytes:
    """Return fields as they stand above a text."""
    fence = _FENCES.get(name[name.rfind(".") :], b"")
    if not fence:
        return fields
    lines = fields.removeprefix(fence).removesuffix(b"...").removesuffix(fence)
    return b"\n".join((fence, lines.strip(b"\n"), fence))


def _stands_alone(text: bytes) -> bool:
    """Return whether the beginning of a text has a header, or is that of a page that says where or when it was."""
    opening = text.removeprefix(_BOM).lstrip()
    return opening.startswith(_HEADERS) or bool(_PAGE.match(opening) and _OF_PAGES.search(opening))


def _are_of_an_article(name: str, data: bytes) -> bool:
    """Return whether fields state a title and a day, and no text."""
    if len(data) > _LARGEST:
        return False
    said = _of_object(data) if name.endswith(".json") else _of_lines(data)
    if not _OF_TEXTS.isdisjoint(said) or any(isinstance(one, str) and len(one) > _LONGEST for one in said.values()):
        return False
    return isinstance(said.get("title"), str) and any(_may_be_day(said.get(key)) for key in _OF_DAYS)


def _of_object(data: bytes) -> dict[str, object]:
    """Return the values of an object of JSON."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return {_folded(key): value for key, value in values.items()} if isinstance(values, dict) else {}


def _of_lines(data: bytes) -> dict[str, object]:
    """Return the beginnings of values in YAML or TOML by the keys that stand in no table."""
    top = data.partition(b"\n[")[0]
    return {_folded(key.decode()): first.decode("utf-8", "replace") for key, first in _KEYS.findall(top) if first}


def _folded(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


def _may_be_day(value: object) -> bool:
    """Return whether a value may be a day: a text, or seconds or milliseconds since 1970."""
    return isinstance(value, str) or (isinstance(value, int | float) and value > _FIRST_SECOND)
