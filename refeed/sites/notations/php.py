"""Read the texts that a PHP program states plainly in its arrays: `'url' => 'https://…'`, or JSON below it.

Nothing is run or understood: the arrays are read as the objects of a script are.
"""

import json
import re
from typing import Final

from refeed.sites.notations.scripts import read_script
from refeed.sites.notations.values import Table

# What is never closed ends where it could: begun again at every mark in it, it would take quadratic time.
_TOKEN: Final = re.compile(
    r"""(?P<remark>//(?>[^\n]*)|\#(?>[^\n]*)|/\*(?>(?:[^*]|\*(?!/))*)(?:\*/)?)"""
    r"""|(?P<text>"(?>(?:[^"\\]|\\[\s\S])*)"?|'(?>(?:[^'\\]|\\[\s\S])*)'?)"""
    r"""|(?P<array>array\s{0,20}\(|\[)|(?P<open>\()|(?P<close>[\])])|(?P<arrow>=>)|(?P<other>[^"'\[\]()=/\#a]+|.)""",
    re.DOTALL,
)
_MARKS: Final = {"array": ("{", "}"), "open": ("(", ")")}
_END_OF_PROGRAM: Final = "?>"


def read_php(text: str) -> Table:
    """Return the texts of a program by the keys of the arrays that they stand in; those of JSON behind it instead."""
    behind = text.partition(_END_OF_PROGRAM)[2].lstrip()
    if behind.startswith("{"):
        return _json(behind)
    written, open_ = list[str](), list[str]()
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup or ""
        if kind in _MARKS:
            mark, end = _MARKS[kind]
            open_.append(end)
            written.append(mark)
        elif kind == "close":
            written.append(open_.pop() if open_ else "")
        elif kind != "remark":
            written.append(":" if kind == "arrow" else token[0])
    return read_script("".join(written))


def _json(text: str) -> Table:
    try:
        found = json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
