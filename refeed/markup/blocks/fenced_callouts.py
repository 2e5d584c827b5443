"""Read callouts between colons or slashes.

Colons: Docusaurus, VuePress, Zenn (`:::tip Title`), Pandoc and Quarto (`::: {.callout-note}`). Slashes: the blocks of
PyMdown (`/// tip | Title`, with options indented below). One may stand in another, with as many marks or not: an end
belongs to the last beginning, as Pandoc reads it.
"""

import re
from typing import Final

from markdown_it.rules_block import StateBlock

from refeed.markup.blocks.block_titles import push_title
from refeed.markup.callout_titles import KINDS, callout_title
from refeed.startup.late_patterns import late_pattern

# What stands behind the colons; Pandoc puts some behind it, too.
_OPENING: Final = late_pattern(
    r"(?:(?P<kind>[^\W\d][\w-]{0,40})(?:#[\w-]{1,60})?"
    r"(?:[ \t]*\[(?P<label>(?:[^\[\]\n]|\[[^\[\]\n]{0,300}\]){0,300})\])?(?:[ \t]+(?P<title>[^\n{}]{0,300}))?)?"
    r"(?:\{(?P<says>[^{}\n]{0,300})\})?"
)
# A name alone is one of these: three slashes open comments in Rust and C#, too. Any name may have a title.
_SLASHED: Final = late_pattern(r"(?P<kind>[A-Za-z][\w-]{0,40})(?:[ \t]*\|[ \t]*(?P<title>[^\n]{0,300}))?")
_BARE: Final = frozenset({"admonition", "define", "details"}) | KINDS
# PyMdown's blocks that are no boxes: their text stands for itself, below what it belongs to.
_PLAIN: Final = frozenset({"caption", "figure-caption", "html", "table-caption"})
# Names of boxes that only say where their text stands: Pandoc's and Quarto's columns, classes of themes.
_LAYOUTS: Final = late_pattern(
    r"cent(?:er|re)|col(?:umns?)?(?:-[\w-]+)?|container|div|figure|flex|full-?width|grid|incremental|intro|justify|layout(?:-[\w-]+)?"
    r"|lead|left|panel-tabset|right|row|section|wide|wrapper"
)
_OPTIONS: Final = 4  # columns that PyMdown's options are indented by
_TAB: Final = late_pattern(r"@tab(?::active)?[ \t]+(?P<title>[^\n#]{1,200})(?:#[^\n]{0,100})?")
_CLASS: Final = late_pattern(r"(?:\A|\s)\.(?:callout-)?([A-Za-z][\w-]{0,40})")
_TITLE: Final = late_pattern(r"""title=["']([^"'\n]{1,300})["']""")
_ENDING: Final = late_pattern(r"(?::{3,}|/{3,})[ \t]*")
_MARKS: Final = (":::", "///")
_LOOKS: Final = frozenset({"alert", "info", "warn"})  # Qiita's kinds of notes
_CODE: Final = late_pattern(r"(`{3,}|~{3,})")
_DEPTH: Final = "callouts"  # in the environment of a reader: how many the line stands in
_DEEPEST: Final = 20  # levels: each beginning looks through what follows for its end


def read_fenced_callout(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a callout, if one begins in a line."""
    line = _line(state, start)
    if not line.startswith(_MARKS) or state.is_code_block(start) or state.level > _DEEPEST:
        return False
    opened = _opened(line)
    if not opened:
        return False
    if silent:
        return True
    if _ENDING.fullmatch(line):  # of nothing: what it belongs to has ended already, or is no callout
        state.line = start + 1
        return True
    last = _ending_line(state, start, end)
    _push(state, opened, start, last)
    state.line = last + (last < end and _is_ending(_line(state, last), line[:3]))
    return True


def read_tab(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Show the title of a tab or of code in a group of such (VuePress's Hope and Plume)."""
    found = _TAB.fullmatch(_line(state, start)) if state.env.get(_DEPTH) else None
    if found is None:
        return False
    if not silent:
        push_title(state, found["title"], start)
        state.line = start + 1
    return True


def _push(state: StateBlock, opened: re.Match[str], start: int, last: int) -> None:
    """Add what stands between two lines, as a quote with its title or for itself."""
    plain = opened["kind"] in _PLAIN if opened.re.pattern == _SLASHED.pattern else _is_layout(opened)
    first = _first_line(state, start, last) if opened.re.pattern == _SLASHED.pattern else start + 1
    if not plain:
        opening = state.push("fenced_callout_open", "blockquote", 1)
        opening.map, opening.block = [start, last], True
        if title := _title(opened, _words(state, first, last)):
            push_title(state, title, start)
    parent, limit = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    state.env[_DEPTH] = state.env.get(_DEPTH, 0) + 1
    state.md.block.tokenize(state, first, last)
    state.env[_DEPTH] -= 1
    state.parentType, state.lineMax = parent, limit
    if not plain:
        state.push("fenced_callout_close", "blockquote", -1).block = True


def _first_line(state: StateBlock, start: int, last: int) -> int:
    """Return where the text begins, behind PyMdown's options."""
    first = start + 1
    while first < last and not state.isEmpty(first) and state.sCount[first] >= state.blkIndent + _OPTIONS:
        first += 1
    return first


def _opened(line: str) -> re.Match[str] | None:
    """Return what an opening says; an end says nothing."""
    if line[0] == "/":
        found = _SLASHED.fullmatch(line.lstrip("/").strip())
        is_block = found and (found["title"] is not None or found["kind"].lower() in _BARE | _PLAIN)
        return found if is_block else None
    text = line.lstrip(":").strip()
    return _OPENING.fullmatch(text.rstrip(": \t") if text.endswith(":::") else text)


def _is_ending(line: str, mark: str) -> bool:
    return line.startswith(mark) and bool(_ENDING.fullmatch(line))


def _ending_line(state: StateBlock, start: int, end: int) -> int:
    """Return the line that ends a callout, else the first one that does not belong to it."""
    depth, code, marks = 1, "", _line(state, start)[:3]
    for number in range(start + 1, end):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            return number
        mark = _CODE.match(line)
        if code:
            code = "" if mark and mark[1].startswith(code) else code
        elif mark:
            code = mark[1]
        elif line.startswith(marks):
            depth += -1 if _is_ending(line, marks) else bool(_opened(line))
            if not depth:
                return number
    return end


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _words(state: StateBlock, first: int, last: int) -> str:
    """Return the first line of words among some."""
    lines = (_line(state, number) for number in range(first, last))
    return next(filter(None, lines), "")


def _is_layout(opened: re.Match[str]) -> bool:
    """Return whether a box only says where its text stands; what has a title or a label is shown as a box."""
    return not (opened["title"] or opened["label"]) and bool(_LAYOUTS.fullmatch(_kind(opened)))


def _kind(opened: re.Match[str]) -> str:
    classed = _CLASS.search(opened.groupdict().get("says") or "")
    return opened["kind"] or (classed[1] if classed else "")


def _title(opened: re.Match[str], text: str) -> str:
    says = opened.groupdict().get("says") or ""
    named, kind = _TITLE.search(says), _kind(opened)
    given = named[1] if named else opened.groupdict().get("label") or opened["title"]
    return callout_title(kind, None if _is_look(kind, given) else given, text)


def _is_look(kind: str, given: str | None) -> bool:
    """Return whether what stands behind a kind says how its box looks: Zenn's message, Qiita's note."""
    return kind == "message" or (kind == "note" and given in _LOOKS)
