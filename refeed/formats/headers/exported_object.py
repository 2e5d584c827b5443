"""Read the header that an MDX file exports: `export const metadata = { title: "Tide" };`, or single constants.

No program is run. A value counts if it is written out: text, a number, `true`, `!0`, `new Date("2024-03-09")`, and
lists and objects of such. What only a program knows (`title: article.title`) is left out, and reported if it speaks of
publication. The value of a function that is given an object alone is the object: `createMetadata({ title: "Tide" })`.
"""

import re
from types import MappingProxyType
from typing import Final, TypeAlias

from refeed.formats.publication.stated import KNOWN
from refeed.formats.publication.words import EVERYDAY, MEANING_OF, NO_WITHHOLDS, PUBLISHED, STATES, YES_WITHHOLDS
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import key_name
from refeed.vocabulary.keys import DATES, TITLES

Plain: TypeAlias = str | bool | list["Plain"] | dict[str, "Plain"]

_MOST: Final = 12  # exports that are looked at: a header is one of the first
_DEEPEST: Final = 8
_BLANK: Final = r"\s|//(?>[^\n]*)|/\*(?>(?:[^*]|\*(?!/))*)\*/"
_ABOVE: Final = rf"""(?>(?:{_BLANK}|import\b[^;"'`]{{0,500}}["'][^"'\n]{{1,300}}["'];?|;)*)"""
CONSTANT: Final = r"export\s+(?:const|let|var)\s+(?P<name>[\w$]{1,80})(?:\s*:\s*[\w$.<>\[\], ]{1,80}?)?\s*=\s*"
# `export const meta = {`, `export const meta = define({`, `export default {`.
_BEGINNING: Final = late_pattern(rf"{_ABOVE}({CONSTANT}(?P<call>[\w$.]{{1,80}}\(\s*)?|export\s+default\s*)(?=\{{)")
# `export const title = "Tide"`: one value.
_ALONE: Final = late_pattern(rf"{_ABOVE}({CONSTANT})(?P<value>[^\s;][^\n]{{0,500}})")
_CLOSED_CALL: Final = late_pattern(r"(?>[\s,]*)\)")
# A backslash takes what follows along: a mark that it escapes begins no text. Else each such mark in a text that is
# never closed would be followed to its end.
_TOKEN: Final = late_pattern(
    rf"""(?>(?:{_BLANK})*)(?:(?P<text>"(?>(?:[^"\\\n]|\\[\s\S])*)"|'(?>(?:[^'\\\n]|\\[\s\S])*)'"""
    r"""|`(?>(?:[^`\\]|\\[\s\S])*)`)|new\s+Date\(\s*(?P<date>"[^"\n]{0,80}"|'[^'\n]{0,80}'|`[^`$\n]{0,80}`)\s*\)"""
    r"|(?P<name>[A-Za-z_$][\w$]*)|(?P<number>-?[0-9][\w.]*)|(?P<mark>\\[\s\S]|\S))"
)
# Escapes of JavaScript: `\u00e9`, `\u{1f30a}`, and a single character.
_ESCAPE: Final = late_pattern(r"\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,5})\}|([\s\S]))")
_OF_CONTROL: Final = MappingProxyType({"n": "\n", "t": "\t", "r": "", "\n": ""})
_BRACKETS: Final = MappingProxyType({"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1})
_CLOSING: Final = frozenset("}])")
_TYPES: Final = ("as", "satisfies")  # TypeScript: what follows says nothing of the value
_WORDS: Final = MappingProxyType({"true": True, "false": False})
_NOTHING: Final = frozenset({"null", "undefined"})
_FALSE: Final = frozenset({"0", "", False})  # all else is true, an empty list among it
# Of these a value that only a program knows withholds.
OF_PUBLICATION: Final = (YES_WITHHOLDS.keys() | NO_WITHHOLDS.keys() | STATES) - EVERYDAY
# A day that a program makes of something is one, unless it asks first whether there is any.
_DAYS: Final = (OF_PUBLICATION & DATES) - {"published"}
_CONDITION: Final = late_pattern(r"\?|&&|\|\|")
_MEMBER: Final = late_pattern(
    r"(?:[\w$]{1,80}\.){0,5}[A-Z][\w$]{0,80}\.(?P<word>[A-Za-z]\w{0,80})"
)  # of an enumeration
_HOOK: Final = late_pattern(r"(?:[\w$]{1,80}\.)?use[A-Z]\w{0,80}\s*[(<]")  # React's
_KEYS: Final = TITLES | DATES | KNOWN
_OF_CONSTANTS: Final = TITLES | DATES | OF_PUBLICATION


class ExportedObject(NamedTuple):
    """What is exported as a header, and where it lies."""

    start: int  # characters
    end: int  # behind the line that it ends in
    members: dict[str, Plain]
    unknown: tuple[str, str] | None = None  # the first key about publication whose value only a program knows, and it


class Export(NamedTuple):
    """One statement: where it begins, what stands behind it, and what it states."""

    start: int
    end: int
    members: dict[str, Plain]
    known: frozenset[str]  # keys that make a header of it
    unknown: tuple[tuple[str, str], ...] = ()


def exported_object(text: str) -> ExportedObject | None:
    """Return what the first exports state of a title, a day or publication; None if none of them does.

    Of several such the first one counts that has a key.
    """
    members: dict[str, Plain] = {}
    unknown: list[tuple[str, str]] = []
    start = end = at = 0
    for _ in range(_MOST):
        found = object_at(text, at) or constant_at(text, at)
        if found is None:
            break
        at = text.find("\n", found.end) + 1 or len(text)
        if found.unknown or not found.known.isdisjoint(map(key_name, found.members)):
            start = start if members or unknown else found.start
            members = {**found.members, **members}
            unknown += found.unknown
        end = at if members or unknown else end
    return ExportedObject(start, end, members, next(iter(unknown), None)) if members or unknown else None


def object_at(text: str, at: int) -> Export | None:
    """Read an object, or one that a function is given alone."""
    beginning = _BEGINNING.match(text, at)
    script = _Script(text, beginning.end()) if beginning else None
    value = script.value() if script else None
    if beginning is None or script is None or not isinstance(value, dict) or not script.is_closed:
        return None
    closed = _CLOSED_CALL.match(text, script.end) if beginning["call"] else None
    if beginning["call"] and not closed:
        return None
    return Export(beginning.start(1), closed.end() if closed else script.end, value, _KEYS, tuple(script.unknown))


def constant_at(text: str, at: int) -> Export | None:
    """Read a value of one line; what goes on below it (`= () => {`) is no header, nor is what follows."""
    found = _ALONE.match(text, at)
    script = _Script(found["value"], 0) if found else None
    if found is None or script is None:
        return None
    name, source, value = found["name"], found["value"].rstrip(" \t\r;"), script.only_value()
    value = _worded(name, source) if value is None else value
    if value is not None:
        return Export(found.start(1), found.end(), {name: value}, _OF_CONSTANTS)
    if not _withholds(name, source) or _is_component(name) or _HOOK.match(source):
        return None
    return Export(found.start(1), found.end(), {}, _OF_CONSTANTS, ((name, source),))


def _is_component(name: str) -> bool:
    """Return whether a name is written as those of components are: `Draft`, no `DRAFT`."""
    return name[0].isupper() and not name.isupper()


def _worded(key: str, source: str) -> Plain | None:
    """Return what a value that is not written out says by its name: nothing, or a state, `Status.Published`."""
    if source in _NOTHING:
        return False
    member = _MEMBER.fullmatch(source) if key_name(key) in STATES else None
    word = member["word"].lower().replace("_", "") if member else ""
    return word if word in PUBLISHED or word in MEANING_OF else None


def _withholds(key: str, source: str) -> bool:
    """Return whether a value that only a program knows keeps an article in."""
    name = key_name(key)
    return name in OF_PUBLICATION and (name not in _DAYS or _CONDITION.search(source) is not None)


class _Script:
    """Reads a script value by value. It stands at a token: of some kind, and where that ends."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._depth, self.is_closed = text, 0, False
        self.unknown: list[tuple[str, str]] = []
        """The keys of the outermost object that are about publication and are not written out, and what they are."""
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

    def only_value(self) -> Plain | None:
        """Return the value that the whole text is, apart from a semicolon; None if it is not written out."""
        value = self._written_out()
        if self._word in _TYPES:
            self._skip()
        if self._word == ";":
            self._next()
        return value if not self._word else None

    def _written_out(self) -> Plain | None:
        if self._depth > _DEEPEST:
            return None
        if self._word in {"{", "["}:
            return self._members() if self._word == "{" else self._items()
        if self._kind == "text":
            return self._string()
        word, kind = self._word, self._kind
        if word == "!":
            self._next()
            value = self._written_out()
            return None if value is None else isinstance(value, (str, bool)) and value in _FALSE
        if kind not in {"date", "number"} and word not in _WORDS:
            return None
        self._next()
        return word[1:-1] if kind == "date" else _WORDS.get(word, word)

    def _members(self) -> dict[str, Plain]:
        members: dict[str, Plain] = {}
        self._next()
        while self._word and self._word not in _CLOSING:
            key, begin = self._key(), self.end
            value = None
            if key and self._word == ":":
                self._next()
                begin = self.end
                value = self.value()
            else:
                self._skip()  # `...shared`, `title,`, `[name]: 1`, `render() {}`
            if value is not None:
                members.setdefault(key, value)
            elif self._depth == 1 and key_name(key) in OF_PUBLICATION:
                source = self._text[begin : self.end].strip() or key
                if (said := _worded(key, source)) is not None:
                    members.setdefault(key, said)
                elif _withholds(key, source):
                    self.unknown.append((key, source))
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
