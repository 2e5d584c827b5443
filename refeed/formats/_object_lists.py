"""Find the list of objects in a JSON file, and read it item by item."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final, NamedTuple

from refeed.formats._feed_json import begins_json_feed
from refeed.formats._ghost import relations_of, with_names
from refeed.formats._item import Item
from refeed.formats._json import read_list, read_value
from refeed.formats._objects import is_article, values_of
from refeed.formats._once import once
from refeed.model import Document

_HEAD: Final = 2**18  # bytes in which the list has to begin, with an article among its first items
_TRIED: Final = 5  # items
_LISTS: Final = 20  # of an object, any of which may be the one

_LIST: Final = re.compile(r'"(?P<key>[A-Za-z_]{1,40})"(?>\s*):(?>\s*)\[(?=(?>\s*)\{)')
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


@once
def find_list(document: Document) -> ObjectList | None:
    """Find a list with an article among its first items; only the beginning of the file is looked at."""
    text = document.data[:_HEAD].decode("utf-8", "ignore")
    if begins_json_feed(document) or _NO_EXPORT.search(text):
        return None
    start = len(text) - len(text.lstrip())
    if text.startswith("[", start):
        return ObjectList(start + 1, "") if _has_article(text, start + 1, document) else None
    first = read_value(text, start)
    if first is not None:
        return _of_whole_object(text, start, first[1], document)
    return _inner_list(text, document)


def read_items(document: Document) -> Iterator[Item]:
    """Yield every object of the list; the last one may be none, where the file is broken or cut."""
    found, text = find_list(document), document.text((0, len(document.data)))
    if found is None:
        return
    relations = relations_of(text)
    line, at, counted_to = 1, 0, 0
    for item in islice(read_list(text, found.start), 1 if found.is_single else None):
        start, end = item.span
        line += text.count("\n", counted_to, start)
        at += len(text[counted_to:start].encode())
        counted_to = start
        values = item.value if isinstance(item.value, dict) else None
        if values is not None and relations:
            values = with_names(values, relations)
        yield Item(values, line, (at, at + len(text[start:end].encode())))
        if values is None:
            return


def _of_whole_object(text: str, start: int, end: int, document: Document) -> ObjectList | None:
    """Return what a complete object at the beginning is: one article, the first line of many, or around a list."""
    rest = text[end:].lstrip()
    if rest and not rest.startswith("{"):
        return None  # front matter and its text
    if _has_article(text, start, document):
        return ObjectList(start, "", is_single=not rest)
    return None if rest else _inner_list(text, document)


def _inner_list(text: str, document: Document) -> ObjectList | None:
    for opening in islice(_LIST.finditer(text), _LISTS):
        if opening["key"].lower() not in _OF_READERS and _has_article(text, opening.end(), document):
            return ObjectList(opening.end(), _name_of(text[: opening.end()]))
    return None


def _has_article(text: str, start: int, document: Document) -> bool:
    depth = document.limits.max_header_depth
    items = (item.value for item in islice(read_list(text, start), _TRIED))
    return any(is_article(values_of(item, depth)) for item in items if isinstance(item, dict))


def _name_of(before: str) -> str:
    """Return how the object around a list is called."""
    read = read_value(before + "]}", before.find("{"))
    values: Mapping[str, Any] = read[0] if read and isinstance(read[0], dict) else {}
    return next((name for key in ("title", "name") if isinstance(name := values.get(key), str)), "")
