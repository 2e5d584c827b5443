"""Replace look-alike blanks, colons and quotation marks in the lines of a header by those that YAML knows."""

import re
from typing import Final

from refeed.formats.headers.statements import KNOWN
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import key_name
from refeed.vocabulary.typography import BLANKS, COLONS, MARKS, WITHOUT_WIDTH

_ANY_BLANKS: Final = rf"(?>[ \t{BLANKS}{WITHOUT_WIDTH}]*)"
# Signs that look like those of YAML, and are others.
_ODD: Final = late_pattern(f"[{BLANKS}{WITHOUT_WIDTH}{COLONS}{''.join(mark for mark in MARKS if not mark.isascii())}]")
_ODD_BLANK: Final = late_pattern(f"[{BLANKS}]")
_NO_WIDTH: Final = late_pattern(f"[{WITHOUT_WIDTH}]")
# A key, perhaps in quotation marks, a colon, and a value; blanks between them.
_KEY: Final = late_pattern(
    rf"({_ANY_BLANKS})[{MARKS}]?([^\W\d](?>[\w.\-]{{0,63}})(?>(?: (?>[\w.\-]{{1,63}})){{0,3}}))[{MARKS}]?"
    rf"({_ANY_BLANKS}[:{COLONS}]{_ANY_BLANKS})(.*)"
)
# An item of a list: its indent, the blanks behind its mark, its value.
_ITEM: Final = late_pattern(rf"({_ANY_BLANKS})-([ \t{BLANKS}{WITHOUT_WIDTH}]{_ANY_BLANKS})(.*)")
_INDENT: Final = late_pattern(_ANY_BLANKS)


def straightened(text: str) -> str:
    """Return the header with every key, item and indent as YAML writes it; what stands within values stays.

    Behind a colon that is none of YAML's is a value only if the key is a known one beside the others, or a key within
    the value of the key above: such colons occur in texts.
    """
    if text.isascii() or _ODD.search(text) is None:
        return text
    lines: list[str] = []
    outer: str | None = None  # the indent of the header's own keys
    is_open = False  # whether the last of them has its value in the lines below
    for line in text.split("\n"):
        key = _KEY.fullmatch(line)
        if key is None:
            lines.append(_item_or_text(line))
            continue
        indent = _plain(key[1])
        outer = indent if outer is None else outer
        is_key = key_name(key[2]) in KNOWN if indent == outer else is_open and len(indent) > len(outer)
        lines.append(_key_line(line, key) if ":" in key[3] or is_key else _item_or_text(line))
        if indent == outer:
            is_open = not key[4].strip()
    return "\n".join(lines)


def _key_line(line: str, key: re.Match[str]) -> str:
    indent, name, between, value = key.groups()
    if between.isascii() and line[: len(line) - len(value)].isascii():
        return line
    return f"{_plain(indent)}{name}: {value}" if value else f"{_plain(indent)}{name}:"


def _item_or_text(line: str) -> str:
    item = _ITEM.fullmatch(line)
    if item:
        return f"{_plain(item[1])}-{_plain(item[2]) or ' '}{item[3]}"
    indent = _INDENT.match(line)
    end = indent.end() if indent else 0
    return _plain(line[:end]) + line[end:] if _ODD.match(line) else line


def _plain(blanks: str) -> str:
    return _ODD_BLANK.sub(" ", _NO_WIDTH.sub("", blanks))
