"""Where blocks of HTML begin in Markdown: CommonMark (0.31.2, 4.6), but for elements that stand inside of lines.

A line of nothing but `<br>`, `<img …>` or `<font …>` would keep the marks of all lines up to the next empty one from
being read. kramdown and Python-Markdown take these elements for a part of the text, as their writers do. Before an
empty line they still stand around the blocks that follow.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

_PHRASING: Final = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u"
    r"|var)(?=[\s/>])",
    re.IGNORECASE,
)


def use_html_blocks(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown that elements inside of lines begin no block."""
    reader.block.ruler.at("html_block", _block, {"alt": ["paragraph", "reference", "blockquote"]})


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    is_inside = start + 1 < end and not state.isEmpty(start + 1)
    if is_inside and _PHRASING.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    return html_block(state, start, end, silent)
