"""Read YAML as texts, lists and tables, with anchors and aliases resolved; nothing is composed.

The events are read one by one, so whoever asks may keep what stands above a fault. What an alias repeats is counted
before it is repeated, so that none can be a bomb.
"""

from collections.abc import Callable, Iterator

import yaml

from refeed.vocabulary.fields import Value

Add = Callable[[dict[str, Value], str, Value], None]
"""Puts a pair into a table: of a key that stands there already it decides which value counts."""


class YamlValues:
    """The values of a text, and what its anchors stand for."""

    def __init__(self, most_repeated: int, add: Add) -> None:
        """Begin; aliases may repeat `most_repeated` values, counted with all that is in them, and no more."""
        self._add = add
        self._anchored: dict[str, tuple[Value, int]] = {}  # with the number of values in it
        self._count = 0  # of the values read, those that aliases repeat among them
        self._left = most_repeated

    def fill(self, table: dict[str, Value], events: Iterator[yaml.Event], depth: int) -> None:
        """Read the pairs of a table that has begun; what lies deeper than `depth` levels is left out."""
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self.value(event, events, depth)
            value = self.value(next(events), events, depth)
            if isinstance(key, str):
                self._add(table, key, value)

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        """Return what begins with an event; an alias of what is still open says nothing."""
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(str(event.anchor))
        anchor, before = getattr(event, "anchor", None) or "", self._count
        self._anchored.pop(anchor, None)
        value = self._read(event, events, depth)
        self._count += 1
        if anchor:
            self._anchored[anchor] = (value, self._count - before)
        return value

    def _read(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if not depth:
            return _skipped(events)
        if isinstance(event, yaml.MappingStartEvent):
            table: dict[str, Value] = {}
            self.fill(table, events, depth - 1)
            return table
        return [self.value(item, events, depth - 1) for item in _until_end(events)]

    def _repeated(self, anchor: str) -> Value:
        value, size = self._anchored.get(anchor, ("", 1))
        if size > self._left:
            value, size = "", 1
        self._left -= size
        self._count += size
        return value


def _until_end(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            return
        yield event


def _skipped(events: Iterator[yaml.Event]) -> str:
    """Pass over a list or a table that has begun."""
    is_open = 1
    while is_open:
        event = next(events)
        is_open += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
    return ""
