"""Read the texts that a script of settings states plainly: `site: "https://…"` in an object, `const TITLE = "…"`.

No program is run or understood. A text counts where it is a whole value, at the keys of the objects around it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from refeed.sites.notations.values import Table, Value

# What is never closed ends where it could: begun again at every mark in it, it would take quadratic time.
_TOKEN: Final = re.compile(
    r"""(?P<remark>//(?>[^\n]*)|/\*(?>(?:[^*]|\*(?!/))*)(?:\*/)?)"""
    r"""|(?P<text>"(?>(?:[^"\\\n]|\\.)*)"?|'(?>(?:[^'\\\n]|\\.)*)'?|`(?>(?:[^`\\]|\\[\s\S])*)`?)"""
    r"""|(?P<name>[A-Za-z_$](?>[\w$]*))"""
    r"""|(?P<mark>[{}()\[\]:,;=])"""
    r"""|(?P<other>[^\s])"""
)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ENDS: Final = frozenset({"", "}", ")", "]", ",", ";", "as", "satisfies", "export", "const", "let", "var", "module"})
_OPENING: Final = frozenset("{([")
_CLOSING: Final = frozenset("})]")
_MOST: Final = 50_000  # tokens; a configuration has some hundreds
_DEEPEST: Final = 8
_PLUG_INS: Final = "plugins"  # a list in which each may have its name before its options, and several the same name
_BEHIND_KEY: Final = frozenset({":", "="})
_IN_LIST: Final = frozenset({"[", ",", "("})
# Whose texts are files that are not read: Eleventy's `ignores.add("berth")`, Lume's `site.ignore("berth", "mole")`.
_ADDED_TO: Final = ["ignores"]
_ADDING: Final = [*_ADDED_TO, ".", "add", "("]
_IGNORING: Final = [".", "ignore", "("]
_ADDRESS: Final = ["new", "URL", "("]
_BOOLEANS: Final = frozenset({"true", "false"})


def read_script(text: str) -> Table:
    """Return the texts of a script by the keys of the objects that they stand in; the first of a key counts."""
    tokens = _tokens(text)
    found = _nested(_stated(tokens))
    for keys, listed in _lists(_stated(tokens, in_lists=True)).items():
        _put(found, keys, listed)
    return found


def _stated(tokens: list[tuple[str, str]], *, in_lists: bool = False) -> Iterator[tuple[list[str], str]]:
    """Yield every text that is a value, or is in a list that is one, with the keys around it, the outermost first."""
    path: list[str] = []  # a key for each open bracket, "" where it has none
    keys: list[str] = []  # those that there are
    plug_ins = 0
    for index, (_, word) in enumerate(tokens[:-2]):
        if word in _OPENING:
            key = "" if word == "(" else _key_before(tokens, index)
            name = _name_before(tokens, index) if word == "{" and _PLUG_INS in keys[:_DEEPEST] else ""
            plug_ins += bool(name)
            path.append(f"{name} {plug_ins}" if name else key)
            keys += filter(None, path[-1:])
        elif word in _CLOSING:
            if path and path.pop():
                keys.pop()
        elif in_lists:
            around = _ADDED_TO if _is_added(tokens, index) else keys if path[-1:] != [""] else []
            if 0 < len(around) <= _DEEPEST and _is_value(tokens, index, behind=_IN_LIST):
                yield [key.lower() for key in around], _said(word)
        elif len(keys) < _DEEPEST and _is_value(tokens, index) and (key := _key_before(tokens, index)):
            yield [one.lower() for one in (*keys, key)], _said(word)


def _nested(stated: Iterable[tuple[list[str], str]]) -> Table:
    """Return texts as a table of tables; one whose keys lead through a text is left out."""
    found: Table = {}
    for keys, text in stated:
        _put(found, keys, text)
    return found


def _lists(stated: Iterable[tuple[list[str], str]]) -> dict[tuple[str, ...], list[Value]]:
    found: dict[tuple[str, ...], list[Value]] = {}
    for keys, text in stated:
        found.setdefault((*keys,), []).append(text)
    return found


def _put(found: Table, keys: Sequence[str], value: Value) -> None:
    """Put a value where its keys lead, unless something is there."""
    table: Value = found
    for key in keys[:-1]:
        table = table.setdefault(key, {}) if isinstance(table, dict) else table
    if isinstance(table, dict):
        table.setdefault(keys[-1], value)


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "remark":
            found.append((str(match.lastgroup), match[0]))
        if match[0] == ")" and [text for _, text in found[-5:-2]] == _ADDRESS:  # it stands for the text in it
            found[-5:] = found[-2:-1]
        if len(found) == _MOST:
            break
    return [*found, ("end", ""), ("end", "")]


def _is_value(tokens: list[tuple[str, str]], index: int, behind: frozenset[str] = _BEHIND_KEY) -> bool:
    """Return whether a token is a text and the whole of a value."""
    kind, token = tokens[index]
    is_literal = (kind == "text" and len(token) > 1 and token[-1] == token[0]) or token in _BOOLEANS
    if not is_literal or (token[0] == "`" and "${" in token) or index < 2:
        return False
    next_kind, following = tokens[index + 1]
    ends = following in _ENDS or next_kind in {"name", "text"}  # the next key, after a line without a comma
    return ends and tokens[index - 1][1] in behind


def _is_added(tokens: list[tuple[str, str]], index: int) -> bool:
    """Return whether a token is what a call adds to the files that are ignored."""
    while index > 1 and tokens[index - 1][1] == "," and tokens[index - 2][0] == "text":
        index -= 2  # another text before it
    before = [text for _, text in tokens[max(index - 4, 0) : index]]
    return before == _ADDING or before[1:] == _IGNORING


def _key_before(tokens: list[tuple[str, str]], index: int) -> str:
    """Return the key of the value that begins at a token: `key:` or `name =`, and for a type `name: Type =`."""
    if index < 2 or tokens[index - 1][1] not in {":", "="}:
        return ""
    kind, token = tokens[index - 2]
    if tokens[index - 1][1] == "=":
        if index >= 4 and tokens[index - 3][1] == ":":
            kind, token = tokens[index - 4]
        # An object that a module is has no key of its own: what it says stands at the top.
        is_top = tokens[index][1] == "{" or token in {"default", "exports"}
        return "" if kind != "name" or is_top else token
    return _said(token) if kind in {"name", "text"} else ""


def _name_before(tokens: list[tuple[str, str]], index: int) -> str:
    """Return the name of the plug-in whose options begin at a token: `["name", {`, `[require.resolve("name"), {`."""
    before = [text for _, text in tokens[max(index - 3, 0) : index]]
    at = -3 if before[-2:] == [")", ","] else -2
    return _said(before[at]) if before[-1:] == [","] and len(before) >= -at and before[at][0] in "\"'`" else ""


def _said(token: str) -> str:
    return _ESCAPE.sub(r"\1", token[1:-1]) if token[0] in "\"'`" else token
