"""Read a JSON object that stands at the beginning of a file as front matter, with numbers as they were written."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from refeed.formats._fields import Value, key_name, plain_values
from refeed.model import Span

_DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, strict=False)
_NOT_A_HEADER: Final = frozenset({"dependencies", "feed_url", "home_page_url", "items", "scripts"})
_BETWEEN: Final = re.compile(r"[\s,]*")
_DEEPEST: Final = 200  # far more than any header has, and less than any Python reads: each gives up at another depth
# A text in quotes, with whatever brackets are in it, or a bracket.
_TOKEN: Final = re.compile(r'"(?>[^"\\]*)(?>(?:\\.(?>[^"\\]*))*)(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


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
    if not isinstance(value, dict) or _NOT_A_HEADER & value.keys():
        return None
    return {key_name(key): plain_values(item, depth) for key, item in value.items()}, end


def read_value(text: str, start: int) -> tuple[Any, int] | None:
    """Return the value that begins here and where it ends; numbers stay text. None if it is none that can be read."""
    if _is_too_deep(text, start):
        return None
    try:
        return _DECODER.raw_decode(text, start)
    except ValueError:
        return None


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


def _is_too_deep(text: str, start: int) -> bool:
    """Return whether the object that begins here is nested deeper than every Python can read."""
    depth = 0
    for match in _TOKEN.finditer(text, start):
        if match[0] in {"[", "{"}:
            depth += 1
        elif match[0] in {"]", "}"}:
            depth -= 1
        if not 0 < depth <= _DEEPEST:
            return depth > 0
    return False
