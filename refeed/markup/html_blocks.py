"""Where blocks of HTML begin in Markdown: CommonMark (0.31.2, 4.6), but for elements that stand inside of lines.

A line of nothing but `<br>`, `<img …>` or `<font …>` would keep the marks of all lines up to the next empty one from
being read. kramdown and Python-Markdown take these elements for a part of the text, as their writers do. Before an
empty line they still stand around the blocks that follow. And no empty line within `<pre>` ends a block.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

_PHRASING: Final = re.compile(
    r"</?(?:a|abbr|audio|b|big|br|cite|code|del|em|font|i|iframe|img|ins|kbd|mark|picture|q|s|samp|small|span|strike"
    r"|strong|sub|sup|tt|u|var|video)(?=[\s/>])",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"<(/?pre)(?=[\s>])", re.IGNORECASE)
_LAST: Final = "last_end_of_code"  # in the environment of a reader


def use_html_blocks(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown that elements inside of lines begin no block."""
    reader.block.ruler.at("html_block", _block, {"alt": ["paragraph", "reference", "blockquote"]})


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    is_inside = start + 1 < end and not state.isEmpty(start + 1)
    if is_inside and _PHRASING.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    if not html_block(state, start, end, silent):
        return False
    if not silent and state.tokens[-1].type == "html_block":
        _keep_code_whole(state, start, end)
    return True


def _keep_code_whole(state: StateBlock, start: int, end: int) -> None:
    """Let a block that an empty line within `<pre>` would end go on to the end of the code.

    CommonMark knows `<pre>` only where it begins a block: in another element marks would be read in the code.
    """
    block = state.tokens[-1]
    tags = _CODE.findall(block.content)
    if not tags or tags[-1].startswith("/") or state.bMarks[state.line] > _last_end_of_code(state):
        return
    last = state.line
    while last < end and (state.isEmpty(last) or state.sCount[last] >= state.blkIndent):
        last += 1
        if "</pre" in state.src[state.bMarks[last - 1] : state.eMarks[last - 1]].lower():
            break
    state.line = last
    block.map, block.content = [start, last], state.getLines(start, last, state.blkIndent, True)


def _last_end_of_code(state: StateBlock) -> int:
    """Return where the last code of the text ends, -1 without any: looked for once, whatever opens how often."""
    if _LAST not in state.env:
        state.env[_LAST] = state.src.lower().rfind("</pre")
    return int(state.env[_LAST])
