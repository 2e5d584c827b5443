"""Ask only those rules of Markdown that may begin at a character: most of a text begins nothing.

Markdown-it asks every rule at every character that may begin anything, and at every line of a paragraph whether it ends
there. Which characters a rule can begin with stands here; a rule that does not stand here is asked everywhere.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import local
from types import MappingProxyType
from typing import Final, TypeVar, cast

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.ruler import Rule, Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from refeed.startup.late_patterns import late_pattern, line_pattern

R = TypeVar("R")

# Rule for blocks → the first characters of its lines.
BLOCKS: Final = MappingProxyType(
    {
        "abbreviation": "*",
        "admonition": "!?",
        "attribute_list": "{",
        "blockquote": ">",
        "content_tab": "=",
        "contents": "[${@-*+0123456789",
        "fence": "`~",
        "fenced_callout": ":/",
        "footnote_def": "[",
        "grid_table": "+",
        "heading": "#",
        "hr": "*-_",
        "html_block": "<",
        "lettered_list": "#(abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "line_block": "|",
        "list": "*-+0123456789",
        "mdx": "ei",
        "reference": "[",
        "tab": "@",
        "tex_block": "`$\\",
    }
)
_CONTENTS: Final = late_pattern(r"\[(?:\[?_?toc|:contents|\[?more\])", re.IGNORECASE)
# Rule for blocks that words may begin → whether a text has what stands in each that it reads anything in: in others it
# is not asked. To leave more of them out would cost more than it gains, as each choice is put together anew.
SIGNS: Final[Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {
        "contents": lambda text: "{:" in text or "${" in text or _CONTENTS.search(text),
        "lettered_list": line_pattern(
            r"(?>[ \t>]*)(?:\[\^[^\]\n]{1,100}\]:)?(?>[ \t>*+:~0-9.)-]*)"  # of a quote, a note or an item
            r"(?:\#\.|\(@[\w-]{0,10}\)|\(?(?:[A-Za-z]|[IVXivx]{2,5})[.)])[ \t]"
        ).search,
        "simple_table": late_pattern(r"--[ \t]+--").search,
        "table": lambda text: "|" in text,
    }
)
# Those that write other characters for what they see: what follows looks again.
_REWRITING: Final = frozenset({"lettered_list"})

# Rule for what stands in a line → the characters that it begins with.
INLINES: Final = MappingProxyType(
    {
        "attribute_list": "{",
        "autolink": "<",
        "backticks": "`",
        "bare_address": ":w",
        "emoji_name": ":",
        "emphasis": "*_",
        "entity": "&",
        "escape": "\\",
        "footnote_inline": "^",
        "footnote_ref": "[",
        "highlight": "=^~",
        "html_inline": "<",
        "image": "!",
        "link": "[",
        "newline": "\n",
        "regular_expression": "^",
        "span": "[",
        "strikethrough": "~",
        "tex_inline": "$\\",
        "wikilink": "![",
    }
)
# Where a text ends, because something may begin or, with a bracket, end. Most of the second ones begin nothing.
_MARKS: Final = "\n$&*<[\\]^_`{~"
_SELDOM: Final = "!:=w"
_SELDOM_MARK: Final = late_pattern(r"!\[|:(?://|[a-z0-9+_-])|==|w[wW]{2}\.")
_NO_ADDRESS: Final = bytes(chr(code) in _MARKS + _SELDOM[:-1] for code in range(256))
_ANY_MARK: Final = bytes(chr(code) in _MARKS + _SELDOM for code in range(256))


class BlockParser(ParserBlock):
    """Markdown-it's parser of blocks, which asks rules by the first character of a line."""

    def __init__(self) -> None:
        """Begin with markdown-it's rules."""
        super().__init__()
        rules = self.ruler.__rules__
        self.ruler: _BlockRuler = _BlockRuler()
        self.ruler.__rules__ = rules
        self._signs = SIGNS

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """Add the tokens of a text, which may be a part of another."""
        absent = self.ruler.absent
        outer = absent.names
        absent.names = frozenset(name for name, has_sign in self._signs.items() if not has_sign(src))
        try:
            return super().parse(src, md, env, outTokens)
        finally:
            absent.names = outer


class _Absent(local):
    """The rules that read nothing in the text that is read; another thread may read another with the same rules."""

    names = frozenset[str]()


class _BlockRuler(Ruler[RuleFuncBlockType]):
    """The rules for blocks, without those that are absent: they find nothing in the text at hand."""

    def __init__(self) -> None:
        """Begin without rules."""
        super().__init__()
        self.absent = _Absent()
        self._chains: dict[frozenset[str], dict[str, list[RuleFuncBlockType]]] = {}  # by those that are absent

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803
        """Return what is asked in a chain."""
        if self.__cache__ is None:  # a rule was changed
            self.__cache__, self._chains = {}, {}
        absent = self.absent.names
        chains = self._chains.get(absent)
        if chains is None:
            chains = self._chains[absent] = self._put_together(absent)
        return chains.get(chainName, [])

    def _put_together(self, absent: frozenset[str]) -> dict[str, list[RuleFuncBlockType]]:
        """Put the rules of each chain together, but for those that rewrite what they see."""
        enabled = [rule for rule in self.__rules__ if rule.enabled and rule.name not in absent]
        chains: dict[str, list[RuleFuncBlockType]] = {}
        for chain in {"", *(name for rule in enabled for name in rule.alt)}:
            parts: list[list[Rule[RuleFuncBlockType]]] = [[]]
            for rule in enabled:
                if not chain or chain in rule.alt:
                    parts += [[rule], []] if rule.name in _REWRITING else []
                    parts[-1] += [] if rule.name in _REWRITING else [rule]
            chains[chain] = [_ask_by_line(part) for part in parts if part]
        return chains


