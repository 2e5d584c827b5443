"""Find the list of objects in a JSON file, and read it item by item."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final, NamedTuple

from refeed.formats._feed_json import begins_json_feed
from refeed.formats._ghost import relations_of, with_names
from refeed.formats._item import Item
from refeed.formats._json import ListItem, read_lines, read_list, read_value
from refeed.formats._objects import is_article, values_of
from refeed.formats._once import once
from refeed.model import Document

_HEAD: Final = 2**18  # bytes in which the list has to begin, with an article among its first items
_TRIED: Final = 5  # items
_LISTS: Final = 20  # of an object, any of which may be the one

_LIST: Final = re.compile(r'"(?P<key>[A-Za-z_]{1,40})"(?>\s*):(?>\s*)\[(?=(?>\s*)\{)')
_OBJECT: Final = re.compile(r'\{(?>\s*)"')
_LINES: Final = (".jl", ".jsonl", ".ndjson")
_BETWEEN_LINES: Final = " \t\r\n,\ufeff\x1e"
# Lists of what readers wrote below an article.
_OF_READERS: Final = frozenset(
    {"annotations", "comments", "mentions", "reactions", "replies", "responses", "webmentions"}
)
# Packages of programs, feeds, Hexo's cache of its own posts.
_NO_EXPORT: Final = re.compile(r'"(?:dependencies|feed_url|warehouse)"')


class ObjectList(NamedTuple):
    """Where a list of objects begins, and the name of the whole, if it has one."""

    start: int  # characters
    name: str
    is_single: bool = False  # no list: the file is one object
    is_lines: bool = False  # no list, but one object a line: a broken one does not hide the next


def is_named_lines(document: Document) -> bool:
    """Return whether the file is named as JSON Lines are, whatever it begins with."""
    return document.source.path.lower().endswith(_LINES)


@once
def find_list(document: Document) -> ObjectList | None:
    """Find a list with an article among its first items; only the beginning of the file is looked at."""
    text = document.data[:_HEAD].decode("utf-8", "ignore")
    if begins_json_feed(document) or _NO_EXPORT.search(text):
        return None
    start = len(text) - len(text.lstrip())
    if text.startswith("[", start):
        return ObjectList(start + 1, "") if _has_article(read_list(text, start + 1), document) else None
    first = read_value(text, start)
    if first is not None:
        return _of_whole_object(text, start, first[1], document)
    return _inner_list(text, document) or _lines_below_a_broken_one(text, start, document)


def read_items(document: Document) -> Iterator[Item]:
    """Yield every object of the list; where it is broken or cut there is none, and a list ends."""
    found, text = find_list(document), document.text((0, len(document.data)))
    if found is None:
        return
    relations = relations_of(text)
    read = read_lines if found.is_lines else read_list
    line, at, counted_to = 1, 0, 0
    for item in islice(read(text, found.start), 1 if found.is_single else None):
        start, end = item.span
        line += text.count("\n", counted_to, start)
        at += len(text[counted_to:start].encode())
        counted_to = start
        values = item.value if isinstance(item.value, dict) else None
        if values is not None and relations:
            values = with_names(values, relations)
        yield Item(values, line, (at, at + len(text[start:end].encode())))
        if values is None and not found.is_lines:
            return


def _of_whole_object(text: str, start: int, end: int, document: Document) -> ObjectList | None:
    """Return what a complete object at the beginning is: one article, the first line of many, or around a list."""
    rest = text[end:].lstrip(_BETWEEN_LINES)
    if not rest:
        is_article_itself = _has_article(read_list(text, start), document)
        return ObjectList(start, "", is_single=True) if is_article_itself else _inner_list(text, document)
    first, *others = _are_articles(read_lines(text, start), document)
    # Below a header in JSON its article stands, which is therefore not in the header.
    is_lines = any((first, *others)) if rest.startswith("{") else first and any(others)
    return ObjectList(start, "", is_lines=True) if is_lines else None


def _lines_below_a_broken_one(text: str, start: int, document: Document) -> ObjectList | None:
    """Return JSON Lines whose first object is broken."""
    may_be_lines = _OBJECT.match(text, start) or is_named_lines(document)
    is_lines = may_be_lines and _has_article(read_lines(text, start), document)
    return ObjectList(start, "", is_lines=True) if is_lines else None


def _inner_list(text: str, document: Document) -> ObjectList | None:
    for opening in islice(_LIST.finditer(text), _LISTS):
        if opening["key"].lower() not in _OF_READERS and _has_article(read_list(text, opening.end()), document):
            return ObjectList(opening.end(), _name_of(text[: opening.end()]))
    return None


def _has_article(items: Iterator[ListItem], document: Document) -> bool:
    return any(_are_articles(items, document))


def _are_articles(items: Iterator[ListItem], document: Document) -> list[bool]:
    """Return of each of the first items whether it is an article."""
    depth = document.limits.max_header_depth
    values = (item.value for item in islice(items, _TRIED))
    return [isinstance(value, dict) and is_article(values_of(value, depth)) for value in values]


def _name_of(before: str) -> str:
    """Return how the object around a list is called."""
    read = read_value(before + "]}", before.find("{"))
    values: Mapping[str, Any] = read[0] if read and isinstance(read[0], dict) else {}
    return next((name for key in ("title", "name") if isinstance(name := values.get(key), str)), "")
