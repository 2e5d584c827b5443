"""Read the shapes that values of front matter have: texts, lists, mappings, tables, and several things in one text."""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.typography import BRACKETS, QUOTATION_MARKS

SWITCHES: Final = frozenset({"false", "no", "off", "on", "true", "yes"})

# Tables in which generators keep keys that others write at the top: Zola, Hugo, Eleventy, importers.
TABLES_OF_FACTS: Final = (
    *("taxonomies", "taxonomy", "params", "extra", "meta", "metadata", "attributes", "custom", "data"),
    *("seo", "og", "opengraph"),
)
# Keys whose mapping holds several dates, each by its own key (Material for MkDocs).
TABLES_OF_DATES: Final = ("date", "dates")
_MERGED: Final = "<<"  # YAML 1.1's key for tables that are merged into this one

# In a mapping, the keys that hold the text that is looked for, best first.
_INNER: Final = MappingProxyType(
    {
        "authors": (
            *(
                "display_name",
                "name",
                "full_name",
                "literal",
                "label",
                "key",  # before a title, which is that of a person (Docusaurus)
                "title",
                "nickname",
                "nick",
                "login",
                "username",
            ),
            *("id", "slug"),
        ),
        "categories": ("label", "name", "title", "tag"),
        "citations": ("url", "link", "href", "name", "title"),
        "dates": ("date", "published", "created", "value", "rendered"),
        "images": (
            *("image", "images", "url", "src", "path", "href", "file", "feature", "overlay_image", "img", "og_image"),
            *("thumbnail", "thumb", "teaser", "filename"),
        ),
        "languages": ("code", "lang", "name"),
        "links": ("url", "link", "href", "name", "title"),
        "summaries": (
            *("rendered", "text", "value", "plain", "content", "summary", "excerpt", "description", "short", "raw"),
            *("html", "long", "default"),
        ),
        "titles": ("title", "text", "name", "main", "rendered", "value", "plain", "raw", "html", "full", "default"),
        "updates": ("date", "time", "updated", "value", "rendered"),
    }
)
# In the names of people, given and family name: as CSL and CFF, forms, and importers call them.
_GIVEN: Final = ("given", "first", "first_name", "given_name", "given_names", "forename")
_FAMILY: Final = ("family", "last", "last_name", "family_name", "family_names", "surname")
_FAMILY_FIRST: Final = late_pattern("[\u3400-\u9fff\uac00-\ud7a3]+")  # Chinese, Japanese and Korean names, in a word
# Between tags in one text; the bar within a link of a wiki parts an address from its words.
_SEPARATORS: Final = late_pattern(r"[,，、；;／\n]|[|｜](?![^\[\]|]{0,100}\]\])| [·•] ")
_HASHES: Final = late_pattern(r"[#＃]")
_BY_KEY: Final = frozenset({"authors", "categories"})
_TEXTS: Final = frozenset({"summaries", "titles"})
_WORD: Final = late_pattern(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff]")
_MARKS_OF_ITEMS: Final = ("#", "＃", "-")
_HYPHENS: Final = late_pattern(r"(?:\A| )-(?=\S)")
_BRACKETED: Final = late_pattern(r"[\[［【]([^\[\]［］【】]*)[\]］】]")  # a list that YAML takes for a text
# Around a whole value of these, quotation marks are those of the header; of the first ones, brackets are as well.
_WITHOUT_BRACKETS: Final = frozenset({"citations", "dates", "ids", "images", "languages", "links", "updates"})
_WITHOUT_MARKS: Final = _WITHOUT_BRACKETS | {"categories"}
_DATED: Final = frozenset({"dates", "updates"})  # Obsidian's are links to notes of days: `[[2024-01-02]]`
_PAIRS: Final = frozenset(QUOTATION_MARKS)
_PAIRS_AND_BRACKETS: Final = _PAIRS | frozenset(BRACKETS)


