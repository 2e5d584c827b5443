"""Read callouts between colons: Docusaurus, VuePress, Zenn (`:::tip Title`), Pandoc and Quarto (`::: {.callout-note}`).

One may stand in another, with as many colons or not: an end belongs to the last beginning, as Pandoc reads it.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from refeed.markup.block_titles import push_title
from refeed.markup.callout_titles import callout_title

# What stands behind the colons; Pandoc puts some behind it, too.
_OPENING: Final = re.compile(
    r"(?:(?P<kind>[^\W\d][\w-]{0,40})(?:[ \t]*\[(?P<label>[^\[\]\n]{0,300})\])?(?:[ \t]+(?P<title>[^\n{}]{0,300}))?)?"
    r"(?:\{(?P<says>[^{}\n]{0,300})\})?"
)
_CLASS: Final = re.compile(r"(?:\A|\s)\.(?:callout-)?([A-Za-z][\w-]{0,40})")
_TITLE: Final = re.compile(r"""title=["']([^"'\n]{1,300})["']""")
_ENDING: Final = re.compile(r":{3,}[ \t]*")
_CODE: Final = re.compile(r"(`{3,}|~{3,})")
_DEEPEST: Final = 20  # levels: each beginning looks through what follows for its end
_INTERRUPTED: Final = ["paragraph", "reference", "blockquote", "list"]


def use_fenced_callouts(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown callouts between colons."""
    reader.block.ruler.before("fence", "fenced_callout", _block, {"alt": _INTERRUPTED})


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = _line(state, start)
    if not line.startswith(":::") or state.is_code_block(start) or state.level > _DEEPEST:
        return False
    if not _opened(line):
        return False
    if silent:
        return True
    if _ENDING.fullmatch(line):  # of nothing: what it belongs to has ended already, or is no callout
        state.line = start + 1
        return True
    last = _ending_line(state, start, end)
    opening = state.push("fenced_callout_open", "blockquote", 1)
    opening.map, opening.block = [start, last], True
    if title := _title(line):
        push_title(state, title, start)
    parent, limit = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = parent, limit
    state.push("fenced_callout_close", "blockquote", -1).block = True
    state.line = last + (last < end and bool(_ENDING.fullmatch(_line(state, last))))
    return True


def _opened(line: str) -> re.Match[str] | None:
    text = line.lstrip(":").strip()
    return _OPENING.fullmatch(text.rstrip(": \t") if text.endswith(":::") else text)


def _ending_line(state: StateBlock, start: int, end: int) -> int:
    """Return the line that ends a callout, else the first one that does not belong to it."""
    depth, code = 1, ""
    for number in range(start + 1, end):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            return number
        mark = _CODE.match(line)
        if code:
            code = "" if mark and mark[1].startswith(code) else code
        elif mark:
            code = mark[1]
        elif line.startswith(":::"):
            depth += -1 if _ENDING.fullmatch(line) else 1
            if not depth:
                return number
    return end


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _title(line: str) -> str:
    found = _opened(line)
    if found is None:
        return ""
    says = found["says"] or ""
    named, classed = _TITLE.search(says), _CLASS.search(says)
    kind = found["kind"] or (classed[1] if classed else "")
    given = named[1] if named else found["label"] or found["title"]
    return callout_title(kind, None if kind == "message" else given)  # Zenn's says `alert` behind it
