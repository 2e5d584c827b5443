"""Read line blocks, which keep their lines and indents: each line begins with a bar and a blank.

https://pandoc.org/MANUAL.html#line-blocks, and the same in reStructuredText
"""

from typing import Final

from markdown_it.rules_block import StateBlock

from refeed.startup.late_patterns import late_pattern

_LINE: Final = late_pattern(r"\|(?:[ \t]([^|]*))?\Z")
_ENDS_A_HEAD: Final = late_pattern(r"[-:\s]+\Z")  # what stands under the head of a table
_FEWEST: Final = 2
_NO_BREAK_SPACE: Final = "\u00a0"


def read_line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a line block, if one begins in a line."""
    lines = list[str]()
    position = start
    while position < end and (line := _read(state, position)) is not None:
        lines.append(line)
        position += 1
    if len(lines) < _FEWEST or all(_ENDS_A_HEAD.match(line) for line in lines if line) or state.is_code_block(start):
        return False
    if not silent:
        state.line = position
        state.push("paragraph_open", "p", 1).map = [start, position]
        text = state.push("inline", "", 0)
        text.content, text.map, text.children = "  \n".join(map(_indented, lines)), [start, position], []
        state.push("paragraph_close", "p", -1)
    return True


def _read(state: StateBlock, number: int) -> str | None:
    """Return what stands behind the bar of a line, None where there is none, or where another follows."""
    begin = state.bMarks[number] + state.tShift[number]
    if state.src[begin : begin + 1] != "|" or state.sCount[number] < state.blkIndent:
        return None
    found = _LINE.match(state.src[begin : state.eMarks[number]])
    return (found[1] or "").rstrip() if found else None


def _indented(line: str) -> str:
    words = line.lstrip()
    return _NO_BREAK_SPACE * (len(line) - len(words)) + words or _NO_BREAK_SPACE
