"""Read the strict subset of YAML that machines write, fast; refuse everything else, misread nothing.

The one deviation is on purpose: a bare title keeps its ` #`, where YAML would begin a comment and cut the title.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.keys import TITLES


def double_quoted(also_escaped: str = "") -> str:
    r"""Return a pattern of a text in double quotes, as `read_scalar` reads it: of YAML, JSON and TOML.

    Behind a backslash stand `"`, `\`, `n`, `t`, a number of four digits (`u2014`), and what else a notation escapes.
    """
    escape = rf"""\\(?:["\\nt{also_escaped}]|u(?![dD][89a-fA-F])[0-9a-fA-F]{{4}})"""
    return rf'"(?>[^"\\\n]*)(?>(?:{escape}(?>[^"\\\n]*))*)"'


_FIRST: Final = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`]"""
_PLAIN: Final = _FIRST + r"(?>[^:\n]*)(?>(?::(?=[^ \n])(?>[^:\n]*))*)"
_DOUBLE: Final = double_quoted("/")
_SINGLE: Final = r"'(?>[^'\n]*)(?>(?:''(?>[^'\n]*))*)'"
_SCALAR: Final = f"(?:{_PLAIN}|{_DOUBLE}|{_SINGLE})"
_NOT_IN_FLOW: Final = r"\[\]{}#&*!|>%@`?:\n\\"
_FLOW_ITEM: Final = (
    rf"""(?:"(?>[^"{_NOT_IN_FLOW}]*)"|'(?>[^'{_NOT_IN_FLOW}]*)'"""
    rf"""|[^\s\-,'"{_NOT_IN_FLOW}](?>[^,'"{_NOT_IN_FLOW}]*))(?>[ ]*)"""
)
_FLOW: Final = rf"\[(?>[ ]*)(?>(?:{_FLOW_ITEM}(?>(?:,(?>[ ]*){_FLOW_ITEM})*))?)\]"
# The lines of a list are indented alike; deeper ones are no machine's.
_LISTS: Final = MappingProxyType(
    {f"\n{dash}": rf"(?>(?:\n{dash}(?>[ ]+){_SCALAR}(?>[ ]*))+)" for dash in ("-", " -", "  -", "    -")}
)
# By its first character, how a value is usually written.
_USUAL: Final = MappingProxyType({"": "", '"': double_quoted(), "'": r"'[^'\n]*'", "[": r"\[[^\n]*\]"})
_BARE: Final = rf"{_FIRST}[^\n]*(?<!:)"
_PRINTABLE: Final = bytes(range(0x20, 0x7F)) + b"\n"
_ITEM: Final = late_pattern(r"\n(?>[ ]*)-(?>[ ]+)((?>[^\n]+))")
_FLOW_LIST: Final = late_pattern(_FLOW)
_FLOW_ITEMS: Final = late_pattern(_FLOW_ITEM)
_ESCAPE: Final = late_pattern(r"\\(?:u(....)|(.))")
_name: Final = lru_cache(maxsize=1024)(key_name)  # at most 64 characters each, and the same in every file


def read_strict(text: str) -> dict[str, Value] | None:
    """Read the lines of a header, each ended by a newline; None if anything in it is outside the subset."""
    raw = read_yaml_lines(text)
    if raw is None or (" #" in text and has_comment(raw)):
        return None
    values: dict[str, Value] = {}
    for key, written in raw.items():
        name = _name(key)
        if name in values or (name in TITLES and written[:1] == "["):
            return None
        values[name] = read_value(written)
    return values


@lru_cache(maxsize=1)  # where the shortcut of the first pass gives up, the full reader asks for the same again
def read_yaml_lines(text: str) -> Mapping[str, str] | None:
    """Split a header in YAML into keys and values as they are written; None if a line is not in the subset."""
    return read_raw(text, _yaml_lines("[" in text, *(begin for begin in _LISTS if f"{begin} " in text)))


@cache
def _yaml_lines(has_flow: bool, *lists: str) -> re.Pattern[str]:
    """Return what matches a line of a header with the kinds of lists that it has: all kinds take long to compile.

    Its groups are a key and what is written behind it; with neither, it matches whatever else, so that no text between
    two lines goes unseen.
    """
    value = f"(?<=[ ])(?:{_SCALAR}{f'|{_FLOW}' if has_flow else ''})(?>[ ]*)"
    values = "|".join((value, *map(_LISTS.__getitem__, lists), ""))
    return late_pattern(rf"([A-Za-z_][A-Za-z0-9_-]{{0,63}}):(?>[ ]*)({values})\n|[\s\S]")


def read_raw(text: str, lines: re.Pattern[str]) -> Mapping[str, str] | None:
    """Split a header into keys and values as they are written; None if there is another line or a key stands twice.

    `lines` matches a line with two groups, key and value, and any other character without them.
    """
    if not is_printable(text.encode("utf-8", "surrogatepass")):
        return None
    found = lines.findall(text)
    raw = dict(found)
    return None if "" in raw or len(raw) < len(found) else raw


def is_printable(written: bytes) -> bool:
    """Return whether lines in UTF-8 hold printable characters alone.

    What is not YAML refuses, folds or trims in ways of its own (NEL, NBSP, U+2028, tabs, controls).
    """
    # Only what is not ASCII is asked character by character: that takes ten times as long.
    others = written.translate(None, _PRINTABLE)
    return not others or others.decode("utf-8", "surrogatepass").isprintable()


def value_like(written: str) -> str:
    """Return a pattern of values that are written like one that `read_raw` found: bare, in quotes, as the same list.

    Of bare ones it does not look for a colon before a blank, nor into a list in one line (see `are_flow_lists`); of
    quoted ones it matches those in which nothing is escaped but in double quotes what all notations escape alike.
    """
    if written[:1] == "\n":
        return _LISTS[written[: written.index("-") + 1]]
    return _USUAL.get(written[:1], _BARE)


@lru_cache(maxsize=256)  # articles of one outlet have the same tags
def are_flow_lists(written: tuple[str, ...]) -> bool:
    """Return whether values in square brackets are lists as `read_raw` finds them."""
    return all(map(_FLOW_LIST.fullmatch, written))


def read_value(written: str) -> Value:
    """Read what `read_raw` found behind a key."""
    if written[:1] == "[":
        return [read_scalar(item) for item in _FLOW_ITEMS.findall(written)]
    if written[:1] == "\n":
        return [read_scalar(item) for item in _ITEM.findall(written)]
    return read_scalar(written)


def read_scalar(written: str) -> str:
    """Read one piece of text, bare or quoted."""
    text = written.rstrip(" ")
    if text[:1] == '"':
        return _ESCAPE.sub(_unescape, text[1:-1]) if "\\" in text else text[1:-1]
    return text[1:-1].replace("''", "'") if text[:1] == "'" else text


def has_comment(raw: Mapping[str, str]) -> bool:
    """Return whether YAML would see a comment in one of these values: in a bare one that is not a title."""
    return any(_is_cut(written, title=_name(key) in TITLES) for key, written in raw.items() if " #" in written)


def _is_cut(written: str, *, title: bool) -> bool:
    parts = _ITEM.findall(written) if written[:1] == "\n" else [] if title else [written]
    return any(" #" in part and part[:1] not in {'"', "'"} for part in parts)


def _unescape(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return {"n": "\n", "t": "\t"}.get(escape[2], escape[2])
