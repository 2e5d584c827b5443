"""Indented code (CommonMark 0.31.2, 4.4), but for prose that somebody indented for its looks."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, code

# A sentence: it ends as one, and holds no sign that only code has.
_SENTENCE_END: Final = re.compile(r"""[.!?…。！？：；](?>["'”’」』）)]*)\s*\Z""")
_CODE: Final = re.compile(r"""[{}<>\\|=$#`]|;[ \t]*$|\w\(|//|^[ \t]*[-*+@]""", re.MULTILINE)
_LATIN_WORDS: Final = 6
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def use_indented_code(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to tell indented code from indented prose."""
    reader.block.ruler.at("code", _block)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not state.is_code_block(start) or _is_prose(_lines(state, start, end)):
        return False
    return code(state, start, end, silent)


def _lines(state: StateBlock, start: int, end: int) -> str:
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
    return state.getLines(start, last, state.blkIndent, False)


def _is_prose(text: str) -> bool:
    if _CODE.search(text) or not _SENTENCE_END.search(text):
        return False
    return bool(_CJK.search(text)) or len(text.split()) >= _LATIN_WORDS
