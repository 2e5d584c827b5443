"""Drop the marks that generators replace by a table of contents, or that end an excerpt: `[TOC]`, `* TOC`, `[more]`."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from refeed.startup.late_patterns import late_pattern

# Python-Markdown, Typora and VuePress; GitLab; CSDN; Hatena; the end of an excerpt.
_MARK: Final = late_pattern(
    r"(?:\[toc\]|\[\[_?toc_?\]\]|\$\{toc\}|@\[toc\](?:\([^()\n]{0,100}\))?|\[:contents\]|\[{1,2}more\]{1,2})[ \t]*\Z",
    re.IGNORECASE,
)
_ITEM: Final = late_pattern(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_KRAMDOWN: Final = late_pattern(r"\{:(?:[^{}\n]*[ \t.:])?toc(?:[ \t][^{}\n]*)?\}[ \t]*\Z")


def use_contents(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to leave marks of a table of contents out."""
    reader.block.ruler.before("list", "contents", _block, {"alt": ["paragraph", "reference", "blockquote"]})


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    lines = 1 if _MARK.match(line) or _KRAMDOWN.match(line) else 0
    if not lines and _ITEM.match(line) and start + 1 < end and _KRAMDOWN.match(_line(state, start + 1)):
        lines = 2
    if lines and not silent:
        state.line = start + lines
    return bool(lines)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
