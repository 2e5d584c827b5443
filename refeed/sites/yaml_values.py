"""Read YAML as texts, lists and tables, with its anchors, aliases and merge keys.

The events are read one by one: what stands above a fault counts, and nothing is composed. What an alias repeats is
counted before it is repeated, so that none can be a bomb.
"""

from collections.abc import Iterator
from typing import Final

from refeed.sites.values import NO, Table, Value

_MOST_REPEATED: Final = 10_000  # values in a file that stand there for an alias
_MERGE: Final = "<<"
# Generators differ in whether what is merged counts more than a key above it: what keeps a post back does in any case.
_KEPT_BACK: Final = frozenset({("draft", "true"), *(("published", no) for no in NO)})


def read_yaml(text: str, deepest: int) -> Table:
    """Return the first table of a file; what lies deeper, or is repeated too often, says nothing."""
    import yaml

    found: Table = {}
    try:
        events = yaml.parse(text, Loader=yaml.CBaseLoader)
        for event in events:
            if isinstance(event, yaml.MappingStartEvent):
                _Reader(events).fill(found, deepest)
                break
    except yaml.YAMLError:  # what stands above the fault counts
        pass
    return found


class _Reader:
    """The events of a file, and what its anchors stand for."""

    def __init__(self, events: Iterator[object]) -> None:
        self._events = events
        self._anchored: dict[str, tuple[Value, int]] = {}  # with the number of values in it
        self._count = 0  # of the values read, those that aliases repeat among them
        self._left = _MOST_REPEATED

    def fill(self, table: Table, depth: int) -> None:
        """Read the pairs of a table; of two that say the same the later one counts."""
        import yaml

        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._value(event, depth)
            value = self._value(next(self._events), depth)
            if key == _MERGE:
                _merge(table, value)
            elif isinstance(key, str):
                table[key] = value

    def _value(self, event: object, depth: int) -> Value:
        """Return what begins with an event; an alias of what is still open says nothing."""
        import yaml

        if isinstance(event, yaml.AliasEvent):
            return self._repeated(event.anchor or "")
        anchor, before = getattr(event, "anchor", None) or "", self._count
        self._anchored.pop(anchor, None)
        value = self._read(event, depth)
        self._count += 1
        if anchor:
            self._anchored[anchor] = (value, self._count - before)
        return value

    def _read(self, event: object, depth: int) -> Value:
        import yaml

        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if not depth:
            return self._skip()
        if isinstance(event, yaml.MappingStartEvent):
            table: Table = {}
            self.fill(table, depth - 1)
            return table
        return [self._value(item, depth - 1) for item in self._until_end()]

    def _repeated(self, anchor: str) -> Value:
        value, size = self._anchored.get(anchor, ("", 1))
        if size > self._left:
            return ""
        self._left -= size
        self._count += size
        return value

    def _until_end(self) -> Iterator[object]:
        import yaml

        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield event

    def _skip(self) -> str:
        """Pass over a list or a table that has begun."""
        import yaml

        is_open = 1
        while is_open:
            event = next(self._events)
            is_open += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        return ""


def _merge(table: Table, value: Value) -> None:
    """Take over what a table does not say yet, from one or several; of these the first counts."""
    for one in value if isinstance(value, list) else [value]:
        for key, item in one.items() if isinstance(one, dict) else ():
            if key not in table or (isinstance(item, str) and (key.lower(), item.lower()) in _KEPT_BACK):
                table[key] = item
