"""Drop attribute lists from Markdown: they say how something looks, not what it says.

kramdown (Jekyll) writes `{: .notice}`, Pandoc, Goldmark (Hugo) and PHP Markdown Extra `{#id .class width=50%}`, behind
an element, at the end of a heading, or on a line of its own. remarkable-classy (Metalsmith) writes a class without a
mark, `{lazy-load}`, behind a link or picture or below its block: it is read as one if its name has a hyphen.
markdown-it-attrs (Eleventy, VuePress) reads classes behind a blank at the end of any block: `Words. {.small}`.
"""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from refeed.startup.late_patterns import late_pattern
from refeed.text.attribute_lists import KRAMDOWN, PLAIN, without_attribute_list

_INLINE: Final = late_pattern(KRAMDOWN)
_BEHIND: Final = late_pattern(PLAIN)
# Behind a picture some note programs have a style, `{height: 1rem}`, or a map of sizes, `{:height 90, :width 120}`.
_STYLE: Final = late_pattern(
    r"\{(?:[ \t]*(?:(?:max-|min-)?(?:height|width)|float|margin|zoom)[ \t]*:|:(?:height|width)[ \t])[^{}\n]{1,100}\}"
)
_CLASS: Final = late_pattern(r"\{[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,5}\}(?=[ \t]*(?:\n|\Z))")  # ends its line
_OF_BLOCK: Final = late_pattern(rf"(?=\{{[ \t]*\.)(?<=\s){PLAIN}[ \t]*\Z")
# Definitions of lists and comments (`{:name: .x}`, `{::comment}`) stand on a line of their own, too.
_LINE: Final = late_pattern(rf"(?:{KRAMDOWN}|{PLAIN}|\{{::?[ \t]*[A-Za-z/][^{{}}\n]{{0,500}}\}})[ \t]*\Z")
_CLASSED: Final = frozenset({"image", "link_close"})
_ENDS: Final = frozenset({"code_inline", "em_close", "image", "link_close", "s_close", "strong_close", "tex_inline"})
# What Quarto shows to those who do not see a picture; its own brackets hold the caption.
_ALT: Final = late_pattern(r"[{ \t](?:fig-)?alt=(?:\"(?P<double>[^\"\n]{1,500})\"|'(?P<single>[^'\n]{1,500})')")
_SPAN_END: Final = late_pattern(rf"\](?:{PLAIN}|{KRAMDOWN})")  # of Pandoc, Quarto, Djot


def use_attribute_lists(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to leave attribute lists out."""
    reader.block.ruler.before(
        "reference", "attribute_list", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    reader.inline.ruler.before("link", "attribute_list", _inline)
    reader.inline.ruler.before("link", "span", _span)
    reader.core.ruler.before("inline", "attribute_list", _headings)


def end_of_list(text: str, start: int) -> int:
    """Return where an attribute list ends that begins at a place, or the place itself."""
    found = _BEHIND.match(text, start)
    return found.end() if found else start


def is_attribute_line(line: str) -> bool:
    """Return whether a line holds an attribute list and nothing else."""
    return line.startswith("{") and bool(_LINE.match(line) or _CLASS.match(line))


def _block(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not is_attribute_line(line):
        return False
    if not silent:
        state.line = start + 1
    return True


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = _INLINE.match(state.src, state.pos, state.posMax)
    if found is None and state.pos:
        found = _OF_BLOCK.match(state.src, state.pos)
    if found is None and state.tokens and _may_have_list(state.tokens[-1]) and not state.pending.strip(" "):
        found = _BEHIND.match(state.src, state.pos, state.posMax)
        if found is None and state.tokens[-1].type == "image":
            found = _STYLE.match(state.src, state.pos, state.posMax)
        if found is None and state.tokens[-1].type in _CLASSED:
            found = _CLASS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent and state.tokens and state.tokens[-1].type == "image" and not state.pending.strip(" "):
        _describe(state.tokens[-1], found[0])
    state.pos = found.end()
    return True


def _may_have_list(token: Token) -> bool:
    """Return whether what was read last is an element that a list may stand behind."""
    return token.type in _ENDS or (token.type == "html_inline" and token.content.startswith("<img"))


def _describe(image: Token, attributes: str) -> None:
    """Give a picture without words of its own those of its attributes."""
    if not image.content and (alt := _ALT.search(attributes)):
        image.content = alt["double"] or alt["single"]
        image.children = [Token("text", "", 0, content=image.content)]


def _span(state: StateInline, silent: bool) -> bool:
    """Read the words of `[words]{.class}`, which may hold links and code; with a definition they are a link."""
    if state.src[state.pos] != "[" or state.src.find("]{", state.pos, state.posMax) < 0:
        return False
    start, end = state.pos + 1, parseLinkLabel(state, state.pos)
    found = _SPAN_END.match(state.src, end, state.posMax) if end > start else None
    if found is None or normalizeReference(state.src[start:end]) in state.env.get("references", {}):
        return False
    if silent:  # for whoever looks for the end of a link these are brackets: no other link may be in one
        state.pos = start
        return True
    limit, state.pos, state.posMax = state.posMax, start, end
    state.md.inline.tokenize(state)
    state.pos, state.posMax = found.end(), limit
    return True


def _headings(state: StateCore) -> None:
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if before.type == "heading_open":
            token.content = without_attribute_list(token.content)
