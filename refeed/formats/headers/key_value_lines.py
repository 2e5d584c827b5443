"""Read `Key: value` lines as Pelican and MultiMarkdown write them: plain text, nothing quoted."""

from collections.abc import Mapping
from typing import Final

from refeed.formats.publication.stated import kept_aside
from refeed.vocabulary.fields import Fields, Value, key_name, twice

_LISTS: Final = frozenset({"authors", "keywords", "tags"})


def read_lines(text: str) -> Fields:
    """Read a header whose indented lines go on with the value above."""
    values: dict[str, Value] = {}
    problems = []
    parts: list[str] = []
    name = ""
    for number, line in enumerate(text.split("\n"), 1):
        key, colon, rest = line.partition(":")
        if colon and key and not key[0].isspace():
            values |= _said(values, name, parts)
            name, parts = key_name(key), [rest.strip()]
            if name in values:
                problems.append(twice(name, number))
        elif line.strip():
            parts.append(line.strip())
    values |= _said(values, name, parts)
    return Fields(values, tuple(problems))


def _said(values: Mapping[str, Value], name: str, parts: list[str]) -> Mapping[str, Value]:
    """Return what a key adds to the values above it."""
    if name in values:
        return kept_aside(values, name, divided(name, parts))
    return {name: divided(name, parts)} if name else {}


def divided(name: str, parts: list[str]) -> Value:
    """Return one text, or the list that Pelican makes of it: at semicolons or else at commas, or of lines."""
    if name == "author" and len(parts) > 1:
        return [*parts]
    text = " ".join(parts)
    if name in _LISTS:
        return [item.strip() for item in text.split(";" if ";" in text else ",") if item.strip()]
    return text
