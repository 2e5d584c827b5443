"""Read at once the header that nearly every robot writes: nothing nested, nothing to doubt.

A first pass asks this of every file. Whatever is not so plain is None here, and read by the longer way.
"""

import re
from typing import Final, NamedTuple

from refeed.formats._fences import Notation
from refeed.formats._once import once
from refeed.formats._strict import YAML_LINES, has_comment, read_raw, read_scalar
from refeed.formats._vocabulary import NOTHING, Strongest, strongest
from refeed.model import Document

_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
# What TOML and YAML write alike, so that one reader serves both. Of dates only the one that the Key is made of: whether
# there is such a day is seen when it is read.
_TOML_LINES: Final = re.compile(
    r"([A-Za-z_][A-Za-z0-9_-]{0,63}) = "
    r"""("(?>[^"\\\n]*)"|'(?>[^'\n]*)'|true|false|0|[1-9][0-9]{0,8}"""
    r"""|\[(?:"(?>[^"\\\n]*)"(?>(?:, "(?>[^"\\\n]*)")*))?\]"""
    rf"|(?<=(?<![\w-])date = ){_DAY}(?:[T ]{_CLOCK})?)\n|[\s\S]"
)
# Nothing is quoted in these.
_KEY_VALUE_LINES: Final = re.compile(r"""([A-Za-z][A-Za-z0-9_-]{0,39}):(?>[ ]+)([^\s"'\[](?>[^\n]*))\n|[\s\S]""")
_MANY: Final = 100  # real headers have 20 at most


class PlainHeader(NamedTuple):
    """A header, its values as they are written."""

    notation: Notation
    start: int
    body: int
    raw: dict[str, str]
    strongest: Strongest


@once
def plain_header(document: Document) -> PlainHeader | None:
    """Read the header; `find_header` and `read_front_matter` would find the same one, and no fault in it."""
    data = document.data
    start = 1 if data[:1] == b"\n" else 0
    if data.startswith(b"---\n", start):
        return _read(document, Notation.YAML, start, start + 4, b"\n---\n", YAML_LINES)
    if data.startswith(b"+++\n", start):
        return _read(document, Notation.TOML, start, start + 4, b"\n+++\n", _TOML_LINES)
    if data[:1].isalpha():
        return _read(document, Notation.LINES, 0, 0, b"\n\n", _KEY_VALUE_LINES)
    return None


def _read(
    document: Document, notation: Notation, start: int, begin: int, fence: bytes, pattern: re.Pattern[str]
) -> PlainHeader | None:
    # No other fence stands before this one: no line that the pattern knows begins so.
    data = document.data
    end = data.find(fence, begin, begin + document.limits.max_header_bytes) + 1
    try:
        text = data[begin:end].decode()
    except UnicodeDecodeError:
        return None
    raw = read_raw(text, pattern)
    if not raw or len(raw) > _MANY or (" #" in text and has_comment(raw)):
        return None
    keys = strongest(tuple(raw))
    return PlainHeader(notation, start, end + len(fence) - 1, raw, keys) if keys else None


def only_statement(written: str) -> str:
    """Read a value that is one line of text; "" if it is another value or says nothing."""
    if written[:1] == "[" or written[:1] == "\n":
        return ""
    text = read_scalar(written).strip()
    return "" if text in NOTHING or "\n" in text else text
