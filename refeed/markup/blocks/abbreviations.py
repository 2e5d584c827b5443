"""Read the abbreviations of kramdown and PHP Markdown Extra: `*[GPS]: Global Positioning System` explains a word."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from refeed.startup.late_patterns import late_pattern

_DEFINITION: Final = late_pattern(r"\*\[([^\[\]\n]{1,100})\]:[ \t]+(\S[^\n]{0,500})")
_MOST: Final = 200
_KEY: Final = "abbreviations"


def use_abbreviations(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to explain abbreviations."""
    reader.block.ruler.before("list", "abbreviation", _block, {"alt": ["paragraph", "reference"]})
    reader.core.ruler.after("inline", "abbreviation", _explain)


def _block(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("*[", begin):
        return False
    found = _DEFINITION.match(state.src, begin, state.eMarks[start])
    if found is None:
        return False
    if not silent:
        known = state.env.setdefault(_KEY, {})
        if len(known) < _MOST:
            known.setdefault(found[1].strip(), found[2].strip())
        state.line = start + 1
    return True


def _explain(state: StateCore) -> None:
    """Mark the words that are explained, wherever they stand alone."""
    known: dict[str, str] = state.env.get(_KEY, {})
    if not known:
        return
    words = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = [piece for token in block.children for piece in _split(token, pattern, known)]


def _split(token: Token, pattern: re.Pattern[str], known: dict[str, str]) -> list[Token]:
    if token.type != "text":
        return [token]
    pieces: list[Token] = []
    position = 0
    for found in pattern.finditer(token.content):
        opening = Token("abbr_open", "abbr", 1, attrs={"title": known[found[0]]})
        before = token.content[position : found.start()]
        pieces += [_text(before), opening, _text(found[0]), Token("abbr_close", "abbr", -1)]
        position = found.end()
    return [*pieces, _text(token.content[position:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
