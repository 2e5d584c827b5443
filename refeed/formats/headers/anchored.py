"""Read the keys of a header whose values YAML names and repeats: anchors, aliases, tags and merge keys.

Who reads a header line by line takes these for text, and would miss a "no" behind them. Aliases may repeat a limited
number of values, so that no bomb unfolds.
"""

import re
from contextlib import suppress
from itertools import takewhile
from textwrap import dedent
from typing import Final

import yaml

from refeed.formats.headers.fields import Value, key_name
from refeed.formats.headers.yaml import NO_BREAKS, Events
from refeed.formats.publication.stated import AGAIN, kept_aside

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
    reader = _Reader()
    with suppress(yaml.YAMLError, _TooDeepError):
        return reader.table(text)
    values: dict[str, Value] = {}
    for part in _KEY_AT_LEFT.split(text):
        with suppress(yaml.YAMLError, _TooDeepError):
            for name, value in reader.table(part).items():
                values |= kept_aside(values, name, value) if name in values else {name: value}
    return values


def _in_ascii(name: re.Match[str]) -> str:
    return name[1] + _NOT_ASCII.sub(lambda odd: f"_{ord(odd[0]):x}", name[2])


class _TooDeepError(Exception):
    """Values are nested deeper than in any header."""


class _Reader:
    """A reader that remembers what has a name."""

    def __init__(self) -> None:
        self._named: dict[str, tuple[Value, int]] = {}  # each with the number of values in it
        self._size = 0
        self._repeated = 0

    def table(self, text: str) -> dict[str, Value]:
        """Return what a text says if it is a table, with the tables that are merged into it."""
        events: Events = yaml.parse(text, Loader=yaml.CBaseLoader)
        read = [self._value(event, events, _DEPTH) for event in events if isinstance(event, yaml.NodeEvent)]
        values: dict[str, Value] = {}
        for table in read:
            if isinstance(table, dict):
                merged = table.get(_MERGE, [])
                for one in (table, *(merged if isinstance(merged, list) else [merged])):
                    own = one.items() if isinstance(one, dict) else ()
                    values = {key if key.endswith(AGAIN) else key_name(key): value for key, value in own} | values
        return values

    def _value(self, event: yaml.Event, events: Events, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor))
        if not depth:
            raise _TooDeepError
        before = self._size
        self._size += 1
        value: Value
        if isinstance(event, yaml.ScalarEvent):
            value = str(event.value)
        elif isinstance(event, yaml.SequenceStartEvent):
            items = takewhile(lambda one: not isinstance(one, yaml.SequenceEndEvent), events)
            value = [self._value(item, events, depth - 1) for item in items]
        else:
            value = self._pairs(events, depth)
        if name := getattr(event, "anchor", None):
            self._named[name] = (value, self._size - before)
        return value

    def _pairs(self, events: Events, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for event in takewhile(lambda one: not isinstance(one, yaml.MappingEndEvent), events):
            key = self._value(event, events, depth - 1)
            value = self._value(next(events), events, depth - 1)
            if isinstance(key, str):
                values |= kept_aside(values, key_name(key), value) if key in values else {key: value}
        return values

    def _alias(self, name: str) -> Value:
        value, size = self._named.get(name, ("", 1))
        if self._repeated + size > _REPEATED:
            value, size = "", 1
        self._repeated += size
        self._size += size
        return value
