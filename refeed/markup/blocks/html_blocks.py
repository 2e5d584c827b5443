"""Where blocks of HTML begin in Markdown: CommonMark (0.31.2, 4.6), but for elements that stand inside of lines.

A line of nothing but `<br>`, `<img …>` or `<font …>` would keep the marks of all lines up to the next empty one from
being read. kramdown and Python-Markdown take these elements for a part of the text, as their writers do. Before an
empty line they still stand around the blocks that follow. No empty line within `<pre>` ends a block; a fence
does, and as in kramdown any Markdown in the lines behind the end of its elements.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

from refeed.markup.inline.inline_elements import may_be_element
from refeed.startup.late_patterns import late_pattern

_PHRASING: Final = late_pattern(
    r"</?(?:a|abbr|audio|b|big|br|cite|code|del|em|font|i|iframe|img|ins|kbd|mark|picture|q|s|samp|small|span|strike"
    r"|strong|sub|sup|tt|u|var|video)(?=[\s/>])",
    re.IGNORECASE,
)
_CODE: Final = late_pattern(r"<(/?pre)(?=[\s>])", re.IGNORECASE)
_FENCE: Final = late_pattern(r" {0,3}(`{3,}(?=[^`\n]*\Z)|~{3,})")
_MARK: Final = late_pattern(
    r" {0,3}(?:[-*+] +\S|[0-9]{1,9}[.)] +\S|#{1,6} +\S|> *\S|!\[[^\[\]\n]{0,300}\]\(|\[[^\[\]\n]{1,300}\]\("
    r"|\*\*[^\s*]|`[^`\n]+`|\$\$|\*[^\s*][^*\n]{0,300}(?<!\s)\*(?![\w*])|_[^\s_][^_\n]{0,300}(?<!\s)_(?!\w)"
    r"|(?P<rule>[*_-])(?:[ \t]*(?P=rule)){2,}[ \t]*(?!.)"
    r"|[^\s<>`\[\]{}\\|][^<>`\[\]\n]{0,300}\[[^\[\]\n]{1,300}\]\(https?://[^\s()]{1,300}\))"
)
_MARK_WITHIN: Final = late_pattern(r"\[[^\[\]\n]{1,300}\]\(|\*\*[^\s*]|`[^`\n]+`")  # of a line without tags
_TAG: Final = late_pattern(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,40})(?=[\s/>])[^<>]*>")
# A line of words between angle brackets: `<New Content>`. A word alone is a component (`<Hero>`), and one with a small
# letter may be a mark of some generator.
_WORDS: Final = late_pattern(r"<(?P<name>[A-Z][A-Za-z0-9]*)(?: [^<>=\"'/\n]{1,200})>[ \t]*(?![^\n])")
_END_TAG: Final = late_pattern(r"</([A-Za-z][A-Za-z0-9]*)")
_RAW: Final = frozenset({"pre", "script", "style", "textarea"})
_VOID: Final = frozenset(
    {"br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_STEP: Final = 16  # lines that are read of a block at first
_LAST: Final = "last_end_of_code"  # in the environment of a reader
_ENDED: Final = "ended_elements"  # as well


def use_html_blocks(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown that elements inside of lines begin no block."""
    reader.block.ruler.at("html_block", _block, {"alt": ["paragraph", "reference", "blockquote"]})


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    is_inside = start + 1 < end and not state.isEmpty(start + 1)
    if is_inside and _PHRASING.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    if _is_words(state, start):
        return False
    return html_block(state, start, end, True) if silent else _read(state, start, end)


def _is_words(state: StateBlock, start: int) -> bool:
    """Return whether a line is words between angle brackets: no element of HTML, and none that ends somewhere."""
    words = _WORDS.match(state.src, state.bMarks[start] + state.tShift[start])
    if words is None or may_be_element(words["name"]):
        return False
    if _ENDED not in state.env:
        state.env[_ENDED] = frozenset(_END_TAG.findall(state.src))
    return words["name"] not in state.env[_ENDED]


def _read(state: StateBlock, start: int, end: int) -> bool:
    """Read a block up to code between fences, and up to any other Markdown where all its elements have ended.

    It is read in steps, each twice as long as the last: what many short blocks in a row look at ahead stays short.
    """
    lines = _STEP
    while html_block(state, start, min(start + lines, end), False):
        number = _markdown_line(state.tokens[-1].content)
        if number and _is_markdown(state, start + number, end):
            _end_block(state, start, start + number)
            return True
        if start + lines >= end or state.line < start + lines:
            _keep_code_whole(state, start, end)
            return True
        state.tokens.pop()
        lines = end - start if number else 2 * lines
    return False


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
    _end_block(state, start, last)


def _end_block(state: StateBlock, start: int, end: int) -> None:
    """Let the block that was read last end before a line."""
    block, state.line = state.tokens[-1], end
    block.map, block.content = [start, end], state.getLines(start, end, state.blkIndent, True)


def _markdown_line(content: str) -> int | None:
    """Return the number of the line of a block that begins Markdown; none does behind a comment."""
    tags = list(_TAG.finditer(content))
    comment = content.find("<!")
    position = passed = opened = raw = 0
    for number, line in enumerate(content.split("\n")):
        if -1 < comment < position:
            return None
        while passed < len(tags) and tags[passed].start() < position:
            tag, name = tags[passed], tags[passed]["name"].lower()
            step = 0 if name in _VOID or tag[0].endswith("/>") else -1 if tag["end"] else 1
            opened, raw, passed = opened + step, raw + step * (name in _RAW), passed + 1
        if number and raw <= 0 and _FENCE.match(line):
            return number
        if number and opened <= 0 and _begins_markdown(line) and not _is_in_tag(content, position):
            return number
        position += len(line) + 1
    return None


def _is_in_tag(content: str, position: int) -> bool:
    """Return whether a tag that begins above a place does not end there."""
    return content.rfind("<", 0, position) > content.rfind(">", 0, position)


def _begins_markdown(line: str) -> bool:
    """Return whether a line behind the end of all elements has marks."""
    return bool(_MARK.match(line) or ("<" not in line and _MARK_WITHIN.search(line)))


def _is_markdown(state: StateBlock, number: int, end: int) -> bool:
    """Return whether a line that looks so begins Markdown: a fence does if one below ends it."""
    fence = _FENCE.match(_line(state, number))
    return not fence or any(_line(state, after).strip().startswith(fence[1]) for after in range(number + 1, end))


def _line(state: StateBlock, number: int) -> str:
    return state.getLines(number, number + 1, state.blkIndent, False)


def _last_end_of_code(state: StateBlock) -> int:
    """Return where the last code of the text ends, -1 without any: looked for once, whatever opens how often."""
    if _LAST not in state.env:
        state.env[_LAST] = state.src.lower().rfind("</pre")
    return int(state.env[_LAST])
