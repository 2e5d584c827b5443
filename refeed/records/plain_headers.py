"""Read plain headers quickly, as nearly every robot writes them: one value a line, nothing nested.

The values stay as they are written: whoever needs one reads that one. Whatever is not so plain is None here.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from refeed.dates._usual import DAY
from refeed.formats.headers import statements
from refeed.formats.headers.yaml.strict import (
    double_quoted,
    has_comment,
    is_printable,
    read_raw,
    read_yaml_lines,
    value_like,
)
from refeed.formats.publication.damaged_words import may_be_damaged
from refeed.formats.publication.stated import speaks_of_publication
from refeed.model import Document
from refeed.records.header_plans import HeaderPlans, LineStyle, Take, values_at
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import NOT_A_HEADER, key_name
from refeed.vocabulary.keys import FOLDED

_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
# What TOML and YAML write alike, so that one reader serves both. Of dates only the one that the key is made of: whether
# there is such a day is seen when it is read.
_TOML_NUMBER: Final = "0|[1-9][0-9]{0,8}"
_TOML_LIST: Final = r"""\[(?:"(?>[^"\\\n]*)"(?>(?:, "(?>[^"\\\n]*)")*))?\]"""
_TOML_DATE: Final = f"{DAY}(?:[T ]{_CLOCK})?"
TOML_LINES: Final = late_pattern(
    r"([A-Za-z_][A-Za-z0-9_-]{0,63}) = "
    rf"""({double_quoted()}|'(?>[^'\n]*)'|true|false|{_TOML_NUMBER}|{_TOML_LIST}"""
    rf"|(?<=(?<![\w-])date = ){_TOML_DATE})\n|[\s\S]"
)
_OPENINGS_IN_TOML: Final = frozenset({'"', "'", "["})
_LIST_IN_TOML: Final = late_pattern(_TOML_LIST)
# The members of an object, each in a line; a list may have several. What they are is written as in the others.
_JSON_LINES: Final = late_pattern(
    r'(?>[ ]{0,8})"([A-Za-z_][A-Za-z0-9_-]{0,63})":(?>[ ]*)'
    rf"({double_quoted('/')}|true|false|0|[1-9][0-9]{{0,8}}"
    r'|\[(?>[ \n]*)(?:"(?>[^"\\\n]*)"(?>(?:,(?>[ \n]*)"(?>[^"\\\n]*)")*)(?>[ \n]*))?\])(?:,(?!\n\Z)|(?=\n\Z))\n|[\s\S]'
)
# Nothing is quoted in these; `Authors` may be several in one line.
_KEY_VALUE_VALUE: Final = r"""[^\s"'\[](?>[^\n]*)"""
KEY_VALUE_LINES: Final = late_pattern(
    rf"((?!(?i:authors):)[A-Za-z][A-Za-z0-9_-]{{0,39}}):(?>[ ]+)({_KEY_VALUE_VALUE})\n|[\s\S]"
)
# What a key is made of, and the keys of front matter that say it.
_FIELDS: Final = (
    ("title", FOLDED["titles"]),
    ("date", FOLDED["dates"]),
    ("updated", FOLDED["updates"]),
    ("link", FOLDED["links"]),
    ("id", FOLDED["ids"]),
    ("author", FOLDED["authors"]),
    ("language", FOLDED["languages"]),
    ("slug", FOLDED["slugs"]),
)
_DESCRIBING: Final = ("id", "author", "language", "slug")  # beside title and day; a link is all of an identity
_TAGS: Final = frozenset(FOLDED["categories"])
_CLOCKS: Final = frozenset(FOLDED["clocks"])
# What may say the path of an article, by which it is told apart where it has no address.
_PATHS: Final = frozenset({*FOLDED["citations"], *FOLDED["permalinks"]})
_NOWHERE: Final = -1
_BETWEEN_OBJECTS: Final = b" \t\r\n,\x1e\xef\xbb\xbf"  # with the separator of RFC 7464 and U+FEFF
_MANY: Final = 100  # keys; real headers have 20 at most


class StrongestKeys(NamedTuple):
    """Where in a header the key stands that is the strongest of each field that a record's key is made of."""

    title: int
    date: int
    link: int  # -1, as the next two, where no key says so
    updated: int
    id: int
    describing: tuple[tuple[str, int], ...]  # what identity goes by beside these, each with its field
    asked: tuple[str, ...]  # the names of all that may withhold it or make it a page of the site
    answers: Take | None  # takes what stands behind these, if there are any
    tags: Take | None  # the same of tags
    is_date_alone: bool  # no other key says when the article was published, or its time alone
    is_update_alone: bool  # the same of its update


Plans = HeaderPlans[StrongestKeys | None]
ReadAll = Callable[[str], Mapping[str, str] | None]
"""Divides a header into keys and values, as they are written."""

Lines = tuple[StrongestKeys | None, Sequence[str]]
"""Which keys of a header count, and its values, as they are written."""

Header = tuple[int, int, Sequence[str], StrongestKeys]
"""Where a header begins and its body does, its values as they are written, and which of them count."""


