"""Tell which `*`, `_` and `~` open and close; beside Chinese, Japanese and Korean as its writers mean it.

CommonMark 0.31.2, 6.2, lets a run of marks between a punctuation mark and a letter close or open only on one side. That
serves languages with spaces between words; in `说，**好。**明` the second run could then never close. The amendment is
that of the markdown-cjk-friendly specification (commonmark-spec issue 650): punctuation of these scripts does not count
as punctuation here, and beside one of their characters other punctuation does no harm. Two `_` between their letters
make strong words, too (`已有__方案__，`), as in the readers that Hexo and Jekyll had before CommonMark.
"""

import unicodedata
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from refeed.markup.first_characters import BlockParser, InlineParser, MarkedState, Marks

# UAX #11: wide, full-width and half-width characters, but for those that are pictures by default; UAX #24: Hangul.
_CJK: Final = (
    r"[[\p{East_Asian_Width=W}\p{East_Asian_Width=F}\p{East_Asian_Width=H}\p{Script=Hangul}]--\p{Emoji_Presentation}]"
)
# Unicode's StandardizedVariants.txt: quotation marks that U+FE01 makes full-width.
_FULL_WIDTH_FORMS: Final = frozenset({"‘\ufe01", "’\ufe01", "“\ufe01", "”\ufe01"})
_OPENS_WORDS: Final = frozenset({"Ps", "Pi"})  # Unicode's categories of signs that words begin with
_LONGEST_WORDS: Final = 500  # characters


class _State(MarkedState):
    """Markdown-it's state of a line of text, with the amended rule."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Measure a run of marks, and tell whether it can open or close."""
        marker = self.src[start]
        end = start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        after = self.src[end] if end < self.posMax else " "
        before = _before(self.src, start)
        left = not _is_space(after) and (
            not _is_foreign_mark(after) or _is_space(before) or _is_foreign_mark(before) or is_cjk(before)
        )
        right = not _is_space(before) and (
            not _is_foreign_mark(before) or _is_space(after) or _is_foreign_mark(after) or is_cjk(after)
        )
        # Strong words may end with a sign, and the next word begin right behind them (`**Note:**More`).
        right = right or (marker == "*" and end - start == 2 and _may_end(before) and _opens(self.src, start))
        parts_words = canSplitWord or (end - start == 2 and _is_cjk_word(before) and _is_cjk_word(after))
        can_open = left and (parts_words or not right or _is_mark(before))
        can_close = right and (parts_words or not left or _is_mark(after))
        return Scanned(can_open, can_close, end - start)


class _Parser(InlineParser):
    """Markdown-it's parser of a line of text, with a state of its own."""

    def parse_marks(self, md: MarkdownIt, env: EnvType, tokens: list[Token], marks: Marks) -> list[Token]:
        """Parse a text in which something may begin."""
        state = _State(md, env, tokens, marks)
        self.tokenize(state)
        for rule in self.ruler2.getRules("") if len(state.tokens) > 1 else ():  # they join several
            rule(state)
        return state.tokens


def cjk_friendly_markdown(preset: str, options: dict[str, object]) -> MarkdownIt:
    """Return a reader of Markdown that reads marks beside CJK text as they are meant."""
    reader = MarkdownIt(preset, options)
    reader.inline, reader.block = _Parser(), BlockParser()
    reader.configure(preset, options)  # again, for the new parsers
    return reader


def is_cjk(text: str) -> bool:
    """Return whether a text begins with a character of Chinese, Japanese or Korean."""
    return _is_cjk(text[:1])


@cache
def _is_cjk(character: str) -> bool:
    """Return whether a character is one of these; of most it is known without regex, which is slow to load."""
    if character < "\u0370" or "\u0400" <= character <= "\u052f" or "\u2010" <= character <= "\u2027":
        return False
    if "\u3001" <= character <= "\u3029" or "\u3041" <= character <= "\u3096" or "\u30a0" <= character <= "\u30ff":
        return True
    if "\u3400" <= character <= "\u4dbf" or "\u4e00" <= character <= "\u9fff" or "\uff01" <= character <= "\uff60":
        return True
    import regex

    is_variation = "\U000e0100" <= character <= "\U000e01ef"  # of an ideograph
    return is_variation or bool(regex.match(_CJK, character, regex.V1))


def _opens(text: str, end: int) -> bool:
    """Return whether the last two stars before a place stand where words begin."""
    start = text.rfind("**", max(0, end - _LONGEST_WORDS), end)
    return start >= 0 and (start == 0 or _is_space(text[start - 1]))


def _may_end(before: str) -> bool:
    """Return whether strong words may end with a sign: any but a bracket or a quotation mark that opens."""
    return _is_mark(before) and unicodedata.category(before[0]) not in _OPENS_WORDS


def _is_cjk_word(text: str) -> bool:
    """Return whether a character is of a word of CJK text, in which `__` is no part of a name."""
    return is_cjk(text) and not _is_mark(text) and not _is_space(text)


def _before(text: str, position: int) -> str:
    """Return the character before a position, with its variation selector if it has one."""
    if position == 0:
        return " "
    last = text[position - 1]
    # U+FE0F is not among these: it makes a picture of what stands before it.
    return text[position - 2 : position] if position > 1 and "\ufe00" <= last <= "\ufe0e" else last


def _is_space(text: str) -> bool:
    return isWhiteSpace(ord(text[0]))


def _is_mark(text: str) -> bool:
    return isMdAsciiPunct(ord(text[0])) or isPunctChar(text[0])


def _is_foreign_mark(text: str) -> bool:
    """Return whether a character is punctuation, and not that of CJK text."""
    return _is_mark(text) and not is_cjk(text) and text not in _FULL_WIDTH_FORMS
