"""Read an article that is two files: `tide.json` says what it is, `tide.md` is its text.

In a folder of its own they may be `info.json` and `README.md`, or `meta.yml` and `index.html`, as robots write them
that save one article a folder. The file with the fields stands for the article, and is read as the header of the text,
which is none by itself: the fields may say that nobody is to read it.
"""

import json
import re
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import islice
from typing import Final

from refeed.input.source_files import SourceFiles
from refeed.input.two_files import FIELDS
from refeed.model import Document, SourceFile
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import key_name

IN_A_FOLDER: Final = frozenset({"article", "info", "meta", "metadata", "post"})
"""Names of fields in a folder of their own."""

# Names of texts beside them; the first that is there counts.
_TEXTS: Final = (".md", ".html", ".txt", ".markdown", ".mdx", ".htm")
OF_ONE: Final = ("content", "article", "post", "body", "text")
"""Names of a text that is the one article of a folder."""

_TEXTS_IN_A_FOLDER: Final = (
    "README.md",
    "readme.md",
    *(f"{name}{ending}" for ending in _TEXTS for name in ("index", *OF_ONE)),
)
# With more in front of such a name (`old-blog-post.json`) there may be several; then a text has to be the one article.
_LONGER_NAMES: Final = ("-article", "-info", "-meta", "-metadata", "-post")
_TEXTS_OF_ONE: Final = tuple(f"{name}{ending}" for ending in _TEXTS for name in OF_ONE)
# A header above a text, which may as well begin with a rule or with an expression of a template.
_HEADER: Final = late_pattern(rb"---[ \t]*\r?\n(?:[#\s][^\n]*\n){0,20}[^\s:]{1,60}[ \t]*:|\+\+\+|\{\s*[\"}]")
_AND_NO_OBJECT: Final = b"\n\n<!---->\n\n"  # a template's expression below an object looks like another object
_FENCES: Final = {".yml": b"---", ".yaml": b"---", ".toml": b"+++"}  # around such fields above a text
_KEYS: Final = late_pattern(
    rb"^([A-Za-z\x80-\xff][\w\x80-\xff-]{0,60})(?:[ \t]*=|:(?=[ \t\r\n]))[ \t]*(\S?)", re.MULTILINE
)
_PAGE: Final = late_pattern(rb"(?i:<!doctype|<html)")
_OF_PAGES: Final = late_pattern(rb"(?i:<link[^>]*canonical|og:url|published_time|datePublished|<time[ >])")
_DATED: Final = late_pattern(
    r"(?:\A|/)(?:19|20)[0-9]{2}(-?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01])[^0-9/][^/]*\Z"
)
_BOM: Final = b"\xef\xbb\xbf"
_LARGEST: Final = 65_536  # bytes of the fields
_HEAD: Final = 16_384  # bytes of a text that are looked at
_LONGEST: Final = 1_000  # characters of a value that is no text
_FIRST_SECOND: Final = 600_000_000  # since 1970: smaller numbers are years and days


def texts_of_fields(names: Sequence[str], prefix: str, folder: str, files: SourceFiles) -> frozenset[str]:
    """Return which of the files in a folder are the texts of fields beside them."""
    texts = frozenset(name for name in names if name.endswith(_TEXTS))
    if not texts:
        return texts

    def head_of(name: str, size: int) -> bytes:
        return files.head(SourceFile(prefix + folder + name, folder + name), size)

    around = "/" if "/" in prefix + folder else ""
    found = set[str]()
    for name in names:
        beside = _beside(around + name, texts) if name.endswith(FIELDS) else []
        alone = [_stands_alone(head_of(text, _HEAD)) for text in beside]
        if beside and not alone[0] and _are_of_an_article(name, head_of(name, _LARGEST + 1)):
            found.update(text for text, stands_alone in zip(beside, alone, strict=True) if not stands_alone)
    return frozenset(found)


def _beside(fields: str, texts: Container[str]) -> list[str]:
    """Return the text of fields, and what has the same name: the text in another form."""
    named = [name for path in _texts_of(fields) if (name := path.rpartition("/")[2]) in texts]
    stem = fields[: fields.rfind(".") + 1].rpartition("/")[2]
    return [name for name in dict.fromkeys(named) if name == named[0] or name.startswith(stem)]


