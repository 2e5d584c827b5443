"""Read the strict subset of YAML that machines write, fast; refuse everything else, misread nothing.

The one deviation is on purpose: a bare title keeps its ` #`, where YAML would begin a comment and cut the title.
"""

import re
from typing import Final

from refeed.formats._fields import Value, key_name
from refeed.formats._vocabulary import TITLES

_DOUBLE: Final = r'"((?:[^"\\\n]++|\\["\\/nt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*+)"'
_SINGLE: Final = r"'((?:[^'\n]++|'')*+)'"
_PLAIN: Final = r"""([^\s\-?:,\[\]{}#&*!|>'"%@`](?:[^:\n]++|:(?=[^ \n]))*+)"""
_FLOW: Final = r"[^\[\]{}#&*!|>%@`?:\n\\]*+"
_LINE: Final = re.compile(
    rf"(?:([A-Za-z_][A-Za-z0-9_-]{{0,63}}):(?:[ ]++(?:{_DOUBLE}|{_SINGLE}|\[({_FLOW})\]|{_PLAIN}))?+"
    rf"|([ ]*+)-[ ]++(?:{_DOUBLE}|{_SINGLE}|{_PLAIN}))[ ]*+\n"
)
_KEY, _KEY_DOUBLE, _KEY_SINGLE, _KEY_FLOW, _KEY_PLAIN, _INDENT, _ITEM_DOUBLE, _ITEM_SINGLE, _ITEM_PLAIN = range(1, 10)
_PLAINS: Final = frozenset({_KEY_PLAIN, _ITEM_PLAIN})
_DOUBLES: Final = frozenset({_KEY_DOUBLE, _ITEM_DOUBLE})
_FLOW_ITEM: Final = re.compile(r"""[ ]*+(?:"([^"]*+)"|'([^']*+)'|([^\s\-,'"][^,'"]*+))[ ]*+(?:,(?=[ ]*+[^ ])|\Z)""")
_ESCAPE: Final = re.compile(r"\\(?:u(....)|(.))")


def read_strict(text: str) -> dict[str, Value] | None:
    """Read the lines of a header, each ended by a newline; None if anything in it is outside the subset."""
    # What is not printable YAML refuses, folds or trims in ways of its own (NEL, NBSP, U+2028, tabs, controls).
    if not text.replace("\n", "").isprintable():
        return None
    values: dict[str, Value] = {}
    items: list[Value] | None = None  # of the last key, when nothing stands behind its colon
    indent, name, position, end = "", "", 0, len(text)
    comments = " #" in text
    while position < end:
        line = _LINE.match(text, position)
        if line is None:
            return None
        position = line.end()
        kind = line.lastindex or 0
        value = _value(line, kind)
        if value is None or (comments and kind in _PLAINS and _is_cut(line, kind)):
            return None
        if kind > _INDENT:
            if items is None or (items and line[_INDENT] != indent):
                return None
            values[name], indent = items, line[_INDENT]
            items.append(value)
            continue
        name = key_name(line[_KEY])
        if name in values or (kind == _KEY_FLOW and name in TITLES):
            return None
        values[name], items = value, [] if kind == _KEY else None
    return values


def _value(line: re.Match[str], kind: int) -> Value | None:
    text = line[kind]
    if kind in _PLAINS:
        return text.rstrip(" ")
    if kind == _KEY:
        return ""
    if kind == _KEY_FLOW:
        return _flow(text)
    if kind in _DOUBLES:
        return _ESCAPE.sub(_unescape, text) if "\\" in text else text
    return text.replace("''", "'")


def _is_cut(line: re.Match[str], kind: int) -> bool:
    return " #" in line[kind] and not (kind == _KEY_PLAIN and key_name(line[_KEY]) in TITLES)


def _flow(inside: str) -> list[Value] | None:
    values: list[Value] = []
    position, end = 0, len(inside.rstrip(" "))
    while position < end:
        item = _FLOW_ITEM.match(inside, position)
        if item is None:
            return None
        position = item.end()
        text = item[item.lastindex or 0]
        values.append(text.rstrip(" ") if item.lastindex == 3 else text)
    return values


def _unescape(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return {"n": "\n", "t": "\t"}.get(escape[2], escape[2])
