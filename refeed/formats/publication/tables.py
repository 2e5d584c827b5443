"""Recognise tables within headers that speak of the article, and read switches that are tables."""

from collections.abc import Mapping
from typing import Final

from refeed.formats.publication import readers
from refeed.formats.publication.answers import NO, YES
from refeed.formats.publication.values import word_of
from refeed.formats.publication.words import PLAIN_YES_WITHHOLDS, YES_WITHHOLDS
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.shapes import TABLES_OF_DATES, TABLES_OF_FACTS

# Tables inside of the header that speak of the article, beside those that its other facts are read from.
TABLES: Final = frozenset(
    {
        *TABLES_OF_DATES,
        *TABLES_OF_FACTS,
        *("<<", "acl", "article", "blog", "build", "cascade", "config", "content", "customfields", "details"),
        *("editorial", "eleventycomputed"),
        *("fields", "flags", "frontmatter", "header", "hugo", "info", "jekyll", "node", "options", "page"),
        *("permissions", "post"),
        *("properties", "publication", "publish", "publishing", "settings", "status", "sys", "visibility"),
    }
)
_RIGHTS: Final = ("admin.", "site.")
_NAMED: Final = frozenset({"groups", "users"})
_OF_GROUPS: Final = frozenset({"login", "members", "paid", "read", "super", "view"})  # what a group may do
_ON: Final = frozenset({"active", "enable", "enabled", "isactive", "isenabled", "on"})
_SWITCHES: Final = (readers.ONLY_FOR, YES_WITHHOLDS, PLAIN_YES_WITHHOLDS)


def needs_login(value: Value) -> bool:
    """Return whether what Grav has under `access` asks for a right: `{site.paid: true}`, `{site: {paid: true}}`."""
    if isinstance(value, str):
        return value.lower().startswith(_RIGHTS)
    if isinstance(value, list):
        return any(map(needs_login, value))
    if any(_names_somebody(one) for key, one in value.items() if key_name(key) in _NAMED):
        return True
    rights = [one for key, one in value.items() if _is_right(key, one)]
    inner = (one for right in rights if isinstance(right, dict) for one in right.values())
    return any(isinstance(one, str) and word_of(one) in YES for one in (*rights, *inner))


def _is_right(key: str, value: Value) -> bool:
    """Return whether a key is a right, or a table of them: of Grav's own groups, or of a site's: `crew.read: true`."""
    group, dot, _ = f"{key}.".lower().rstrip(".").partition(".")
    if f"{group}." in _RIGHTS:
        return True
    is_table = isinstance(value, dict) and not _OF_GROUPS.isdisjoint(map(key_name, value))
    return (bool(dot) or is_table) and group not in readers.EVERYBODY


def _names_somebody(value: Value) -> bool:
    """Return whether a list of groups or people names some, and not everybody."""
    listed = value if isinstance(value, list) else [value]
    words = {word_of(one) for one in listed if isinstance(one, str)} - NO
    return bool(words) and words.isdisjoint(readers.EVERYBODY)


def whether_on(name: str, table: Mapping[str, Value]) -> str:
    """Return what a table says about its own key as a switch, "" where nothing: `encrypt: {enabled: false}`."""
    if not any(name in names for names in _SWITCHES):
        return ""
    said = (value for key, value in table.items() if key_name(key) in _ON)
    return next((one for one in said if isinstance(one, str)), "")
