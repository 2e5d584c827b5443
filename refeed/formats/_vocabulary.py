"""The keys of front matter, and which statement of a draft each one makes."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from refeed.formats._fields import Value
from refeed.model import Statement

# Keys of Jekyll, Hexo, Hugo, Pelican, Zola, Docusaurus and of the robots that write for them, from their documentation
# and from dumps; each table is in the order of strength, so it is not sorted. `key_name` folds case and hyphens.
TITLES: Final = ("title",)
DATES: Final = ("date", "published", "created", "pubdate", "publishdate")
UPDATES: Final = ("updated", "lastmod", "last_modified_at", "modified")
AUTHORS: Final = ("author", "authors")
LINKS: Final = ("link", "url", "from", "canonical", "canonical_url", "canonicalurl", "source", "permalink")
PERMALINKS: Final = ("path",)  # and what a link that is no address says
SLUGS: Final = ("slug", "abbrlink", "post_name")
CATEGORIES: Final = ("categories", "category", "tags", "tag", "keywords")
IMAGES: Final = ("headimg", "thumbnail", "cover", "image", "images", "featured_image", "featuredimage")
SUMMARIES: Final = ("description", "excerpt", "summary")
LANGUAGES: Final = ("lang", "language", "locale")
IDS: Final = ("guid", "uuid", "blogger_id", "id")  # an `id` is often the number of a row in a database
PAGE_KEYS: Final = ("layout", "type")
OTHERS: Final = ("comments", "draft", "status")

_NAMES: Final = (
    ("titles", TITLES),
    ("dates", DATES),
    ("updates", UPDATES),
    ("links", LINKS),
    ("permalinks", PERMALINKS),
    ("slugs", SLUGS),
    ("ids", IDS),
    ("authors", AUTHORS),
    ("categories", CATEGORIES),
    ("images", IMAGES),
    ("summaries", SUMMARIES),
    ("languages", LANGUAGES),
)
KNOWN: Final = frozenset(key for _, keys in _NAMES for key in keys).union(PAGE_KEYS, OTHERS)
# Each key with its field, strongest first; and each key's place in it.
_STRENGTH: Final = tuple((key, field, f"front matter: {key}") for field, keys in _NAMES for key in keys)
_RANKS: Final = MappingProxyType({key: rank for rank, (key, _, _) in enumerate(_STRENGTH)})
NOTHING: Final = frozenset({"", "null", "~"})
_YES: Final = frozenset({"on", "true", "yes"})
_NO: Final = frozenset({"false", "no", "off"})
DRAFT_KEYS: Final = frozenset({"draft", "published", "status"})
_ADDRESS: Final = re.compile(r"[^/]*://|//[^/?#.]+\.")  # with a scheme, or with a host only
_COMMA_LISTS: Final = frozenset({"categories", "keywords", "tags"})
# What these say where they say no address: a path within the site, or the name of an outlet.
_IF_NO_ADDRESS: Final = MappingProxyType({"permalink": "permalinks", "source": "outlets", "url": "permalinks"})

# In a mapping, the keys that hold the text that is looked for.
_INNER: Final = MappingProxyType(
    {
        "authors": ("name", "title"),
        "categories": ("name", "title"),
        "images": ("image", "url", "src", "path", "feature", "teaser"),
        "links": ("url", "link", "name", "title"),
    }
)

# Layouts and types of pages that are no articles (Jekyll's and Hexo's themes).
_PAGES: Final = frozenset(
    {
        "404",
        "about",
        "archive",
        "archives",
        "categories",
        "category",
        "default",
        "friends",
        "home",
        "index",
        "links",
        "page",
        "pages",
        "search",
        "tag",
        "tags",
    }
)


def statements(values: Mapping[str, Value]) -> dict[str, Any]:
    """Return the fields of a RawRecord that these values fill; the others are left out."""
    fields: dict[str, Any] = {}
    for rank in sorted([_RANKS[key] for key in values if key in _RANKS]):
        key, field, origin = _STRENGTH[rank]
        texts = _texts(key, field, values[key])
        if not texts:
            continue
        if key in _IF_NO_ADDRESS and not _ADDRESS.match(texts[0]):
            field = _IF_NO_ADDRESS[key]
        statement = (
            (Statement(texts[0], origin),) if len(texts) == 1 else tuple([Statement(text, origin) for text in texts])
        )
        fields[field] = fields[field] + statement if field in fields else statement
    if len(fields.get("categories", ())) > 1:  # a tag that is a category too counts once
        first: dict[str, Statement] = {}
        for one in fields["categories"]:
            first.setdefault(one.text, one)
        fields["categories"] = tuple(first.values())
    if not DRAFT_KEYS.isdisjoint(values) and is_unpublished(values):
        fields["is_draft"] = True
    return fields


def page_mark(values: Mapping[str, Value]) -> str | None:
    """Return what marks a header without a date as that of a page of the site."""
    for key in PAGE_KEYS:
        value = values.get(key)
        if isinstance(value, str) and value.strip().lower() in _PAGES:
            return f"{key}: {value.strip()}"
    for key in ("permalink", "url"):
        value = values.get(key)
        if isinstance(value, str) and value.strip() and "://" not in value:
            return f"{key}: {value.strip()}"
    return None


def _texts(key: str, field: str, value: Value) -> list[str]:
    if isinstance(value, str):
        if key in _COMMA_LISTS and ("," in value or "，" in value):
            return _texts(key, field, [*value.replace("，", ",").split(",")])
        text = _fold(value)
        if text in NOTHING or (key == "published" and text.lower() in _YES | _NO):
            return []
        return [text]
    if isinstance(value, dict):
        value = [next((value[inner] for inner in _INNER.get(field, ()) if value.get(inner)), "")]
    return [text for item in value for text in _texts(key, field, item)]  # Hexo's categories are lists of lists


def _fold(text: str) -> str:
    text = text.strip()
    if "\n" not in text:
        return text
    return " ".join(part for line in text.split("\n") if (part := line.strip()))


def is_unpublished(values: Mapping[str, Value]) -> bool:
    """Return whether the values say that the record is not published."""
    return _word(values, "draft") in _YES or _word(values, "published") in _NO or _word(values, "status") == "draft"


def _word(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value.strip().lower() if isinstance(value, str) else ""
