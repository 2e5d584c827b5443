"""Read a header in JSON whose marks were damaged: a brace, a quotation mark, a colon, a comma, a fence.

An article is not lost for a byte, and no draft is published for one: each key is read by itself.
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.formats.headers.damaged.keys import Mended, with_damaged_keys
from refeed.formats.headers.json import read_value
from refeed.formats.headers.statements import KNOWN
from refeed.formats.publication.damaged_words import is_damaged_no, is_one_off
from refeed.formats.publication.stated import kept_aside
from refeed.model import Span
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import NOT_A_HEADER, Value, bad_header, key_name, plain_values
from refeed.vocabulary.keys import TITLES

_MOST: Final = 200  # keys of one header
_YES: Final = "true"
_NO: Final = "false"
_DAMAGED: Final = "marks of the object are damaged; its keys were read one by one"

# What may stand where a mark was; nothing that other files begin with.
_ODD: Final = rb"(?:[^\s\w\"\[\]<({#`!*>\x80-\xff]|[!\w]|[\xc2-\xf4][\x80-\xbf]{1,3})"
# The line of `---json` or `;;;`, of which one character may be another.
_FENCE: Final = rb"(?=[^\n]{0,4}[;-][^\n]{0,4}[;-])[^\n\"]{2,14}(?:\n|(?=\{| {1,8}\"))(?>\s*)"
# A fence or a brace, or the blank that it became, and the first key with a colon.
_OPENING: Final = late_pattern(
    rb"(?>\s*)(?:" + _FENCE + rb"(?:\{" + _ODD + rb"?|" + _ODD + rb")?|\{" + _ODD + rb"?|" + _ODD + rb"|(?=\"\w))"
    rb"(?>\s*)(?:(?:" + _ODD + rb"|\[)?(?>\s*)\"|" + _ODD + rb")"
    rb"[^\s\":]{1,40}?(?:\"(?>\s*)[^\s,\"]|[^\s\"](?>\s*):|[\xc2-\xf4][\x80-\xbf]{1,3}(?>\s*):)"
)
# Where it ends: before a line of a brace, a fence, or a blank line where that brace is damaged; or with its only line.
_END: Final = late_pattern(
    rb"\n(?=[ \t]*\n|---|;;;)|\n\}|(?<=[}\"\]el0-9])[^\s,\"\[{]?\n(?=[^\s\"}\]])"
    rb"|[^\n]{1,4}(?=(?:---|;;;)[ \t]*\n)"
)
_CLOSING: Final = late_pattern(rb"\s{0,4}?(?:---|;;;)[ \t]*(?:\n|\Z)")

# A key whose quotation marks or whose colon may be another character.
_KEY: Final = late_pattern(
    r'"([^"\n]{1,64})"\s{0,8}:\s{0,8}'
    r'|([^\s"{}\[\],:][^"{}\[\],:\n]{1,40})"\s{0,8}:\s{0,8}'
    r'|"([^\s"{}\[\],:]{2,40})[,{}\[\]]?\s{0,8}:\s{0,8}'
    r"|(?<=[{,\n])\s{0,60}([A-Za-z_][\w-]{1,40})\s{0,8}:\s{0,8}"  # as JavaScript has it
    r'|"([\w.\ufffd-]{1,64})"\s{0,4}(?:[^\s,\]}:]\s{0,4}(?=["\[{0-9tfn-])|[\]}]\s{0,4}(?=["0-9tfn]))'
)
_BLANKS: Final = r"\s{0,60}"
# What may stand behind a value: a comma, a bracket, the end, or one damaged character before the next key.
_AFTER_VALUE: Final = late_pattern(rf'{_BLANKS}(?:[,}}\]]|\Z|[^\s]{_BLANKS}["}}\]])')
_VALUE: Final = late_pattern(
    rf'([^\n]*?)(?:(?<=")(?={_BLANKS}[,}}\n])|,?[ \t]{{0,8}}(?=\n|\Z)|,(?=\s{{0,8}}"[\w.-]{{1,64}}"\s{{0,8}}:))'
)
_TEXT: Final = late_pattern(r'"([^"\n]*)"')
# `"draft": true` with damaged signs between key and value.
_MARK: Final = late_pattern(r"(draft|published|private)(?:\"[^\w\n]{1,4}|[^\w\n]{2,4})([a-z]\w{1,4})\b")
_WRITTEN: Final = late_pattern(r'"([^"\n]{1,64})"\s{0,8}:')


class DamagedObject(NamedTuple):
    """Where an object lies whose marks are damaged, and where the body begins."""

    text: Span
    body: int


def begins_damaged(data: bytes) -> bool:
    """Return whether a file begins with an object whose brace, first key or fence is damaged."""
    return _OPENING.match(data) is not None


def damaged_object(data: bytes, start: int, most: int) -> DamagedObject | None:
    """Return where an object lies that begins here, by its lines: its braces may be damaged."""
    opening = _OPENING.match(data, start)
    end = _END.search(data, opening.end() if opening else start + 1, start + most)
    if end is None:
        return None
    closing = _CLOSING.match(data, end.end())
    return DamagedObject((start, end.end()), closing.end() if closing else end.end())


def read_damaged_object(text: str, depth: int) -> Mended | None:
    """Return what an object says whose marks are damaged; None if it is beyond doubt no header of an article."""
    values: dict[str, Value] = {}
    for name, value in (*_pairs(text, depth), *_marks(text)):
        values = values | (kept_aside(values, name, value) if name in values else {name: value})
    mended = with_damaged_members(values, text)
    names = mended.values.keys()
    if names.isdisjoint(TITLES) or len(names & KNOWN) < 2 or not names.isdisjoint(NOT_A_HEADER):
        return None
    return mended._replace(problems=(bad_header(_DAMAGED, 1), *mended.problems))


def with_damaged_members(values: dict[str, Value], text: str) -> Mended:
    """Return the values of an object with those whose keys are damaged, as far as its text shows it."""
    written = {key_name(key): key for key in _WRITTEN.findall(text)}
    lines = "\n".join(f"{written.get(name, name)}: {value}" for name, value in values.items() if isinstance(value, str))
    mended = with_damaged_keys(lines, values)
    return mended._replace(problems=tuple(problem._replace(line=1) for problem in mended.problems))


def _pairs(text: str, depth: int) -> Iterator[tuple[str, Value]]:
    at = 0
    for _ in range(_MOST):
        key = _KEY.search(text, at)
        if key is None:
            return
        value, at = _value(text, key.end(), depth)
        yield _name(key), value


def _marks(text: str) -> Iterator[tuple[str, Value]]:
    """Return what withholds the article wherever it stands: in doubt the marks around it are damaged."""
    for mark in _MARK.finditer(text):
        if mark[1] == "published" and (mark[2] == _NO or is_damaged_no(mark[2])):
            yield mark[1], _NO
        elif mark[1] != "published" and (mark[2] == _YES or is_one_off(mark[2], _YES)):
            yield mark[1], _YES


def _name(key: re.Match[str]) -> str:
    """Return the name of a key without what stands where its quotation mark is missing."""
    written = key[key.lastindex or 0]
    name = key_name(written)
    if name in KNOWN or key.lastindex not in {2, 3}:
        return name
    return key_name(written[1:] if key.lastindex == 2 else written[:-1])


def _value(text: str, start: int, depth: int) -> tuple[Value, int]:
    """Return the value that begins here, and where it ends; a damaged one goes on to the end of its line or member."""
    read = read_value(text, start)
    if read and _AFTER_VALUE.match(text, read[1]):
        return plain_values(read[0], depth), read[1]
    if text[start : start + 1] == "[":
        end = text.find("]", start)
        end = end if end >= 0 else len(text)
        return [*_TEXT.findall(text, start, end)], end
    found = _VALUE.match(text, start)
    if found is None:
        return "", start
    return _unquoted(found[1].strip()), max(found.end(), start)


def _unquoted(written: str) -> str:
    """Return a text without its quotation marks, one of which may be another character."""
    opened, closed = written[:1] == '"', written[-1:] == '"'
    return written[1:-1].removeprefix('"') if opened or closed else written.rstrip(",}")
