"""Keys that speak of publication only beside certain others, or of something else beside them."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from refeed.vocabulary.fields import Value, key_name

# Grav's `visible` is about menus alone; an issue of GitHub is `locked` against comments.
_ABOUT_SOMETHING_ELSE: Final = MappingProxyType(
    {
        "locked": frozenset({"activelockreason"}),
        "visible": frozenset({"cacheenable", "process", "routable", "taxonomy"}),
    }
)
# Or what the article is about, where several words say it, and one of them is of a sentence: `why they fail`.
_SUBJECTS: Final = frozenset({"passwords"})
_OF_SENTENCES: Final = frozenset(
    {"a", "about", "and", "are", "as", "at", "by", "can", "do", "for", "from", "how", "if", "in", "is", "it", "no"}
    | {"not", "of", "on", "or", "our", "should", "than", "that", "the", "their", "them", "these", "they", "this"}
    | {"to", "we", "what", "when", "which", "who", "why", "with", "without", "you", "your"}
)
# In words as these, which are as often of what the article is about, only a plain yes at the top says who may read it:
# `members: true`, `friends: only`, `auth: required`.
FOR_SOME: Final = frozenset(
    {"auth", "friends", "member", "members", "paid", "patrons", "subscriber", "subscribers", "vip"}
)
ASKED: Final = frozenset({"archived", "is_hidden", "ishidden", "to", *FOR_SOME})
_PLAIN_YES: Final = frozenset({"only", "required", "true", "yes"})
_YES: Final = frozenset({"1", "true", "yes"})
# October's page that is hidden is shown to those who log in to its back end; elsewhere it only is on no list.
_HIDDEN: Final = "ishidden"
_BESIDE_HIDDEN: Final = frozenset({"navigationhidden", "viewbag"})
_PUBLIC: Final = "public"  # ActivityPub, 5.6: https://www.w3.org/ns/activitystreams#Public, also as:Public


def is_about_something_else(name: str, keys: Collection[str], text: str) -> bool:
    """Return whether a key is about something else than publication, by those that stand beside it, or by its text."""
    if name in _SUBJECTS:
        words = text.lower().split()
        return len(words) > 1 and not _OF_SENTENCES.isdisjoint(words)
    others = _ABOUT_SOMETHING_ELSE.get(name)
    return others is not None and not others.isdisjoint(map(key_name, keys))


def said_beside_others(values: Mapping[str, Value]) -> tuple[str, str] | None:
    """Return the code of what some keys say together, and the key that says it."""
    if not any(key.lower() in ASKED for key in values):  # nearly always
        return None
    said = {key_name(key): value for key, value in values.items()}
    archived = said.get("archived")
    if "draft" in said and isinstance(archived, str) and archived.strip().casefold() in _YES:
        return "draft", "archived"  # Webflow: no longer on the site
    hidden = said.get(_HIDDEN)
    if isinstance(hidden, str) and hidden.strip().lower() in _YES and not _BESIDE_HIDDEN.isdisjoint(said):
        return "private", "is_hidden"
    for key in said.keys() & FOR_SOME:
        if isinstance(plain := said[key], str) and plain.strip().lower() in _PLAIN_YES:
            return "locked", key
    readers, copied = (_texts(said.get(key, [])) for key in ("to", "cc"))
    are_addresses = bool(readers or copied) and all(map(_is_address, (*readers, *copied)))
    if are_addresses and not any(one.lower().endswith(_PUBLIC) for one in readers):
        return "private", "to"  # followers, some people, or everybody who looks for it: unlisted
    return None


def _is_address(reader: str) -> bool:
    return reader.startswith(("http://", "https://", "as:")) or reader.lower() == _PUBLIC


def _texts(value: Value) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]
