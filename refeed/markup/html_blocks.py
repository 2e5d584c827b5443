"""Where blocks of HTML begin in Markdown: CommonMark (0.31.2, 4.6), but for elements that stand inside of lines.

A line of nothing but `<br>`, `<img …>` or `<font …>` would keep the marks of all lines up to the next empty one from
being read. kramdown and Python-Markdown take these elements for a part of the text, as their writers do. Before an
empty line they still stand around the blocks that follow. No empty line within `<pre>` ends a block, and a fence does.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

from refeed.late_patterns import late_pattern

_PHRASING: Final = re.compile(
    r"</?(?:a|abbr|audio|b|big|br|cite|code|del|em|font|i|iframe|img|ins|kbd|mark|picture|q|s|samp|small|span|strike"
    r"|strong|sub|sup|tt|u|var|video)(?=[\s/>])",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"<(/?pre)(?=[\s>])", re.IGNORECASE)
_FENCE: Final = late_pattern(r" {0,3}(`{3,}(?=[^`\n]*\Z)|~{3,})")
_RAW: Final = late_pattern(r"<(?:pre|script|style|textarea|!)", re.IGNORECASE)
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
        _end_before_fence(state, start, end)
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


def _end_before_fence(state: StateBlock, start: int, end: int) -> None:
    """End a block before code in it between two fences, which its writer put there as anywhere else."""
    block = state.tokens[-1]
    if "```" not in block.content and "~~~" not in block.content:
        return
    fences = ((number, _FENCE.match(_line(state, number))) for number in range(start + 1, state.line))
    first, fence = next(((number, found) for number, found in fences if found), (start, None))
    content = state.getLines(start, first, state.blkIndent, True)
    if fence is None or _RAW.search(content):
        return
    if any(_line(state, number).strip().startswith(fence[1]) for number in range(first + 1, end)):
        state.line = first
        block.map, block.content = [start, first], content


def _line(state: StateBlock, number: int) -> str:
    return state.getLines(number, number + 1, state.blkIndent, False)


def _last_end_of_code(state: StateBlock) -> int:
    """Return where the last code of the text ends, -1 without any: looked for once, whatever opens how often."""
    if _LAST not in state.env:
        state.env[_LAST] = state.src.lower().rfind("</pre")
    return int(state.env[_LAST])
