"""Read the shapes that values of front matter have: texts, lists, mappings, tables, and several things in one text."""

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from refeed.formats._fields import Value, key_name
from refeed.formats._typography import BRACKETS, QUOTATION_MARKS

SWITCHES: Final = frozenset({"false", "no", "off", "on", "true", "yes"})

# Tables in which generators keep keys that others write at the top: Zola, Hugo, Eleventy, importers.
TABLES_OF_FACTS: Final = ("taxonomies", "params", "extra", "meta", "metadata", "attributes", "custom", "data")
# Keys whose mapping holds several dates, each by its own key (Material for MkDocs).
TABLES_OF_DATES: Final = ("date", "dates")

# In a mapping, the keys that hold the text that is looked for, best first.
_INNER: Final = MappingProxyType(
    {
        "authors": ("display_name", "name", "full_name", "title", "nickname", "nick", "login", "username"),
        "categories": ("label", "name", "title", "tag"),
        "dates": ("date", "published", "created"),
        "images": ("image", "url", "src", "path", "feature", "teaser", "overlay_image", "og_image"),
        "languages": ("code", "lang", "name"),
        "links": ("url", "link", "href", "name", "title"),
        "titles": ("title", "text", "name", "main"),
        "updates": ("date", "time", "updated"),
    }
)
_SEPARATORS: Final = re.compile(r"[,，、；;]")
_BRACKETED: Final = re.compile(r"[\[［【]([^\[\]［］【】]*)[\]］】]")  # a list that YAML takes for a text
# Around a whole value of these, quotation marks are those of the header; of the first ones, brackets are as well.
_WITHOUT_BRACKETS: Final = frozenset({"dates", "ids", "images", "languages", "links", "updates"})
_WITHOUT_MARKS: Final = _WITHOUT_BRACKETS | {"categories"}
_DATED: Final = frozenset({"dates", "updates"})  # Obsidian's are links to notes of days: `[[2024-01-02]]`
_PAIRS: Final = frozenset(QUOTATION_MARKS)
_PAIRS_AND_BRACKETS: Final = _PAIRS | frozenset(BRACKETS)

# Markdown's link, or an address between angle brackets.
_LINK: Final = re.compile(r"\[[^\[\]]*\]\(<?(?>([^<>()]+(?:\([^<>()]*\)[^<>()]*)*))(?:>[^()]*)?\)|<([^<>]+)>")
_TITLE_OF_LINK: Final = re.compile(r"""\s["']""")
_HREF: Final = re.compile(r"""<a\s[^<>]{0,500}?\bhref\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)
# An address alone, with blanks and commas as they are in the names of files; no other one behind it.
_ALONE: Final = re.compile(r"https?://(?>(?:[^:<>\"]|:(?!//))+)", re.IGNORECASE)
_IN_TEXT: Final = re.compile(
    r"https?://[^\s<>\"]+?(?=[,，、；;]{1,4}\s{0,4}https?://|[,，、；;]?(?:[\s<>\"]|\Z))", re.IGNORECASE
)


def flattened(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values of a header with those of the tables in it; what stands at the top counts first."""
    found = dict(values)
    for table in TABLES_OF_FACTS:
        inner = values.get(table)
        if isinstance(inner, dict):
            for key, value in inner.items():
                found.setdefault(key_name(key), value)
    for table in TABLES_OF_DATES:
        inner = values.get(table)
        if isinstance(inner, dict):
            for key, value in inner.items():
                found.setdefault(key_name(key), value)
            if key_name("date") in {key_name(key) for key in inner}:
                found[table] = next(value for key, value in inner.items() if key_name(key) == "date")
    return found


def texts_of(field: str, value: Value) -> list[str]:
    """Return every text of a value that a field is made of, one line each; a list's items are never divided."""
    if isinstance(value, str):
        return [text for part in _divided(field, value) if (text := _trimmed(field, part))]
    return [text for part in _parts(field, value) if (text := _trimmed(field, part))]


def address_in(text: str) -> str:
    """Return the address of a link that is written in Markdown, as HTML, in angle brackets, or beside other words."""
    if _ALONE.fullmatch(text):
        return text  # nearly always
    link = _LINK.fullmatch(text)
    if link:
        return _TITLE_OF_LINK.split((link[1] or link[2]).strip(), maxsplit=1)[0].rstrip()
    found = _HREF.search(text)
    if found:
        return found[1]
    within = _IN_TEXT.search(text)
    return within[0] if within else text


def _parts(field: str, value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:  # Hexo's categories are lists of lists
            yield from _parts(field, item)
    else:
        yield from _of_mapping(field, value)


def _of_mapping(field: str, mapping: Mapping[str, Value]) -> Iterator[str]:
    by_name = {key_name(key): value for key, value in mapping.items() if value}
    inner = next((by_name[name] for name in map(key_name, _INNER.get(field, ())) if name in by_name), None)
    if inner is not None:
        yield from _parts(field, inner)
    elif field == "authors":
        whole = [by_name[name] for name in ("firstname", "lastname") if name in by_name]
        if whole:
            yield " ".join(part for part in whole if isinstance(part, str))
        for key, value in mapping.items() if not whole else ():
            if isinstance(value, dict):  # by key: `ada: {name: Ada Marlowe}`, `Ada Marlowe: {github: ada}`
                yield next(_of_mapping(field, value), key)


def _divided(field: str, text: str) -> list[str]:
    """Divide a text that holds several categories, also as a list within a text."""
    if field != "categories":
        return [text]
    if text.strip().startswith("["):
        try:
            items = json.loads(text)
        except ValueError:
            items = None
        if isinstance(items, list):
            return [item for item in items if isinstance(item, str)]
    bracketed = _BRACKETED.fullmatch(text.strip())
    return _SEPARATORS.split(bracketed[1] if bracketed else text)


def _trimmed(field: str, text: str) -> str:
    text = text.strip()
    if "\n" in text:
        text = " ".join(part for line in text.split("\n") if (part := line.strip()))
    if len(text) > 1 and field in _WITHOUT_MARKS:
        pairs = _PAIRS_AND_BRACKETS if field in _WITHOUT_BRACKETS else _PAIRS
        if (text[0], text[-1]) in pairs:
            return text[1:-1].strip()
    if field in _DATED and text.endswith("]]"):
        return text.removesuffix("]]").lstrip("!").removeprefix("[[")
    return text
