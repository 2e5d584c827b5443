"""Read the content tabs of MkDocs (PyMdown's Tabbed): `=== "Title"`, and what is indented below it."""

from typing import Final

from markdown_it.rules_block import StateBlock

from refeed.markup.blocks.block_titles import push_title
from refeed.startup.late_patterns import late_pattern

_TAB: Final = late_pattern(r"={3}[!+]{0,2}[ \t]+[\"'](?P<title>[^\"'\n]{1,300})[\"'][ \t]*\Z")
_INDENTATION: Final = 4


def read_content_tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Show a tab under its title, if one begins in a line, so that they stand one under the other."""
    if state.is_code_block(start):
        return False
    found = _TAB.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    margin = state.blkIndent + _INDENTATION
    last = start + 1
    while last < end and (state.isEmpty(last) or state.sCount[last] >= margin):
        last += 1
    if found is None or all(map(state.isEmpty, range(start + 1, last))):
        return False
    if silent:
        return True
    push_title(state, found["title"], start)
    outer, state.blkIndent = state.blkIndent, margin
    state.md.block.tokenize(state, start + 1, last)
    state.blkIndent = outer
    state.line = last
    return True
