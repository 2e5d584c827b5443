"""Read the strict subset of YAML that machines write, fast; refuse everything else, misread nothing.

The one deviation is on purpose: a bare title keeps its ` #`, where YAML would begin a comment and cut the title.
"""

import re
from functools import lru_cache
from typing import Final

from refeed.formats._fields import Value, key_name
from refeed.formats._vocabulary import TITLES

# Each with its marks, so that what a line has is never the empty text.
_PLAIN: Final = r"""([^\s\-?:,\[\]{}#&*!|>'"%@`](?:[^:\n]++|:(?=[^ \n]))*+)"""
_DOUBLE: Final = r'("(?:[^"\\\n]++|\\["\\/nt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*+")'
_SINGLE: Final = r"('(?:[^'\n]++|'')*+')"
_FLOW: Final = r"(\[[^\[\]{}#&*!|>%@`?:\n\\]*+\])"
_LINES: Final = re.compile(
    rf"(?:([A-Za-z_][A-Za-z0-9_-]{{0,63}}):(?:[ ]++(?:{_PLAIN}|{_DOUBLE}|{_SINGLE}|{_FLOW}))?+"
    rf"|([ ]*+-[ ])[ ]*+(?:{_PLAIN}|{_DOUBLE}|{_SINGLE}))[ ]*+\n"
    r"|([\s\S])"  # whatever else: so no text between two lines goes unseen
)
_FLOW_ITEM: Final = re.compile(r"""[ ]*+(?:"([^"]*+)"|'([^']*+)'|([^\s\-,'"][^,'"]*+))[ ]*+(?:,(?=[ ]*+[^ ])|\Z)""")
_ESCAPE: Final = re.compile(r"\\(?:u(....)|(.))")
_name: Final = lru_cache(maxsize=1024)(key_name)  # at most 64 characters each, and the same in every file


def read_strict(text: str) -> dict[str, Value] | None:
    """Read the lines of a header, each ended by a newline; None if anything in it is outside the subset."""
    # What is not printable YAML refuses, folds or trims in ways of its own (NEL, NBSP, U+2028, tabs, controls).
    if not text.replace("\n", "").isprintable():
        return None
    values: dict[str, Value] = {}
    name = dash = ""
    items: list[Value] | None = None  # of the last key, when nothing stands behind its colon
    for key, plain, double, single, flow, item, item_plain, item_double, item_single, other in _LINES.findall(text):
        if key:
            name = _name(key)
            value = _scalar(plain, double, single) if not flow else _flow(flow[1:-1])
            if name in values or value is None or (flow and name in TITLES) or (" #" in plain and name not in TITLES):
                return None
            values[name], items = value, None if plain or double or single or flow else []
        elif other or items is None or (items and item != dash) or " #" in item_plain:
            return None
        else:
            values[name], dash = items, item
            items.append(_scalar(item_plain, item_double, item_single))
    return values


def _scalar(plain: str, double: str, single: str) -> str:
    if plain:
        return plain.rstrip(" ")
    if double:
        return _ESCAPE.sub(_unescape, double[1:-1]) if "\\" in double else double[1:-1]
    return single[1:-1].replace("''", "'")


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