def flattened(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values of a header with those of the tables in it; what stands at the top counts first."""
    found = dict(values)
    merged = values.get(_MERGED)
    if isinstance(merged, dict):
        _add_pairs(found, merged)
        for table in TABLES_OF_FACTS:
            _add_pairs(found, merged.get(table, ""))
    for table in TABLES_OF_FACTS:
        if table in values:
            _add_pairs(found, values[table])
    for table in TABLES_OF_DATES:
        inner = values.get(table)
        if isinstance(inner, dict):
            _add_pairs(found, inner)
            if key_name("date") in {key_name(key) for key in inner}:
                found[table] = next(value for key, value in inner.items() if key_name(key) == "date")
    return found


def _add_pairs(found: dict[str, Value], table: Value) -> None:
    """Add the pairs of a table, then those of the tables that YAML merges into it, for keys that say nothing yet."""
    if not isinstance(table, dict):
        return
    for key, value in table.items():
        found.setdefault(key_name(key), value)
    merged = table.get(_MERGED, [])
    for one in merged if isinstance(merged, list) else [merged]:
        _add_pairs(found, one)


def texts_of(field: str, value: Value) -> list[str]:
    """Return every text of a value that a field is made of, one line each; a list's items are never divided."""
    if isinstance(value, str):
        return [text for part in _divided(field, value) if (text := _trimmed(field, part))]
    return [text for part in _parts(field, value) if (text := _trimmed(field, part))]


def _parts(field: str, value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:  # Hexo's categories are lists of lists
            yield from _parts(field, item)
    else:
        yield from _of_mapping(field, value)


def _of_mapping(field: str, mapping: Mapping[str, Value]) -> Iterator[str]:
    texts = list(_in_mapping(field, mapping))
    if texts or not (field in _BY_KEY or field in _TEXTS):
        yield from texts
    else:
        yield from _by_key(field, mapping) if field in _BY_KEY else _first_text(mapping)


def _first_text(mapping: Mapping[str, Value]) -> list[str]:
    """Return the first text of a mapping, whatever its key; what switches something on, a number or a path is none."""
    texts = (value for value in mapping.values() if isinstance(value, str) and _WORD.search(value))
    return [text for text in texts if text.casefold() not in SWITCHES and "/" not in text.split(" ", 1)[0]][:1]


def has_inner(field: str, mapping: Mapping[str, Value]) -> bool:
    """Return whether a mapping has a key for the text that a field is made of."""
    return not {key_name(key) for key in mapping}.isdisjoint(map(key_name, _INNER[field]))


def _in_mapping(field: str, mapping: Mapping[str, Value]) -> Iterator[str]:
    """Return what a mapping about one thing says."""
    by_name = {key_name(key): value for key, value in mapping.items() if value}
    inner = next((by_name[name] for name in map(key_name, _INNER.get(field, ())) if name in by_name), None)
    if inner is not None:
        yield from _parts(field, inner)
    elif field == "authors" and (name := _whole_name(by_name)):
        yield name


def _by_key(field: str, mapping: Mapping[str, Value]) -> Iterator[str]:
    """Return what has a key each: `ada: {name: Ada Marlowe}`, `Ada Marlowe: {github: ada}`, `tide: true`."""
    for key, value in mapping.items():
        if isinstance(value, dict):
            yield next(_in_mapping(field, value), key)
        elif field == "categories" and isinstance(value, str) and not value.isdecimal():
            yield key if value.casefold() in SWITCHES else value


def _whole_name(by_name: Mapping[str, Value]) -> str:
    """Return the name whose parts a mapping holds."""
    given, family = (
        next((text for name in map(key_name, names) if isinstance(text := by_name.get(name), str)), "").strip()
        for names in (_GIVEN, _FAMILY)
    )
    if _FAMILY_FIRST.fullmatch(given) and _FAMILY_FIRST.fullmatch(family):
        return family + given
    return f"{given} {family}".strip()


def _divided(field: str, text: str) -> list[str]:
    """Divide a text that holds several categories, also as a list within a text."""
    if field != "categories":
        return [text]
    text = text.strip()
    if text.startswith("["):
        try:
            items = json.loads(text)
        except ValueError:
            items = None
        if isinstance(items, list):
            return [item for item in items if isinstance(item, str)]
    bracketed = _BRACKETED.fullmatch(text)
    parts = _SEPARATORS.split(bracketed[1] if bracketed else text)
    if len(parts) > 1 or text[:1] not in _MARKS_OF_ITEMS:
        return parts
    return _HYPHENS.split(text) if text[0] == "-" else _HASHES.split(text)  # `-a -b`, a list that lacks blanks; `#a #b`


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