def files_beside(path: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the path of the text that lies beside fields, if there is one."""
    return tuple(islice(filter(exists, _texts_of(path)), 1))


def _texts_of(fields: str) -> Iterator[str]:
    """Yield the paths that the text of fields may have; the first that is there counts."""
    stem = fields[: fields.rfind(".")]
    folder, in_a_folder, name = stem.rpartition("/")
    if in_a_folder and name in IN_A_FOLDER:
        yield from (f"{folder}/{text}" for text in _TEXTS_IN_A_FOLDER)
    elif in_a_folder and name.endswith(_LONGER_NAMES):
        yield from (f"{folder}/{text}" for text in _TEXTS_OF_ONE)
    yield from (stem + ending for ending in _TEXTS)


def with_files_beside(fields: Document, files: SourceFiles) -> Document | Problem:
    """Return fields with the text below them; alone if they are no header, have a text, or the text has a header."""
    path, name, _ = fields.source
    outside = len(path) - len(name)
    found = files_beside(path, lambda text: files.exists(SourceFile(text, text[outside:])))
    if not found or not _are_of_an_article(name, fields.data):
        return fields
    from refeed.input.read import read  # a build that finds nothing new reads no file

    text = read(SourceFile(found[0], found[0][outside:]), fields.limits, files)
    if isinstance(text, Problem):
        return text
    if _stands_alone(text.data[:_HEAD]):
        return fields
    is_utf8, damage = fields.is_utf8 and text.is_utf8, (*fields.damage, *text.damage)
    header = fenced(name, fields.data.strip())
    between = _AND_NO_OBJECT if text.data.lstrip().startswith(b"{") else b"\n\n"
    return fields._replace(data=header + between + text.data, is_utf8=is_utf8, damage=damage)


def fenced(name: str, fields: bytes) -> bytes:
    """Return fields as they stand above a text."""
    fence = _FENCES.get(name[name.rfind(".") :], b"")
    if not fence:
        return fields
    lines = fields.removeprefix(fence).removesuffix(b"...").removesuffix(fence)
    return b"\n".join((fence, lines.strip(b"\n"), fence))


def _stands_alone(text: bytes) -> bool:
    """Return whether the beginning of a text has a header, or is that of a page that says where or when it was."""
    opening = text.removeprefix(_BOM).lstrip()
    return bool(_HEADER.match(opening)) or bool(_PAGE.match(opening) and _OF_PAGES.search(opening))


def _are_of_an_article(name: str, data: bytes) -> bool:
    """Return whether fields state a title and a day, which their name may say, and no text."""
    if len(data) > _LARGEST:
        return False
    from refeed.vocabulary.body_keys import BODIES, OF_RSS  # in few folders lie fields beside a text
    from refeed.vocabulary.keys import DATES, SUMMARIES, TITLES

    said = _of_object(data) if name.endswith(".json") else _of_lines(data)
    short = SUMMARIES if OF_RSS.isdisjoint(said) else frozenset()
    if not said.keys().isdisjoint(BODIES) or any(_is_long(said[key]) for key in said.keys() - short):
        return False
    is_titled = any(isinstance(said[key], str) for key in TITLES & said.keys())
    has_day = any(_may_be_day(said[key]) for key in DATES & said.keys())
    return is_titled and (has_day or _DATED.search(name) is not None)


def _of_object(data: bytes) -> dict[str, object]:
    """Return the values of an object of JSON, but for those that are empty."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return {key_name(key): value for key, value in values.items() if value} if isinstance(values, dict) else {}


def _of_lines(data: bytes) -> dict[str, object]:
    """Return the beginnings of values in YAML or TOML by the keys that stand in no table."""
    top = data.partition(b"\n[")[0]
    return {
        key_name(key.decode("utf-8", "replace")): first.decode("utf-8", "replace")
        for key, first in _KEYS.findall(top)
        if first
    }


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > _LONGEST


def _may_be_day(value: object) -> bool:
    """Return whether a value may be a day: a text, or seconds or milliseconds since 1970."""
    return isinstance(value, str) or (isinstance(value, int | float) and value > _FIRST_SECOND)
