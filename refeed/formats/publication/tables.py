"""Know the tables within headers that speak of the article, and what a switch that is a table says."""

from collections.abc import Mapping
from typing import Final

from refeed.formats.headers.fields import Value, key_name
from refeed.formats.publication import readers
from refeed.formats.publication.answers import YES
from refeed.formats.publication.values import word_of
from refeed.formats.publication.words import PLAIN_YES_WITHHOLDS, YES_WITHHOLDS
from refeed.formats.vocabulary.shapes import TABLES_OF_DATES, TABLES_OF_FACTS

# Tables inside of the header that speak of the article, beside those that its other facts are read from.
TABLES: Final = frozenset(
    {
        *TABLES_OF_DATES,
        *TABLES_OF_FACTS,
        *(
            "<<",
            "acl",
            "article",
            "blog",
            "build",
            "cascade",
            "config",
            "content",
            "customfields",
            "details",
            "editorial",
            "eleventycomputed",
        ),
        *(
            "fields",
            "flags",
            "frontmatter",
            "header",
            "hugo",
            "info",
            "jekyll",
            "node",
            "options",
            "page",
            "permissions",
            "post",
        ),
        *("properties", "publication", "publish", "publishing", "settings", "status", "sys", "visibility"),
    }
)
_RIGHTS: Final = ("admin.", "site.")
_ON: Final = frozenset({"active", "enable", "enabled", "isactive", "isenabled", "on"})
_SWITCHES: Final = readers.ONLY_FOR | YES_WITHHOLDS.keys() | PLAIN_YES_WITHHOLDS.keys()


def needs_login(value: Value) -> bool:
    """Return whether what Grav has under `access` asks for a right: `{site.paid: true}`, `{site: {paid: true}}`."""
    if isinstance(value, str):
        return value.lower().startswith(_RIGHTS)
    if isinstance(value, list):
        return any(map(needs_login, value))
    rights = [one for key, one in value.items() if f"{key}.".lower().startswith(_RIGHTS)]
    inner = (one for right in rights if isinstance(right, dict) for one in right.values())
    return any(isinstance(one, str) and word_of(one) in YES for one in (*rights, *inner))


def whether_on(name: str, table: Mapping[str, Value]) -> str:
    """Return what a switch that is a table says of itself, "" where it is none: `encrypt: {enabled: false}`."""
    said = (value for key, value in table.items() if name in _SWITCHES and key_name(key) in _ON)
    return next((one for one in said if isinstance(one, str)), "")
