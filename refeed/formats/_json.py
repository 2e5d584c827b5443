"""Read a JSON object that stands at the beginning of a file as front matter, with numbers as they were written."""

import json
from typing import Final

from refeed.formats._fields import Value, key_name, plain_values

_DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, strict=False)
_NOT_A_HEADER: Final = frozenset({"dependencies", "feed_url", "home_page_url", "items", "scripts"})


def read_json(text: str, depth: int) -> tuple[dict[str, Value], int] | None:
    """Return the object's values and where it ends; None if it is no object or that of a program or a feed."""
    try:
        value, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or _NOT_A_HEADER & value.keys():
        return None
    return {key_name(key): plain_values(item, depth) for key, item in value.items()}, end
