"""Read TOML from anybody, and quote texts for it.

tomllib takes square time and memory for a key of many parts.
"""

import json
from collections.abc import Callable
from typing import Any, Final

from refeed.startup.late_patterns import late_pattern

# One part of a dotted key and its dot (TOML 1.0, Keys). The look-behind has a search begin where a part does.
_PART: Final = r"(?>(?<![\w-])[\w-]+|\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')(?>[ \t]{0,20})\.(?>[ \t]{0,20})"
_MOST_PARTS: Final = 200
_TOO_DEEP: Final = late_pattern(f"(?:{_PART}){{{_MOST_PARTS}}}")


def load_toml(text: str, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the table that a text says.

    Raises ValueError where it is no TOML (tomllib's own error, or a number too long), or a key has too many parts;
    RecursionError where lists lie in each other too deep.
    """
    from refeed.startup.quick_tomllib import tomllib  # only where there is TOML

    if _TOO_DEEP.search(text):
        raise ValueError(f"a key has {_MOST_PARTS} parts or more")
    return tomllib.loads(text, parse_float=parse_float)


def quoted(text: str) -> str:
    """Quote as a TOML basic string, whose escapes are those of JSON; what cannot be seen is an escape."""
    written = json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in written)