class _Notation(NamedTuple):
    """How a header is written, if it is written as robots do."""

    opening: int  # bytes before its first line
    end: bytes  # from the end of its last line on
    read_all: ReadAll
    plans: Plans | None


def plain_header(document: Document) -> Header | None:
    """Read a header with nothing nested in it: the full readers would find the same one, and no fault in it."""
    data = document.data
    start = 1 if data[:1] == b"\n" else 0
    notation = FENCED.get(data[start : start + 4])
    if notation is None:
        start = 0
        is_json = data.startswith(b"{\n") and _is_header_of_text(data)
        notation = _KEY_VALUE if data[:1].isalpha() else _JSON if is_json else None
        if notation is None:
            return None
    # No other end stands before this one: no line that is read begins so.
    opening, closing, read_all, plans = notation
    begin = start + opening
    end = data.find(closing, begin, begin + document.limits.max_header_bytes) + 1
    try:
        lines = _read(data[begin:end], read_all, plans)
    except UnicodeDecodeError:
        return None
    if not lines:
        return None
    keys, values = lines
    return (start, end + len(closing) - 1, values, keys) if keys else None


def _is_header_of_text(data: bytes) -> bool:
    """Return whether an object at the beginning is a header with its text: no record, no lines of objects, no feed."""
    end = data.find(b"\n}\n") + 2
    return data.find(b"}", end) < 0 and bool(data[end:].strip(_BETWEEN_OBJECTS)) and b"jsonfeed.org" not in data


def _read(written: bytes, read_all: ReadAll, plans: Plans | None) -> Lines | None:
    """Read a header by the plan of its shape, else as its notation is read."""
    text = written.decode()
    if plans and is_printable(written) and (lines := plans.read(text)):
        return lines
    raw = read_all(text)
    if not raw or len(raw) > _MANY:
        return None
    if plans:
        plans.learn(text, raw)
    return None if " #" in text and has_comment(raw) else (_strongest(tuple(raw)), tuple(raw.values()))


def _read_json(text: str) -> Mapping[str, str] | None:
    raw = read_raw(text, _JSON_LINES)
    return raw if raw and NOT_A_HEADER.isdisjoint(raw) else None


@lru_cache(maxsize=256)  # the headers of one robot have the same keys
def _strongest(keys: tuple[str, ...]) -> StrongestKeys | None:
    """Choose among the keys of a header; None if it has no title, no date, or a key twice."""
    names = {key_name(key): at for at, key in enumerate(keys)}
    found = {field: next((names[name] for name in table if name in names), _NOWHERE) for field, table in _FIELDS}
    title, date, link = found["title"], found["date"], found["link"]
    if _NOWHERE in {title, date} or len(names) < len(keys) or any(map(statements.name_in_table, names)):
        return None
    is_path_read = link == _NOWHERE and not _PATHS.isdisjoint(names)
    if is_path_read or any(map(may_be_damaged, names)) or names.keys() >= statements.OF_WIKI_JS:
        return None
    asked = {
        name: at
        for name, at in names.items()
        if at != date and (name in statements.PAGE_KEYS or speaks_of_publication((name,)))
    }
    describing = _DESCRIBING if link == _NOWHERE else ("id",)
    return StrongestKeys(
        **{field: found[field] for field in ("title", "date", "link", "updated", "id")},
        describing=tuple((field, found[field]) for field in describing if found[field] != _NOWHERE),
        asked=tuple(asked),
        answers=values_at(*asked.values()),
        tags=values_at(*(at for name, at in names.items() if name in _TAGS)),
        is_date_alone=_are_alone("dates", names) and _CLOCKS.isdisjoint(names),
        is_update_alone=_are_alone("updates", names),
    )


def _are_alone(field: str, names: Container[str]) -> bool:
    """Return whether at most one of the keys of a field stands in a header."""
    return sum(name in names for name in {*FOLDED[field]}) <= 1


def _toml_like(written: str) -> str:
    """Return a pattern of values in TOML that are written like one that was found."""
    if written[:1] in _OPENINGS_IN_TOML:
        return value_like(written)
    return "true|false" if written in {"true", "false"} else _TOML_NUMBER if written.isdecimal() else _TOML_DATE


@lru_cache(maxsize=256)  # articles of one outlet have the same tags
def _are_toml_lists(written: tuple[str, ...]) -> bool:
    return all(map(_LIST_IN_TOML.fullmatch, written))


TOML: Final = LineStyle(_toml_like, (" = ",), _are_toml_lists)
KEY_VALUES: Final = LineStyle(lambda _: _KEY_VALUE_VALUE, (": ",), lambda _: False)
FENCED: Final = MappingProxyType(
    {
        b"---\n": _Notation(4, b"\n---\n", read_yaml_lines, HeaderPlans(_strongest)),
        b"+++\n": _Notation(4, b"\n+++\n", lambda text: read_raw(text, TOML_LINES), HeaderPlans(_strongest, TOML)),
    }
)
_KEY_VALUE: Final = _Notation(
    0, b"\n\n", lambda text: read_raw(text, KEY_VALUE_LINES), HeaderPlans(_strongest, KEY_VALUES)
)
_JSON: Final = _Notation(2, b"\n}\n", _read_json, None)
