"""Read front matter with PyYAML's C parser, guarded: untyped, without aliases, anchors and tags, never deep.

The events are read, nothing is composed: an alias bomb stops at its first anchor. Titles deviate from YAML on
purpose: a bare one keeps what follows ` #`, and one that begins with a bracket or a brace is text,
unless the braces hold a mapping about a title.
"""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

import yaml

from refeed.formats.headers.statements import KNOWN
from refeed.formats.headers.translated_values import holds_title
from refeed.formats.publication.stated import kept_aside
from refeed.problems import Problem
from refeed.vocabulary.fields import Fields, Value, bad_header, key_name, twice
from refeed.vocabulary.keys import TITLES

# A key at the beginning of a line.
_KEY_LINE: Final = re.compile(r"\n([A-Za-z_][A-Za-z0-9_-]{0,63}):(?=[ \t\n]|\Z)")
# YAML 1.1 ends lines there, YAML 1.2 (5.4) does not, and who writes a header sees one line.
NO_BREAKS: Final = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))
_MOST_TOLD: Final = 10  # keys that stand twice

Events: TypeAlias = Iterator[yaml.Event]


class _RefusedError(Exception):
    """The text is YAML, but none that a header needs: where and why."""

    def __init__(self, event: yaml.Event, why: str) -> None:
        super().__init__(why)
        self.offset = _start(event)


def read_yaml(text: str, depth: int) -> Fields | Problem:
    """Read a header that is a mapping; a Problem says why it cannot be read as YAML."""
    try:
        return _document(yaml.parse(text.translate(NO_BREAKS), Loader=yaml.CBaseLoader), text, depth)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return bad_header(f"not valid YAML: {error.problem or error.context}", _line(text, mark.index if mark else 0))
    except yaml.YAMLError as error:  # a character that YAML does not allow
        return bad_header(f"not valid YAML: {getattr(error, 'reason', 'unreadable')}", 1)
    except _RefusedError as error:
        return bad_header(str(error), _line(text, error.offset))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _document(events: Events, text: str, depth: int) -> Fields:
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            _check(event)
            fields = _top(events, text, depth, flow=bool(event.flow_style))
            for rest in events:  # to the end, so that an error behind the mapping is seen
                if isinstance(rest, yaml.DocumentStartEvent):
                    raise _RefusedError(rest, "several YAML documents")
            return fields
        if isinstance(event, yaml.NodeEvent):
            raise _RefusedError(event, "not a mapping of keys to values")
    return Fields({})


def _top(events: Events, text: str, depth: int, *, flow: bool) -> Fields:
    values: dict[str, Value] = {}
    problems = list[Problem]()
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        name = _key(event)
        start = next(events)
        value = _value(start, events, text, depth)
        if name in TITLES and not flow:
            value = _title(start, value, text)
        if name in values:
            if len(problems) < _MOST_TOLD:  # the lines above each are counted
                problems.append(twice(name, _line(text, _start(event))))
            values |= kept_aside(values, name, value)
        values.setdefault(name, value)
    return Fields(values, tuple(problems))


def _value(event: yaml.Event, events: Events, text: str, depth: int) -> Value:
    _check(event)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event, text)
    if not depth:
        raise _RefusedError(event, "values are nested too deeply; --allow max-header-depth=N reads more")
    if isinstance(event, yaml.SequenceStartEvent):
        return _items(events, text, depth)
    values: dict[str, Value] = {}
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            break
        values.setdefault(_written(key), _value(next(events), events, text, depth - 1))
    return values


def _items(events: Events, text: str, depth: int) -> list[Value]:
    items: list[Value] = []
    for item in events:
        if isinstance(item, yaml.SequenceEndEvent):
            break
        items.append(_value(item, events, text, depth - 1))
    return items


def _key(event: yaml.Event) -> str:
    return key_name(_written(event))


def _written(event: yaml.Event) -> str:
    """Return a key as it is written: in a mapping within the header it may be a name."""
    _check(event)
    if not isinstance(event, yaml.ScalarEvent):
        raise _RefusedError(event, "a key that is not text")
    return str(event.value)


def _scalar(event: yaml.ScalarEvent, text: str) -> str:
    # An opening quotation mark that is never closed swallows the lines up to the next one: the keys in them tell.
    if event.style in {'"', "'"}:
        for key in _KEY_LINE.findall(text, _start(event), _end(event)):
            if key_name(key) in KNOWN:
                raise _RefusedError(event, "a quotation mark is not closed")
    return str(event.value)


def _title(start: yaml.Event, value: Value, text: str) -> Value:
    begin = _start(start)
    end = text.find("\n", begin)
    rest = text[begin : end if end >= 0 else len(text)].strip()
    if not isinstance(start, yaml.ScalarEvent):
        is_text = getattr(start, "flow_style", False) and not (isinstance(value, dict) and holds_title(value))
        return rest if is_text else value
    if start.style or _end(start) > begin + len(rest):  # quoted, or folded over several lines
        return value
    return "" if rest == "#" or rest.startswith("# ") else rest


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _check(event: yaml.Event) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _RefusedError(event, "an alias or an anchor, which refeed does not follow")
    tag = getattr(event, "tag", None)
    if tag and not tag.startswith("tag:yaml.org,2002:"):
        raise _RefusedError(event, "a value that begins with '!'")
