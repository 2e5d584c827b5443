"""Read callouts as quotes with their title: `> [!NOTE]`, `!!! warning "Title"`."""

from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin

from refeed.markup.callout_titles import callout_title
from refeed.startup.late_patterns import late_pattern

# GitHub, Obsidian (with a sign that folds it, and a title). A title as long as a paragraph is one (Svelte).
_QUOTED: Final = late_pattern(
    r"\[!([A-Za-z][\w-]{0,40})(?:\|[^\[\]\n]{0,60})?\][+-]?[ \t]*(?:([^\n]{0,300})(?:\n|\Z)|(?=[^\n]{300}))"
)
# What stands before the first words of an admonition.
_TITLE_ABOVE: Final = ["admonition_title_open", "inline", "admonition_title_close", "paragraph_open"]


def use_callouts(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown callouts in quotes and in indented blocks."""
    reader.core.ruler.before("inline", "callout", _read_quotes)
    reader.core.ruler.before("inline", "admonition_label", _drop_second_labels)
    admon_plugin(reader, render=_render_admonition)
    reader.add_render_rule("admonition_title_open", lambda *_: "<p><strong>")
    reader.add_render_rule("admonition_title_close", lambda *_: "</strong></p>\n")


def _render_admonition(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    return "<blockquote>\n" if tokens[index].nesting > 0 else "</blockquote>\n"


def _read_quotes(state: StateCore) -> None:
    """Replace the mark of a callout in a quote by its title."""
    if "[!" not in state.src:
        return
    tokens: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type == "inline" and index > 1 and state.tokens[index - 2].type == "blockquote_open":
            found = _QUOTED.match(token.content)
            if found:
                token.content = token.content[found.end() :]
                tokens[-1:] = [*_title(callout_title(found[1], found[2] or None, token.content), token), tokens[-1]]
        tokens.append(token)
    state.tokens = tokens


def _drop_second_labels(state: StateCore) -> None:
    """Drop the name of an admonition's kind where its text begins with a label."""
    if not any(token.type == _TITLE_ABOVE[0] for token in state.tokens):
        return
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "inline" and [one.type for one in tokens[-4:]] == _TITLE_ABOVE:
            kind = tokens[-3].content
            if not callout_title(kind, None, token.content) and callout_title(kind, None) == kind:
                del tokens[-4:-1]
        tokens.append(token)
    state.tokens = tokens


def _title(title: str, before: Token) -> list[Token]:
    """Write a paragraph of a title, whose marks are read as in any text."""
    if not title:
        return []
    level = before.level - 1
    text = Token("inline", "", 0, content=title, level=before.level, map=before.map, children=[], block=True)
    opening = Token("admonition_title_open", "p", 1, level=level, block=True)
    return [opening, text, Token("admonition_title_close", "p", -1, level=level, block=True)]
