"""Read Cryogen's header: a map of Clojure's data notation above Markdown (https://github.com/edn-format/edn)."""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from refeed.formats.headers.fields.lines import FieldHeader
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name

# Strings, remarks and commas, which are white space; brackets; keywords, numbers and symbols.
_TOKEN: Final = late_pattern(
    r"(?>(?:[\s,]|;[^\n]*)*)(?:(?P<string>\"(?:[^\"\\]|\\.)*\")|(?P<open>#\{|#_|#inst|[{\[(])|(?P<close>[}\])])"
    r"|(?P<word>[^\s,;\"{}\[\]()]+))",
    re.DOTALL,
)
_MARKUPS: Final = MappingProxyType({".asc": "asciidoc", ".adoc": "asciidoc", ".md": "markdown"})
_MOST: Final = 2_000  # tokens
_DEEPEST: Final = 8


def read_edn(text: str, name: str) -> FieldHeader | None:
    """Read the map that a text begins with; None if there is none, or it has no title."""
    markup = _MARKUPS.get(PurePosixPath(name.lower()).suffix)
    tokens = _tokens(text)
    try:
        if markup is None or next(tokens)[0] != "{":
            return None
        values, end = _map(tokens, 0)
    except (StopIteration, ValueError):
        return None
    return FieldHeader(values, end, markup, is_closed=True) if values.get("title") else None


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield each word, and where it ends."""
    end = 0
    for _ in range(_MOST):
        found = _TOKEN.match(text, end)
        if found is None:
            return
        end = found.end()
        yield found[found.lastgroup or 0], end


def _map(tokens: Iterator[tuple[str, int]], depth: int) -> tuple[dict[str, Value], int]:
    """Return the values of a map by their folded names, and where it ends."""
    values: dict[str, Value] = {}
    while True:
        key, end = next(tokens)
        if key == "}":
            return values, end
        if key == "#_":
            _value(tokens, next(tokens)[0], depth)
            continue
        if key[0] != ":":
            raise ValueError(key)
        values[key_name(key[1:].rstrip("?"))] = _value(tokens, next(tokens)[0], depth)


def _value(tokens: Iterator[tuple[str, int]], word: str, depth: int) -> Value:
    if depth > _DEEPEST or word in {"}", "]", ")"}:
        raise ValueError(word)
    if word == "#_":  # what follows is not read
        _value(tokens, next(tokens)[0], depth + 1)
    if word in {"#_", "#inst"}:
        return _value(tokens, next(tokens)[0], depth + 1)
    if word == "{":
        return _map(tokens, depth + 1)[0]
    if word in {"[", "(", "#{"}:
        closing = {"[": "]", "(": ")"}.get(word, "}")
        items: list[Value] = []
        while (item := next(tokens)[0]) != closing:
            value = _value(tokens, next(tokens)[0] if item == "#_" else item, depth + 1)
            items += [value] if item != "#_" else []
        return items
    return str(json.loads(word, strict=False)) if word[0] == '"' else word.removeprefix(":")
