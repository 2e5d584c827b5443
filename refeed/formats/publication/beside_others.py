"""What some keys say of publication beside certain others only, and beside which they are about something else."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from refeed.formats.headers.fields import Value, key_name

# Grav's `visible` is about menus alone; an issue of GitHub is `locked` against comments.
_ABOUT_SOMETHING_ELSE: Final = MappingProxyType(
    {
        "locked": frozenset({"activelockreason"}),
        "visible": frozenset({"cacheenable", "process", "routable", "taxonomy"}),
    }
)
# In words as these, which are as often of what the article is about, only a plain yes at the top says who may read it.
FOR_SOME: Final = frozenset(
    {"auth", "friends", "member", "members", "paid", "patrons", "subscriber", "subscribers", "vip"}
)
ASKED: Final = frozenset({"archived", "to", *FOR_SOME})
_PLAIN_YES: Final = frozenset({"true", "yes"})
_YES: Final = frozenset({"1", "true", "yes"})
_PUBLIC: Final = "public"  # ActivityPub, 5.6: https://www.w3.org/ns/activitystreams#Public, also as:Public


def is_about_something_else(name: str, keys: Collection[str]) -> bool:
    """Return whether a key is about something else than publication, by those that stand beside it."""
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
    for key in said.keys() & FOR_SOME:
        if isinstance(plain := said[key], str) and plain.strip().lower() in _PLAIN_YES:
            return "locked", key
    readers = [one for key in ("to", "cc") for one in _texts(said.get(key, []))]
    are_addresses = bool(readers) and all(one.startswith(("http://", "https://", "as:")) for one in readers)
    if are_addresses and not any(one.lower().endswith(_PUBLIC) for one in readers):
        return "private", "to"  # followers, or some people
    return None


def _texts(value: Value) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]
