"""Compare two states of one entry, field by field, as far as a reader can tell them apart."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from refeed.comparison.published import PublishedEntry
from refeed.outputs._texts import rfc3339, uri
from refeed.startup.named_tuple import NamedTuple
from refeed.text.plain import plain

_TAG: Final = re.compile(r"<[^<>]*>")
# What tells one text from another; without it an entry is the same article for its reader.
TEXTS: Final = frozenset({"title", "summary", "content"})
DATES: Final = frozenset({"published", "updated"})


class FieldChange(NamedTuple):
    """A field of an entry before and after."""

    name: str
    old: str
    new: str


def changed_fields(old: PublishedEntry, new: PublishedEntry, *, same_format: bool) -> tuple[FieldChange, ...]:
    """Return the fields that differ. Two formats write one text in two ways: then only what is visible counts."""
    return tuple(_changes(old, new, same_format=same_format))


def visible_text(html: str) -> str:
    """Return the visible part of a text, whether its markup is markup or was escaped once more."""
    return _words(_TAG.sub(" ", plain(html)))  # in this order: `a<b and c>d` is a text of Atom, and escaped in RSS


def _changes(old: PublishedEntry, new: PublishedEntry, *, same_format: bool) -> Iterator[FieldChange]:
    for name in PublishedEntry._fields:
        before, after = getattr(old, name), getattr(new, name)
        if name == "id" or before == after:
            continue
        if name in {"summary", "updated"} and not (before and after):
            continue  # formats differ in whether they state it; readers show nothing where it is missing
        if name == "content" and not same_format:
            before, after = visible_text(before), visible_text(after)
        if _comparable(name, before) != _comparable(name, after):
            yield FieldChange(name, _shown(before), _shown(after))


def _comparable(name: str, value: object) -> object:
    if name in {"title", "summary"}:
        return visible_text(str(value))
    if name == "content":
        return _words(str(value))
    if name in {"link", "image"}:
        return uri(str(value))
    return tuple(map(uri, value)) if name == "enclosures" and isinstance(value, tuple) else value


def _words(text: str) -> str:
    return " ".join(text.split())


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return rfc3339(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")
