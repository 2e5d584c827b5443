"""Read underlined headings (CommonMark 0.31.2, 4.3), and pass quickly over paragraphs without such a line.

Markdown-it asks at each line of a paragraph twice whether something else begins there: once for a heading, once for the
paragraph.
"""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, lheading

_MARKS: Final = frozenset("-=")
_MOST_LINES: Final = 20  # that are looked at: a paragraph may end at any of them, and the next one begin there


def use_underlined_headings(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to look for the line first."""
    reader.block.ruler.at("lheading", _block)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = start + 1
    while line < end and not state.isEmpty(line):
        if line - start > _MOST_LINES or state.src[state.bMarks[line] + state.tShift[line]] in _MARKS:
            return lheading(state, start, end, silent)
        line += 1
    state.parentType = "paragraph"  # markdown-it's rule leaves it so
    return False
