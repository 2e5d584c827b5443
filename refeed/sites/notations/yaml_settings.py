"""Read settings in YAML, with its anchors, aliases and merge keys."""

from typing import Final

import yaml

from refeed.formats.headers.yaml.values import YamlValues
from refeed.sites.notations.values import NO, Table, Value

_MOST_REPEATED: Final = 10_000  # values in a file that stand there for an alias
_MERGE: Final = "<<"
# Generators differ in whether what is merged counts more than a key above it: what keeps a post back does in any case.
_KEPT_BACK: Final = frozenset({("draft", "true"), *(("published", no) for no in NO)})


def read_yaml(text: str, deepest: int) -> Table:
    """Return the first table of a file, up to a fault; what lies deeper, or is repeated too often, says nothing."""
    found: Table = {}
    try:
        events = yaml.parse(text, Loader=yaml.CBaseLoader)
        for event in events:
            if isinstance(event, yaml.MappingStartEvent):
                YamlValues(_MOST_REPEATED, _add).fill(found, events, deepest)
                break
    except yaml.YAMLError:  # what stands above the fault counts
        pass
    return found


def _add(table: Table, key: str, value: Value) -> None:
    """Let the later of two values count; what is merged is taken over where a table does not say it yet."""
    if key != _MERGE:
        table[key] = value
        return
    for one in value if isinstance(value, list) else [value]:  # of several the first counts
        for name, item in one.items() if isinstance(one, dict) else ():
            if name not in table or (isinstance(item, str) and (name.lower(), item.lower()) in _KEPT_BACK):
                table[name] = item
