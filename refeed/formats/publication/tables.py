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


def needs_login(name: str, table: Mapping[str, Value]) -> bool:
    """Return whether a table of Grav's asks for a right: `{site.paid: true}`, `{site: {paid: true}}`."""
    rights = [value for key, value in table.items() if name == "access" and f"{key}.".lower().startswith(_RIGHTS)]
    inner = (value for right in rights if isinstance(right, dict) for value in right.values())
    return any(isinstance(value, str) and word_of(value) in YES for value in (*rights, *inner))


def whether_on(name: str, table: Mapping[str, Value]) -> str:
    """Return what a switch that is a table says of itself, "" where it is none: `encrypt: {enabled: false}`."""
    said = (value for key, value in table.items() if name in _SWITCHES and key_name(key) in _ON)
    return next((one for one in said if isinstance(one, str)), "")
