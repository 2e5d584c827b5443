"""Read the object that a text of MDX exports as its header: `export const metadata = { title: "Tide" };`.

No program is run. A value counts if it is written out: text, a number, `true`, `new Date("2024-03-09")`, and lists and
objects of such. What only a program knows (`title: article.title`) is left out; that of a function which is given the
object alone is the object (`createMetadata({ title: "Tide" })`).
"""

import re
from types import MappingProxyType
from typing import Final, TypeAlias

from refeed.formats.headers.fields import key_name
from refeed.formats.publication.stated import KNOWN
from refeed.formats.vocabulary.statements import DATES, TITLES
from refeed.late_patterns import late_pattern
from refeed.named_tuple import NamedTuple

Plain: TypeAlias = str | bool | list["Plain"] | dict[str, "Plain"]

_MOST: Final = 5  # exports that are looked at: a header is one of the first
_DEEPEST: Final = 8
_BLANK: Final = r"\s|//(?>[^\n]*)|/\*(?>(?:[^*]|\*(?!/))*)\*/"
_BEGINNING: Final = late_pattern(
    rf"""(?>(?:{_BLANK}|import\b[^;"'`]{{0,500}}["'][^"'\n]{{1,300}}["'];?|;)*)"""
    r"(export\s+(?:(?:const|let|var)\s+[\w$]{1,80}(?:\s*:\s*[\w$.<>\[\], ]{1,80}?)?"
    r"\s*=\s*(?P<call>[\w$.]{1,80}\(\s*)?|default\s*))(?=\{)"
)
_CLOSED_CALL: Final = late_pattern(r"(?>[\s,]*)\)")
# A backslash takes what follows along: a mark that it escapes begins no text. Else each such mark in a text that is
# never closed would be followed to its end.
_TOKEN: Final = late_pattern(
    rf"""(?>(?:{_BLANK})*)(?:(?P<text>"(?>(?:[^"\\\n]|\\[\s\S])*)"|'(?>(?:[^'\\\n]|\\[\s\S])*)'"""
    r"""|`(?>(?:[^`\\]|\\[\s\S])*)`)|new\s+Date\(\s*(?P<date>"[^"\n]{0,80}"|'[^'\n]{0,80}'|`[^`$\n]{0,80}`)\s*\)"""
    r"|(?P<name>[A-Za-z_$][\w$]*)|(?P<number>-?[0-9][\w.]*)|(?P<mark>\\[\s\S]|\S))"
)
_ESCAPE: Final = late_pattern(r"\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,5})\}|([\s\S]))")
_OF_CONTROL: Final = MappingProxyType({"n": "\n", "t": "\t", "r": "", "\n": ""})
_BRACKETS: Final = MappingProxyType({"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1})
_CLOSING: Final = frozenset("}])")
_TYPES: Final = ("as", "satisfies")  # TypeScript: what follows says nothing of the value
_WORDS: Final = MappingProxyType({"true": True, "false": False})


class ExportedObject(NamedTuple):
    """An object that is a header, and where it lies."""

    start: int  # characters
    end: int  # behind the line that it ends in
    members: dict[str, Plain]


def exported_object(text: str) -> ExportedObject | None:
    """Return what the first exported objects state of a title, a day or publication; None if none of them does.

    Of several such objects the first one counts that has a key.
    """
    members: dict[str, Plain] = {}
    start = end = at = 0
    for _ in range(_MOST):
        beginning = _BEGINNING.match(text, at)
        script = _Script(text, beginning.end()) if beginning else None
        value = script.value() if script else None
        if beginning is None or script is None or not isinstance(value, dict) or not script.is_closed:
            break
        closed = _CLOSED_CALL.match(text, script.end) if beginning["call"] else None
        if beginning["call"] and not closed:
            break
        at = text.find("\n", closed.end() if closed else script.end) + 1 or len(text)
        if not (TITLES | DATES | KNOWN).isdisjoint(map(key_name, value)):
            start = beginning.start(1) if not members else start
            members = {**value, **members}
        end = at if members else end
    return ExportedObject(start, end, members) if members else None


class _Script:
    """Reads a script value by value. It stands at a token: of some kind, and where that ends."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._depth, self.is_closed = text, 0, False
        self.end = start  # of the token before
        self._kind = self._word = ""
        self._behind = start
        self._next()

    def _next(self) -> None:
        token = _TOKEN.match(self._text, self._behind)
        self.end = self._behind
        self._kind = str(token.lastgroup) if token else ""
        self._word = token[self._kind] if token else ""
        self._behind = token.end() if token else len(self._text)

    def value(self) -> Plain | None:
        """Return the value that begins here, None if it is not written out, and move behind it."""
        self._depth += 1
        value = self._written_out()
        self._depth -= 1
        if self._depth == 0:
            return value
        if self._word in _TYPES:
            self._skip()
        return None if self._skip() else value

    def _written_out(self) -> Plain | None:
        if self._depth > _DEEPEST:
            return None
        if self._word in {"{", "["}:
            return self._members() if self._word == "{" else self._items()
        if self._kind == "text":
            return self._string()
        word, kind = self._word, self._kind
        if kind not in {"date", "number"} and word not in _WORDS:
            return None
        self._next()
        return word[1:-1] if kind == "date" else _WORDS.get(word, word)

    def _members(self) -> dict[str, Plain]:
        members: dict[str, Plain] = {}
        self._next()
        while self._word and self._word not in _CLOSING:
            if (key := self._key()) and self._word == ":":
                self._next()
                value = self.value()
                if value is not None:
                    members.setdefault(key, value)
            else:
                self._skip()  # `...shared`, `title,`, `[name]: 1`, `render() {}`
            if self._word == ",":
                self._next()
        self._close()
        return members

    def _key(self) -> str:
        """Return the key that stands here, and move behind it; "" if none does."""
        if self._kind not in {"name", "number", "text"}:
            return ""
        key = _said(self._word) if self._kind == "text" else self._word
        self._next()
        return key

    def _items(self) -> list[Plain]:
        items = []
        self._next()
        while self._word and self._word not in _CLOSING:
            value = self.value()
            if value is not None:
                items.append(value)
            if self._word == ",":
                self._next()
        self._close()
        return items

    def _close(self) -> None:
        self.is_closed = self._word == "}"
        self._next()

    def _string(self) -> str | None:
        """Return a text, and those that are added to it."""
        parts = []
        while self._kind == "text":
            parts.append(self._word)
            self._next()
            if self._word != "+":
                break
            self._next()
        is_whole = not any(part[0] == "`" and "${" in part for part in parts)
        return "".join(map(_said, parts)) if is_whole else None

    def _skip(self) -> bool:
        """Move to the comma or the bracket that ends a value; return whether anything stood before it."""
        depth, has_more = 0, False
        while self._word and (depth or self._word not in {",", *_CLOSING}):
            depth += _BRACKETS.get(self._word, 0) if self._kind == "mark" else 0
            has_more = True
            self._next()
        return has_more


def _said(token: str) -> str:
    """Return the text of a string; two escapes of UTF-16 are one character."""
    if "\\" not in token:
        return token[1:-1]
    return _ESCAPE.sub(_meant, token[1:-1]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _meant(escape: re.Match[str]) -> str:
    number = escape[1] or escape[2]
    return chr(int(number, 16)) if number else _OF_CONTROL.get(escape[3], escape[3])
