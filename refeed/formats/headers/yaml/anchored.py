"""Read header keys whose values YAML names and repeats: anchors, aliases, tags and merge keys.

Who reads a header line by line takes these for text, and would miss a "no" behind them. Aliases may repeat a limited
number of values, so that no bomb unfolds.
"""

import re
from contextlib import suppress
from textwrap import dedent
from typing import Final

import yaml

from refeed.formats.headers.yaml.guarded import NO_BREAKS, Events
from refeed.formats.headers.yaml.values import YamlValues
from refeed.formats.publication.stated import AGAIN, kept_aside
from refeed.vocabulary.fields import Value, key_name

_MERGE: Final = "<<"
_DEPTH: Final = 30
_REPEATED: Final = 4000  # values, by all aliases together
# YAML 1.2, 6.9.2: a name may be of almost any characters; LibYAML knows those of ASCII.
_NAME: Final = re.compile(r"(?<![^\s,\[{])([&*])([^\s,\[\]{}]{1,200})")
_NOT_ASCII: Final = re.compile(r"[^A-Za-z0-9_-]")
_KEY_AT_LEFT: Final = re.compile(r"\n(?=[^\s#:\-\]}])")


def read_anchored(text: str) -> dict[str, Value]:
    """Return what the keys of a header hold, whatever is named elsewhere in it; a key that is no YAML has nothing."""
    text = _NAME.sub(_in_ascii, dedent(text.translate(NO_BREAKS)))
    reader = YamlValues(_REPEATED, _add)
    with suppress(yaml.YAMLError):
        return _table(text, reader)
    values: dict[str, Value] = {}
    for part in _KEY_AT_LEFT.split(text):
        with suppress(yaml.YAMLError):
            for name, value in _table(part, reader).items():
                values |= kept_aside(values, name, value) if name in values else {name: value}
    return values


def _in_ascii(name: re.Match[str]) -> str:
    return name[1] + _NOT_ASCII.sub(lambda odd: f"_{ord(odd[0]):x}", name[2])


def _table(text: str, reader: YamlValues) -> dict[str, Value]:
    """Return what a text says if it is a table, with the tables that are merged into it."""
    events: Events = yaml.parse(text, Loader=yaml.CBaseLoader)
    read = [reader.value(event, events, _DEPTH) for event in events if isinstance(event, yaml.NodeEvent)]
    values: dict[str, Value] = {}
    for table in read:
        if isinstance(table, dict):
            merged = table.get(_MERGE, [])
            for one in (table, *(merged if isinstance(merged, list) else [merged])):
                own = one.items() if isinstance(one, dict) else ()
                values = {key if key.endswith(AGAIN) else key_name(key): value for key, value in own} | values
    return values


def _add(table: dict[str, Value], key: str, value: Value) -> None:
    table |= kept_aside(table, key_name(key), value) if key in table else {key: value}
