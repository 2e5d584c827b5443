"""Read a JSON object that stands at the beginning of a file as front matter, with numbers as they were written."""

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Final

from refeed.formats.publication.stated import KNOWN
from refeed.model import Span
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import NOT_A_HEADER, Value, key_name, plain_values

_BETWEEN: Final = late_pattern(r"[\s,\ufeff]*")  # U+FEFF: files that were joined, each with its own mark
# A key of an object, up to its value.
_MEMBER: Final = late_pattern(r'[\s,]{0,200}"((?>(?:[^"\\]|\\.){0,300}))"\s{0,200}:\s{0,200}')
# Where the next object of JSON Lines begins. Each is read within its own lines: what one that was cut lacks is not
# looked for in all that follow. U+001E begins each record of RFC 7464.
_NEXT_OBJECT: Final = late_pattern(r'\n(?=(?>[,\ufeff\x1e]*)\{(?>\s*)["}])')
_BETWEEN_OBJECTS: Final = late_pattern(r"[\s,\ufeff\x1e]*")
_FIRST_KEY: Final = late_pattern(r'\{(?>\s*)"(?>[^"\\\n]+)"(?>\s*):')
_ANEW: Final = 10  # objects begun within one line
HEAD: Final = 2**18
"""Bytes at the beginning of a file in which a list of objects has to begin, with an article among its first items."""
DEEPEST: Final = 200
"""Values in values: far more than any text has, and less than any Python reads, each of which gives up elsewhere."""