def _ask_by_line(rules: Iterable[Rule[RuleFuncBlockType]]) -> RuleFuncBlockType:
    """Return what asks one rule after the other, of those that the first character of a line may be of."""
    others, at = _by_character(rules, BLOCKS)

    def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        position = state.bMarks[start] + state.tShift[start]
        for rule in at.get(state.src[position : position + 1], others):  # noqa: SIM110  any() takes longer
            if rule(state, start, end, silent):
                return True
        return False

    return ask


class Marks:
    """Where something may begin in a text.

    To translate the bytes of Latin-1 is much faster than to look for one of several with an expression.
    """

    def __init__(self, text: str) -> None:
        """Tell it of each character."""
        self.text = text
        table = _ANY_MARK if "ww" in text or "wW" in text else _NO_ADDRESS
        self._marks = text.encode("latin-1", "replace").translate(table)

    def after(self, position: int) -> int:
        """Return the next place from a position on, -1 without any."""
        place = self._marks.find(1, position)
        while place >= 0 and self.text[place] in _SELDOM and not _SELDOM_MARK.match(self.text, place):
            place = self._marks.find(1, place + 1)
        return place


class MarkedState(StateInline):
    """Markdown-it's state of a line of text that has marks."""

    def __init__(self, md: MarkdownIt, env: EnvType, tokens: list[Token], marks: Marks) -> None:
        """Begin with the text of the marks."""
        super().__init__(marks.text, md, env, tokens)
        self.marks = marks


class InlineParser(ParserInline):
    """Markdown-it's parser of what stands in a line, which asks rules by the character that it is at."""

    def __init__(self) -> None:
        """Begin with markdown-it's rules."""
        super().__init__()
        self._chain: Sequence[RuleFuncInlineType] | None = None  # that the others were made of
        self._others: Sequence[RuleFuncInlineType] = ()
        self._at: Mapping[str, Sequence[RuleFuncInlineType]] = {}

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse a text into tokens; one in which nothing may begin is a token."""
        marks = Marks(src)
        if src and marks.after(0) < 0:
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        return self.parse_marks(md, env, tokens, marks)

    def parse_marks(self, md: MarkdownIt, env: EnvType, tokens: list[Token], marks: Marks) -> list[Token]:
        """Parse a text in which something may begin."""
        state = MarkedState(md, env, tokens, marks)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens

    def _look_up(self) -> None:
        """Put the rules in order again after a change."""
        chain = self.ruler.getRules("")
        if chain is not self._chain:
            rules = (rule for rule in self.ruler.__rules__ if rule.enabled and rule.name != "text")  # read here
            self._others, self._at = _by_character(rules, INLINES)
            self._chain = chain

    def tokenize(self, state: StateInline) -> None:
        """Add the tokens of what stands between the place of a state and its end."""
        self._look_up()
        at, others, text, end = self._at, self._others, state.src, state.posMax
        marks, deepest = cast("MarkedState", state).marks, state.md.options["maxNesting"]
        while state.pos < end:
            if (mark := marks.after(state.pos)) != state.pos:
                mark = end if mark < 0 else mark
                state.append_pending(text[state.pos : mark])
                state.pos = mark
                continue
            for rule in at.get(text[state.pos], others) if state.level < deepest else ():
                if rule(state, False):
                    break
            else:
                state.append_pending(text[state.pos])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Pass what begins at the place of a state, or one character; too deep all that follows."""
        self._look_up()
        position = state.pos
        if (passed := state.cache.get(position)) is not None:
            state.pos = passed
            return
        is_too_deep = state.level >= state.md.options["maxNesting"]
        if not is_too_deep and (mark := cast("MarkedState", state).marks.after(position)) != position:
            state.pos = state.cache[position] = state.posMax if mark < 0 else mark
            return
        state.level += 1
        for rule in () if is_too_deep else self._at.get(state.src[position], self._others):
            if rule(state, True):
                break
        else:
            state.pos = (state.posMax if is_too_deep else state.pos) + 1
        state.level -= 1
        state.cache[position] = state.pos


def _by_character(
    rules: Iterable[Rule[R]], characters: Mapping[str, str]
) -> tuple[Sequence[R], Mapping[str, Sequence[R]]]:
    """Return the rules that are asked everywhere, and by character those that are asked there, in their order."""
    known = list(rules)
    firsts = {first for rule in known for first in characters.get(rule.name, "")}
    others = [rule.fn for rule in known if rule.name not in characters]
    return others, {first: [rule.fn for rule in known if first in characters.get(rule.name, first)] for first in firsts}
