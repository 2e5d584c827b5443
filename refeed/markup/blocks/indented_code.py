"""Indented code (CommonMark 0.31.2, 4.4), except indented prose, and HTML that is indented within HTML.

Elements that programs indent one below the other within others are HTML behind an empty line, too, as in kramdown.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, code

from refeed.startup.late_patterns import late_pattern

# A sentence: it ends as one, and holds no sign that only code has.
_SENTENCE_END: Final = late_pattern(r"""[.!?…。！？：；](?>["'”’」』）)]*)\s*\Z""")
_CODE: Final = late_pattern(r"""[{}<>|=$#`]|\\(?![_*])|;[ \t]*$|[0-9A-Za-z_]\(|//|^[ \t]*[-*+@]""", re.MULTILINE)
_LATIN_WORDS: Final = 6
_CJK: Final = late_pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LANGUAGE: Final = late_pattern(r"\A:::[A-Za-z][\w+#-]{0,20}[ \t]*\n")  # Python-Markdown's CodeHilite does not show it
_EMPTY_LINES: Final = late_pattern(r"\n(?:[ \t]*\n)+")
_TAG: Final = late_pattern(r"</?[A-Za-z][A-Za-z0-9-]{0,40}[\s/>]")
_INDENTS: Final = ("    ", "\t")
_ITEM: Final = late_pattern(r"[ \t]{0,40}(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_NEAR: Final = 200  # characters above a block, blanks included
_HABIT: Final = "indented_prose"  # in the environment of a reader: whether paragraphs of the text are indented


def use_indented_code(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to tell indented code from indented prose."""
    reader.block.ruler.at("code", _block)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not state.is_code_block(start):
        return False
    if _goes_on_in_html(state, start):
        return silent or _read_html(state, start, end)
    if _is_prose(_lines(state, start, end)) and not _is_announced(state, start) and _are_paragraphs_indented(state):
        return False
    is_code = code(state, start, end, silent)
    if is_code and not silent:
        block = state.tokens[-1]
        block.content = _LANGUAGE.sub("", block.content, count=1)
    return is_code


def _goes_on_in_html(state: StateBlock, start: int) -> bool:
    """Return whether a tag begins below one that is indented as far, in the block of HTML before it."""
    if not state.tokens or state.tokens[-1].type != "html_block":
        return False
    last = start - 1
    while state.isEmpty(last):
        last -= 1
    lines = (state.bMarks[number] + state.tShift[number] for number in (last, start))
    return state.sCount[last] == state.sCount[start] and all(_TAG.match(state.src, at) for at in lines)


def _read_html(state: StateBlock, start: int, end: int) -> bool:
    """Read lines up to the next empty one as a block of HTML."""
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
    state.line = last
    token = state.push("html_block", "", 0)
    token.map = [start, last]
    token.content = state.getLines(start, last, state.blkIndent, True)
    return True


def _lines(state: StateBlock, start: int, end: int) -> str:
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
    return state.getLines(start, last, state.blkIndent, False)


def _is_prose(text: str) -> bool:
    if _CODE.search(text) or not _SENTENCE_END.search(text):
        return False
    return bool(_CJK.search(text)) or len(text.split()) >= _LATIN_WORDS


def _is_announced(state: StateBlock, start: int) -> bool:
    """Return whether what stands above a block promises an example, or is a program whose output follows."""
    above = state.src[max(0, state.bMarks[start] - _NEAR) : state.bMarks[start]].rstrip()
    return above.endswith((":", "：", "```", "~~~"))


def _are_paragraphs_indented(state: StateBlock) -> bool:
    """Return whether the text has no fewer indented paragraphs of prose than others: then it is a habit, not code."""
    if _HABIT not in state.env:
        state.env[_HABIT] = _has_habit(state.src)
    return bool(state.env[_HABIT])


def _has_habit(text: str) -> bool:
    indented = others = 0
    in_list = False  # where paragraphs are indented because they belong to an item
    for block in _EMPTY_LINES.split(text):
        is_indented = block.startswith(_INDENTS)
        if _ITEM.match(block):
            in_list = True
        elif not is_indented:
            in_list = False
            others += _is_prose(block)
        elif not in_list:
            indented += _is_prose(block)
    return indented >= others