# Up to the next bracket that is in no text in quotes; what stands before it in bounded parts, for the stack's sake.
_UP_TO_BRACKET: Final = late_pattern(
    r'(?>(?:[^"\[\]{}]+|"(?>[^"\\]*)(?>(?:\\.(?>[^"\\]*))*)(?:"|\Z)){0,500})([\[{\]}])?', re.DOTALL
)
# A text in quotes, with whatever brackets are in it, or a bracket.
_TOKEN: Final = late_pattern(r'"(?>[^"\\]*)(?>(?:\\.(?>[^"\\]*))*)(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


def merged(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the members of an object; where several of one key speak of publication, each of them counts."""
    members: dict[str, Any] = {}
    for key, value in pairs:
        before = members.get(key, value)
        if before == value or key_name(key) not in KNOWN or (value is None and before is not True):
            members[key] = value  # the last one, as all readers of JSON have it; nothing is no date of publication
        elif before is None:
            members[key] = [value, "null"]
        else:
            members[key] = [value, *(before if isinstance(before, list) else [before])]
    return members


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    return members if len(members) == len(pairs) else merged(pairs)


_DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, strict=False, object_pairs_hook=_object)


class ListItem(NamedTuple):
    """An item of a list, and where it lies; None where there is no value that can be read."""

    value: Any | None
    span: Span  # in characters


def read_json(text: str, depth: int) -> tuple[dict[str, Value], int] | None:
    """Return the object's values and where it ends; None if it is no object or that of a program or a feed."""
    read = read_value(text, 0)
    if read is None:
        return None
    value, end = read
    if not isinstance(value, dict) or NOT_A_HEADER & value.keys():
        return None
    return folded(value, depth), end


def folded(members: Mapping[str, Any], depth: int) -> dict[str, Value]:
    """Return the members of an object as text, lists and mappings, by folded keys."""
    values = [(key_name(key), plain_values(item, depth)) for key, item in members.items()]
    return _object(values)


def read_value(text: str, start: int) -> tuple[Any, int] | None:
    """Return the value that begins here and where it ends; numbers stay text. None if it cannot be read."""
    if _is_too_deep(text, start):
        return None
    try:
        return _DECODER.raw_decode(text, start)
    except ValueError:
        return None


def is_above_text(head: str) -> bool:
    """Return whether a file begins with a whole object that no other one follows, but a text: its header."""
    start = len(head) - len(head.lstrip())
    read = read_value(head, start) if head.startswith("{", start) else None
    if read is None or _NEXT_OBJECT.search(head, start):
        return False
    behind = _BETWEEN_OBJECTS.match(head, read[1])
    return behind is not None and not head.startswith("{", behind.end()) and behind.end() < len(head)


def read_list(text: str, start: int) -> Iterator[ListItem]:
    """Yield every item of a list whose first one begins here, one at a time: a list may be as large as the file.

    Items may be parted by commas or by nothing but white space (JSON Lines). Where none begins, the list is broken.
    """
    at = start
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        if at == len(text) or text[at] == "]":
            return
        read = read_value(text, at)
        if read is None:
            yield ListItem(None, (at, at))
            return
        yield ListItem(read[0], (at, read[1]))
        at = read[1]


def read_members(text: str, start: int) -> Iterator[ListItem]:
    """Yield every object among the members of an object whose first one begins here, each with its key as an id."""
    at = start
    while member := _MEMBER.match(text, at):
        read = read_value(text, member.end())
        if read is None:
            yield ListItem(None, (at, at))
            return
        value, at = read
        if isinstance(value, dict):
            yield ListItem({"id": member[1], **value}, (member.end(), at))


def read_scalars(text: str, start: int, wanted: Container[str], longest: int) -> dict[str, Any]:
    """Return the members of an object with these keys, wherever they stand in it; lists and objects only if short."""
    values: dict[str, Any] = {}
    at = start + 1
    while member := _MEMBER.match(text, at):
        begin = member.end()
        is_nested = text[begin : begin + 1] in {"[", "{"}
        end = _end_of(text, begin) if is_nested else begin
        if not is_nested or (member[1] in wanted and end - begin <= longest):
            read = read_value(text, begin)
            if read is None:
                break
            value, end = read
            if member[1] in wanted:
                values[member[1]] = value
        at = end
    return values


def _end_of(text: str, start: int) -> int:
    """Return where the list or the object ends that begins here."""
    depth = 0
    for match in _UP_TO_BRACKET.finditer(text, start):
        if bracket := match[1]:
            depth += 1 if bracket in {"[", "{"} else -1
            if not depth:
                return match.end()
    return len(text)


def read_lines(text: str, start: int) -> Iterator[ListItem]:
    """Yield every object of JSON Lines, and one item without a value for anything else that stands before the next."""
    for end in (*(match.start() for match in _NEXT_OBJECT.finditer(text, start)), len(text)):
        for value, (first, last) in _objects_of(text[start:end]):
            yield ListItem(value, (start + first, start + last))
        start = end


def _objects_of(lines: str) -> Iterator[ListItem]:
    for item in read_list(lines, 0):
        if isinstance(item.value, dict):
            yield item
            continue
        yield ListItem(None, item.span)
        if begun_anew := _begun_anew(lines, item.span[0]):
            yield begun_anew
        return


def _begun_anew(lines: str, start: int) -> ListItem | None:
    """Return the object to the end of the line that a robot wrote behind one that it had left half-written.

    It begins with the same key. An object within the broken one hardly does, and does not end its line either.
    """
    opening = _FIRST_KEY.match(lines, start)
    at, tries = start, 0
    while opening and tries < _ANEW and (at := lines.find(opening[0], at + 1)) >= 0:
        read, tries = read_value(lines, at), tries + 1
        if read and lines[read[1] :].lstrip(" \t\r,")[:1] in {"", "\n"}:
            return ListItem(read[0], (at, read[1]))
    return None


def _is_too_deep(text: str, start: int) -> bool:
    """Return whether the object that begins here is nested deeper than every Python can read."""
    depth = 0
    for match in _TOKEN.finditer(text, start):
        if match[0] in {"[", "{"}:
            depth += 1
        elif match[0] in {"]", "}"}:
            depth -= 1
        if not 0 < depth <= DEEPEST:
            return depth > 0
    return False
