"""Tell which parts of a cell its author shows, from the first lines of its code and from its tags.

nbdev and fastpages (`#hide`, `#| hide`), Quarto (`#| echo: false`), Pelican (`#ignore`), Jupyter Book (`remove-input`),
nbsphinx (`"nbsphinx": "hidden"` in the metadata of a cell).
"""

import re
from types import MappingProxyType
from typing import Any, Final

from refeed.formats.notebooks.cells import Cell
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_CELL: Final = "cell"
_CODE: Final = "code"
_OUTPUT: Final = "output"

# What such a line or tag leaves out; "": it says how the code looks or what else is done with it, and is no code.
_WORDS: Final = MappingProxyType(
    {
        "collapse": "",
        "collapse_hide": "",
        "collapse_input": "",
        "collapse_output": "",
        "collapse_show": "",
        "export": "",
        "exporti": "",
        "hide": _CELL,
        "hide_cell": _CELL,
        "hide_code": _CODE,
        "hide_input": _CODE,
        "hide_output": _OUTPUT,
        "ignore": _CELL,
        "remove_cell": _CELL,
        "remove_input": _CODE,
        "remove_output": _OUTPUT,
    }
)
_TAGS: Final = MappingProxyType({**_WORDS, "hide_cell": "", "hide_input": "", "hide_output": ""})  # folds, not losses
_OPTIONS: Final = MappingProxyType({"echo": _CODE, "include": _CELL, "output": _OUTPUT, "results": _OUTPUT})
# A comment at the beginning of a cell, `#hide` or `#| echo: false`.
_DIRECTIVE: Final = late_pattern(r"[ \t]*(?:#|//|--)[ \t]*(?P<mark>\|?)[ \t]*(?P<words>[^\n]*?)[ \t]*(?:\n|\Z)")
# `name: value` in it.
_OPTION: Final = late_pattern(r"(?P<name>[\w-]{1,40}):[ \t]*(?P<value>[^\n]*)")
# What the header of Quarto says of every cell, below `execute` or not.
_OF_ALL: Final = late_pattern(
    r"(?:^|[{,])[ \t]{0,8}(?P<name>echo|include|output):[ \t]{1,8}(?P<value>[a-z]{1,8})\b", re.IGNORECASE | re.MULTILINE
)
_FRONT_MATTER: Final = "---"
_HIDDEN_TEXT: Final = frozenset({"#hide", "#hide_cell", "#ignore"})  # with a blank these are headings
_NO: Final = frozenset({"false", "hide", "no"})


class Shown(NamedTuple):
    """The code of a cell without what it says of itself, and which of its parts are left out."""

    code: str
    left_out: frozenset[str]

    @property
    def code_is_shown(self) -> bool:
        """Return whether readers see the code."""
        return self.left_out.isdisjoint({_CELL, _CODE})

    @property
    def output_is_shown(self) -> bool:
        """Return whether readers see what the code has shown."""
        return self.left_out.isdisjoint({_CELL, _OUTPUT})


def left_out_of_all(header: str) -> frozenset[str]:
    """Return which parts of every cell a header leaves out, unless a cell says that it shows them."""
    said = _OF_ALL.finditer(header) if header.startswith(_FRONT_MATTER) else ()
    return frozenset(_OPTIONS[one["name"].lower()] for one in said if one["value"].lower() in _NO)


def read_shown(cell: Cell, of_all: frozenset[str]) -> Shown:
    """Return what is shown of a cell, where some parts of all cells are left out."""
    left_out = {_TAGS.get(_word(tag), "") for tag in _tags(cell)}
    if cell.metadata.get("nbsphinx") == "hidden":
        left_out.add(_CELL)
    if cell.metadata.get("hide_input") is True:
        left_out.add(_CODE)
    if cell.kind != "code":
        is_hidden = _CELL in left_out or cell.source.strip().partition("\n")[0].rstrip() in _HIDDEN_TEXT
        return Shown(cell.source, frozenset({_CELL} if is_hidden else ()))
    at, shown = 0, set[str]()
    while at < len(cell.source) and (line := _DIRECTIVE.match(cell.source, at)):
        said = _said(line["words"], is_option=bool(line["mark"]))
        if said is None:
            break
        part, is_left_out = said
        (left_out if is_left_out else shown).add(part)
        at = line.end()
    return Shown(cell.source[at:], frozenset((left_out | (of_all - shown)) - {""}))


def _said(words: str, *, is_option: bool) -> tuple[str, bool] | None:
    """Return of which part a line above the code speaks, and whether that is left out; None if it is code."""
    if (word := _word(words.partition(" ")[0] if is_option else words)) in _WORDS:
        return _WORDS[word], True
    if not is_option:
        return None
    option = _OPTION.match(words)
    return (_OPTIONS.get(option["name"], ""), option["value"].strip().lower() in _NO) if option else ("", False)


def _tags(cell: Cell) -> list[str]:
    tags: Any = cell.metadata.get("tags")
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _word(text: str) -> str:
    return text.strip().lower().replace("-", "_")
