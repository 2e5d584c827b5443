"""Read the header of a file that is written as nearly every robot writes it: one value a line, nothing nested.

The values stay as they are written: whoever needs one reads that one. Whatever is not so plain is None here.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from refeed.dates._usual import DAY
from refeed.formats.headers.fields import key_name
from refeed.formats.headers.json import NOT_A_HEADER
from refeed.formats.headers.strict_yaml import has_comment, read_raw, read_yaml_lines
from refeed.formats.publication.damaged_words import may_be_damaged
from refeed.formats.publication.stated import speaks_of_publication
from refeed.formats.vocabulary import statements
from refeed.late_patterns import late_pattern
from refeed.model import Document
from refeed.named_tuple import NamedTuple

_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
# What TOML and YAML write alike, so that one reader serves both. Of dates only the one that the key is made of: whether
# there is such a day is seen when it is read.
_TOML_LINES: Final = late_pattern(
    r"([A-Za-z_][A-Za-z0-9_-]{0,63}) = "
    r"""("(?>[^"\\\n]*)"|'(?>[^'\n]*)'|true|false|0|[1-9][0-9]{0,8}"""
    r"""|\[(?:"(?>[^"\\\n]*)"(?>(?:, "(?>[^"\\\n]*)")*))?\]"""
    rf"|(?<=(?<![\w-])date = ){DAY}(?:[T ]{_CLOCK})?)\n|[\s\S]"
)
# The members of an object, each in a line; a list may have several. What they are is written as in the others.
_JSON_LINES: Final = late_pattern(
    r'(?>[ ]{0,8})"([A-Za-z_][A-Za-z0-9_-]{0,63})":(?>[ ]*)("(?>[^"\\\n]*)"|true|false|0|[1-9][0-9]{0,8}'
    r'|\[(?>[ \n]*)(?:"(?>[^"\\\n]*)"(?>(?:,(?>[ \n]*)"(?>[^"\\\n]*)")*)(?>[ \n]*))?\])(?:,(?!\n\Z)|(?=\n\Z))\n|[\s\S]'
)
# Nothing is quoted in these; `Authors` may be several in one line.
_KEY_VALUE_LINES: Final = late_pattern(
    r"""((?!(?i:authors):)[A-Za-z][A-Za-z0-9_-]{0,39}):(?>[ ]+)([^\s"'\[](?>[^\n]*))\n|[\s\S]"""
)
# What a key is made of, and the keys of front matter that say it.
_FIELDS: Final = (
    ("title", statements.names("titles")),
    ("date", statements.names("dates")),
    ("updated", statements.names("updates")),
    ("link", statements.names("links")),
    ("id", statements.names("ids")),
    ("author", statements.names("authors")),
    ("language", statements.names("languages")),
    ("slug", statements.names("slugs")),
)
_DESCRIBING: Final = ("id", "author", "language", "slug")  # beside title and day; a link is all of an identity
_TAGS: Final = frozenset(map(key_name, statements.names("categories")))
_BETWEEN_OBJECTS: Final = b" \t\r\n,\x1e\xef\xbb\xbf"  # with the separator of RFC 7464 and U+FEFF
_MANY: Final = 100  # keys; real headers have 20 at most


class _Notation(NamedTuple):
    """How a header is written, if it is written as robots do."""

    opening: int  # bytes before its first line
    end: bytes  # from the end of its last line on
    read: Callable[[str], Mapping[str, str] | None]


class StrongestKeys(NamedTuple):
    """Which of a header's keys, as they are written there, is the strongest of each field that a key is made of."""

    title: str
    date: str
    link: str  # "", as the next two, where no key says so
    updated: str
    id: str
    describing: tuple[tuple[str, str], ...]  # what identity goes by beside these, each with its field
    asked: tuple[str, ...]  # the names of all that may withhold it or make it a page of the site
    asking: tuple[str, ...]  # the keys of these
    tags: tuple[str, ...]


Header = tuple[int, int, Mapping[str, str], StrongestKeys]
"""Where a header begins and its body does, its values as they are written, and which of them count."""


def plain_header(document: Document) -> Header | None:
    """Read a header with nothing nested in it: the full readers would find the same one, and no fault in it."""
    data = document.data
    start = 1 if data[:1] == b"\n" else 0
    notation = _FENCED.get(data[start : start + 4])
    if notation:
        return _read_header(document, start, notation)
    if data[:1].isalpha():
        return _read_header(document, 0, _KEY_VALUE)
    return _read_header(document, 0, _JSON) if data.startswith(b"{\n") and _is_header_of_text(data) else None


def _is_header_of_text(data: bytes) -> bool:
    """Return whether an object at the beginning is a header with its text: no record, no lines of objects, no feed."""
    end = data.find(b"\n}\n") + 2
    return data.find(b"}", end) < 0 and bool(data[end:].strip(_BETWEEN_OBJECTS)) and b"jsonfeed.org" not in data


def _read_header(document: Document, start: int, notation: _Notation) -> Header | None:
    # No other end stands before this one: no line that is read begins so.
    data, begin = document.data, start + notation.opening
    end = data.find(notation.end, begin, begin + document.limits.max_header_bytes) + 1
    try:
        text = data[begin:end].decode()
    except UnicodeDecodeError:
        return None
    raw = notation.read(text)
    if not raw or len(raw) > _MANY or (" #" in text and has_comment(raw)):
        return None
    keys = _strongest(tuple(raw))
    return (start, end + len(notation.end) - 1, raw, keys) if keys else None


def _read_json_lines(text: str) -> Mapping[str, str] | None:
    raw = read_raw(text, _JSON_LINES)
    return raw if raw and NOT_A_HEADER.isdisjoint(raw) else None


_FENCED: Final = MappingProxyType(
    {
        b"---\n": _Notation(4, b"\n---\n", read_yaml_lines),
        b"+++\n": _Notation(4, b"\n+++\n", lambda text: read_raw(text, _TOML_LINES)),
    }
)
_KEY_VALUE: Final = _Notation(0, b"\n\n", lambda text: read_raw(text, _KEY_VALUE_LINES))
_JSON: Final = _Notation(2, b"\n}\n", _read_json_lines)


@lru_cache(maxsize=256)  # the headers of one robot have the same keys
def _strongest(keys: tuple[str, ...]) -> StrongestKeys | None:
    """Choose among the keys of a header; None if it has no title, no date, or a key twice."""
    names = {key_name(key): key for key in keys}
    found = {
        field: next((names[name] for name in map(key_name, table) if name in names), "") for field, table in _FIELDS
    }
    if not found["title"] or not found["date"] or len(names) < len(keys) or any(map(statements.name_in_table, names)):
        return None
    is_path_read = not found["link"] and any(key_name(key) in names for key in statements.names("permalinks"))
    if is_path_read or any(map(may_be_damaged, names)):
        return None
    asked = {
        name: key
        for name, key in names.items()
        if key != found["date"] and (name in statements.PAGE_KEYS or speaks_of_publication((name,)))
    }
    describing = (("id", found["id"]),) if found["link"] else tuple((field, found[field]) for field in _DESCRIBING)
    return StrongestKeys(
        **{field: found[field] for field in ("title", "date", "link", "updated", "id")},
        describing=tuple((field, key) for field, key in describing if key),
        asked=tuple(asked),
        asking=tuple(asked.values()),
        tags=tuple(names[name] for name in names if name in _TAGS),
    )
